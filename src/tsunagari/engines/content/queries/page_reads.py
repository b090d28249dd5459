"""How often pages were read, as metering counts it without cookies: by page, never by reader."""

from collections import Counter as Tally
from collections.abc import Iterable
from datetime import date, timedelta

from tsunagari.engines.content.rules.periods import Days, spans
from tsunagari.kernel.i18n.days import day_start, japan_day, next_month
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.declare import Counter, PageViews

_SUBJECT = ("subject",)


def meter_of_pages() -> str:
    """The meter that counts views of the whole site by page; "" where no service declares one."""
    fits = (
        each.id
        for each in metering.declared()
        if isinstance(each, Counter) and each.counts == PageViews() and each.dimensions == _SUBJECT
    )
    return next(fits, "")


def reads(days: Days) -> dict[str, int]:
    """Views by the public id of a page; pages without any are left out. At most three queries."""
    meter = meter_of_pages()
    found: Tally[str] = Tally()
    if not meter:
        return {}
    for grain, first, last in spans(days):
        after = next_month(last) if grain == "month" else last + timedelta(days=1)
        held = metering.slices(meter, grain=grain, start=day_start(first), end=day_start(after))
        found.update({dimensions["subject"]: views for dimensions, views in held})
    found.pop("", None)
    return dict(found)


def counted_since(today: date) -> date | None:
    """The day in Japan since which views of pages are counted; None where none are."""
    meter = meter_of_pages()
    if not meter:
        return None
    held = metering.figure(meter, grain="day", start=day_start(today))
    return japan_day(held.began_at) if held.began_at else None


def reads_of(public_ids: Iterable[str], days: Days) -> dict[str, int] | None:
    """Views of these pages; None where nobody counts them."""
    if not meter_of_pages():
        return None
    held = reads(days)
    return {each: held.get(each, 0) for each in public_ids}
