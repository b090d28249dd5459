"""How an indicator is counted: its meter down to the hour, the nightly recount, or who entered the figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from tsunagari.engines.plan.api import EvidenceLink, IndicatorState, Result
from tsunagari.engines.plan.views.drawing import ORIGIN_WORDS, STATUS_WORDS
from tsunagari.engines.plan.views.words import amount, moment_words, year_words
from tsunagari.kernel.i18n.days import day_start, japan_day
from tsunagari.kernel.metering import api as metering


@dataclass(frozen=True, kw_only=True)
class Today:
    """What a meter has counted today; None where nothing is known."""

    today: Decimal | None
    this_hour: Decimal | None
    as_of: str


@dataclass(frozen=True, kw_only=True)
class HowCounted:
    """The meter behind an indicator, in words, with the address of its trace.

    `recount` says how the figure is checked each night and what was found; `agreed` is False where
    sums and records differ. Both recount texts are "" where a meter cannot be counted anew.
    """

    title: str
    how: str
    source: str
    address: str
    began: str
    recount: str
    recounted: str
    agreed: bool
    mending: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceWords:
    """What stands behind an entered figure; no address where residents cannot open it."""

    title: str
    address: str
    outside: bool


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A figure that a person entered or a file brought: what it is and on what it rests. `counted` is
    what the meter said of that year, "" where none counted."""

    year: str
    figure: str
    origin: str
    status: str
    source: str
    reason: str
    counted: str
    evidence: tuple[EvidenceWords, ...]


def todays(
    indicators: Iterable[IndicatorState], now: datetime, language: str
) -> dict[str, Today | None]:
    """What the meters of a page have counted today, by meter: as many queries as for one.

    Hours exist where this installation counts; loaded figures come by the month.
    """
    meters = {each.meter for each in indicators if each.meter and each.how == "metered"}
    hours = metering.series_of(meters, grain="hour", start=day_start(japan_day(now)), end=now)
    return {meter: _today(points, language) for meter, points in hours.items()}


def _today(points: tuple[metering.Point, ...], language: str) -> Today | None:
    known = [point.figure.value for point in points if point.figure.value is not None]
    if not known:
        return None
    as_of = points[-1].figure.as_of
    return Today(
        today=sum(known, Decimal(0)),
        this_hour=points[-1].figure.value,
        as_of=moment_words(as_of, language) if as_of else "",
    )


def counted(
    indicators: Iterable[IndicatorState], language: str, *, past: bool = False
) -> dict[str, HowCounted]:
    """The meters of a page in words, by their ids; one query for the recounts of all. Of a past day recounts
    tell nothing: they go over the last weeks."""
    measured = {each.meter: each for each in indicators if each.meter}
    recounts = {} if past else metering.last_recounts(measured)
    return {
        meter: _how_counted(state, recounts.get(meter), language, past=past)
        for meter, state in measured.items()
    }


def _how_counted(
    state: IndicatorState, result: metering.RecountResult | None, language: str, *, past: bool
) -> HowCounted:
    meter = metering.declared_meter(state.meter)
    source = getattr(meter, "source", "")
    words = None if past else metering.recount_words(state.meter, result)
    return HowCounted(
        title=gettext(meter.title),
        how=gettext(meter.how),
        source=gettext(source) if source else "",
        address=reverse("metering:trace", args=[meter.id]),
        began=moment_words(state.meter_began_at, language) if state.meter_began_at else "",
        recount=words.how if words else "",
        recounted=words.result if words else "",
        agreed=result is None or result.agreed,
        mending=bool(result and result.mending_asked_at),
    )


def entered(state: IndicatorState, language: str) -> tuple[Entered, ...]:
    """What stands behind the figures that no meter counted, newest first; the plan's own baseline apart."""
    base = state.aim.baseline_year
    return tuple(
        _entered(state, each, language)
        for each in reversed(state.results)
        if each.origin in ("typed", "loaded", "estimated") and each.year != base
        if each.source or each.reason or each.evidence  # the rest stands in the table
    )


def _entered(state: IndicatorState, result: Result, language: str) -> Entered:
    return Entered(
        year=year_words(result.year, language),
        figure=amount(result.value, state),
        origin=str(ORIGIN_WORDS[result.origin]),
        status=str(STATUS_WORDS[result.status]),
        source=result.source,
        reason=result.reason,
        counted="" if result.counted is None else amount(result.counted, state),
        evidence=tuple(_evidence(each) for each in result.evidence),
    )


def _evidence(link: EvidenceLink) -> EvidenceWords:
    """A public file is given by this site, a public address by its owner; the rest is named only."""
    if link.public and link.address:
        return EvidenceWords(title=link.title, address=link.address, outside=True)
    return EvidenceWords(title=link.title, address=_file_address(link), outside=False)


def _file_address(link: EvidenceLink) -> str:
    if not link.public or not link.file_name:
        return ""
    try:
        return reverse("plan:evidence", args=[link.public_id])
    except NoReverseMatch:  # an installation that serves no files
        return ""
