"""When a measure that does not run through its whole plan begins and ends, in words, with why and what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from tsunagari.engines.plan.api import MeasurePage, MeasureState, RiverMeasure
from tsunagari.engines.plan.views.as_of import address_of
from tsunagari.engines.plan.views.words import year_words


@dataclass(frozen=True, kw_only=True)
class Kin:
    """A measure from which this one grew, or which grew from it, with the address of its page."""

    quoted: str
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """The words for a measure's own years; `ended` is "" where it has no end of its own. `why` is its
    reason, `heirs` what goes on in its place, `origins` from what it began."""

    begun: str
    ended: str
    why: str
    heirs: tuple[Kin, ...]
    origins: tuple[Kin, ...]


def begun_words(measure: MeasureState, language: str) -> str:
    """令和8年度から; "" for a measure that began with its plan."""
    if measure.from_year is None:
        return ""
    return gettext("%(year)sから") % {"year": year_words(measure.from_year, language)}


def ended_words(measure: MeasureState, language: str) -> str:
    """令和7年度で終了; "" for a measure that ends with its plan."""
    if measure.until_year is None:
        return ""
    return gettext("%(year)sで終了") % {"year": year_words(measure.until_year, language)}


def lasts_words(measure: MeasureState, language: str) -> tuple[str, ...]:
    """What stands beside a measure's name in lists."""
    said = (begun_words(measure, language), ended_words(measure, language))
    return tuple(each for each in said if each)


def lasting(page: MeasurePage, language: str) -> Lasting | None:
    """What a measure's page says of its years; None where these are its plan's."""
    measure, river = page.measure, page.river
    if measure.from_year is None and measure.until_year is None:
        return None
    here = measure.public_id
    heirs = {way.heir for way in river.ways if way.origin == here}
    origins = {way.origin for way in river.ways if way.heir == here}
    return Lasting(
        begun=begun_words(measure, language),
        ended=ended_words(measure, language),
        why=measure.until_reason,
        heirs=_kin(river.measures, heirs if measure.until_year else set(), page.head.on),
        origins=_kin(river.measures, origins if measure.from_year else set(), page.head.on),
    )


def _kin(measures: Iterable[RiverMeasure], wanted: set[str], on: date | None) -> tuple[Kin, ...]:
    return tuple(
        Kin(
            quoted=each.quoted,
            name=each.name,
            address=address_of("measure", each.plan, each.number, on=on),
        )
        for each in measures
        if each.public_id in wanted
    )
