"""Plan mends: everything that a round would change, field by field, for a clerk to look at before it is done."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tsunagari.engines.content.actions.check_page import KnownCity
from tsunagari.engines.content.models import Finding, LinkUse, PlannedMend, Round
from tsunagari.engines.content.models.pieces_of import pieces_of
from tsunagari.engines.content.queries.versions import batch_after, newest_version, written_pages
from tsunagari.engines.content.rules.addresses import with_address
from tsunagari.engines.content.rules.checking import mended
from tsunagari.engines.content.rules.difference import differences

BATCH = 25


def plan_mends(held: Round) -> int:
    """Walk the pages that the round concerns and keep what would change; how many changes. Nothing is changed yet."""
    if held.state not in (Round.States.WAITING, Round.States.RUNNING):
        return held.mends.count()
    held.state, held.total = Round.States.RUNNING, _pages(held).count()
    held.save(update_fields=["state", "total"])
    city = KnownCity()
    while _batch(held, city):
        pass
    held.state = Round.States.READY
    held.save(update_fields=["state"])
    return held.mends.count()


def _pages(held: Round) -> QuerySet[Any]:
    found: QuerySet[Any]
    if held.rule:
        found = Finding.objects.filter(rule=held.rule, mendable__gt=0)
    else:
        found = LinkUse.objects.filter(address=held.before)
    if not held.everywhere:
        found = found.filter(division=held.division)
    return written_pages().filter(pk__in=found.values("page"))


@transaction.atomic
def _batch(held: Round, city: KnownCity) -> bool:
    last, pages = batch_after(_pages(held), held.reached, BATCH)
    if not last:
        return False
    for page in pages:
        PlannedMend.objects.bulk_create(_planned(held, page, city), ignore_conflicts=True)
    held.reached, held.done = last, held.done + len(pages)
    held.save(update_fields=["reached", "done"])
    return True


def _planned(held: Round, page: Any, city: KnownCity) -> Iterable[PlannedMend]:
    version = newest_version(page)
    return list(_changes(held, page, version, city))


def _changes(held: Round, page: Any, version: Any, city: KnownCity) -> Iterator[PlannedMend]:
    before = pieces_of(version)
    if held.rule:
        after = mended(before, city.of(version), only={held.rule})
    else:
        after = with_address(before, held.before, held.after)
    for each in differences(before, after):
        yield PlannedMend(
            round=held,
            page_id=page.pk,
            title=version.title[:255],
            division=page.division,
            revision=page.latest_revision_id,
            part=each.change.place.part,
            field=each.change.place.field,
            value=each.change.value,
            was=each.was,
            becomes=each.becomes,
        )
