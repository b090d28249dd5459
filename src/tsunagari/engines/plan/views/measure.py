"""The page of one measure: the figure now, the way to the target, and how it is counted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import IndicatorState, Mark, MeasurePage, PlanHead, mark
from tsunagari.engines.plan.views.drawing import Drawing, drawing
from tsunagari.engines.plan.views.rows import Bar, bar, row
from tsunagari.engines.plan.views.words import (
    ACCUMULATIONS,
    DIRECTIONS,
    PROVENANCE,
    REASONS,
    moment_words,
    when,
    year_columns,
    year_words,
)
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day
from tsunagari.kernel.metering import api as metering


@dataclass(frozen=True, kw_only=True)
class LargeFigure:
    """The figure a page shows first: the latest result, or the baseline where there is none yet."""

    label: str
    value: Decimal | None
    when: str
    provenance: str


@dataclass(frozen=True, kw_only=True)
class Today:
    """What a meter has counted today; None where nothing is known."""

    today: Decimal | None
    this_hour: Decimal | None
    as_of: str


@dataclass(frozen=True, kw_only=True)
class HowCounted:
    """The meter behind an indicator, in words, with the address of its trace."""

    title: str
    how: str
    source: str
    address: str
    began: str


@dataclass(frozen=True, kw_only=True)
class IndicatorView:
    """One indicator as its measure's page shows it."""

    state: IndicatorState
    figure: LargeFigure
    mark: Mark
    reason: str
    bar: Bar
    drawing: Drawing | None
    today: Today | None
    counted: HowCounted | None
    direction: str
    accumulation: str
    rule: str


def measure(
    request: HttpRequest, code: str, number: str, *, clock: Clock = system_clock
) -> HttpResponse:
    """One measure."""
    now, language = clock(), get_language() or "ja"
    page = _found(code, number, now, language)
    views = tuple(
        _view(page.head, state, now=now, language=language) for state in page.measure.indicators
    )
    context = {
        "head": page.head,
        "measure": page.measure,
        "row": row(page.head, page.measure, language),
        "indicators": views,
        "live": any(view.today for view in views),
        "before": _neighbour(page.head, page.before),
        "after": _neighbour(page.head, page.after),
        "years": year_columns(page.head, FiscalYear.at(now).year, language),
    }
    return render(request, "plan/measure.html", context)


def live(
    request: HttpRequest, code: str, number: str, *, clock: Clock = system_clock
) -> HttpResponse:
    """The part of a measure's page that is asked for again every few seconds; no view is counted."""
    now, language = clock(), get_language() or "ja"
    page = _found(code, number, now, language)
    views = tuple(
        _view(page.head, state, now=now, language=language, drawn=False)
        for state in page.measure.indicators
    )
    response = render(request, "plan/live.html", {"indicators": views})
    response.uncounted = True  # type: ignore[attr-defined]  # read by the middleware that marks views
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(code: str, number: str, now: datetime, language: str) -> MeasurePage:
    page = api.measure_page(code, number, now=now, language=language)
    if page is None:
        raise Http404(gettext("この取組は見つかりません。"))
    return page


def _view(
    head: PlanHead, state: IndicatorState, *, now: datetime, language: str, drawn: bool = True
) -> IndicatorView:
    return IndicatorView(
        state=state,
        figure=large_figure(state, head, language),
        mark=mark(state.progress.status),
        reason=str(REASONS[state.progress.reason]),
        bar=bar(head, state, language),
        drawing=drawing(head, state, language) if drawn else None,
        today=_today(state, now, language) if state.meter else None,
        counted=_counted(state, language) if state.meter else None,
        direction=str(DIRECTIONS[state.aim.direction]),
        accumulation=str(ACCUMULATIONS[state.aim.accumulate]),
        rule=rule_words(state),
    )


def large_figure(state: IndicatorState, head: PlanHead, language: str) -> LargeFigure:
    """The latest result; where there is none, the baseline under the plan's own name for it."""
    if state.latest:
        return LargeFigure(
            label=state.name,
            value=state.latest.value,
            when=when(state.latest, language),
            provenance=PROVENANCE[state.latest.origin],
        )
    year = state.aim.baseline_year
    return LargeFigure(
        label=state.name,
        value=state.aim.baseline,
        when=f"{year_words(year, language)} {head.labels['baseline']}" if year else "",
        provenance="expected" if state.baseline_estimated else "entered",
    )


def _today(state: IndicatorState, now: datetime, language: str) -> Today | None:
    """Hours exist where this installation counts; loaded figures come by the month."""
    if state.latest is not None and state.latest.origin == "loaded":
        return None
    hours = metering.series(state.meter, grain="hour", start=day_start(japan_day(now)), end=now)
    known = [point.figure.value for point in hours if point.figure.value is not None]
    if not known:
        return None
    as_of = hours[-1].figure.as_of
    return Today(
        today=sum(known, Decimal(0)),
        this_hour=hours[-1].figure.value,
        as_of=moment_words(as_of, language) if as_of else "",
    )


def _counted(state: IndicatorState, language: str) -> HowCounted:
    meter = metering.declared_meter(state.meter)
    source = getattr(meter, "source", "")
    return HowCounted(
        title=gettext(meter.title),
        how=gettext(meter.how),
        source=gettext(source) if source else "",
        address=reverse("metering:trace", args=[meter.id]),
        began=moment_words(state.meter_began_at, language) if state.meter_began_at else "",
    )


def rule_words(state: IndicatorState) -> str:
    """The computed shares in words, so that the status can be checked by hand; "" without them."""
    progress = state.progress
    if progress.share is None or progress.expected_share is None or progress.pace is None:
        return ""
    return gettext(
        "ここまでの進み %(share)s%%、この時点の目安 %(expected)s%%、その比 %(pace)s。"
    ) % {
        "share": f"{progress.share * 100:.1f}",
        "expected": f"{progress.expected_share * 100:.1f}",
        "pace": f"{progress.pace:.2f}",
    }


def _neighbour(head: PlanHead, number: str) -> str:
    return reverse("plan:measure", args=[head.code, number]) if number else ""
