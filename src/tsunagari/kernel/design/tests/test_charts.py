"""A chart obeys the content security policy, speaks its data and never hides a gap."""

import itertools
import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils.safestring import SafeString

from tsunagari.kernel.design.chart_labels import (
    Words,
    along,
    around,
    heights,
    place,
    wide,
    wrapped,
)
from tsunagari.kernel.design.chart_layers import NARROW, WIDE, Canvas, Layer
from tsunagari.kernel.design.chart_lines import Lines, line_spec
from tsunagari.kernel.design.charts import (
    Break,
    Mark,
    Stretch,
    bar_chart,
    line_chart,
    png,
    standalone,
)

D = Decimal
YEARS = [("令和6年度", "2024"), ("令和7年度", "2025"), ("令和8年度", "2026")]


def marks(*values: str | None) -> list[Mark]:
    return [
        Mark(label=label, small=small, value=None if value is None else D(value))
        for (label, small), value in zip(YEARS, values, strict=True)
    ]


def drawn(title: str = "交付枚数") -> SafeString:
    return line_chart(
        title=title, unit="枚", points=marks("10", None, "30"), expected=marks("10", "25", "40"),
        goals=marks(None, None, "40")[2:], breaks=[Break(label="令和8年度", words="数え方を変更")],
    )  # fmt: skip


def test_a_chart_carries_no_style_no_script_and_no_address() -> None:
    svg = str(drawn())
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=|url\(", svg)


def test_a_chart_can_be_read_aloud_from_its_data() -> None:
    svg = str(drawn())
    assert 'role="img"' in svg
    assert "<title" in svg
    assert "実績: 令和6年度 10枚、令和8年度 30枚。目安: 令和6年度 10枚" in svg
    assert "目標値: 令和8年度 40枚" in svg


def test_lines_carry_their_names_and_years_both_calendars() -> None:
    words = re.findall(r">([^<>]+)</text>", str(drawn()))
    assert {"実績 30枚", "目安", "目標 40枚", "令和8年度", "2026", "R8", "0", "（枚）"} <= set(
        words
    )


def test_a_change_of_definition_is_written_into_the_chart() -> None:
    assert "数え方を変更" in str(drawn())


def test_a_chart_without_figures_says_so() -> None:
    empty = line_chart(
        title="交付枚数", unit="枚", points=marks(None, None, None), goals=marks("40", "40", "40")
    )
    assert "実績はまだありません" in empty


def test_that_there_are_no_figures_stands_between_the_lines() -> None:
    empty = str(
        line_chart(
            title="交付枚数",
            unit="枚",
            points=marks(None, None, None),
            expected=marks("10", "25", "40"),
            goals=marks(None, None, "40"),
        )
    )
    for svg in empty.split("<svg")[1:]:
        lines = [float(y) for y in re.findall(r'<line transform="translate\(0,([\d.]+)\)"', svg)]
        said = re.search(r'translate\([\d.]+,([\d.]+)\)"[^>]*>実績はまだありません', svg)
        assert lines
        assert said
        middle = float(said[1]) - 4
        assert min(abs(middle - y) for y in lines) > 14


def test_no_bars_are_drawn_where_nothing_was_counted() -> None:
    assert "<svg" in bar_chart(title="閲覧数", unit="回", points=[Mark(label="9時", value=None)])


def test_a_chart_in_english_speaks_english() -> None:
    chart = line_chart(
        title="Cards",
        unit="",
        points=marks("1", "2", "3"),
        goals=marks("4", "4", "4"),
        language="en",
    )
    assert "target 4" in chart


def test_a_title_cannot_bring_markup_into_the_page() -> None:
    assert "<b>" not in drawn(title="<b>太字</b>")


def test_the_wide_drawing_can_be_taken_away_as_a_file_and_as_an_image() -> None:
    root = ElementTree.fromstring(standalone(drawn()))
    assert root.tag.endswith("svg")
    assert png(drawn(), scale=1).startswith(b"\x89PNG")


def test_large_numbers_are_written_in_man_and_their_axis_says_so() -> None:
    years = [
        Mark(label="令和5年度", value=D(19_737_000)),
        Mark(label="令和6年度", value=D(20_100_000)),
    ]
    words = re.findall(
        r">([^<>]+)</text>", str(line_chart(title="閲覧数", unit="件", points=years))
    )
    assert {"（万件）", "2,000", "実績 20,100,000件"} <= set(words)
    words = re.findall(
        r">([^<>]+)</text>",
        str(line_chart(title="Views", unit="views", points=years, language="en")),
    )
    assert {"(million views)", "20"} <= set(words)


def test_a_negative_figure_stands_below_zero() -> None:
    words = re.findall(
        r">([^<>]+)</text>", str(bar_chart(title="増減", unit="人", points=marks("-5", "3", "1")))
    )
    assert "-4" in words or "-5" in words or "-6" in words


LONG = [(f"令和{year - 2018}年度", str(year)) for year in range(2019, 2029)]


def long_lines(known: dict[int, int], **more: object) -> Lines:
    """A chart over ten years of which only some are known."""
    points = [
        Mark(label=label, small=small, value=D(known[int(small)]) if int(small) in known else None)
        for label, small in LONG
    ]
    return Lines(unit="件", points=points, **more)  # type: ignore[arg-type]


def lines_of(spec: Layer) -> list[list[float]]:
    """The places that each drawn line joins, from left to right."""
    found: list[list[float]] = []
    for layer in spec["layer"]:
        if layer.get("mark", {}).get("type") != "line":
            continue
        runs: dict[int, list[float]] = {}
        for row in layer["data"]["values"]:
            runs.setdefault(row["run"], []).append(row["x"])
        found += runs.values()
    return found


@pytest.mark.parametrize("canvas", [WIDE, NARROW])
def test_no_line_is_drawn_over_a_year_that_nobody_knows(canvas: Canvas) -> None:
    known = {2019: 10, 2020: 12, 2024: 20, 2025: 22, 2027: 30}
    spec = line_spec(canvas, long_lines(known))
    step = canvas.width / len(LONG)
    runs = lines_of(spec)
    assert [len(run) for run in runs] == [2, 2, 1]
    assert all(b - a == pytest.approx(step, abs=0.1) for run in runs for a, b in pairwise(run))


def test_a_line_is_cut_where_the_way_of_counting_changed() -> None:
    known = dict.fromkeys(range(2019, 2029), 10)
    cut = Break(label="令和5年度", words="定義の変更")
    spec = line_spec(WIDE, long_lines(known, breaks=[cut]))
    assert [len(run) for run in lines_of(spec)] == [4, 6]


def test_the_unknown_years_and_the_foretold_one_are_named() -> None:
    lines = {
        "unit": "件",
        "points": [Mark(label=a, small=b, value=D(10) if b == "2019" else None) for a, b in LONG],
        "foretold": [Mark(label="令和8年度", small="2026", value=D(25))],
        "goals": [Mark(label="令和10年度", small="2028", value=D(40))],
        "stretches": [
            Stretch(first="令和2年度", last="令和7年度", words="2020〜2025年度の数値は分かりません")
        ],
    }
    drawn = str(line_chart(title="件数", **lines))  # type: ignore[arg-type]
    assert "見込 25件" in drawn
    assert "見込: 令和8年度 25件" in drawn
    assert "2020〜2025年度の数値は分かりません" in drawn
    assert "目標 40件" in drawn


def test_words_find_a_place_inside_the_drawing_and_cover_no_other_words() -> None:
    wanted = [
        Words(lines=("実績 20,600,000件",), places=around((10.0, 10.0), 120), colour="#000"),
        Words(lines=("目標 22,085,000件",), places=around((12.0, 12.0), 120), colour="#000"),
    ]
    first, second = place(wanted, [], right=300, height=200)
    assert abs(first.y - second.y) >= 16 or abs(first.x - second.x) >= 110
    assert all(one.x - wide(one.words.lines[0]) / 2 >= -3 for one in (first, second))


def test_words_are_wrapped_into_lines_of_about_one_length() -> None:
    lines = wrapped("2014〜2018年度の数値は分かりません", 200, 12)
    assert "".join(lines) == "2014〜2018年度の数値は分かりません"
    assert min(len(line) for line in lines) > 5
    assert not any(line.startswith(("。", "、", "）")) for line in lines)


def test_words_of_two_clauses_break_at_their_comma() -> None:
    words = "令和8年度の途中から、このサイトが数えています"
    assert wrapped(words, 190, 12) == ("令和8年度の途中から、", "このサイトが数えています")


def test_many_words_at_one_narrow_end_cover_neither_each_other_nor_the_line() -> None:
    said = ("目標 1,800,000件", "実績 1,741,206件", "見込 1,842,799件")
    end = (236.0, 30.0)
    wanted = [Words(lines=(one,), places=around(end, wide(one)), colour="#000") for one in said]
    placed = place(wanted, along([(180.0, 60.0), end]), right=268, height=220)
    rows = sorted(one.y for one in placed)
    assert all(lower - upper >= 18 for upper, lower in itertools.pairwise(rows))


def test_minor_words_are_left_out_where_they_would_cover_others() -> None:
    spot = ((50.0, 50.0),)
    wanted = [
        Words(lines=("実績 5件",), places=spot, colour="#000"),
        Words(lines=("数値は分かりません",), places=spot, colour="#000", minor=True),
    ]
    assert [one.words.lines[0] for one in place(wanted, [], right=300, height=200)] == ["実績 5件"]


def test_words_over_a_strip_find_the_height_that_is_free() -> None:
    free = heights((200.0,), 54, 220)
    assert free[0] == 200.0
    assert min(free) <= 36
    assert max(free[1:]) <= 220 - 27


def test_a_narrow_axis_names_heisei_and_reiwa_in_short() -> None:
    named = [
        Mark(label=label, value=None).short for label in ("平成24年度", "令和元年度", "FY2024")
    ]
    assert named == ["H24", "R1", "2024"]
