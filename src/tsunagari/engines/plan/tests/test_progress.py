"""The table of cases: how far an indicator has come, and the peers' faults that must not come back."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from tsunagari.engines.plan.rules.progress import (
    Actual,
    Aim,
    Direction,
    Portion,
    Reason,
    Scale,
    Status,
    divide,
    judge,
    over_time,
)

D = Decimal


@dataclass(frozen=True, kw_only=True)
class Case:
    """One row: what was aimed at, what was reached in 2026, and what must be said."""

    says: str
    direction: Direction = "up"
    accumulate: str = "stock"
    baseline: str | None = "100"
    target: str | None = "200"
    baseline_year: int = 2023
    target_year: int = 2028
    yearly: tuple[tuple[int, str], ...] = ()
    low: str | None = None
    high: str | None = None
    actual: str | None = None
    year: int = 2026
    elapsed: str = "1"
    began_inside: bool = False
    gaps: bool = False
    has_meter: bool = False
    status: Status
    reason: Reason = ""
    share: str | None = None


CASES = (
    # up, straight line: 2023 = 100, 2028 = 200, so 2026 expects 160
    Case(says="up, at the target", actual="200", status="achieved", share="1"),
    Case(says="up, beyond the target", actual="240", status="achieved", share="1.4"),
    Case(says="up, on the line", actual="160", status="on_track", share="0.6"),
    Case(says="up, just at 0.95 of the line", actual="157", status="on_track", share="0.57"),
    Case(says="up, just below 0.95", actual="156.9", status="slightly_behind", share="0.569"),
    Case(says="up, just at 0.60 of the line", actual="136", status="slightly_behind", share="0.36"),
    Case(says="up, below 0.60", actual="135", status="behind", share="0.35"),
    Case(says="up, standing still is a zero share, not a missing one", actual="100", status="behind", share="0"),
    Case(says="up, below the baseline", actual="90", status="worsening", share="-0.1"),
    Case(says="up, a true zero is a result, not nothing", actual="0", status="worsening", share="-1"),
    Case(says="up, nothing known", actual=None, status="no_result"),
    Case(says="up, a meter that has not begun", actual=None, has_meter=True, status="pending", reason="not_begun"),
    Case(says="no target", target=None, actual="5", status="no_target"),
    # baseline zero, baseline missing
    Case(says="baseline 0 divides nothing", baseline="0", actual="120", status="on_track", share="0.6"),
    Case(says="baseline 0 and nothing reached", baseline="0", actual="0", status="behind", share="0"),
    Case(says="no baseline, reached", baseline=None, actual="200", status="achieved"),
    Case(says="no baseline, no target this year", baseline=None, actual="120", status="pending", reason="no_baseline"),
    Case(says="no baseline, the year's own target decides", baseline=None, yearly=((2026, "150"),), actual="145", status="on_track", reason="no_baseline"),
    Case(says="no baseline, and the year's own target lies ahead", baseline=None, yearly=((2026, "150"),), actual="20", elapsed="0.1", status="pending", reason="year_running"),
    Case(says="no baseline, a target of zero that is met", baseline=None, yearly=((2026, "0"),), actual="5", status="on_track", reason="no_baseline"),
    Case(says="baseline and target bear one year, which has not come", baseline_year=2028, actual="150", status="behind", share="0.5"),
    Case(says="no baseline, the target's year is over", baseline=None, target_year=2025, actual="110", status="behind", reason="no_baseline"),
    # the year's own target goes before the straight line
    Case(says="yearly target lower than the line", yearly=((2026, "120"),), actual="119", status="on_track", share="0.19"),
    Case(says="yearly target higher than the line", yearly=((2026, "190"),), actual="150", status="behind", share="0.5"),
    Case(says="yearly target equal to the baseline, and met", yearly=((2026, "100"),), actual="110", status="on_track", reason="year_target_met", share="0.1"),
    Case(says="a dip that was planned and met is no worsening", yearly=((2026, "80"),), actual="85", status="on_track", reason="year_target_met", share="-0.15"),
    Case(says="a dip that went further than planned", yearly=((2026, "80"),), actual="70", status="worsening", share="-0.3"),
    Case(says="late steps: while the year runs its own way is expected, not the line to the end", yearly=((2025, "108"), (2026, "110")), actual="109", elapsed="0.6", status="on_track", share="0.09"),
    Case(says="late steps: behind on its own way, too", yearly=((2025, "108"), (2026, "120")), actual="108", elapsed="0.6", status="behind", share="0.08"),
    # down: 820 -> 760; 2026 expects 784
    Case(says="down, at the target (P/3)", direction="down", accumulate="flow", baseline="820", target="760", actual="760", status="achieved", share="1"),
    Case(says="down, on the way", direction="down", accumulate="flow", baseline="820", target="760", actual="784", status="on_track", share="0.6"),
    Case(says="down, risen instead", direction="down", accumulate="flow", baseline="820", target="760", actual="850", status="worsening", share="-0.5"),
    Case(says="down to zero, reached", direction="down", baseline="50", target="0", actual="0", status="achieved", share="1"),
    Case(says="down, a low count in a running year is no success yet", direction="down", accumulate="flow", baseline="820", target="760", actual="300", elapsed="0.5", status="pending", reason="year_running"),
    Case(says="down, but the target lies above: only the target counts", direction="down", baseline="100", target="120", actual="125", status="on_track", reason="held_target"),
    # keep and equal (P/4: 170 -> 170)
    Case(says="keep, held", direction="keep", accumulate="flow", baseline="170", target="170", actual="170", status="achieved"),
    Case(says="keep, more than held", direction="keep", accumulate="flow", baseline="170", target="170", actual="200", status="achieved"),
    Case(says="keep, a little short", direction="keep", accumulate="flow", baseline="170", target="170", actual="165", status="on_track", reason="held_target"),
    Case(says="keep, far short", direction="keep", accumulate="flow", baseline="170", target="170", actual="50", status="behind", reason="held_target"),
    Case(says="up, target equal to the baseline", baseline="170", target="170", actual="120", status="slightly_behind", reason="held_target"),
    Case(says="up, target below the baseline and missed: only the target counts", baseline="820", target="760", actual="700", status="slightly_behind", reason="held_target"),
    Case(says="up, target below the baseline and held", baseline="820", target="760", actual="800", status="achieved"),
    # range
    Case(says="range, inside", direction="range", baseline="10", target=None, low="20", high="30", actual="25", status="achieved", share="1"),
    Case(says="range, half the way", direction="range", baseline="10", target=None, low="20", high="30", actual="16", status="on_track", share="0.6"),
    Case(says="range, further off than before", direction="range", baseline="10", target=None, low="20", high="30", actual="5", status="worsening", share="-0.5"),
    Case(says="range, fallen out", direction="range", baseline="25", target=None, low="20", high="30", actual="35", status="worsening"),
    # milestone: steps 0..3
    Case(says="milestone, step of the year reached", direction="milestone", baseline="0", target="3", yearly=((2026, "2"),), actual="2", status="on_track", share=str(D(2) / D(3))),
    Case(says="milestone, a step behind", direction="milestone", baseline="0", target="3", yearly=((2026, "2"),), actual="1", status="behind", share=str(D(1) / D(3))),
    Case(says="milestone, no step set for this year", direction="milestone", baseline="0", target="3", actual="1", status="pending", reason="no_yearly_step", share=str(D(1) / D(3))),
    Case(says="milestone, done", direction="milestone", baseline="0", target="3", actual="3", status="achieved", share="1"),
    Case(says="milestone, its step lies ahead while the year runs", direction="milestone", baseline="0", target="3", yearly=((2026, "2"),), actual="1", elapsed="0.5", status="pending", reason="year_running", share=str(D(1) / D(3))),
    Case(says="milestone, its step is reached early", direction="milestone", baseline="0", target="3", yearly=((2026, "2"),), actual="2", elapsed="0.5", status="on_track", reason="year_target_met", share=str(D(2) / D(3))),
    # a count that has just begun, and a year that is not over
    Case(says="counting began inside the year", accumulate="flow", actual="3", elapsed="0.6", began_inside=True, status="pending", reason="began_this_year"),
    Case(says="counting began inside a year that is over", accumulate="flow", actual="3", began_inside=True, status="pending", reason="began_this_year"),
    Case(says="a running year's flow is not judged", accumulate="flow", actual="90", elapsed="0.6", status="pending", reason="year_running"),
    Case(says="a running year's flow that has already arrived", accumulate="flow", actual="201", elapsed="0.6", status="achieved", share="1.01"),
    Case(says="a month that is missing is no zero: the year is not judged", accumulate="flow", actual="90", gaps=True, status="pending", reason="months_missing"),
    Case(says="what the known months have reached is reached", accumulate="flow", actual="201", gaps=True, status="achieved", share="1.01"),
    Case(says="a count to be kept low is not low because a month is missing", direction="down", accumulate="flow", baseline="820", target="760", actual="700", gaps=True, status="pending", reason="months_missing"),
    Case(says="one of one in April is no success", accumulate="ratio", baseline="26.6", target="31.6", actual="100", elapsed="0.01", status="pending", reason="year_running"),
    Case(says="none of one in April is no worsening", accumulate="ratio", baseline="26.6", target="31.6", actual="0", elapsed="0.01", status="pending", reason="year_running"),
    Case(says="a ratio that began inside the year", accumulate="ratio", actual="240", began_inside=True, status="pending", reason="began_this_year"),
    Case(says="a total that began at zero is not low yet", direction="down", baseline="50", target="10", actual="0", elapsed="0.6", began_inside=True, status="pending", reason="began_this_year"),
    Case(says="a total that has arrived although counting began late", actual="200", elapsed="0.6", began_inside=True, status="achieved", share="1"),
    Case(says="a stock is judged within the year, on the line of the day", actual="150", elapsed="0.5", status="on_track", share="0.5"),
    # the target's year lies before the plan's end (P/12)
    Case(says="the target's year is over and missed", target_year=2024, actual="150", status="behind", share="0.5"),
    Case(says="the target's year is over and nearly met", target_year=2024, actual="196", status="on_track", share="0.96"),
)  # fmt: skip


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else D(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_each_case_is_judged_as_the_rule_says(case: Case) -> None:
    yearly = {year: D(value) for year, value in case.yearly}
    aim = Aim(
        direction=case.direction,
        accumulate=case.accumulate,  # type: ignore[arg-type]  # words of the literal
        baseline=_decimal(case.baseline),
        baseline_year=case.baseline_year if case.baseline else None,
        target=_decimal(case.target),
        target_year=case.target_year,
        yearly=yearly,
        low=_decimal(case.low),
        high=_decimal(case.high),
    )
    progress = judge(
        aim,
        Actual(
            year=case.year,
            value=_decimal(case.actual),
            elapsed=D(case.elapsed),
            began_inside=case.began_inside,
            gaps=case.gaps,
            has_meter=case.has_meter,
        ),
    )
    assert (progress.status, progress.reason) == (case.status, case.reason)
    assert progress.share == _decimal(case.share)


def test_a_city_sets_its_own_thresholds() -> None:
    aim = Aim(
        direction="up",
        accumulate="stock",
        baseline=D(100),
        baseline_year=2023,
        target=D(200),
        target_year=2028,
    )
    lenient = Scale(on_track=D("0.85"), slightly_behind=D("0.5"))
    assert judge(aim, Actual(year=2026, value=D(152)), lenient).status == "on_track"


def test_a_missing_month_is_no_zero_and_a_zero_is_no_missing_month() -> None:
    assert over_time("flow", [Portion(value=D(3)), Portion(), Portion(value=D(0))]) == 3
    assert over_time("flow", [Portion(), Portion()]) is None
    assert over_time("flow", [Portion(value=D(0))]) == 0


def test_cumulative_figures_are_never_added_up() -> None:
    assert over_time("stock", [Portion(value=D(7)), Portion(value=D(29)), Portion()]) == 29


def test_ratios_are_summed_first_and_divided_last() -> None:
    months = [Portion(numerator=D(1), denominator=D(2)), Portion(numerator=D(0), denominator=D(98))]
    assert over_time("ratio", months) == D("0.01")


def test_nothing_is_divided_by_zero() -> None:
    assert divide(D(3), D(0)) is None
    assert over_time("ratio", [Portion(numerator=D(0), denominator=D(0))]) is None
    assert over_time("ratio", [Portion(value=D(5))]) is None
