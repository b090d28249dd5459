"""Hear: hand the next event to a listener, at least once, and set aside what it cannot take."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import day_start
from tsunagari.kernel.ledger.actions.advance import locked_cursor
from tsunagari.kernel.ledger.declare import Listener, Recorded
from tsunagari.kernel.ledger.models import Cursor, Entry, Unheard
from tsunagari.kernel.ledger.queries import as_recorded, last_position

ATTEMPTS = 8
logger = logging.getLogger("tsunagari.ledger")
trace = logging.getLogger("tsunagari.trace")


def hear(listener: Listener, *, clock: Clock = system_clock, limit: int = 500) -> int:
    """Hand over up to `limit` events; returns how many were heard or set aside.

    A listener that fails is tried again with growing pauses, in order; after ATTEMPTS the event is
    set aside, shown in the console, and the listener goes on.
    """
    heard = 0
    while heard < limit and _hear_next(listener, clock):
        heard += 1
    return heard


def _hear_next(listener: Listener, clock: Clock) -> bool:
    event: Recorded | None = None
    try:
        with transaction.atomic():
            cursor = locked_cursor(f"listener:{listener.id}")
            event = _next(listener, cursor) if cursor else None
            if cursor is None or event is None or _must_wait(listener, event, clock):
                return False
            listener.hear(event)
            Unheard.objects.filter(listener=listener.id, position=event.position).delete()
            _pass(cursor, event.position)
    except Exception as error:
        if event is None:
            raise
        return _note_failure(listener, event, error, clock)
    if settings.TRACE:
        trace.info("%s at %s -> listener %s", event.name, event.position, listener.id)
    return True


def _next(listener: Listener, cursor: Cursor) -> Recorded | None:
    # Read first: what another worker sequences from here on is beyond it and waits for the next look.
    last = last_position()
    entries = Entry.objects.filter(
        position__gt=cursor.position, position__lte=last, name__in=listener.to
    )
    if listener.since:
        entries = entries.filter(recorded_at__gte=day_start(listener.since))
    entry = entries.order_by("position").first()
    if entry is None:
        if last > cursor.position:
            _pass(cursor, last)
        return None
    return as_recorded(entry)


def _must_wait(listener: Listener, event: Recorded, clock: Clock) -> bool:
    return Unheard.objects.filter(
        listener=listener.id, position=event.position, next_attempt_at__gt=clock()
    ).exists()


def _pass(cursor: Cursor, position: int) -> None:
    cursor.position = position
    cursor.save(update_fields=["position"])


@transaction.atomic
def _note_failure(listener: Listener, event: Recorded, error: Exception, clock: Clock) -> bool:
    """True when the event is set aside; another worker may have heard it meanwhile."""
    cursor = locked_cursor(f"listener:{listener.id}", wait=True)
    if cursor is None or cursor.position >= event.position:
        return False
    note, _ = Unheard.objects.get_or_create(
        listener=listener.id,
        position=event.position,
        defaults={"next_attempt_at": clock(), "error": ""},
    )
    note.attempts += 1
    note.error = type(error).__qualname__
    note.next_attempt_at = clock() + timedelta(seconds=2**note.attempts)
    if note.attempts >= ATTEMPTS:
        note.set_aside_at = clock()
        _pass(cursor, event.position)
    note.save()
    logger.warning("listener %s failed on %s (%s)", listener.id, event.name, note.error)
    return note.set_aside_at is not None
