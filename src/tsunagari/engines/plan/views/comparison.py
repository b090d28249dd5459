"""The plans side by side: years, ideas, fields, counts, what grew from what, series over several plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import (
    IndicatorState,
    MeasureState,
    PlanBoard,
    PlanHead,
    River,
    RiverMeasure,
)
from tsunagari.engines.plan.views.lists import bar_of_counts
from tsunagari.engines.plan.views.sentences import is_aimed, sentence
from tsunagari.engines.plan.views.words import (
    LINEAGE,
    amount,
    span_words,
    year_words,
    years_words,
)
from tsunagari.kernel.design.figures import Count
from tsunagari.kernel.i18n.clock import Clock, system_clock


@dataclass(frozen=True, kw_only=True)
class Side:
    """One plan as a column of the comparison. All numbers are of measures that count; `ended` of the rest."""

    head: PlanHead
    span: str
    sentence: str
    counts: tuple[Count, ...]
    measures: int
    ended: int
    aimed: int
    served: int
    divisions: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many measures of each plan stand in one kind or status; None where the plan knows no such."""

    title: str
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class End:
    """A measure at one end of a way."""

    quoted: str
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Way:
    """What grew from what, and how."""

    origin: End
    heir: End
    kind: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The ways between two plans, older to newer."""

    origin: str
    heir: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One plan's part of a series: its indicator with baseline and target in words."""

    end: End
    indicator: str
    baseline: str
    target: str
    latest: str
    definition_note: str


@dataclass(frozen=True, kw_only=True)
class Series:
    """An indicator that runs over several plans, oldest first, with the years nobody knows between them."""

    name: str
    stretches: tuple[Stretch, ...]
    gap: str


@dataclass(frozen=True, kw_only=True)
class Alone:
    """The measures of a plan with no way in (new) or no way out (ended with the plan)."""

    head: PlanHead
    ends: tuple[End, ...]


def compare(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """All plans side by side."""
    now, language = clock(), get_language() or "ja"
    boards = tuple(reversed(api.boards(now=now, language=language)))
    river = api.whole_river(language)
    context = {
        "sides": (sides := [_side(board, language) for board in boards]),
        "some_ended": any(side.ended for side in sides),
        "tallies": _tallies(boards),
        "between": _between(river),
        "kinds": [(str(title), _kinds(river)[kind]) for kind, title in LINEAGE.items()],
        "series": _series(boards, language),
        "fresh": _alone(boards[1:], {way.heir for way in river.ways}),
        "finished": _alone(boards[:-1], {way.origin for way in river.ways}),
    }
    return render(request, "plan/compare.html", context)


def _side(board: PlanBoard, language: str) -> Side:
    counted = [measure for measure in board.measures if measure.counted]
    return Side(
        head=board.head,
        span=span_words(board.head, language),
        sentence=sentence(board),
        counts=bar_of_counts(board, board.measures),
        measures=len(counted),
        ended=len(board.measures) - len(counted),
        aimed=sum(is_aimed(measure) for measure in counted),
        served=sum(bool(measure.services) for measure in counted),
        divisions=len({d.code for measure in counted for d in measure.divisions}),
    )


def _tallies(boards: tuple[PlanBoard, ...]) -> list[Tally]:
    """A line for each kind and status that any plan has."""
    found = []
    counted = [
        (board.head.short_name, dict(api.counts(board.measures).by_code)) for board in boards
    ]
    for code in api.CODES:
        numbers = tuple((name, by_code.get(code, 0)) for name, by_code in counted)
        titles = dict.fromkeys(
            api.mark_in(board.head, code).title
            for board, (_, number) in zip(boards, numbers, strict=True)
            if number
        )
        if titles:
            found.append(Tally(title=" / ".join(titles), numbers=numbers))
    return found


def _between(river: River) -> list[Ways]:
    """The ways, gathered by the plans at their ends."""
    measures = {measure.public_id: measure for measure in river.measures}
    gathered: dict[tuple[str, str], list[Way]] = {}
    for way in river.ways:
        origin, heir = measures[way.origin], measures[way.heir]
        gathered.setdefault((origin.plan_name, heir.plan_name), []).append(
            Way(
                origin=_river_end(origin),
                heir=_river_end(heir),
                kind=str(LINEAGE[way.kind]),
                note=way.note,
            )
        )
    return [
        Ways(origin=origin, heir=heir, ways=tuple(ways))
        for (origin, heir), ways in gathered.items()
    ]


def _kinds(river: River) -> dict[str, int]:
    return {kind: sum(way.kind == kind for way in river.ways) for kind in LINEAGE}


def _series(boards: tuple[PlanBoard, ...], language: str) -> list[Series]:
    held: dict[str, list[tuple[PlanBoard, MeasureState, IndicatorState]]] = {}
    for board in boards:
        for measure in board.measures:
            for indicator in measure.indicators:
                if indicator.series:
                    held.setdefault(indicator.series, []).append((board, measure, indicator))
    return [
        Series(
            name=found[-1][2].name,
            stretches=tuple(_stretch(*each, language) for each in found),
            gap=_gap([indicator for _, _, indicator in found], language),
        )
        for found in held.values()
        if len({board.head.code for board, _, _ in found}) > 1
    ]


def _stretch(
    board: PlanBoard, measure: MeasureState, indicator: IndicatorState, language: str
) -> Stretch:
    aim, latest = indicator.aim, indicator.latest
    return Stretch(
        end=_end(board.head, measure),
        indicator=indicator.name,
        baseline=_of_year(aim.baseline_year, amount(aim.baseline, indicator), language),
        target=_of_year(aim.target_year, amount(aim.target, indicator), language),
        latest=_of_year(latest.year, amount(latest.value, indicator), language) if latest else "",
        definition_note=indicator.definition_note,
    )


def _of_year(year: int | None, words: str, language: str) -> str:
    return f"{year_words(year, language)} {words}" if year else ""


def _gap(indicators: Iterable[IndicatorState], language: str) -> str:
    """The years inside a series of which no figure is known; "" where there are none."""
    known = sorted(
        {result.year for indicator in indicators for result in indicator.results}
        | {i.aim.baseline_year for i in indicators if i.aim.baseline_year is not None}
    )
    gaps = [
        years_words(before + 1, after - 1, language)
        for before, after in pairwise(known)
        if after > before + 1
    ]
    return pgettext("between filters", "、").join(gaps)


def _alone(boards: Iterable[PlanBoard], tied: set[str]) -> list[Alone]:
    return [
        Alone(
            head=board.head,
            ends=tuple(
                _end(board.head, measure)
                for measure in board.measures
                if measure.public_id not in tied
            ),
        )
        for board in boards
    ]


def _end(head: PlanHead, measure: MeasureState) -> End:
    return End(
        quoted=measure.quoted,
        name=measure.name,
        address=reverse("plan:measure", args=[head.code, measure.number]),
    )


def _river_end(measure: RiverMeasure) -> End:
    return End(
        quoted=measure.quoted,
        name=measure.name,
        address=reverse("plan:measure", args=[measure.plan, measure.number]),
    )
