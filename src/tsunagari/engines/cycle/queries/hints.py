"""The hints of a plan's year: what the rules of rules/hints.py find in it, each with its rule in words.

Each call reads in a bounded number of queries, whatever the number of measures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from tsunagari.engines.cycle.declare import HINTS
from tsunagari.engines.cycle.models import Cycle, HintSetAside, Sheet
from tsunagari.engines.cycle.queries.changed_after import changed_after, check_moves
from tsunagari.engines.cycle.queries.published import books_of_years
from tsunagari.engines.cycle.queries.year_read import (
    ReadSheet,
    YearRead,
    amount,
    read_year,
    settled_results,
)
from tsunagari.engines.cycle.queries.yearbook import exact
from tsunagari.engines.cycle.rules import hints as rules
from tsunagari.engines.cycle.rules.fields import NAMED
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day, month_start
from tsunagari.kernel.i18n.eras import format_day, format_fiscal_year, format_month
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.declare import Gauge, Loaded

CARRIED_TEXTS: Final = ("planned", "done", "comment")
"""Texts of a sheet that are written anew each year."""

METER_YEARS: Final = 3
"""Fiscal years before the running one whose months tell how often a meter counts."""


@dataclass(frozen=True, kw_only=True)
class Aside:
    """That and why a hint was set aside, by the public id of the setting aside."""

    public_id: str
    reason: str
    set_at: datetime


@dataclass(frozen=True, kw_only=True)
class Hint:
    """One finding in words: `what` was found, by which `rule`, `since` when. `measure` is where: its number,
    `indicator` the indicator's name and `order` its place (0 where it is about the measure).
    `divisions` may write the sheet. `thing` and `seen` name it for who sets it aside."""

    kind: str
    title: str
    what: str
    rule: str
    since: str
    quoted: str
    number: str
    measure: str
    measure_id: str
    indicator: str
    order: int
    divisions: frozenset[str]
    thing: str
    seen: str
    aside: Aside | None = None


def hints_of(cycle: Cycle, *, now: datetime, language: str) -> tuple[Hint, ...]:
    """The hints of a year that nobody set aside, by kind."""
    read = read_year(cycle, now=now, language=language)
    return tuple(each for each in all_hints(read) if each.aside is None) if read else ()


def hint_count(cycle: Cycle, *, now: datetime) -> int:
    """How many hints of a year nobody set aside."""
    return len(hints_of(cycle, now=now, language="ja"))


def all_hints(read: YearRead) -> tuple[Hint, ...]:
    """Every hint of a year, those that were set aside with why."""
    with translation.override(read.language):
        found = list(_found(read))
    asides = {
        (each.kind, each.thing, each.seen): Aside(
            public_id=each.public_id, reason=each.reason, set_at=each.set_at
        )
        for each in HintSetAside.objects.filter(plan=read.cycle.plan, ended_at=None)
    }
    order = list(HINTS)
    marked = [replace(each, aside=asides.get((each.kind, each.thing, each.seen))) for each in found]
    return tuple(sorted(marked, key=lambda each: order.index(each.kind)))


def _found(read: YearRead) -> Iterator[Hint]:
    earlier = _EarlierPlans(read)
    for each in read.sheets:
        for state in each.measure.indicators:
            yield from _unusual(read, each, state, earlier.figures(state))
            yield from _reached(read, each, state)
            yield from _unmeasured(read, each, state)
    if read.cycle.phase != "frozen":
        yield from _stopped(read)
        yield from _afterwards(read)
    yield from _unreasoned(read)
    yield from _differing(read)
    yield from _unchanged(read)


def _hint(
    kind: str,
    each: ReadSheet,
    *,
    what: str,
    since: str,
    rests_on: Sequence[object],
    state: plan_api.IndicatorState | None = None,
    thing: str = "",
    rule: Mapping[str, str] | None = None,
) -> Hint:
    words = said(rules.RULES[kind])
    return Hint(
        kind=kind,
        title=said(HINTS[kind]),
        what=what,
        rule=words % rule if rule else words,
        since=since,
        quoted=each.measure.quoted,
        number=each.measure.number,
        measure=each.measure.name,
        measure_id=each.measure.public_id,
        indicator=state.name if state else "",
        order=state.order if state else 0,
        divisions=each.writing,
        thing=thing or (state.public_id if state else each.measure.public_id),
        seen=print_of("\n".join(str(fact) for fact in rests_on)),
    )


class _EarlierPlans:
    """Figures of the plans before, of indicators whose line goes on without a change of definition. They are
    read when the first such indicator asks."""

    def __init__(self, read: YearRead) -> None:
        self._read = read
        self._boards: list[plan_api.PlanBoard] | None = None

    def figures(self, state: plan_api.IndicatorState) -> dict[int, Decimal]:
        """The whole years that earlier plans know of an indicator."""
        if not state.series or state.definition_note:
            return {}
        known: dict[int, Decimal] = {}
        for board in self._all():
            for each in (i for measure in board.measures for i in measure.indicators):
                if each.series == state.series and each.unit == state.unit:
                    known = settled_results(each) | known
                    if each.definition_note:
                        return known
        return known

    def _all(self) -> list[plan_api.PlanBoard]:
        if self._boards is None:
            self._boards = []
            heads = {each.code: each for each in plan_api.plan_heads("ja", now=self._read.now)}
            code = self._read.head.predecessor
            while code in heads and len(self._boards) < len(heads):
                board = plan_api.plan_board(code, now=self._read.now, language=self._read.language)
                self._boards += [board] if board else []
                code = heads[code].predecessor
        return self._boards


def _year(year: int, read: YearRead) -> str:
    return format_fiscal_year(FiscalYear(year), language=read.language)


def _unusual(
    read: YearRead,
    each: ReadSheet,
    state: plan_api.IndicatorState,
    earlier: Mapping[int, Decimal],
) -> Iterator[Hint]:
    found = rules.unusual({**earlier, **settled_results(state)}, read.year)
    if found is None:
        return
    exactly = {"change": found.change, "usual": found.usual, "spread": found.spread}
    words = {name: amount(round(value, state.digits + 1), replace(state, digits=state.digits + 1)) for name, value in exactly.items()}  # fmt: skip
    words |= {
        "year": _year(found.year, read),
        "value": amount(found.value, state),
        "before_year": _year(found.before_year, read),
        "before": amount(found.before, state),
    }
    yield _hint(
        "unusual",
        each,
        state=state,
        what=gettext(
            "%(year)sの%(value)sは、%(before_year)sの%(before)sから1年あたり%(change)sの増減です。これまでの増減の中央値は%(usual)s、ばらつきは%(spread)sです。"
        )
        % words,
        since=words["year"],
        rests_on=(found.year, exact(found.value), exact(found.before)),
    )


def _reached(read: YearRead, each: ReadSheet, state: plan_api.IndicatorState) -> Iterator[Hint]:
    if state.aim.target is None:
        return
    known = settled_results(state)
    reached = {year: plan_api.reached(state.aim, value) for year, value in known.items()}
    since = rules.reached_since(reached, read.last_over)
    if since is None:
        return
    words = {
        "since": _year(since, read),
        "until": _year(read.last_over, read),
        "target": amount(state.aim.target, state),
    }
    yield _hint(
        "reached",
        each,
        state=state,
        what=gettext(
            "%(since)sから%(until)sまで、目標値の%(target)sに届いています。この指標からは、もう違いが読み取れません。"
        )
        % words,
        since=words["since"],
        rests_on=(since, exact(state.aim.target)),
    )


def _unmeasured(read: YearRead, each: ReadSheet, state: plan_api.IndicatorState) -> Iterator[Hint]:
    if state.to_set_year is not None and state.to_set_year > read.last_over:
        return
    first = max(read.head.first_year, each.measure.from_year or 0)
    years = [result.year for result in state.results]
    if not rules.never_measured(years, first, read.last_over):
        return
    words = {"since": _year(first, read), "until": _year(read.last_over, read)}
    yield _hint(
        "unmeasured",
        each,
        state=state,
        what=gettext("%(since)sから%(until)sまでの実績が、一つもありません。") % words
        if first != read.last_over
        else gettext("%(since)sの実績がありません。") % words,
        since=words["since"],
        rests_on=(first,),
    )


def _stopped(read: YearRead) -> Iterator[Hint]:
    """Silent meters, read for all indicators at once; months that are over."""
    metered = [
        (each, state)
        for each in read.sheets
        for state in each.measure.indicators
        if state.meter in {meter.id for meter in metering.declared()}
    ]
    if not metered:
        return
    start = FiscalYear(FiscalYear.at(read.now).year - METER_YEARS).start
    months = metering.series_of(
        {state.meter for _, state in metered},
        grain="month",
        start=start,
        end=day_start(month_start(japan_day(read.now))),
    )
    for each, state in metered:
        points = months[state.meter]
        found = rules.stopped([_is_sign(state.meter, point.figure) for point in points])
        if found is not None:
            last = format_month(japan_day(points[found.last].start), language=read.language)
            yield _hint(
                "stopped",
                each,
                state=state,
                thing=f"{state.public_id}.{len(state.meter)}",
                what=gettext(
                    "計測「%(meter)s」は、%(last)sのあと%(silent)sか月、何も数えていません。ふだんの間隔は%(usual)sか月です。"
                )
                % {
                    "meter": said(metering.declared_meter(state.meter).title),
                    "last": last,
                    "silent": found.silent,
                    "usual": f"{found.usual.normalize():f}",
                },
                since=last,
                rests_on=(state.meter, points[found.last].start),
            )


def _is_sign(meter_id: str, figure: metering.Figure) -> bool:
    """Whether a month's figure shows that the meter is alive. A counter that counted nothing shows nothing;
    a loaded zero was loaded."""
    if figure.parts:
        return any(_is_sign(name, part) for name, part in figure.parts)
    if figure.value is None:
        return False
    return bool(figure.value) or isinstance(metering.declared_meter(meter_id), Gauge | Loaded)


def _unreasoned(read: YearRead) -> Iterator[Hint]:
    places = {
        state.public_id: (each, state) for each in read.sheets for state in each.measure.indicators
    }
    for target in plan_api.targets_by_hand(read.cycle.plan):
        if target.reason or target.indicator not in places:
            continue
        each, state = places[target.indicator]
        yield _hint(
            "unreasoned",
            each,
            state=state,
            thing=f"{target.indicator}.{target.year}",
            what=gettext("%(year)sの目標値%(value)sに、理由がありません。")
            % {"year": _year(target.year, read), "value": amount(target.value, state)},
            since=format_day(japan_day(target.set_at), language=read.language),
            rests_on=(exact(target.value), target.set_at),
        )


def _differing(read: YearRead) -> Iterator[Hint]:
    """Results of closed years that read otherwise in the plan today, or that the closed year did not know."""
    live = {
        state.public_id: (each, state, {result.year: result.value for result in state.results})
        for each in read.sheets
        for state in each.measure.indicators
    }
    for report in books_of_years(read.cycle.plan, read.language):
        year = report.book.fiscal_year
        for sealed in (i for measure in report.book.measures for i in measure.indicators):
            if sealed.public_id not in live:
                continue
            each, state, results = live[sealed.public_id]
            result, now = sealed.result_of(year), exact(results.get(year))
            told = exact(result.value) if result else None
            if now is None or now == told:
                continue
            yield _hint(
                "differs",
                each,
                state=state,
                thing=f"{sealed.public_id}.{year}",
                what=_differs_words(told, now, state, _year(year, read)),
                since=format_day(japan_day(report.version.published_at), language=read.language),
                rests_on=("" if told is None else told, now),
            )


def _differs_words(
    told: Decimal | None, now: Decimal, state: plan_api.IndicatorState, year: str
) -> str:
    words = {"year": year, "now": amount(now, state)}
    if told is None:
        return (
            gettext(
                "%(year)sの実績は、確定した報告にはありませんが、いまの計画では%(now)sです。正誤として公表するか、計画の数値を公表したとおりに戻してください。"
            )
            % words
        )
    return gettext(
        "%(year)sの実績は、確定した報告では%(sealed)s、いまの計画では%(now)sです。正誤として公表するか、計画の数値を公表したとおりに戻してください。"
    ) % {**words, "sealed": amount(told, state)}


def _afterwards(read: YearRead) -> Iterator[Hint]:
    """Results that people changed after their sheet was handed in or accepted."""
    places = {state.public_id: each for each in read.sheets for state in each.measure.indicators}
    sheets = [(each.sheet, each.measure) for each in read.sheets]
    changed = changed_after(read.cycle, sheets, check_moves(read.cycle), now=read.now)
    for public_id, change in changed.items():
        yield _hint(
            "afterwards",
            places[public_id],
            state=change.indicator,
            thing=f"{public_id}.{read.year}",
            what=change.words(read.year),
            since=format_day(japan_day(change.changed_at), language=read.language),
            rests_on=(change.moment, exact(change.before), exact(change.now)),
        )


def _unchanged(read: YearRead) -> Iterator[Hint]:
    years = range(read.year - rules.RUNNING + 1, read.year + 1)
    rows = Sheet.objects.filter(
        cycle__plan=read.cycle.plan,
        cycle__fiscal_year__in=years,
        measure__in=[each.measure.public_id for each in read.sheets],
    ).values("measure", "cycle__fiscal_year", *CARRIED_TEXTS)
    texts: dict[tuple[str, str], dict[int, str]] = {}
    for row in rows:
        for field in CARRIED_TEXTS:
            texts.setdefault((row["measure"], field), {})[row["cycle__fiscal_year"]] = row[field]
    for each in read.sheets:
        for field in CARRIED_TEXTS:
            held = texts.get((each.measure.public_id, field), {})
            since = rules.unchanged_since(held, read.year)
            if since is None:
                continue
            title = said(NAMED.by_name[field].title)
            yield _hint(
                "unchanged",
                each,
                thing=f"{each.measure.public_id}.{field}",
                what=gettext("「%(field)s」が、%(since)sから%(until)sまで同じ文章です。")
                % {
                    "field": title,
                    "since": _year(since, read),
                    "until": _year(read.year, read),
                },
                since=_year(since, read),
                rests_on=(print_of(held[read.year]),),
                rule={"field": title},
            )
