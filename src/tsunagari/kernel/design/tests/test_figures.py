"""Small drawings show what they say: places, gaps, words."""

from decimal import Decimal

import pytest

from tsunagari.kernel.design.figures import (
    BULLET_LENGTH,
    BULLET_ROOM,
    Count,
    bullet,
    bullet_words,
    counts_parts,
    figure,
    sparkline,
    sparkline_words,
    with_unit,
)

D = Decimal


def test_halfway_to_the_target_stands_in_the_middle() -> None:
    drawn = bullet(D(0), D(100), expected=D(25), actual=D(50))
    assert drawn.actual == BULLET_LENGTH / 2
    assert drawn.expected == BULLET_LENGTH / 4


def test_a_falling_target_runs_from_left_to_right_as_well() -> None:
    drawn = bullet(D(1000), D(600), actual=D(800))
    assert drawn.actual == BULLET_LENGTH / 2


def test_a_figure_far_beyond_the_target_stays_on_the_drawing() -> None:
    assert bullet(D(0), D(10), actual=D(500)).actual == BULLET_LENGTH + BULLET_ROOM


def test_a_figure_worse_than_the_baseline_draws_no_bar_backwards() -> None:
    assert bullet(D(50), D(100), actual=D(10)).done_length == 0


def test_no_actual_figure_is_no_mark_and_says_so() -> None:
    assert bullet(D(0), D(10)).actual is None
    assert bullet_words(D(0), D(10), unit="枚") == "現状値 0枚、目標値 10枚、実績はまだありません"


def test_a_target_equal_to_the_baseline_draws_no_mark() -> None:
    assert bullet(D(5), D(5), actual=D(5)).actual is None


def test_a_gap_cuts_a_small_line_in_two() -> None:
    drawn = sparkline([D(1), D(2), None, D(3)])
    assert len(drawn.runs) == 2
    assert drawn.points == 3


def test_no_values_draw_nothing() -> None:
    assert sparkline([None, None]).points == 0
    assert sparkline_words([None]) == "まだ数値がありません"


def test_a_small_line_says_where_it_went() -> None:
    assert sparkline_words([D(3), D(9), D(5)], unit="件") == "3件から5件へ（最小3件、最大9件）"


def test_the_bar_of_counts_fills_its_width_and_leaves_out_zero() -> None:
    parts = counts_parts(
        [
            Count(title="達成", number=1, kind="achieved"),
            Count(title="遅れ", number=0, kind="late"),
            Count(title="順調", number=3, kind="on-track"),
        ]
    )
    assert [part.kind for part in parts] == ["achieved", "on-track"]
    assert parts[1].start == 250


def test_a_missing_figure_is_a_dash_and_zero_is_zero() -> None:
    assert figure(None) == "－"
    assert figure(D(0)) == "0"
    assert figure(D("1234567.50")) == "1,234,567.5"
    assert figure(D("65.14"), 1) == "65.1"


@pytest.mark.parametrize(
    ("unit", "written"),
    [("件", "19,737件"), ("views", "19,737 views"), ("%", "19,737%"), ("", "19,737")],
)
def test_a_unit_stands_by_its_number_as_people_write_it(unit: str, written: str) -> None:
    assert with_unit(Decimal(19737), unit) == written
