"""What a year-end inquiry by mail (年度末照会) would ask of a measure, what of it is there already, and the hours
that this saves: pure, and by a stated rule that claims no more than it counted.

An item is there when a meter counted it, it was loaded, it was carried over from the year before, or the
division wrote it before the check began. What was written during the check was still asked for, though on
the screen: it saves nothing here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from django.utils.translation import gettext

from tsunagari.kernel.i18n.texts import N_

State = Literal["metered", "loaded", "carried", "during", "answered", "asked"]

THERE: Final[tuple[State, ...]] = ("metered", "loaded", "carried", "during")
"""The states of an item that nobody had to be asked for."""

STATES: Final[Mapping[State, str]] = {
    "metered": N_("自動計測で入っている"),
    "loaded": N_("取込で入っている"),
    "carried": N_("前年度から引き継いだ"),
    "during": N_("年度のうちに課が記入した"),
    "answered": N_("点検のときに課が記入した"),
    "asked": N_("まだない"),
}

FIELDS: Final = (
    *("planned", "budget", "done", "settled", "staff_years"),
    *("grade", "comment", "next_planned"),
)
"""The fields of a sheet that such an inquiry asks for, each one item. To them come, for every indicator
that has to be measured, its result and what it rests on."""

DIVISION_SHARE: Final = Decimal("0.75")
"""Of the time that an item costs, the part of the division that looks it up, writes it and has it approved;
the rest is the secretariat's, which asks, reminds and copies it. An assumption, shown with the hours."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """The last change of a text: how it came (screen, workbook, carried) and when."""

    way: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A result as an inquiry sees it: its origin, whether it stands for the whole year (or the year still
    runs), when it was stored (None for a meter's), and whether a source or evidence stands behind it."""

    origin: str
    whole: bool
    recorded_at: datetime | None
    sourced: bool


def text_state(text: str, written: Written | None, checked_from: datetime) -> State:
    """How a text stands. `checked_from` is the moment at which the check began. A text of which nobody
    knows how it came counts as asked for."""
    if not text:
        return "asked"
    if written is None:
        return "answered"
    if written.way == "carried":
        return "carried"
    return "during" if written.at < checked_from else "answered"


def done_state(done: State, quarters: Iterable[State]) -> State:
    """How "what was done" stands: the quarters' records say it when all four were written before."""
    if done in THERE:
        return done
    return "during" if set(quarters) == {"during"} else done


def figure_state(figure: Figure | None, checked_from: datetime) -> State:
    """How a result stands."""
    if figure is None or figure.origin == "estimated":
        return "asked"
    if figure.origin in ("metered", "summed"):
        return "metered" if figure.whole else "asked"
    if figure.origin == "loaded":
        return "loaded" if figure.whole else "asked"
    if not figure.whole or figure.recorded_at is None:
        return "asked"
    return "during" if figure.recorded_at < checked_from else "answered"


def basis_state(figure: Figure | None, result: State) -> State:
    """How what stands behind a result stands: a meter and a loaded file are their own evidence."""
    if result in ("metered", "loaded", "asked"):
        return result
    return result if figure and figure.sourced else "asked"


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What was counted. `minutes` is the assumption; hours with one digit, of division and secretariat."""

    items: int
    there: int
    answered: int
    asked: int
    by_state: Mapping[State, int]
    minutes: int
    hours: Decimal
    division_hours: Decimal
    secretariat_hours: Decimal


def saved(states: Iterable[State], minutes: int) -> Saved:
    """The hours that items which are there save, `minutes` each for division and secretariat together."""
    counted = Counter(states)
    there = sum(counted[each] for each in THERE)
    hours = (Decimal(there * minutes) / 60).quantize(Decimal("0.1"))
    division = (hours * DIVISION_SHARE).quantize(Decimal("0.1"))
    return Saved(
        items=counted.total(),
        there=there,
        answered=counted["answered"],
        asked=counted["asked"],
        by_state={state: counted[state] for state in STATES},
        minutes=minutes,
        hours=hours,
        division_hours=division,
        secretariat_hours=hours - division,
    )


def saved_words(told: Saved) -> str:
    """The counts and hours in sentences, with the assumption they rest on."""
    return gettext(
        "年度末の照会で聞いていた%(items)d項目のうち、%(there)d項目は、課に聞かなくてもそろっています。1項目に課と事務局を合わせて%(minutes)d分かかるとすると、約%(hours)s時間分です（課%(division)s時間、事務局%(secretariat)s時間）。"
    ) % {
        "items": told.items,
        "there": told.there,
        "minutes": told.minutes,
        "hours": told.hours,
        "division": told.division_hours,
        "secretariat": told.secretariat_hours,
    }
