"""Prints figures of one installation as JSON: python -m tests.load.figures WHAT."""

import json
import sys
from collections.abc import Callable

import django


def views() -> dict[str, int]:
    """Views batch by batch, and what each meter of page views has summed (grain: fiscal year)."""
    from django.db.models import Sum  # noqa: PLC0415 - models are ready only now

    from tsunagari.kernel.metering.actions.absorb_views import absorb_views  # noqa: PLC0415
    from tsunagari.kernel.metering.models import ViewBatch  # noqa: PLC0415

    while absorb_views():
        pass
    return {"batches": ViewBatch.objects.aggregate(all=Sum("count"))["all"] or 0} | sums()


def events() -> dict[str, int]:
    """What the ledger holds of the measured events, what waits, its last position, and the sums."""
    from django.db.models import BigIntegerField, Count, Sum  # noqa: PLC0415
    from django.db.models.fields.json import KeyTextTransform  # noqa: PLC0415
    from django.db.models.functions import Cast  # noqa: PLC0415

    from tsunagari.kernel.ledger import api as ledger  # noqa: PLC0415
    from tsunagari.kernel.ledger.models import Arrival, Entry  # noqa: PLC0415

    amount = Sum(Cast(KeyTextTransform("amount", "data"), BigIntegerField()))
    found: dict[str, int] = {}
    for name, table in (("entries", Entry), ("arrivals", Arrival)):
        row = table.objects.filter(name="load.measured").aggregate(number=Count("*"), amount=amount)
        found |= {f"{name}.number": row["number"], f"{name}.amount": row["amount"] or 0}
    found |= {"all entries": Entry.objects.count(), "last position": ledger.last_position()}
    found |= {f"behind {name}": behind for name, behind in ledger.lag().behind.items()}
    return found | sums()


def sums() -> dict[str, int]:
    """The whole sum of each meter over all fiscal years."""
    from django.db.models import Sum  # noqa: PLC0415

    from tsunagari.kernel.metering.models import Rollup  # noqa: PLC0415

    rows = (
        Rollup.objects.filter(grain="fiscal_year", slice="")
        .values("meter")
        .annotate(all=Sum("total"))
    )
    return {row["meter"]: row["all"] for row in rows.order_by("meter")}


WHAT: dict[str, Callable[[], dict[str, int]]] = {"views": views, "events": events}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(WHAT[sys.argv[1]]()))
