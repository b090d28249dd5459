"""Rules of metering without a database: what may be declared, how slices and periods are named."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal, get_args
from urllib.parse import parse_qsl, quote_plus, urlencode

from django.utils.translation import get_language, gettext, pgettext

from tsunagari.kernel.design.figures import joined
from tsunagari.kernel.i18n.days import (
    JAPAN,
    FiscalYear,
    day_start,
    hour_start,
    japan,
    japan_day,
    month_start,
)
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import Row, TableRefused, header_key, read_table
from tsunagari.kernel.i18n.texts import InContext
from tsunagari.kernel.ledger.declare import KINDS
from tsunagari.kernel.metering.declare import (
    TITLES,
    Counter,
    Events,
    Gauge,
    Loaded,
    Meter,
    PageViews,
    Ratio,
    Sum,
)

Grain = Literal["hour", "day", "month", "fiscal_year"]
GRAINS: tuple[Grain, ...] = get_args(Grain)
Origin = Literal["metered", "loaded", "summed"]

VIEW_DIMENSIONS = ("service", "page", "language", "division", "subject")
EVENT_DIMENSIONS = ("division", "actor", "subject")
YEARS = range(1900, 2200)
"""Years that may be asked for: none of ours lies outside, and eras and calendars end somewhere."""
WHOLE = ""
"""The slice that stands for all slices together."""


class Refused(ValueError):
    """A meter may not be declared so, or figures may not be taken; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a meter says of one period. `value` is None when nothing is known: never a zero.

    `as_of` is the moment up to which was counted or the moment of loading; `began_at` when this
    installation began to count. `parts` are the figures of a Sum or the two of a Ratio, by meter id.
    """

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    origin: Origin
    as_of: datetime | None = None
    began_at: datetime | None = None
    parts: tuple[tuple[str, "Figure"], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Point:
    """One period of a series; `start` is its first moment, in UTC, of the period in Japan."""

    start: datetime
    grain: Grain
    figure: Figure


RECOUNT_DAYS = 35
"""Whole days before today that a recount goes over, unless told otherwise."""


@dataclass(frozen=True, kw_only=True)
class RecountResult:
    """What the last recount of a meter found. `meter` is the one that was counted anew: of a Ratio or a
    Sum the part that agreed least.

    `held` is what the sums of [first_day, last_day] stand for and `counted` what was counted in these
    days; `compared` sums of every grain and slice were looked at, `differing` of them did not agree.
    """

    meter: str
    checked_at: datetime
    first_day: date
    last_day: date
    compared: int
    differing: int
    held: int
    counted: int
    mending_asked_at: datetime | None = None

    @property
    def agreed(self) -> bool:
        """Whether every sum stood as it was counted."""
        return self.differing == 0


def figures_text(figures: Mapping[date, Decimal]) -> str:
    """Months with their figures as the ledger keeps them: 2026-04=203 2026-05=310."""
    return " ".join(f"{month:%Y-%m}={value:.0f}" for month, value in sorted(figures.items()))


def figures_told(text: str) -> dict[date, int]:
    """What `figures_text` wrote, by the first day of the month."""
    pairs = (each.split("=") for each in text.split())
    return {date.fromisoformat(f"{month}-01"): int(value) for month, value in pairs}


@dataclass(frozen=True, kw_only=True)
class RecountWords:
    """A recount in the reader's language: how a meter is checked, and what was found the last time."""

    how: str
    result: str


def worst(results: Iterable[RecountResult]) -> RecountResult | None:
    """The result that agreed least, of equals the oldest; None for none."""
    return min(results, key=lambda each: (-each.differing, each.checked_at), default=None)


def recount_words(meter: Meter, result: RecountResult | None) -> RecountWords:
    """What a page says of the last recount of `meter`, a Counter or Loaded."""
    loaded = isinstance(meter, Loaded)
    how = (
        gettext("毎晩、取り込んだ記録と照らし合わせて確かめています。")
        if loaded
        else gettext("毎晩、記録から数え直して確かめています。")
    )
    if result is None:
        return RecountWords(how=how, result=gettext("最初の確認は、次の夜に行います。"))
    held, counted = (
        f"{each:,}{joined(said(meter.unit))}" for each in (result.held, result.counted)
    )
    shown = {
        "at": _moment_words(result.checked_at),
        "period": _days_words(result.first_day, result.last_day),
        "held": held,
        "counted": counted,
        "sums": f"{result.differing:,}",
        "months": f"{result.differing if result.differing else result.compared:,}",
    }
    sentence = _loaded_sentence(result) if loaded else _counted_sentence(result)
    return RecountWords(how=how, result=sentence % shown)


def _loaded_sentence(result: RecountResult) -> str:
    if result.agreed:
        return gettext("最後の確認 %(at)s：%(period)sの%(months)sか月分が一致しました。")
    return gettext(
        "最後の確認 %(at)s：%(period)sのうち%(months)sか月分が、最後に取り込んだ数値と違っています。"
    )


def _counted_sentence(result: RecountResult) -> str:
    if result.agreed and not result.counted:
        return gettext("最後の確認 %(at)s：%(period)sは、記録も合計も0で一致しました。")
    if result.agreed:
        return gettext("最後の確認 %(at)s：%(period)sの%(counted)sが一致しました。")
    if result.held == result.counted:
        return gettext(
            "最後の確認 %(at)s：%(period)sの合計%(counted)sは記録と一致しましたが、内訳や月・年度の合計など%(sums)sか所が記録と違っています。直るまで、この数値は注意して見てください。"
        )
    return gettext(
        "最後の確認 %(at)s：%(period)sの合計は%(held)sですが、記録を数え直すと%(counted)sでした（%(sums)sか所の違い）。直るまで、この数値は注意して見てください。"
    )


def _moment_words(moment: datetime) -> str:
    day = format_day(japan_day(moment), language=get_language() or "ja")
    return gettext("%(day)s %(time)s") % {"day": day, "time": f"{japan(moment):%H:%M}"}


def _days_words(first: date, last: date) -> str:
    language = get_language() or "ja"
    if first == last:
        day = format_day(first, language=language)
        return pgettext("period of a recount", "%(day)s") % {"day": day}
    days = {
        "first": format_day(first, language=language),
        "last": format_day(last, language=language),
    }
    return pgettext("period of a recount", "%(first)sから%(last)sまで") % days


def period_start(grain: Grain, moment: datetime) -> datetime:
    """The first moment (UTC) of the hour, day, month or fiscal year in Japan that holds `moment`."""
    if grain == "hour":
        return hour_start(moment)
    day = japan_day(moment)
    if grain == "day":
        return day_start(day)
    if grain == "month":
        return day_start(month_start(day))
    return FiscalYear.of(day).start


def next_start(grain: Grain, start: datetime) -> datetime:
    """The first moment after the period that begins at `start`."""
    longest = {"hour": 1, "day": 24, "month": 24 * 31, "fiscal_year": 24 * 366}[grain]
    return period_start(grain, start + timedelta(hours=longest))


def is_sliced(grain: Grain, slices_from: Grain) -> bool:
    """Whether slices have sums of their own at a grain, for a meter that keeps them from another one up."""
    return GRAINS.index(grain) >= GRAINS.index(slices_from)


LONGEST_SLICE = 400
"""What the tables hold of a slice's name; nine characters of it for one Japanese letter."""


def slice_name(dimensions: Mapping[str, str]) -> str:
    """One text for a set of dimensions, the same whatever their order; "" for no dimension.

    Where it would be longer than the tables hold, long words are cut and bear a mark that keeps them
    apart: an event with a long word is counted all the same.
    """
    name = urlencode(sorted(dimensions.items()))
    if len(name) <= LONGEST_SLICE:
        return name
    share = LONGEST_SLICE // len(dimensions)
    return urlencode(
        [(each, _cut(held, share - len(each) - 2)) for each, held in sorted(dimensions.items())]
    )


def _cut(held: str, room: int) -> str:
    if len(quote_plus(held)) <= room:
        return held
    mark = "…" + hashlib.sha256(held.encode()).hexdigest()[:8]
    kept = held[: room // 3]
    while kept and len(quote_plus(kept + mark)) > room:
        kept = kept[:-1]
    return kept + mark


def slice_dimensions(name: str) -> dict[str, str]:
    """The dimensions that a slice's name holds."""
    return dict(parse_qsl(name, keep_blank_values=True))


class Declared:
    """The meters of this installation, checked as they come in."""

    def __init__(self) -> None:
        self.meters: dict[str, Meter] = {}
        self.readings: set[str] = set()
        self.owners: dict[str, str] = {}
        self.words: dict[tuple[str, str], str] = {}
        """Japanese words for what dimensions hold, by (dimension, held); translated at the face."""

    def take(self, by_folder: Mapping[str, Iterable[Meter]], owners: Mapping[str, str]) -> None:
        """Replace what is declared; raises Refused naming folder, meter, fault and mend."""
        meters: dict[str, Meter] = {}
        where_is: dict[str, str] = {}
        for where, declared in by_folder.items():
            for meter in declared:
                self._check_name(where, owners[where], meter, meters)
                meters[meter.id] = meter
                where_is[meter.id] = where
        for meter in meters.values():
            for fault in self._faults(meter, meters):
                raise Refused(f"{where_is[meter.id]}: meter {meter.id!r} {fault}")
        self.meters = meters
        TITLES.clear()
        TITLES.update({meter.id: meter.title for meter in meters.values()})
        self.owners = {name: owners[where] for name, where in where_is.items()}

    def _check_name(self, where: str, owner: str, meter: Meter, taken: Mapping[str, Meter]) -> None:
        if meter.id.partition(".")[0] != owner or not meter.id.partition(".")[2].isidentifier():
            raise Refused(
                f"{where}: meter {meter.id!r} must be named {owner}.<word>, with the id of its service first."
            )
        if meter.id in taken:
            raise Refused(
                f"{where}: meter {meter.id!r} is declared twice; give the second another word."
            )
        for field in ("title", "unit", "how"):
            if not getattr(meter, field).strip():
                raise Refused(
                    f"{where}: meter {meter.id!r} has no {field}; write it in Japanese with N_(…), residents read it."
                )

    def _faults(self, meter: Meter, meters: Mapping[str, Meter]) -> Iterable[str]:
        known = ", ".join(sorted(meters))
        if isinstance(meter, Counter):
            yield from _counter_faults(meter)
        elif isinstance(meter, Gauge) and meter.reads not in self.readings:
            yield f"reads {meter.reads!r}, which no engine offers; there are: {', '.join(sorted(self.readings)) or 'none'}."
        elif isinstance(meter, Ratio):
            for part in (meter.numerator, meter.denominator):
                if part not in meters:
                    yield f"divides {part!r}, which is not measured; there are: {known}."
                elif isinstance(meters[part], Ratio):
                    yield f"divides {part!r}, itself a division; name what is counted."
        elif isinstance(meter, Sum):
            yield from _sum_faults(meter, meters)


def _counter_faults(meter: Counter) -> Iterable[str]:
    if isinstance(meter.counts, PageViews):
        offered: tuple[str, ...] = VIEW_DIMENSIONS
    elif meter.counts.name not in KINDS:
        yield f"counts {meter.counts.name!r}, which no declare.py declares; there are: {', '.join(sorted(KINDS))}."
        return
    else:
        held = {
            field.name: field.type
            for field in fields(KINDS[meter.counts.name])
            if field.name not in EVENT_DIMENSIONS
        }
        own = tuple(held)
        offered = ("division", *own)
        for field, _value in meter.counts.where:
            if held.get(field) is not str:
                yield f"counts only where {field!r} holds a word, which is no text in {meter.counts.name}; it has: {', '.join(own) or 'no fields'}."
        if meter.counts.amount in held and held[meter.counts.amount] not in (int, int | None):
            yield f"adds up {meter.counts.amount!r}, which is no whole number in {meter.counts.name}."
        elif meter.counts.amount and meter.counts.amount not in own:
            yield f"adds up {meter.counts.amount!r}, which {meter.counts.name} does not carry; it has: {', '.join(own) or 'no fields'}."
    for dimension in meter.dimensions:
        if dimension not in offered:
            yield f"has dimension {dimension!r}, which is not measured; it has: {', '.join(offered)}."


def _sum_faults(meter: Sum, meters: Mapping[str, Meter]) -> Iterable[str]:
    if not meter.rule.strip():
        yield "adds up parts without a rule; say in `rule` how nothing is counted twice."
    if len(set(meter.parts)) != len(meter.parts):
        yield "names a part twice; each part counts once."
    for part in meter.parts:
        if part not in meters:
            yield f"adds up {part!r}, which is not measured; there are: {', '.join(sorted(meters))}."
        elif _unit(meters[part]) != _unit(meter):
            yield f"adds up {part!r} in {_unit(meters[part])}, but counts in {_unit(meter)}; one unit only."
        elif isinstance(meters[part], Ratio | Sum):
            yield f"adds up {part!r}, itself made of meters; name its parts instead."


def _unit(meter: Meter) -> str:
    """The unit with what it counts: 件 of page views and 件 of bookings are two."""
    counted = meter.unit.context if isinstance(meter.unit, InContext) else ""
    return f"{meter.unit} ({counted})" if counted else meter.unit


def counters_of(meters: Iterable[Meter], event: str) -> list[Counter]:
    """The counters that count events of one name."""
    return [
        meter
        for meter in meters
        if isinstance(meter, Counter)
        and isinstance(meter.counts, Events)
        and meter.counts.name == event
    ]


def view_counters(meters: Iterable[Meter]) -> list[Counter]:
    """The counters that count page views."""
    return [
        meter
        for meter in meters
        if isinstance(meter, Counter) and isinstance(meter.counts, PageViews)
    ]


@dataclass(frozen=True, kw_only=True)
class MonthFigure:
    """One month's figure as somebody gives it. `month` is the month's first day."""

    month: date
    value: Decimal
    note: str = ""


MONTH_COLUMN = "年月"
NOTE_COLUMN = "備考"


def figures_in(data: bytes, meter: Loaded) -> list[MonthFigure]:
    """The monthly figures in a CSV file as offices write it (kernel.i18n.tabular reads it).

    Columns are 年月, the meter's own and, if one likes, 備考. A row without a figure is passed over:
    a missing figure is not a zero. Raises Refused in a sentence with line and column.
    """
    try:
        table = read_table(data)
        table.require(MONTH_COLUMN, meter.column)
        noted = any(header_key(header) == NOTE_COLUMN for header in table.headers)
        figures = []
        for row in table.rows:
            value = row.number(meter.column)
            if value is not None:
                note = row.text(NOTE_COLUMN)[:LONGEST_NOTE] if noted else ""
                figures.append(MonthFigure(month=_month_in(row), value=value, note=note))
    except TableRefused as refused:
        raise Refused(str(refused)) from refused
    return figures


def _month_in(row: Row) -> date:
    month = row.month(MONTH_COLUMN)
    if month.year not in YEARS:
        raise row.refused(MONTH_COLUMN, gettext("年が離れすぎています。年月を確かめてください。"))
    return month


LONGEST_NOTE = 200
_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:T(?P<hour>\d{2}))?)?)?"
)


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period as an address names it: 2026 (fiscal year), 2026-11, 2026-11-20 or 2026-11-20T08.

    `start` and `end` are moments in UTC; `finer` is the grain of its rows, None for an hour.
    """

    grain: Grain
    start: datetime
    end: datetime
    finer: Grain | None

    @property
    def name(self) -> str:
        """The period as its address names it, in Japan time."""
        local = japan(self.start)
        shape = {"fiscal_year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "hour": "%Y-%m-%dT%H"}
        return local.strftime(shape[self.grain])


def period(grain: Grain, moment: datetime) -> Period:
    """The period of one grain that holds `moment`."""
    start = period_start(grain, moment)
    place = GRAINS.index(grain)
    finer = GRAINS[place - 1] if place else None
    return Period(grain=grain, start=start, end=next_start(grain, start), finer=finer)


def period_named(name: str) -> Period:
    """The period that an address names; Refused for a day or hour that does not exist."""
    found = _PERIOD.fullmatch(name)
    if found is None:
        raise Refused(f"{name!r} is no period; write 2026, 2026-11, 2026-11-20 or 2026-11-20T08.")
    year, month, day, hour = (int(part) if part else None for part in found.groups())
    if year is None or year not in YEARS:
        raise Refused(f"{name!r} lies outside {YEARS[0]} to {YEARS[-1]}; nothing is kept there.")
    try:
        if month is None:
            return period("fiscal_year", FiscalYear(year).start)
        moment = datetime(year, month, day or 1, hour or 0, tzinfo=JAPAN)
        grain: Grain = "month" if day is None else "day" if hour is None else "hour"
        return period(grain, moment)
    except (ValueError, OverflowError) as fault:
        raise Refused(f"{name!r} does not exist in the calendar.") from fault
