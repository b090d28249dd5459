"""The page of one measure: the figure now, the way to the target, how it is counted, what surrounds it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import (
    REASONS,
    ActionState,
    GradeName,
    IndicatorState,
    Mark,
    MeasurePage,
    PlanHead,
)
from tsunagari.engines.plan.views.aims import Aims, aims
from tsunagari.engines.plan.views.as_of import Seen, address_of, as_of, not_before
from tsunagari.engines.plan.views.counting import (
    Entered,
    HowCounted,
    Today,
    counted,
    entered,
    todays,
)
from tsunagari.engines.plan.views.drawing import STATUS_WORDS, Drawing, drawing
from tsunagari.engines.plan.views.judgement import Judgement, judgement, quotient
from tsunagari.engines.plan.views.lasting import lasting
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.engines.plan.views.past import past_of
from tsunagari.engines.plan.views.river import river_drawing
from tsunagari.engines.plan.views.rows import Bar, bar, row
from tsunagari.engines.plan.views.surroundings import asset_view, driver_view
from tsunagari.engines.plan.views.words import (
    ACCUMULATIONS,
    DIRECTIONS,
    PROVENANCE,
    span_words,
    when,
    year_columns,
    year_words,
)
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear


@dataclass(frozen=True, kw_only=True)
class LargeFigure:
    """The figure a page shows first: the latest result, or the baseline where there is none yet.

    `missing` says what there is instead of a figure; `settled` says provisional, final or revised;
    `ratio` is the division behind a share.
    """

    label: str
    value: Decimal | None
    missing: str
    when: str
    provenance: str
    settled: str
    ratio: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An indicator as the part shows it that is asked for again every few seconds."""

    state: IndicatorState
    figure: LargeFigure
    mark: Mark
    grade: GradeName | None
    reason: str
    bar: Bar
    today: Today | None


@dataclass(frozen=True, kw_only=True)
class IndicatorView:
    """One indicator as its measure's page shows it; no drawing where there is neither figure nor target.
    `label` tells it from the measure's others in headings, "" where it is the only one."""

    state: IndicatorState
    label: str
    aims: Aims
    drawing: Drawing | None
    judgement: Judgement
    counted: HowCounted | None
    entered: tuple[Entered, ...]
    direction: str
    accumulation: str


@dataclass(frozen=True, kw_only=True)
class YearAction:
    """What the action plan of one year says of the measure."""

    year: str
    state: ActionState
    running: bool


@in_words
@as_of
def measure(request: HttpRequest, seen: Seen, code: str, number: str) -> HttpResponse:
    """One measure."""
    now, language = seen.now, get_language() or "ja"
    page = _found(code, number, now, language, seen.on)
    standings = _standings(page, now, language)
    context = {
        "head": page.head,
        "seen": seen,
        "example": seen.example(page.known_since),
        "measure": page.measure,
        "row": row(page.head, page.measure, language),
        "span": span_words(page.head, language),
        "lasting": lasting(page, language),
        "standings": standings,
        "live": any(each.today for each in standings),
        "indicators": _views(page, now, language),
        "past": past_of(
            api.history(code, number, language=language, on=seen.on),
            page.head,
            page.measure.indicators,
            language,
        ),
        "before": _neighbour(page.head, page.before),
        "after": _neighbour(page.head, page.after),
        "years": year_columns(page.head, FiscalYear.at(now).year, language),
        **_surroundings(page, now, language),
    }
    return render(request, "plan/measure.html", context)


def live(
    request: HttpRequest, code: str, number: str, *, clock: Clock = system_clock
) -> HttpResponse:
    """The part of a measure's page that is asked for again every few seconds; no view is counted."""
    now, language = clock(), get_language() or "ja"
    page = _found(code, number, now, language)
    context = {"head": page.head, "standings": _standings(page, now, language)}
    response = render(request, "plan/live.html", context)
    response.uncounted = True  # type: ignore[attr-defined]  # read by the middleware that marks views
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(
    code: str, number: str, now: datetime, language: str, on: date | None = None
) -> MeasurePage:
    page = api.measure_page(code, number, now=now, language=language, on=on)
    if page is None:
        not_before(on, code, number)
        raise Http404(gettext("この取組は見つかりません。"))
    return page


def _standings(page: MeasurePage, now: datetime, language: str) -> tuple[Standing, ...]:
    counts_now = not page.head.on and page.measure.standing == "running"
    today = todays(page.measure.indicators, now, language) if counts_now else {}
    return tuple(
        _standing(page, state, today.get(state.meter), language)
        for state in page.measure.indicators
    )


def _standing(
    page: MeasurePage, state: IndicatorState, today: Today | None, language: str
) -> Standing:
    mark = api.mark_of_indicator(state, page.measure, page.head)
    ended = mark.code == "ended"
    return Standing(
        state=state,
        figure=large_figure(page, state, language),
        mark=mark,
        grade=None if ended else state.grade,
        reason="" if ended else str(REASONS[state.progress.reason]),
        bar=bar(page.head, state, language),
        today=today,
    )


def _views(page: MeasurePage, now: datetime, language: str) -> tuple[IndicatorView, ...]:
    meters = counted(page.measure.indicators, language, past=page.head.on is not None)
    labels = indicator_labels(page.measure.indicators)
    return tuple(
        IndicatorView(
            state=state,
            label=labels[state.order],
            aims=aims(page.head, state, language),
            drawing=_drawing(page, state, now, language),
            judgement=judgement(page.head, state, language, ended=page.measure.standing == "ended"),
            counted=meters.get(state.meter),
            entered=entered(state, language),
            direction=str(DIRECTIONS[state.aim.direction]) if _has_target(state) else "",
            accumulation=str(ACCUMULATIONS[state.aim.accumulate]) if state.unit else "",
        )
        for state in page.measure.indicators
    )


def indicator_labels(states: Sequence[IndicatorState]) -> dict[int, str]:
    """By its order, what each indicator is called in headings: no two the same, whatever their names (those
    of a merged measure come from several, and a translation may call two alike). "" for a single one."""
    if len(states) == 1:
        return {states[0].order: ""}
    names = Counter(state.name for state in states)
    return {
        state.order: state.name
        if state.name and names[state.name] == 1
        else gettext("指標%(place)s %(name)s") % {"place": place, "name": state.name}
        for place, state in enumerate(states, start=1)
    }


def _has_target(state: IndicatorState) -> bool:
    return bool(state.targets) or state.aim.direction == "range"


def _drawing(
    page: MeasurePage, state: IndicatorState, now: datetime, language: str
) -> Drawing | None:
    series = page.series.get(state.order)
    if not (state.results or state.targets or series):
        return None
    return drawing(
        page.head,
        state,
        language,
        running=FiscalYear.at(now).year,
        series=series,
        until=page.measure.until_year,
    )


def large_figure(page: MeasurePage, state: IndicatorState, language: str) -> LargeFigure:
    """The latest result; where there is none, the baseline under the plan's own name for it."""
    head, latest, base = page.head, state.latest, state.baseline
    shown = latest or base
    if shown is None:
        return _without_figure(page, state)
    return LargeFigure(
        label=state.name,
        value=shown.value,
        missing="",
        when=when(latest, language)
        if latest
        else f"{year_words(shown.year, language)} {head.labels['baseline']}",
        provenance="" if shown is base and shown.origin == "loaded" else PROVENANCE[shown.origin],
        settled=str(STATUS_WORDS[shown.status]) if latest else "",
        ratio=quotient(state, shown.numerator, shown.denominator, shown.value),
    )


def _without_figure(page: MeasurePage, state: IndicatorState) -> LargeFigure:
    missing = gettext("まだ数値がありません")
    if state.to_set_year:
        missing = gettext("指標が決まっていません")
    elif page.head.ended or page.measure.standing == "ended":
        missing = gettext("数値の資料がありません")
    return LargeFigure(
        label="" if state.to_set_year else state.name,
        value=None,
        missing=missing,
        when="",
        provenance="before" if state.meter else "",
        settled="",
        ratio="",
    )


def _surroundings(page: MeasurePage, now: datetime, language: str) -> dict[str, object]:
    """What stands around a measure: actions, lineage, reasons, what it builds on. `over`: nothing more will
    be done, for the plan or the measure has ended."""
    running = FiscalYear.at(now).year
    return {
        "over": page.head.ended or page.measure.standing == "ended",
        "actions": [
            YearAction(
                year=year_words(each.year, language), state=each, running=each.year == running
            )
            for each in sorted(page.actions, key=lambda each: -each.year)
            if page.measure.runs_in(each.year)
        ],
        "running": year_words(running, language),
        "river": river_drawing(page.river, language, on=page.head.on),
        "drivers": [driver_view(each, {}, language) for each in page.drivers],
        "assets": [asset_view(each, {}, {}, language) for each in page.assets],
    }


def _neighbour(head: PlanHead, number: str) -> str:
    return address_of("measure", head.code, number, on=head.on) if number else ""
