"""Hear again: hand a set-aside event to its listener once more, because a person asks for it."""

import logging

from django.db import transaction
from django.db.models import F

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.models import Entry, Unheard
from tsunagari.kernel.ledger.queries import as_recorded, listener_named

logger = logging.getLogger("tsunagari.ledger")


def hear_again(*, unheard: int, clock: Clock) -> bool:
    """Try one set-aside event (by its row's key); True when it was heard and the note is gone."""
    note = Unheard.objects.filter(pk=unheard, set_aside_at__isnull=False).first()
    listener = listener_named(note.listener) if note else None
    if note is None or listener is None:
        return False
    try:
        with transaction.atomic():
            listener.hear(as_recorded(Entry.objects.get(position=note.position)))
            note.delete()
    except Exception as error:  # noqa: BLE001 - whatever a listener raises, the note stays
        name = type(error).__qualname__
        Unheard.objects.filter(pk=unheard).update(
            error=name, attempts=F("attempts") + 1, next_attempt_at=clock()
        )
        logger.warning("listener %s failed again (%s)", listener.id, name)
        return False
    return True
