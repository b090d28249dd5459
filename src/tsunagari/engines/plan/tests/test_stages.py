"""Stages whose arrows the source has lost are shown as possible, never as certain."""

from tsunagari.engines.plan.rules.stages import Span, covers

YEARS = range(2024, 2029)


def _board(*spans: Span) -> list[str]:
    marks = {"certain": "#", "possible": "?", "": "."}
    return ["".join(marks[covers(spans, at, year)] for year in YEARS) for at in range(len(spans))]


def test_words_in_one_middle_column_may_cover_the_whole_plan() -> None:
    assert _board(Span(column=2026, first=None, last=None)) == ["??#??"]


def test_a_stage_reaches_no_further_than_its_neighbour() -> None:
    before = Span(column=2024, first=2024, last=None)
    after = Span(column=2026, first=None, last=None)
    assert _board(before, after) == ["#?...", ".?#??"]


def test_known_ends_are_certain() -> None:
    assert _board(
        Span(column=2024, first=2024, last=2024), Span(column=2025, first=2025, last=None)
    ) == ["#....", ".#???"]


def test_two_stages_in_one_column_reach_equally_far() -> None:
    first = Span(column=2024, first=2024, last=None)
    both = Span(column=2026, first=None, last=None)
    assert _board(first, both, both) == ["#?...", ".?#??", ".?#??"]
