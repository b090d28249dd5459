"""Check every page, batch by batch; after a crash it goes on behind the last page that was done."""

from django.db import transaction

from tsunagari.engines.content.actions.ask_round import end_round
from tsunagari.engines.content.actions.check_page import KnownCity, check_page
from tsunagari.engines.content.models import Finding, Round
from tsunagari.engines.content.queries.versions import batch_after, written_pages
from tsunagari.kernel.i18n.clock import Clock

BATCH = 50


def check_all(held: Round, *, clock: Clock) -> int:
    """Walk the pages that this round has not seen; how many it has seen in all. A second time changes nothing."""
    if held.state == Round.States.DONE:
        return held.done
    _begin(held)
    city = KnownCity()
    while _batch(held, city, clock):
        pass
    with transaction.atomic():
        faulty = Finding.objects.filter(live=True).values("page").distinct().count()
        end_round(held, changed=faulty, skipped=0, clock=clock)
    return held.done


def _begin(held: Round) -> None:
    held.state, held.total = Round.States.RUNNING, written_pages().count()
    held.save(update_fields=["state", "total"])


@transaction.atomic
def _batch(held: Round, city: KnownCity, clock: Clock) -> bool:
    last, pages = batch_after(written_pages(), held.reached, BATCH)
    for page in pages:
        check_page(page, city=city, clock=clock)
    if not last:
        return False
    held.reached, held.done = last, held.done + len(pages)
    held.save(update_fields=["reached", "done"])
    return True
