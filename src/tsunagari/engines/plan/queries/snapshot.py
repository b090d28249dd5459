"""Everything the plan's tables hold, read at once and kept in memory until somebody writes to them: as it
stands, or as it stood at the end of a past day.

A page costs one query for the edition's word; where a process has not read that edition yet, it reads
all plans in a fixed number of queries, whatever their size. Meters and divisions are not in it: they
are read with every page.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final, TypeVar

from django.db.models import Model

from tsunagari.engines.plan.models import Edit, Edition, Series
from tsunagari.engines.plan.queries.beginnings import beginnings, loadings
from tsunagari.engines.plan.queries.board import Result
from tsunagari.engines.plan.queries.plan_rows import TRANSLATED, PlanRows
from tsunagari.engines.plan.queries.texts import Texts
from tsunagari.engines.plan.queries.turning_back import TurningBack
from tsunagari.engines.plan.rules.grades import from_kept
from tsunagari.engines.plan.rules.pack import PackScale
from tsunagari.kernel.i18n.days import day_start, japan_day

KEPT: Final = 6
"""How many editions and languages a process keeps; a write makes the older ones useless."""
KEPT_DAYS: Final = 4
"""How many past days, each in one language, it keeps beside them: they do not push the present out."""

R = TypeVar("R", bound=Model)


class Snapshot:
    """The rows of one edition in one language. They are shared by requests: nobody changes them.

    `yearly` is the one thing that grows: what an indicator's values come to (`Stock.yearly`), by its key.

    `day` is the past day whose evening they are of, None for the present; `read_again` is the day after it
    on which a file of the city's pack changed a plan, by the plan's key: such changes are not turned back.
    """

    def __init__(
        self, rows: PlanRows, texts: Texts, language: str, *, day: date | None = None
    ) -> None:
        self.rows, self.texts, self.language, self.day = rows, texts, language, day
        self.read_again: dict[int, date] = {}
        self.plans = {plan.code: plan for plan in rows.plans}
        self.plans_by_key = {plan.pk: plan for plan in rows.plans}
        self.scales: dict[int, PackScale] = {plan.pk: from_kept(plan.scale) for plan in rows.plans}
        self.sections = _by(rows.sections, "plan_id")
        self.measures = _by(rows.measures, "plan_id")
        self.measures_by_key = {measure.pk: measure for measure in rows.measures}
        self.stages = _by(rows.stages, "measure_id")
        self.indicators = _by(rows.indicators, "measure_id")
        self.indicators_of_series = _by(rows.indicators, "series_id")
        self.targets = _by((t for t in rows.targets if not t.superseded_at), "indicator_id")
        self.values = _by((v for v in rows.values if not v.superseded_at), "indicator_id")
        self.yearly: dict[int, dict[tuple[int, int], Result | None]] = defaultdict(dict)
        self.replaced_targets = _by((t for t in rows.targets if t.superseded_at), "indicator_id")
        self.replaced_values = _by((v for v in rows.values if v.superseded_at), "indicator_id")
        self.edits: dict[str, list[Edit]] = defaultdict(list)
        for edit in reversed(rows.edits):
            self.edits[edit.thing].append(edit)
        self.evidence = _by(rows.evidence, "value_id")
        self.ways = rows.ways
        self.action_plans = _by(rows.action_plans, "plan_id")
        self.actions = _by(rows.actions, "measure_id")
        self.drivers, self.assets = rows.drivers, rows.assets
        self.driver_ties = defaultdict(list, rows.driver_ties)
        self.asset_ties = defaultdict(list, rows.asset_ties)
        series = {each.series for each in rows.indicators if each.series is not None}
        self.series: dict[str, Series] = {each.code: each for each in series}

    def moment(self, now: datetime) -> datetime:
        """The moment of which they speak: the last one of the past day, or `now`."""
        return last_moment(self.day) if self.day else now


def last_moment(day: date) -> datetime:
    """The last moment of a day in Japan."""
    return day_start(day + timedelta(days=1)) - timedelta(microseconds=1)


def _by(rows: Iterable[R], key: str) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


_Kept = OrderedDict[tuple[str, str, date | None], Snapshot]
_PRESENT: _Kept = OrderedDict()
_PAST: _Kept = OrderedDict()
_LOCK = Lock()


def snapshot(language: str, on: date | None = None) -> Snapshot:
    """The plan as it stands, or as it stood at the end of the past day `on`, in a language ("ja" or "en").

    The word is read before the rows: a write that comes between is read too early, never too late,
    for its own word leads to a new reading.
    """
    word = Edition.objects.filter(pk=1).values_list("word", flat=True).first()
    if word is None:
        return _read(language, on)
    shelf, room = (_PAST, KEPT_DAYS) if on else (_PRESENT, KEPT)
    with _LOCK:
        kept = shelf.get((word, language, on))
        if kept is not None:
            shelf.move_to_end((word, language, on))
            return kept
    fresh = _read(language, on)
    with _LOCK:
        shelf[word, language, on] = fresh
        while len(shelf) > room:
            shelf.popitem(last=False)
    return fresh


def _read(language: str, on: date | None) -> Snapshot:
    if on is None:
        return Snapshot(PlanRows.read(), Texts.of_tables(TRANSLATED, language), language)
    until = day_start(on + timedelta(days=1))
    rows, loaded = PlanRows.read(until), loadings()
    known = {key for key, began in beginnings(rows, loaded).items() if began < until}
    translations = Texts.rows_of(TRANSLATED, language)
    texts = {(each.public_id, each.field): each.text for each in translations}
    turning = TurningBack(rows, texts, language=language, until=until)
    turning.run(translations, lambda plan: plan.pk in known)
    held = Snapshot(rows, Texts(texts), language, day=on)
    for plan in rows.plans:
        again = [each for each in loaded.get(plan.public_id, ())[1:] if each >= until]
        if again:
            held.read_again[plan.pk] = japan_day(again[0])
    return held
