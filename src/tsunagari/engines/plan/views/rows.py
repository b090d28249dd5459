"""A measure as one row of the plan's list: bars with their two ends, or the source's words; status, address."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from tsunagari.engines.plan.api import (
    GradeName,
    IndicatorState,
    Mark,
    MeasureState,
    PlanBoard,
    PlanHead,
    mark_of,
)
from tsunagari.engines.plan.views.as_of import address_of
from tsunagari.engines.plan.views.lasting import lasts_words
from tsunagari.engines.plan.views.words import amount, year_short, year_words
from tsunagari.engines.plan.views.year_lines import is_drawn
from tsunagari.kernel.design.figures import figure


@dataclass(frozen=True, kw_only=True)
class Bar:
    """An indicator as a bar; the words say at both ends what the drawing shows.

    `drawn` is False where there is no way from a baseline to a target: no empty bar stands for it.
    `unset` says in words what the plan left to be set; `said_start` and `said_goal` are both ends as the
    source has them.
    """

    indicator: IndicatorState
    drawn: bool
    unset: str
    actual: Decimal | None
    start: str
    estimated: bool
    start_year: str
    goal: str
    goal_year: str
    said_start: str
    said_goal: str
    now: str
    trend: tuple[Decimal | None, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A measure in the list. `grade` is the letter of the indicator that decides its status, `lasts` what
    is said of its own years."""

    measure: MeasureState
    address: str
    mark: Mark
    grade: GradeName | None
    bars: tuple[Bar, ...]
    lasts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """One field or list of the plan with the rows that are shown.

    `look` is "staged" (the board of stages), "source" (the source's own words, where a plan has ended
    and no result is known) or "bars".
    """

    code: str
    title: str
    address: str
    look: str
    rows: tuple[Row, ...]


def parts(board: PlanBoard, shown: tuple[MeasureState, ...], language: str) -> tuple[Part, ...]:
    """The plan's fields and lists in its order, without those of which nothing is shown."""
    titles = {measure.section: measure.section_name for measure in shown}
    bars = "source" if without_results(board) else "bars"
    return tuple(
        Part(
            code=code,
            title=title,
            address=address_of("field", board.head.code, code, on=board.head.on),
            look="staged" if _is_staged(board, code) else bars,
            rows=tuple(row(board.head, m, language) for m in shown if m.section == code),
        )
        for code, title in titles.items()
    )


def without_results(board: PlanBoard) -> bool:
    """Whether the plan has ended and no result of its years is known."""
    return board.head.ended and not any(
        indicator.latest for measure in board.measures for indicator in measure.indicators
    )


def _is_staged(board: PlanBoard, section: str) -> bool:
    """Whether the whole list is managed by stages; one that has indicators too keeps their columns."""
    kinds = {measure.kind for measure in board.measures if measure.section == section}
    return "staged" in kinds and "indicator" not in kinds


def row(head: PlanHead, measure: MeasureState, language: str) -> Row:
    """The row of one measure."""
    return Row(
        measure=measure,
        address=address_of("measure", head.code, measure.number, on=head.on),
        mark=mark_of(measure, head),
        grade=grade_of(measure),
        bars=tuple(bar(head, each, language) for each in measure.indicators),
        lasts=lasts_words(measure, language),
    )


def grade_of(measure: MeasureState) -> GradeName | None:
    """The letter under which a measure stands; None where the plan's scale has none for it, or where the
    measure has ended or not begun."""
    if measure.standing != "running":
        return None
    deciding = (i for i in measure.indicators if i.progress.status == measure.status)
    return next((indicator.grade for indicator in deciding), None)


def bar(head: PlanHead, indicator: IndicatorState, language: str) -> Bar:
    """The bar of one indicator; a target in another year than the plan's last says so in full."""
    aim, latest = indicator.aim, indicator.latest
    named = year_short if aim.target_year == head.last_year else year_words
    return Bar(
        indicator=indicator,
        drawn=_is_a_way(indicator),
        unset=unset_words(indicator, language),
        # A count that is not judged yet has no place between baseline and target.
        actual=latest.value if latest and indicator.progress.status != "pending" else None,
        start=figure(aim.baseline, indicator.digits),
        estimated=indicator.baseline_estimated,
        start_year=year_short(aim.baseline_year, language) if aim.baseline_year else "",
        goal=goal_words(indicator),
        goal_year=named(aim.target_year, language) if aim.target_year else "",
        said_start=(language == "ja" and indicator.baseline_words)
        or amount(aim.baseline, indicator),
        said_goal=goal_in_source(head, indicator, language),
        now=now_words(indicator, language),
        trend=trend(indicator),
    )


def _is_a_way(indicator: IndicatorState) -> bool:
    """Whether baseline and target are two ends of a bar; a target that is only held has no way to it."""
    aim = indicator.aim
    held = aim.direction == "keep" or indicator.progress.reason == "held_target"
    return None not in (aim.baseline, aim.target) and aim.baseline != aim.target and not held


def unset_words(indicator: IndicatorState, language: str) -> str:
    """What the plan itself left open: the indicator, its target; "" where both are set."""
    if indicator.to_set_year:
        year = year_words(indicator.to_set_year, language)
        return gettext("%(year)sに指標を設定する計画でした。") % {"year": year}
    if indicator.target_open:
        return gettext("目標は、計画では「検討」とされています。")
    return ""


def goal_words(indicator: IndicatorState) -> str:
    """The target with its unit; a range as its two ends."""
    aim = indicator.aim
    if aim.direction == "range" and aim.low is not None and aim.high is not None:
        return gettext("%(low)s～%(high)s") % {
            "low": figure(aim.low, indicator.digits),
            "high": amount(aim.high, indicator),
        }
    return amount(aim.target, indicator)


def start_in_source(indicator: IndicatorState, language: str) -> str:
    """The baseline as the source writes it, else with its unit and year; a dash where there is none."""
    if language == "ja" and indicator.baseline_words:
        return indicator.baseline_words
    aim = indicator.aim
    if aim.baseline is None or aim.baseline_year is None:
        return figure(None)
    return gettext("%(amount)s（%(year)s）") % {
        "amount": amount(aim.baseline, indicator),
        "year": year_words(aim.baseline_year, language),
    }


def goal_in_source(head: PlanHead, indicator: IndicatorState, language: str) -> str:
    """The target as the source writes it, else with its unit; 検討 where it was left open."""
    if language == "ja" and indicator.target_words:
        return indicator.target_words
    aim = indicator.aim
    if indicator.target_open or indicator.to_set_year:
        return gettext("検討")
    if aim.target_year in (None, head.last_year):
        return goal_words(indicator)
    return gettext("%(amount)s（%(year)s）") % {
        "amount": goal_words(indicator),
        "year": year_words(aim.target_year or 0, language),
    }


def now_words(indicator: IndicatorState, language: str) -> str:
    """Where it stands, in a few words; "" where nothing has been reached yet."""
    if indicator.latest is None:
        return ""
    return gettext("%(year)s %(amount)s") % {
        "year": year_words(indicator.latest.year, language),
        "amount": amount(indicator.latest.value, indicator),
    }


def trend(indicator: IndicatorState) -> tuple[Decimal | None, ...]:
    """Values for a small line: three years or more, else the months of this year; () where too few."""
    years = tuple(each.value for each in indicator.results if is_drawn(indicator, each))
    if len(years) > 2:
        return years
    months = indicator.recent
    return months if sum(value is not None for value in months) > 1 else ()
