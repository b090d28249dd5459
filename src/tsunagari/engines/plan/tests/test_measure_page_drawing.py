"""One series over two plans is one chart with its gap, and lineage is a river that a list says as well."""

import itertools
import re
from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import Result, River, RiverMeasure, RiverWay
from tsunagari.engines.plan.tests.conftest import CODE, NOW
from tsunagari.engines.plan.views.drawing import drawing, origin_words
from tsunagari.engines.plan.views.river import RiverDrawing, river_drawing
from tsunagari.engines.plan.views.year_lines import YearLine, unknowns, year_lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

THIRD = "third-plan-2014-2018"


def _state(
    code: str, number: str, now: datetime = NOW
) -> tuple[api.PlanHead, api.IndicatorState, api.SeriesLine | None]:
    page = api.measure_page(code, number, now=now, language="ja")
    assert page is not None
    return page.head, page.measure.indicators[0], page.series.get(1)


@pytest.mark.parametrize(("code", "number"), [(CODE, "2"), (THIRD, "7-1")])
def test_page_views_are_one_series_from_2012_to_2028_with_both_targets(
    code: str, number: str
) -> None:
    head, state, series = _state(code, number)
    lines = {each.year: each for each in year_lines(head, state, running=2026, series=series)}
    assert min(lines) == 2012
    assert max(lines) == 2028
    assert {y: line.target for y, line in lines.items() if line.target is not None} == {
        2018: Decimal(17875000),
        2028: Decimal(22085000),
    }
    known = {y: line.result.value for y, line in lines.items() if line.result}
    assert known == {2012: Decimal(17024067), 2023: Decimal(19737000)}
    assert lines[2018].plan != lines[2028].plan


def test_the_years_between_the_plans_are_said_to_be_unknown_and_those_of_the_policy_not_entered() -> (
    None
):
    head, state, series = _state(CODE, "2")
    lines = year_lines(head, state, running=2026, series=series)
    assert [each.words for each in unknowns(lines, "ja")] == [
        "平成25〜令和4年度の数値は分かりません",
        "令和6〜7年度の実績は未登録",
    ]


def test_no_line_joins_2012_and_2023(client: Client) -> None:
    head, state, series = _state(CODE, "2")
    svg = str(drawing(head, state, "ja", running=2026, series=series).svg)
    ways = [
        [float(x) for x in re.findall(r"[ML]([\d.]+),", path)]
        for path in re.findall(r'<path[^>]*d="([^"]+)"[^>]*stroke-width="3"', svg)
        + re.findall(r'<path[^>]*stroke-width="3"[^>]*d="([^"]+)"', svg)
    ]
    drawn = [way for way in ways if len(way) > 1]
    assert drawn  # the way to the target
    year = 600 / 17
    assert all(b - a < year * 1.1 for way in drawn for a, b in itertools.pairwise(way))


def test_the_change_of_definition_is_marked_and_told(client: Client) -> None:
    page = client.get(f"/plan/{CODE}/2/").content.decode()
    assert "令和5年度からの数値について：第3期計画と基本方針では、閲覧数の数え方が" in page
    assert 'stroke-dasharray="2,3"' in page


def test_the_table_puts_a_run_of_unknown_years_into_one_row() -> None:
    head, state, series = _state(CODE, "2")
    rows = drawing(head, state, "ja", running=2026, series=series).rows
    assert [(row.year, row.actual) for row in rows[:5]] == [
        ("平成24年度", "17,024,067"),
        ("平成25〜29年度", "分かりません"),
        ("平成30年度", "分かりません"),
        ("令和元〜4年度", "分かりません"),
        ("令和5年度", "19,737,000"),
    ]
    assert rows[0].origin == "計画に記載"
    assert rows[4].origin == "見込"


def test_years_of_which_there_is_nothing_yet_are_one_row_that_says_they_are_to_come() -> None:
    head, state, series = _state(CODE, "12")  # its target stands in the first year of the plan
    rows = drawing(head, state, "ja", running=2026, series=series).rows
    assert [(row.year, row.actual, row.aim) for row in rows] == [
        ("令和5年度", "3,400", "3,400"),
        ("令和6年度", "未登録", "3,900"),
        ("令和7年度", "未登録", ""),
        ("令和8〜10年度", "これから", ""),
    ]


def _river(ways: list[tuple[str, str, str]], columns: dict[str, int]) -> RiverDrawing:
    river = River(
        measures=tuple(
            RiverMeasure(
                public_id=name,
                plan=f"plan-{column}",
                plan_name=f"計画{column}",
                years=(2014 + 5 * column, 2018 + 5 * column),
                number=name,
                quoted=f"{column}/{name}",
                name=f"取組{name}の長い名前はいくつかの行に分かれます",
                column=column,
                here=name == "c",
            )
            for name, column in columns.items()
        ),
        ways=tuple(RiverWay(origin=a, heir=b, kind=kind, note="") for a, b, kind in ways),
    )
    drawn = river_drawing(river, "ja")
    assert drawn is not None
    return drawn


def test_the_river_runs_from_left_to_right_and_no_box_lies_on_another() -> None:
    drawn = _river(
        [("a", "c", "merged"), ("b", "c", "merged"), ("b", "d", "split")],
        {"a": 0, "b": 0, "c": 1, "d": 1},
    )
    places = {box.public_id: box for box in drawn.boxes}
    assert places["a"].x == places["b"].x < places["c"].x
    for one in drawn.boxes:
        for other in drawn.boxes:
            if one is not other and one.x == other.x:
                assert one.y + one.height < other.y or other.y + other.height < one.y
        assert one.y + one.height <= drawn.height
    assert [curve.word for curve in drawn.curves] == ["統合", "統合", "分割"]
    assert places["c"].address == ""
    assert places["a"].address == "/plan/plan-0/a/"


def test_a_way_inside_one_plan_stays_in_the_drawing() -> None:
    drawn = _river([("a", "c", "renamed")], {"a": 0, "c": 0})
    assert all(curve.x < drawn.width for curve in drawn.curves)


def test_lineage_is_drawn_and_said_with_who_reads_it_so(client: Client) -> None:
    page = client.get(f"/plan/{THIRD}/7-1/").content.decode()
    river = page[page.index('class="measure-river"') : page.index('class="measure-steps"')]
    assert "改称" in river
    assert 'tabindex="-1"' in river
    steps = page[page.index('class="measure-steps"') :]
    assert f'href="/plan/{CODE}/2/"' in steps
    assert "このサイトの読み取り。市の資料に対応の記載はない。" in steps


def test_a_measure_that_stands_alone_has_no_river(client: Client) -> None:
    assert "measure-river" not in client.get(f"/plan/{CODE}/16/").content.decode()


@pytest.mark.parametrize(
    ("over", "whole", "said"),
    [
        (True, True, "入力"),
        (True, False, "入力（1年分がそろっていない）"),
        (False, False, "入力（年度の途中）"),
    ],
)
def test_a_year_that_is_over_is_not_called_half_way(*, over: bool, whole: bool, said: str) -> None:
    line = YearLine(
        year=2025,
        result=Result(year=2025, value=Decimal(4400), origin="typed", whole=whole),
        expected=None,
        target=None,
        over=over,
        own=True,
        plan="",
        stated=False,
    )
    assert origin_words(line) == said
