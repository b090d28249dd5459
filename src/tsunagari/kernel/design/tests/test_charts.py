"""A chart obeys the content security policy, speaks its data and never hides a gap."""

import re
from decimal import Decimal
from xml.etree import ElementTree

from django.utils.safestring import SafeString

from tsunagari.kernel.design.charts import Break, Mark, bar_chart, line_chart, png, standalone

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
