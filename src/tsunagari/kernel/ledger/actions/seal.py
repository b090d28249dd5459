"""Seal: close the next batch of entries with a hash that chains to the one before."""

from datetime import timedelta

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.ledger import rules
from tsunagari.kernel.ledger.actions.advance import locked_cursor
from tsunagari.kernel.ledger.models import Seal
from tsunagari.kernel.ledger.queries import between, last_position

FULL = 1000
LONGEST_WAIT = timedelta(minutes=10)


@transaction.atomic
def seal(*, clock: Clock = system_clock, at_once: bool = False) -> int:
    """Seal one batch of at most FULL entries; returns its number, or 0 when there is none to seal.

    A batch is sealed when it is full, when the last seal is older than LONGEST_WAIT, or `at_once`.
    """
    cursor = locked_cursor("seal")
    if cursor is None:
        return 0
    last = min(cursor.position + FULL, last_position())
    before = Seal.objects.order_by("-number").first()
    count = last - cursor.position
    waited = before is None or abs(clock() - before.sealed_at) >= LONGEST_WAIT
    if count <= 0 or not (count == FULL or waited or at_once):
        return 0
    number, previous = (before.number + 1, before.hash) if before else (1, rules.GENESIS)
    first = cursor.position + 1
    content = rules.digest(between(cursor.position, last))
    Seal.objects.create(
        number=number,
        first_position=first,
        last_position=last,
        content=content,
        previous=previous,
        hash=rules.chain(previous=previous, number=number, first=first, last=last, content=content),
        sealed_at=clock(),
    )
    cursor.position = last
    cursor.save(update_fields=["position"])
    return number
