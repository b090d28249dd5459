"""The public pages of the meters: what is measured, how, and every figure down to the hour."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import dateformat
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tsunagari.kernel.design.charts import Mark, bar_chart
from tsunagari.kernel.design.tables import Column
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan, japan_day
from tsunagari.kernel.i18n.eras import format_day, format_fiscal_year, format_month
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.kernel.metering import api, queries
from tsunagari.kernel.metering.declare import Counter, Gauge, Loaded, Meter, Ratio, Sum
from tsunagari.kernel.metering.rules import (
    GRAINS,
    Figure,
    Grain,
    Period,
    Refused,
    period_named,
)
from tsunagari.kernel.metering.rules import period as period_of

SHOWN_SLICES = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a trace as a page shows it."""

    title: str
    address: str
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the way down from the fiscal year: its title and address ("" for where one is)."""

    title: str
    address: str


def index(request: HttpRequest) -> HttpResponse:
    """Every meter of this installation, with its figure of the running fiscal year."""
    now = system_clock()
    names = [meter.id for meter in api.declared()]
    found = api.figures(names, grain="fiscal_year", start=now)
    meters = [(meter, found[meter.id]) for meter in api.declared()]
    year = _title("fiscal_year", now)
    return render(request, "metering/index.html", {"meters": meters, "year": year})


def meter(request: HttpRequest, meter_id: str) -> HttpResponse:
    """One meter: its running fiscal year."""
    return _page(request, meter_id, period_of("fiscal_year", system_clock()))


def period(request: HttpRequest, meter_id: str, name: str) -> HttpResponse:
    """One meter in one fiscal year, month, day or hour."""
    return _page(request, meter_id, _period(name))


def period_csv(_request: HttpRequest, meter_id: str, name: str) -> HttpResponse:
    """The rows of a trace as a file for Excel."""
    found = _trace(meter_id, _period(name))
    title = gettext(found.meter.title)
    rows = [(_title(row.grain, row.start), row.figure.value) for row in found.rows]
    heading = f"{title} ({said(found.meter.unit)})"
    response = HttpResponse(
        write_table([gettext("期間"), heading], rows), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{meter_id}_{name}.csv"'
    return response


def _period(name: str) -> Period:
    try:
        return period_named(name)
    except Refused as refused:
        raise Http404(str(refused)) from refused


def _trace(meter_id: str, within: Period) -> queries.Trace:
    try:
        return queries.trace(meter_id, within)
    except KeyError as missing:
        raise Http404(str(missing)) from missing


def _page(request: HttpRequest, meter_id: str, within: Period) -> HttpResponse:
    found = _trace(meter_id, within)
    unit = said(found.meter.unit)
    recounted = api.last_recount(meter_id)
    context = {
        "meter": found.meter,
        "trace": found,
        "provenance": _provenance(found.figure),
        "title": _title(within.grain, within.start),
        "as_of": _moment(found.figure.as_of),
        "began": _moment(found.figure.began_at),
        "kind": _kind(found.meter),
        "recounted": recounted,
        "recount": api.recount_words(meter_id, recounted),
        "lines": list(_lines(found)),
        "chart": _chart(found),
        "slices": _slices(found),
        "slice_columns": [*_slice_columns(found), Column(title=unit, number=True)],
        "steps": _steps(meter_id, within),
        "before": _beside(meter_id, within, forward=False),
        "after": _beside(meter_id, within, forward=True),
        "parts": [(api.declared_meter(part), figure) for part, figure in found.figure.parts],
    }
    return render(request, "metering/trace.html", context)


def _chart(found: queries.Trace) -> SafeString | None:
    """Bars of the finer periods, where at least two are known."""
    marks = [
        Mark(label=_short_title(row.grain, row.start), value=row.figure.value) for row in found.rows
    ]
    if sum(mark.value is not None for mark in marks) < 2:
        return None
    return bar_chart(
        title=_title(found.period.grain, found.period.start),
        unit=said(found.meter.unit),
        points=marks,
        language=get_language() or "ja",
    )


def _provenance(figure: Figure) -> str:
    return "before" if figure.value is None else figure.origin


def _kind(meter: Meter) -> str:
    kinds = {
        Counter: gettext("起きたことを数える"),
        Gauge: gettext("今の状態を毎日記録する"),
        Ratio: gettext("2つの数値の割合"),
        Loaded: gettext("担当課が毎月の数値を取り込む"),
        Sum: gettext("いくつかの数値を合計する"),
    }
    return kinds[type(meter)]


def _lines(found: queries.Trace) -> Iterator[Line]:
    now = system_clock()
    for row in found.rows:
        if row.start > now:
            return
        deeper = not isinstance(found.meter, Loaded) and row.figure.value is not None
        yield Line(
            title=_title(row.grain, row.start),
            address=_address(found.meter.id, row.grain, row.start) if deeper else "",
            value=row.figure.value,
        )


def _address(meter_id: str, grain: Grain, start: datetime) -> str:
    return reverse("metering:period", args=[meter_id, period_of(grain, start).name])


def _steps(meter_id: str, within: Period) -> list[Step]:
    wider = [
        grain for grain in reversed(GRAINS) if GRAINS.index(grain) >= GRAINS.index(within.grain)
    ]
    return [
        Step(
            title=_title(grain, within.start),
            address="" if grain == within.grain else _address(meter_id, grain, within.start),
        )
        for grain in wider
    ]


def _beside(meter_id: str, within: Period, *, forward: bool) -> Step | None:
    moment = within.end if forward else within.start - (within.end - within.start) / 2
    if forward and moment > system_clock():
        return None
    return Step(
        title=_title(within.grain, moment), address=_address(meter_id, within.grain, moment)
    )


def _dimensions(meter: Meter) -> tuple[str, ...]:
    return meter.dimensions if isinstance(meter, Counter | Gauge) else ()


def _slice_columns(found: queries.Trace) -> list[Column]:
    names = {
        "service": gettext("サービス"),
        "page": gettext("ページ"),
        "language": gettext("ことば"),
        "division": gettext("課"),
    }
    return [Column(title=names.get(each, each)) for each in _dimensions(found.meter)]


def _slices(found: queries.Trace) -> list[list[object]]:
    """The greatest parts of the period, in words."""
    dimensions = _dimensions(found.meter)
    return [
        [*(queries.held_in_words(each, held) for each in dimensions), count]
        for held, count in found.slices[:SHOWN_SLICES]
    ]


def _title(grain: Grain, moment: datetime) -> str:
    language = get_language() or "ja"
    day = japan_day(moment)
    if grain == "fiscal_year":
        return format_fiscal_year(FiscalYear.of(day), language=language)
    if grain == "month":
        return format_month(day, language=language)
    if grain == "day":
        return format_day(day, language=language, weekday=True)
    hour = japan(moment).hour
    return gettext("%(hour)d時台") % {"hour": hour}


def _short_title(grain: Grain, moment: datetime) -> str:
    local = japan(moment)
    if grain == "month":
        return dateformat.format(local, "M")
    return str(local.day if grain == "day" else local.hour)


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    day = format_day(japan_day(moment), language=get_language() or "ja")
    return gettext("%(day)s %(time)s") % {"day": day, "time": f"{japan(moment):%H:%M}"}
