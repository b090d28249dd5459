"""Every combination: baseline × direction × way of adding up × target, each with what must be said of it.

All are judged in the target's own year, when the whole way is expected: half the way is "behind".
"""

from decimal import Decimal
from itertools import product

import pytest

from tsunagari.engines.plan.rules.progress import Accumulate, Actual, Aim, Direction, Status, judge

D = Decimal
YEAR = 2028

Row = tuple[str | None, Direction, str, str | None, str, Status]
"""Baseline, direction, kind of target, target (or low..high), actual, what must be said."""

TABLE: tuple[Row, ...] = (
    ("100", "up", "reached", "200", "200", "achieved"),
    ("100", "up", "missed", "200", "150", "behind"),
    ("100", "up", "equal", "100", "90", "slightly_behind"),
    ("100", "up", "absent", None, "150", "no_target"),
    ("100", "down", "reached", "50", "50", "achieved"),
    ("100", "down", "missed", "50", "75", "behind"),
    ("100", "down", "equal", "100", "110", "slightly_behind"),
    ("100", "down", "absent", None, "75", "no_target"),
    ("100", "keep", "reached", "120", "120", "achieved"),
    ("100", "keep", "missed", "120", "60", "behind"),
    ("100", "keep", "equal", "100", "99", "on_track"),
    ("100", "keep", "absent", None, "99", "no_target"),
    ("100", "range", "reached", "40..60", "50", "achieved"),
    ("100", "range", "missed", "40..60", "80", "behind"),
    ("100", "range", "equal", "90..110", "120", "worsening"),
    ("100", "range", "absent", None, "80", "no_target"),
    ("0", "up", "reached", "200", "200", "achieved"),
    ("0", "up", "missed", "200", "100", "behind"),
    ("0", "up", "equal", "0", "0", "achieved"),
    ("0", "up", "absent", None, "100", "no_target"),
    ("0", "down", "reached", "-20", "-20", "achieved"),
    ("0", "down", "missed", "-20", "-10", "behind"),
    ("0", "down", "equal", "0", "5", "behind"),
    ("0", "down", "absent", None, "-10", "no_target"),
    ("0", "keep", "reached", "10", "10", "achieved"),
    ("0", "keep", "missed", "10", "5", "behind"),
    ("0", "keep", "equal", "0", "0", "achieved"),
    ("0", "keep", "absent", None, "5", "no_target"),
    ("0", "range", "reached", "40..60", "50", "achieved"),
    ("0", "range", "missed", "40..60", "20", "behind"),
    ("0", "range", "equal", "-10..10", "20", "worsening"),
    ("0", "range", "absent", None, "20", "no_target"),
    (None, "up", "reached", "200", "200", "achieved"),
    (None, "up", "missed", "200", "100", "behind"),
    (None, "up", "equal", "0", "0", "achieved"),
    (None, "up", "absent", None, "100", "no_target"),
    (None, "down", "reached", "50", "50", "achieved"),
    (None, "down", "missed", "50", "100", "behind"),
    (None, "down", "equal", "0", "0", "achieved"),
    (None, "down", "absent", None, "100", "no_target"),
    (None, "keep", "reached", "100", "100", "achieved"),
    (None, "keep", "missed", "100", "50", "behind"),
    (None, "keep", "equal", "0", "0", "achieved"),
    (None, "keep", "absent", None, "50", "no_target"),
    (None, "range", "reached", "40..60", "50", "achieved"),
    (None, "range", "missed", "40..60", "80", "behind"),
    (None, "range", "equal", "0..0", "0", "achieved"),
    (None, "range", "absent", None, "80", "no_target"),
)
ADDED: tuple[Accumulate, ...] = ("flow", "stock", "latest", "ratio")


def test_the_table_leaves_no_combination_out() -> None:
    kinds = ("reached", "missed", "equal", "absent")
    wanted = set(product(("100", "0", None), ("up", "down", "keep", "range"), kinds))
    assert {row[:3] for row in TABLE} == wanted
    assert len(TABLE) == len(wanted)


@pytest.mark.parametrize("accumulate", ADDED)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(map(str, row[:3])))
def test_every_combination_is_judged_as_the_table_says(row: Row, accumulate: Accumulate) -> None:
    baseline, direction, _, target, actual, said = row
    low, _, high = (target or "").partition("..")
    aim = Aim(
        direction=direction,
        accumulate=accumulate,
        baseline=None if baseline is None else D(baseline),
        baseline_year=None if baseline is None else 2023,
        target=D(target) if target and direction != "range" else None,
        target_year=YEAR if target else None,
        yearly={YEAR: D(target)} if target and direction != "range" else {},
        low=D(low) if high else None,
        high=D(high) if high else None,
    )
    assert judge(aim, Actual(year=YEAR, value=D(actual))).status == said


@pytest.mark.parametrize("accumulate", ADDED)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(map(str, row[:3])))
def test_with_nothing_known_no_combination_claims_a_result(
    row: Row, accumulate: Accumulate
) -> None:
    """The peers' fault: a figure that is missing is taken for zero and called late."""
    baseline, direction, _, target, _, _ = row
    low, _, high = (target or "").partition("..")
    aim = Aim(
        direction=direction,
        accumulate=accumulate,
        baseline=None if baseline is None else D(baseline),
        baseline_year=None if baseline is None else 2023,
        target=D(target) if target and direction != "range" else None,
        target_year=YEAR if target else None,
        low=D(low) if high else None,
        high=D(high) if high else None,
    )
    said = judge(aim, Actual(year=YEAR, value=None))
    assert said.status == ("no_result" if target else "no_target")
    assert said.share is None
