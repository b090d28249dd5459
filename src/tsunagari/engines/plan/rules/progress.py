"""How far an indicator has come, by a stated rule: pure, and the same for every plan.

With baseline b, target T, actual a and s = +1 (up) or -1 (down):
progress p = (a - b) / (T - b); expected e = the year's own target on the same scale (while that year
runs, the way there from the year before), or the straight line from the baseline's year to the
target's; pace = p / e. The thresholds 0.95 and 0.60 are those of
Statistics Canada's SDG progress measure; a plan may set its own. Peers' faults that the cases in
tests/test_progress.py hold off: a true zero taken for nothing, cumulative figures added up,
percentages averaged, a baseline of zero divided by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, Literal

Direction = Literal["up", "down", "keep", "range", "milestone"]
"""up, down: more or less is better. keep: at or above the target. range: inside low..high.
milestone: a step reached, judged by the steps set for each year."""

Accumulate = Literal["flow", "stock", "latest", "ratio"]
"""flow: what happened in a year, added up. stock: how many there are. latest: the last survey.
ratio: numerators are added, denominators are added, and the division comes last."""

Status = Literal[
    "achieved",
    "on_track",
    "slightly_behind",
    "behind",
    "worsening",
    "pending",
    "no_result",
    "no_target",
]

STATUSES: Final[tuple[Status, ...]] = (
    "achieved",
    "on_track",
    "slightly_behind",
    "behind",
    "worsening",
    "pending",
    "no_result",
    "no_target",
)
"""In the order in which a reader is told of them."""

UNTOLD: Final[tuple[Status, ...]] = ("pending", "no_result")
"""Of a figure that cannot be judged yet."""

Reason = Literal[
    "",
    "began_this_year",
    "year_running",
    "months_missing",
    "year_target_met",
    "not_begun",
    "not_yet_expected",
    "no_yearly_step",
    "no_baseline",
    "held_target",
    "target_year_over",
    "reached_late",
]
"""Why a status is what it is, where the figures alone do not say it."""

ONE: Final = Decimal(1)
ZERO: Final = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Thresholds of the pace: at or above `on_track`, at or above `slightly_behind`, below."""

    on_track: Decimal = Decimal("0.95")
    slightly_behind: Decimal = Decimal("0.60")


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What an indicator is to reach. `yearly` holds targets of single years, the final one included.

    `low` and `high` are used by the direction "range" only. Years are fiscal years.
    """

    direction: Direction
    accumulate: Accumulate
    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    yearly: Mapping[int, Decimal] = field(default_factory=dict)
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Actual:
    """What was reached. A missing figure is None, never zero.

    `elapsed` is the share of the fiscal year that has passed (1 when it is over). `began_inside`
    says that counting began within this very year, so that no whole year stands behind the figure;
    `gaps` that some month of what has passed is not known.
    """

    year: int
    value: Decimal | None
    elapsed: Decimal = ONE
    began_inside: bool = False
    gaps: bool = False
    has_meter: bool = False


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The judgement and what it rests on; shares are raw, not clamped."""

    status: Status
    reason: Reason = ""
    share: Decimal | None = None
    expected_share: Decimal | None = None
    expected_value: Decimal | None = None
    pace: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Portion:
    """One period's figure: a value, or a numerator with its denominator."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def over_time(accumulate: Accumulate, portions: Sequence[Portion]) -> Decimal | None:
    """The figure of a longer period from its parts, in order of time; None when none is known."""
    if accumulate == "ratio":
        whole = [p for p in portions if p.numerator is not None and p.denominator is not None]
        return divide(
            sum((p.numerator or ZERO for p in whole), ZERO),
            sum((p.denominator or ZERO for p in whole), ZERO),
        )
    known = [p.value for p in portions if p.value is not None]
    if not known:
        return None
    return sum(known, ZERO) if accumulate == "flow" else known[-1]


def divide(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """A quotient; None where a part is missing or the denominator is zero."""
    if numerator is None or denominator is None or denominator == 0:
        return None
    return numerator / denominator


def judge(aim: Aim, actual: Actual, scale: Scale | None = None) -> Progress:
    """The status of one indicator in one year, with its reason and the figures it rests on."""
    expected = expected_share(aim, actual)
    frame = Progress(
        status="no_target",
        expected_share=expected,
        expected_value=expected_value(aim, expected),
    )
    if aim.target is None and (aim.low is None or aim.high is None):
        return frame
    if actual.value is None:
        return _unknown(frame, actual)
    if reached(aim, actual.value) and not _may_still_fall_out(aim, actual):
        return replace(frame, status="achieved", share=share(aim, actual.value))
    if actual.began_inside:
        return replace(frame, status="pending", reason="began_this_year")
    if adds_up(aim) and actual.gaps:
        return replace(frame, status="pending", reason="months_missing")
    if adds_up(aim) and actual.elapsed < ONE:
        return replace(frame, status="pending", reason="year_running")
    return _judge_pace(aim, actual, actual.value, frame, scale or Scale())


def adds_up(aim: Aim) -> bool:
    """Whether the figure of a year is made of all its months: half a year's says little of the whole."""
    return aim.accumulate in ("flow", "ratio")


def reached(aim: Aim, value: Decimal) -> bool:
    """Whether a value is at the target, or better."""
    if aim.direction == "range":
        return _distance(aim, value) == 0
    if aim.target is None:
        return False
    return value <= aim.target if aim.direction == "down" else value >= aim.target


def share(aim: Aim, value: Decimal) -> Decimal | None:
    """p: the share of the way from baseline to target; None where there is no way to go."""
    if aim.baseline is None:
        return None
    if aim.direction == "range":
        start = _distance(aim, aim.baseline)
        return None if start == 0 else ONE - _distance(aim, value) / start
    if aim.target is None or aim.target == aim.baseline or holds(aim):
        return None
    return (value - aim.baseline) / (aim.target - aim.baseline)


def holds(aim: Aim) -> bool:
    """Whether only the target counts: nothing to climb, or figures that contradict the direction."""
    if aim.direction == "keep":
        return True
    if aim.direction == "range" or aim.target is None or aim.baseline is None:
        return False
    if aim.direction == "down":
        return aim.target >= aim.baseline
    return aim.target <= aim.baseline


def expected_share(aim: Aim, actual: Actual) -> Decimal | None:
    """e: where it should be by now on the way from baseline (0) to target (1)."""
    if aim.baseline is None or aim.baseline_year is None or aim.target_year is None:
        return None
    if holds(aim):
        return ONE
    now = Decimal(actual.year - 1) + actual.elapsed
    own = aim.yearly.get(actual.year)
    if (
        own is not None
        and aim.direction != "range"
        and (actual.elapsed == ONE or stepped(aim, own))
    ):
        return _by_steps(aim, actual, share(aim, own))
    if now >= aim.target_year:
        return ONE
    return None if aim.direction == "milestone" else _straight(aim, now)


def stepped(aim: Aim, own: Decimal) -> bool:
    """Whether a year with the target `own` has a way of its own, other than the line to the last target."""
    return own != aim.target or len(aim.yearly) > 1


def _by_steps(aim: Aim, actual: Actual, own: Decimal | None) -> Decimal | None:
    """The year's own target when it is over; while it runs, as far from the year before as time has gone."""
    if own is None or actual.elapsed == ONE:
        return own
    if aim.direction == "milestone":
        return None  # a step has no halves
    step = aim.yearly.get(actual.year - 1)
    before = _straight(aim, Decimal(actual.year - 1)) if step is None else share(aim, step)
    return None if before is None else before + (own - before) * actual.elapsed


def _straight(aim: Aim, now: Decimal) -> Decimal:
    """How far the straight line has come; all the way where baseline and target bear one year."""
    if aim.baseline_year is None or aim.target_year is None or aim.target_year <= aim.baseline_year:
        return ONE
    gone = (now - aim.baseline_year) / Decimal(aim.target_year - aim.baseline_year)
    return min(ONE, max(ZERO, gone))


def expected_value(aim: Aim, expected: Decimal | None) -> Decimal | None:
    """The figure that the expected share stands for."""
    if expected is None or aim.baseline is None or aim.target is None:
        return None
    return aim.baseline + (aim.target - aim.baseline) * expected


def _unknown(frame: Progress, actual: Actual) -> Progress:
    if actual.has_meter:
        return replace(frame, status="pending", reason="not_begun")
    return replace(frame, status="no_result")


def _may_still_fall_out(aim: Aim, actual: Actual) -> bool:
    """What must stay low or inside a range, and a ratio, is not achieved by a part of the year."""
    partly = actual.began_inside or (adds_up(aim) and (actual.gaps or actual.elapsed < ONE))
    return partly and (aim.accumulate == "ratio" or aim.direction in ("down", "range"))


def _judge_pace(
    aim: Aim, actual: Actual, value: Decimal, frame: Progress, scale: Scale
) -> Progress:
    if holds(aim):
        return _graded(frame, _held(aim, value), scale, reason="held_target")
    way = share(aim, value)
    if way is None:
        return _without_baseline(aim, actual, value, frame, scale)
    own = aim.yearly.get(actual.year)
    stands_still = frame.expected_share is None or frame.expected_share <= 0
    if own is not None and stands_still and reached(replace(aim, target=own), value):
        return replace(frame, status="on_track", reason="year_target_met", share=way)
    if own is not None and actual.elapsed < ONE and aim.direction == "milestone":
        return replace(frame, status="pending", reason="year_running", share=way)
    if way < 0:
        return replace(frame, status="worsening", share=way)
    if frame.expected_share is None:
        return replace(frame, status="pending", reason="no_yearly_step", share=way)
    if frame.expected_share <= 0:
        return replace(frame, status="pending", reason="not_yet_expected", share=way)
    return _graded(replace(frame, share=way), way / frame.expected_share, scale)


def _held(aim: Aim, value: Decimal) -> Decimal:
    """How near a missed target is that was to be held: 1 at the target, 0 when far off."""
    near = divide(aim.target, value) if aim.direction == "down" else divide(value, aim.target)
    return max(ZERO, near or ZERO)


def _without_baseline(
    aim: Aim, actual: Actual, value: Decimal, frame: Progress, scale: Scale
) -> Progress:
    """No baseline: the year's own target decides; before it there is nothing to compare with."""
    if aim.direction == "range" and aim.baseline is None:
        return replace(frame, status="behind", reason="no_baseline")
    if aim.direction == "range":
        return replace(frame, status="worsening")  # it was inside and has fallen out
    own = aim.yearly.get(actual.year)
    if own is None and aim.target_year is not None and actual.year >= aim.target_year:
        own = aim.target
    if own is None:
        return replace(frame, status="pending", reason="no_baseline")
    if reached(replace(aim, target=own), value):
        return _graded(frame, ONE, scale, reason="no_baseline")
    if actual.elapsed < ONE:
        return replace(frame, status="pending", reason="year_running")
    near = divide(own, value) if aim.direction == "down" else divide(value, own)
    return _graded(frame, max(ZERO, near or ZERO), scale, reason="no_baseline")


def _graded(frame: Progress, pace: Decimal, scale: Scale, *, reason: Reason = "") -> Progress:
    if pace >= scale.on_track:
        return replace(frame, status="on_track", pace=pace, reason=reason)
    if pace >= scale.slightly_behind:
        return replace(frame, status="slightly_behind", pace=pace, reason=reason)
    return replace(frame, status="behind", pace=pace, reason=reason)


def _distance(aim: Aim, value: Decimal) -> Decimal:
    """How far outside low..high a value lies; 0 inside."""
    if aim.low is None or aim.high is None:
        return ZERO
    return max(aim.low - value, value - aim.high, ZERO)
