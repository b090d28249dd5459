"""What the report says is true: counts, ways and shares follow from the closed year, and nothing is guessed."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.engines.cycle.queries.report import report_told
from tsunagari.engines.cycle.rules.report_figures import (
    chart_of,
    indicator_told,
    share_of_way,
)
from tsunagari.engines.cycle.rules.report_measure import measure_told
from tsunagari.engines.cycle.rules.yearbook import YearFigure
from tsunagari.engines.cycle.tests.report_years import (
    YEAR,
    bare_measure,
    indicator,
    measure,
    report_of,
    yearbook,
)
from tsunagari.kernel.design.colour import checked_shades

SHADES = checked_shades("#00584f", "a test")
FIGURES = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def _told(**changed: Any) -> dict[str, Any]:
    report = report_of(
        yearbook((measure(1), measure(2), bare_measure(3))), errata=changed.pop("errata", 0)
    )
    return report_told(report, licence=changed.pop("licence", "CC BY 4.0"), shades=SHADES)[0]


def test_the_first_sentence_counts_every_measure_once() -> None:
    told = _told()["summary"]
    assert told["lead"] == "基本方針の3取組の令和7年度：順調 2・段階で管理 1。"
    assert sum(int(number) for _, number in told["statuses"]["rows"]) == 3
    assert told["grades"]["rows"][1] == ["B 目標どおり", "2"]
    assert told["grades"]["rows"][-1] == ["自己評価なし", "1"]


def test_what_a_decision_changes_of_an_indicator_stands_with_both_texts_and_why() -> None:
    told = measure_told(yearbook((measure(1),)), measure(1), [""])["decision"]
    assert told["texts"] == [["第1の手続の件数", "単位", "件", "世帯", "世帯で数えるため"]]
    assert len(_told()["words"]["text_revision_heads"]) == len(told["texts"][0])


def test_sums_say_of_how_many_measures_they_are() -> None:
    assert _told()["summary"]["money"] == [
        "予算額の合計は24,000,003円です（記入のあった2取組の合計）。",
        "決算額の合計は22,800,000円です（記入のあった2取組の合計）。",
        "人工の合計は2.50です（記入のあった2取組の合計）。",
    ]


def test_what_nobody_entered_is_a_dash_and_no_zero() -> None:
    bare = measure_told(yearbook((bare_measure(3),)), bare_measure(3), [])
    assert bare["money"] == {"heads": [], "row": []}
    assert bare["facts"]["row"][2:] == ["－", "－"]
    half = replace(measure(1), settled=None, staff_years=None, from_state=None, from_tokyo=None)
    money = measure_told(yearbook((half,)), half, [""])["money"]
    assert money == {"heads": ["予算額", "決算額", "人工"], "row": ["12,000,001円", "－", "－"]}


def test_the_table_tells_every_year_with_target_result_and_share() -> None:
    rows = indicator_told(indicator(1), YEAR, "ja", "")["rows"]
    assert rows[0] == ["平成26年度（2014）", "－", "121", "0.0%", "入力、確定値、事務報告書"]
    assert rows[3] == ["平成29年度（2017）", "－", "－", "－", "－"]
    assert rows[11] == ["令和7年度（2025）", "－", "198", "55.0%", "自動計測、修正後"]
    assert rows[-1] == ["令和10年度（2028）", "261", "－", "－", "－"]


def test_a_ratio_shows_what_was_divided() -> None:
    figure = YearFigure(
        year=YEAR,
        value=Decimal("37.5"),
        numerator=Decimal(3),
        denominator=Decimal(8),
        origin="metered",
        status="final",
    )
    share = replace(indicator(1), results=(figure,), digits=1, unit="%")
    assert indicator_told(share, YEAR, "ja", "")["rows"][1][-1] == "自動計測、確定値、3 ÷ 8"


def test_the_chart_tells_the_ear_its_ends_and_where_the_figures_stand() -> None:
    told = indicator_told(indicator(1), YEAR, "ja", "1.svg")
    assert told["alt"] == (
        "第1の手続の件数の折れ線の図。実績は平成26年度の121件から令和7年度の198件まで。"
        "目標は令和10年度に261件です。年度ごとの数値は、この図のあとの表にあります。"
    )


def test_the_line_is_broken_where_a_year_is_not_known() -> None:
    lines = chart_of(indicator(1), "ja", "#00584f")
    assert lines is not None
    assert [mark.value for mark in lines.points][2:5] == [Decimal(135), None, Decimal(149)]


def test_an_estimate_is_no_result() -> None:
    guess = YearFigure(year=YEAR, value=Decimal(9), origin="estimated")
    lines = chart_of(replace(indicator(1), results=(guess,)), "ja", "#00584f")
    assert lines is not None
    assert all(mark.value is None for mark in lines.points)
    assert [mark.value for mark in lines.foretold] == [Decimal(9)]


def test_the_way_is_straight_from_target_to_target() -> None:
    lines = chart_of(indicator(1), "ja", "#00584f")
    assert lines is not None
    way = {mark.label: mark.value for mark in lines.expected}
    asked = ("平成26年度", "令和2年度", "令和8年度", "令和10年度")
    assert [way[year] for year in asked] == [Decimal(each) for each in (121, 176, 231, 261)]


@given(base=FIGURES, target=FIGURES, value=FIGURES)
def test_the_share_of_the_way_is_none_where_no_way_is(
    base: Decimal, target: Decimal, value: Decimal
) -> None:
    one = replace(indicator(1), baseline=base, target=target)
    if base == target:
        assert share_of_way(one, value) is None
    else:
        assert share_of_way(one, base) == 0
        assert share_of_way(one, target) == 1
    assert share_of_way(one, None) is None
    assert share_of_way(replace(one, direction="range"), value) is None


def test_an_erratum_says_when_why_and_what() -> None:
    assert _told(errata=1)["errata"] == [
        {
            "head": "第2版（令和8年11月1日）",
            "reason": "決算額の桁を誤っていたため",
            "rows": [["1", "決算額", "1,140,000円", "11,400,000円"]],
        }
    ]


@pytest.mark.parametrize(
    ("licence", "said"),
    [("CC BY 4.0", "利用条件：CC BY 4.0"), ("", "利用条件は、まだ決まっていません。")],
)
def test_the_terms_of_use_are_the_citys_or_open(licence: str, said: str) -> None:
    assert _told(licence=licence)["about"][-1] == said


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts(each)


def test_the_english_report_has_no_japanese_of_its_own() -> None:
    """People's texts are what they are; every other text is English."""
    with override("en"):
        english = yearbook((measure(1), bare_measure(2)), language="en")
        told, _ = report_told(report_of(english, errata=1), licence="CC BY 4.0", shades=SHADES)
    typed = json.dumps(english.plain(), ensure_ascii=False) + "決算額の桁を誤っていたため"
    japanese = re.compile(r"[ぁ-んァ-ヶ一-龠々]+")
    left = {word for text in _texts(told) for word in japanese.findall(text)}
    assert {word for word in left if word not in typed} == set()
