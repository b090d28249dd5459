"""The answer to a councillor's question: how did a measure go since a year, over all plans that it grew through.

Nothing here is more than the public pages say: of a closed year its report, of a year that is still open
what the plan's page shows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from tsunagari.engines.cycle.queries.published import Report, books_of_years
from tsunagari.engines.cycle.rules.yearbook import YearMeasure
from tsunagari.engines.plan import api as plan_api

DEFINING: Final = ("name", "purpose", "outline", "unit", "definition_note", "reason")
"""Fields of a measure or indicator that say what is meant and how it is counted."""

NEAR: Final = 3
"""Years before the asked one in which a figure still tells where things stood: a plan's baseline is older
than the plan."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something that can be asked about: a measure by its public id. `series` names the line over several
    plans through which it was found, "" for the measure itself."""

    measure: plan_api.MeasureHead
    plan_name: str
    series: str = ""


@dataclass(frozen=True, kw_only=True)
class YearTold:
    """One year of one of the measures: of an open year what the plan's page says, of a closed one its
    report, which is then `report` with `sealed`."""

    year: int
    measure: plan_api.RiverMeasure
    planned: str
    done: str
    divisions: tuple[str, ...]
    report: Report | None
    sealed: YearMeasure | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator over all plans: its stretches, the oldest first. `unit` and `digits` are the newest's."""

    name: str
    unit: str
    digits: int
    direction: str
    parts: tuple[plan_api.SeriesPart, ...]

    @property
    def results(self) -> dict[int, plan_api.Result]:
        """By year; of two plans the newer goes first."""
        return {each.year: each for part in self.parts for each in part.results}

    @property
    def targets(self) -> dict[int, plan_api.TargetState]:
        """By year, as the results."""
        return {each.year: each for part in self.parts for each in part.targets}

    def breaks(self) -> list[tuple[int, str]]:
        """The first years of stretches that are counted in another way than the one before, with the words
        that say so."""
        return [
            (part.results[0].year, part.definition_note)
            for part in self.parts
            if part.definition_note and part.results
        ]


@dataclass(frozen=True, kw_only=True)
class ToldEdit:
    """A text of one of the measures that was changed, and the measure."""

    measure: plan_api.RiverMeasure
    edit: plan_api.TextEdit


@dataclass(frozen=True, kw_only=True)
class ToldTarget:
    """A target of one of the measures that was changed at a moment; `after` None: it was taken away."""

    measure: plan_api.RiverMeasure
    indicator: plan_api.IndicatorHead
    year: int
    before: Decimal | None
    after: Decimal | None
    changed_at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything about a measure from `first` on; `start` is the last year before it whose figure is known, as
    that is where things stood, else `first`. `family` are the measures that it grew from and into with
    itself, the oldest plan first."""

    page: plan_api.MeasurePage
    first: int
    start: int
    last: int
    family: tuple[plan_api.RiverMeasure, ...]
    lines: tuple[Line, ...]
    years: tuple[YearTold, ...]
    targets: tuple[ToldTarget, ...]
    edits: tuple[ToldEdit, ...]


def find(words: str, *, now: datetime, language: str) -> tuple[Found, ...]:
    """Measures of every plan whose number, name or indicators hold all the words, and those that a series of
    such a name runs through; the newest plan first. As many queries as there are plans, and two."""
    asked = words.casefold().split()
    if not asked:
        return ()
    by_quoted: dict[str, Found] = {}
    hits: dict[str, Found] = {}
    for head in plan_api.plan_heads(language, now=now):
        for measure in plan_api.measure_heads(head.code, language):
            found = Found(measure=measure, plan_name=head.short_name)
            by_quoted[measure.quoted] = found
            if _holds(asked, (measure.quoted, measure.name, *(i.name for i in measure.indicators))):
                hits[measure.quoted] = found
    for series in plan_api.series_heads(language):
        places = [quoted for quoted, _ in series.indicators if quoted in by_quoted]
        if places and _holds(asked, (series.name,)):
            newest = by_quoted[places[-1]]
            hits.setdefault(
                places[-1],
                Found(measure=newest.measure, plan_name=newest.plan_name, series=series.name),
            )
    return tuple(hits.values())


def _holds(asked: Iterable[str], texts: Iterable[str]) -> bool:
    told = " ".join(texts).casefold()
    return all(word in told for word in asked)


def first_year_of_all(language: str, *, now: datetime) -> int:
    """The first fiscal year of the oldest plan; the running one where there is none."""
    heads = plan_api.plan_heads(language, now=now)
    return min((each.first_year for each in heads), default=now.year)


def answer(measure: str, first: int, *, now: datetime, language: str) -> Answer | None:
    """The answer about the measure with this public id; None where there is none. The number of queries
    grows with the measures of its family alone, never with figures or years."""
    head = plan_api.measures_by_id([measure], language).get(measure)
    page = (
        plan_api.measure_page(head.plan, head.number, now=now, language=language) if head else None
    )
    if page is None:
        return None
    family = _family(page)
    heads = plan_api.measures_by_id([each.public_id for each in family], language)
    years = _years(family, heads, first, language)
    lines = tuple(_line(page, state) for state in page.measure.indicators)
    named = [page.head.last_year, *(year for line in lines for year in line.results)]
    targets, edits = _changes(family, heads, first, language)
    return Answer(
        page=page,
        first=first,
        start=_start(lines, first),
        last=max(named) if not page.head.ended else page.head.last_year,
        family=family,
        lines=lines,
        years=years,
        targets=targets,
        edits=edits,
    )


def _start(lines: Iterable[Line], first: int) -> int:
    """The newest year before `first` of which a figure is known, if it is near enough to tell where things
    stood then."""
    before = [year for line in lines for year in line.results if first - NEAR <= year < first]
    return max(before, default=first)


def _family(page: plan_api.MeasurePage) -> tuple[plan_api.RiverMeasure, ...]:
    if page.river.measures:
        return page.river.measures
    return (
        plan_api.RiverMeasure(
            public_id=page.measure.public_id,
            plan=page.head.code,
            plan_name=page.head.short_name,
            years=(page.head.first_year, page.head.last_year),
            number=page.measure.number,
            quoted=page.measure.quoted,
            name=page.measure.name,
            column=0,
            here=True,
        ),
    )


def _line(page: plan_api.MeasurePage, state: plan_api.IndicatorState) -> Line:
    series = page.series.get(state.order)
    parts = series.parts if series else (_own_part(page, state),)
    return Line(
        name=state.name,
        unit=state.unit,
        digits=state.digits,
        direction=state.aim.direction,
        parts=parts,
    )


def _own_part(page: plan_api.MeasurePage, state: plan_api.IndicatorState) -> plan_api.SeriesPart:
    return plan_api.SeriesPart(
        plan=page.head.code,
        plan_name=page.head.short_name,
        quoted=page.measure.quoted,
        number=page.measure.number,
        indicator=state.name,
        unit=state.unit,
        definition_note=state.definition_note,
        results=state.results,
        targets=state.targets,
        here=True,
    )


def _years(
    family: Iterable[plan_api.RiverMeasure],
    heads: Mapping[str, plan_api.MeasureHead],
    first: int,
    language: str,
) -> tuple[YearTold, ...]:
    """Every year of which a report or an action plan says something, the oldest first."""
    listed = list(family)
    actions = plan_api.actions_of({each.public_id for each in listed}, language)
    reports = {plan: books_of_years(plan, language) for plan in {each.plan for each in listed}}
    told: list[YearTold] = []
    for each in listed:
        open_years = {action.year: action for action in actions.get(each.public_id, ())}
        sealed = _sealed(reports[each.plan], each.public_id)
        for year in sorted(open_years.keys() | sealed.keys()):
            report, closed = sealed.get(year, (None, None))
            action = open_years.get(year)
            told.append(
                YearTold(
                    year=year,
                    measure=each,
                    planned=closed.planned if closed else action.planned if action else "",
                    done=closed.done if closed else action.done if action else "",
                    divisions=closed.divisions
                    if closed
                    else heads[each.public_id].divisions
                    if each.public_id in heads
                    else (),
                    report=report,
                    sealed=closed,
                )
            )
    return tuple(sorted((t for t in told if t.year >= first), key=lambda t: t.year))


def _sealed(reports: Iterable[Report], public_id: str) -> Mapping[int, tuple[Report, YearMeasure]]:
    found = {}
    for report in reports:
        measure = next((m for m in report.book.measures if m.public_id == public_id), None)
        if measure is not None:
            found[report.book.fiscal_year] = (report, measure)
    return found


def _changes(
    family: Iterable[plan_api.RiverMeasure],
    heads: Mapping[str, plan_api.MeasureHead],
    first: int,
    language: str,
) -> tuple[tuple[ToldTarget, ...], tuple[ToldEdit, ...]]:
    """Targets that were changed and texts that say what is meant and counted, the oldest change first. One
    query a measure."""
    targets: list[ToldTarget] = []
    edits: list[ToldEdit] = []
    for each in family:
        kept = plan_api.history(each.plan, each.number, language=language)
        head = heads.get(each.public_id)
        if kept is None or head is None:
            continue
        targets += _targets(each, head, kept.figures, first)
        edits += [
            ToldEdit(measure=each, edit=edit)
            for edit in kept.edits
            if edit.language == language and edit.field in DEFINING and edit.before
        ]
    targets.sort(key=lambda told: told.changed_at)
    edits.sort(key=lambda told: told.edit.made_at)
    return tuple(targets), tuple(edits)


def _targets(
    measure: plan_api.RiverMeasure,
    head: plan_api.MeasureHead,
    versions: Iterable[plan_api.FigureVersion],
    first: int,
) -> Iterator[ToldTarget]:
    """Each target that was replaced, with the one that begins when it ends."""
    indicators = {each.order: each for each in head.indicators}
    listed = [each for each in versions if each.figure == "target" and each.year >= first]
    for old in listed:
        if old.until is None or old.indicator not in indicators:
            continue
        new = next(
            (
                each
                for each in listed
                if (each.indicator, each.year, each.since) == (old.indicator, old.year, old.until)
                and each.public_id != old.public_id
            ),
            None,
        )
        yield ToldTarget(
            measure=measure,
            indicator=indicators[old.indicator],
            year=old.year,
            before=old.value,
            after=new.value if new else None,
            changed_at=old.until,
            reason=new.reason if new else "",
        )
