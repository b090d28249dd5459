"""The first day of which a plan, or one of its measures, can be shown."""

from collections.abc import Mapping
from datetime import date, datetime
from weakref import WeakKeyDictionary

from tsunagari.engines.plan.queries.beginnings import beginnings, loadings
from tsunagari.engines.plan.queries.edits import ADDED
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot
from tsunagari.kernel.i18n.days import japan_day

_SIGNS: WeakKeyDictionary[Snapshot, dict[int, datetime]] = WeakKeyDictionary()
"""When the plans of an edition were first known by its own rows: every page asks, and the rows never change."""


def first_day(code: str = "", number: str = "") -> date | None:
    """Since when a plan is known here, or its measure of that number; without a code, any plan. None where
    there is none, or nobody wrote it down."""
    held = snapshot("ja")
    return _day(held, beginnings(held.rows, loadings()), code, number)


def surely_known_since(code: str = "", number: str = "") -> date | None:
    """A day from which on the same can surely be shown, by the plans' figures and edits alone. None where
    these tell nothing. One query."""
    return surely_known_in(snapshot("ja"), code, number)


def surely_known_in(held: Snapshot, code: str, number: str = "") -> date | None:
    """The same of what was read already, without a query."""
    if held not in _SIGNS:
        _SIGNS[held] = beginnings(held.rows, {})
    return _day(held, _SIGNS[held], code, number)


def _day(held: Snapshot, began: Mapping[int, datetime], code: str, number: str) -> date | None:
    plan = held.plans.get(code)
    if not code:
        return japan_day(min(began.values())) if began else None
    if plan is None or plan.pk not in began:
        return None
    if not number:
        return japan_day(began[plan.pk])
    measure = next((each for each in held.measures[plan.pk] if each.number == number), None)
    if measure is None:
        return None
    added = [each.made_at for each in held.edits[measure.public_id] if each.field == ADDED]
    return japan_day(max([began[plan.pk], *added]))
