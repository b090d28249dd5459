"""What stands around the plans: why measures exist (drivers) and what the city already has (assets)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import AssetState, DriverState
from tsunagari.engines.plan.views.words import year_words
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.kernel.identity import api as identity

DRIVER_KINDS: dict[str, Promise | str] = {
    "state_and_tokyo": _("国・都の情報政策"),
    "technology": _("技術動向"),
    "town": _("まちづくりの課題"),
}

VERDICTS: dict[str, Promise | str] = {
    "keep": pgettext_lazy("verdict on an asset", "維持"),
    "promote": pgettext_lazy("verdict on an asset", "促進"),
    "review": pgettext_lazy("verdict on an asset", "見直し"),
    "": pgettext_lazy("verdict on an asset", "未判断"),
}
"""What the city has decided about an asset (third plan 3.4(1)); "" while nobody has."""

VERDICT_KINDS = {
    "keep": "on-track",
    "promote": "achieved",
    "review": "slightly-late",
    "": "neutral",
}


@dataclass(frozen=True, kw_only=True)
class MeasureLink:
    """A measure that is named: how it is quoted, its name, its plan and its page."""

    quoted: str
    name: str
    plan: str
    address: str


@dataclass(frozen=True, kw_only=True)
class DriverView:
    """A driver with its date in words and the measures that follow from it."""

    state: DriverState
    kind: str
    issued: str
    measures: tuple[MeasureLink, ...]


@dataclass(frozen=True, kw_only=True)
class DriverPart:
    """The drivers of one kind."""

    code: str
    title: str
    drivers: tuple[DriverView, ...]


@dataclass(frozen=True, kw_only=True)
class AssetView:
    """An asset with its words: since when, at what cost, whose it is, what was decided.

    `missing` names what nobody has written down.
    """

    state: AssetState
    since: str
    cost: str
    division: str
    verdict: str
    verdict_kind: str
    missing: str
    measures: tuple[MeasureLink, ...]


def drivers(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """Why measures exist, by kind."""
    language = get_language() or "ja"
    links = measure_links(clock(), language)
    found = tuple(driver_view(each, links, language) for each in api.drivers(language))
    parts = tuple(
        DriverPart(
            code=kind,
            title=str(title),
            drivers=tuple(view for view in found if view.state.kind == kind),
        )
        for kind, title in DRIVER_KINDS.items()
    )
    context = {"parts": [part for part in parts if part.drivers], "count": len(found)}
    return render(request, "plan/drivers.html", context)


def drivers_csv(_request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The drivers as a file for Excel."""
    language = get_language() or "ja"
    links = measure_links(clock(), language)
    titles = [
        gettext("観点"),
        gettext("名前"),
        gettext("出した機関"),
        gettext("日付"),
        gettext("出典"),
        gettext("アドレス"),
        gettext("内容"),
        gettext("取組"),
    ]
    rows = [
        (
            view.kind,
            view.state.name,
            view.state.issuer,
            view.issued,
            view.state.source,
            view.state.address,
            view.state.outline,
            _quoted(view.measures),
        )
        for view in (driver_view(each, links, language) for each in api.drivers(language))
    ]
    return _csv("drivers.csv", titles, rows)


def assets(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """What the city already has."""
    views = _asset_views(clock(), get_language() or "ja")
    context = {
        "assets": views,
        "undecided": sum(not view.state.verdict for view in views),
    }
    return render(request, "plan/assets.html", context)


def assets_csv(_request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The assets as a file for Excel."""
    titles = [
        gettext("名前"),
        gettext("内容"),
        gettext("担当する課"),
        gettext("いつから"),
        gettext("年間の費用（円）"),
        gettext("使われ方"),
        gettext("判断"),
        gettext("出典"),
        gettext("取組"),
    ]
    rows = [
        (
            view.state.name,
            view.state.outline,
            view.division,
            view.since,
            view.state.yearly_cost,
            view.state.use,
            view.verdict,
            view.state.source,
            _quoted(view.measures),
        )
        for view in _asset_views(clock(), get_language() or "ja")
    ]
    return _csv("assets.csv", titles, rows)


def measure_links(now: datetime, language: str) -> dict[str, MeasureLink]:
    """Every measure of every plan by how it is quoted (P/2)."""
    return {
        measure.quoted: MeasureLink(
            quoted=measure.quoted,
            name=measure.name,
            plan=board.head.short_name,
            address=reverse("plan:measure", args=[board.head.code, measure.number]),
        )
        for board in api.boards(now=now, language=language)
        for measure in board.measures
    }


def driver_view(state: DriverState, links: dict[str, MeasureLink], language: str) -> DriverView:
    """A driver in the reader's language."""
    return DriverView(
        state=state,
        kind=str(DRIVER_KINDS[state.kind]),
        issued=issued_words(state, language),
        measures=_links(state.measures, links),
    )


def issued_words(state: DriverState, language: str) -> str:
    """The day it was issued, else its fiscal year, else ""."""
    if state.issued_on:
        return format_day(state.issued_on, language=language)
    return year_words(state.issued_year, language) if state.issued_year else ""


def asset_view(
    state: AssetState, divisions: dict[str, str], links: dict[str, MeasureLink], language: str
) -> AssetView:
    """An asset in the reader's language; what nobody knows or decided is said so."""
    since = year_words(state.since_year, language) if state.since_year else ""
    cost = (
        ""
        if state.yearly_cost is None
        else pgettext("money a year", "年%(yen)s円") % {"yen": f"{state.yearly_cost:,}"}
    )
    division = divisions.get(state.division, "")
    parts = {
        gettext("いつから"): since,
        gettext("担当する課"): division,
        gettext("年間の費用"): cost,
        gettext("使われ方"): state.use,
    }
    return AssetView(
        state=state,
        since=since,
        cost=cost,
        division=division,
        verdict=str(VERDICTS[state.verdict]),
        verdict_kind=VERDICT_KINDS[state.verdict],
        missing=pgettext("between measures", "、").join(
            name for name, words in parts.items() if not words
        ),
        measures=_links(state.measures, links),
    )


def _asset_views(now: datetime, language: str) -> tuple[AssetView, ...]:
    states = api.assets(language)
    links = measure_links(now, language)
    divisions = division_names({each.division for each in states}, now, language)
    return tuple(asset_view(each, divisions, links, language) for each in states)


def division_names(codes: set[str], now: datetime, language: str) -> dict[str, str]:
    """Divisions as they are called today."""
    named = {code for code in codes if code}
    return identity.division_names(named, FiscalYear.at(now), language) if named else {}


def _links(quoted: Sequence[str], links: dict[str, MeasureLink]) -> tuple[MeasureLink, ...]:
    return tuple(links[each] for each in quoted if each in links)


def _quoted(measures: Sequence[MeasureLink]) -> str:
    return pgettext("between measures", "、").join(each.quoted for each in measures)


def _csv(
    name: str, titles: Sequence[str], rows: Sequence[Sequence[str | int | None]]
) -> HttpResponse:
    response = HttpResponse(write_table(titles, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
