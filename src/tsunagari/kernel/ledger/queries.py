"""Reads of the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, TruncHour

from tsunagari.kernel.ledger import rules
from tsunagari.kernel.ledger.declare import Listener, Plain, Projection, Recorded
from tsunagari.kernel.ledger.models import Arrival, Cursor, Entry, Seal, Unheard

SEQUENCER = "sequencer"

PROJECTIONS: dict[str, Projection] = {}
LISTENERS: dict[str, Listener] = {}
"""Who follows the ledger, by id; filled at start by api.follow."""


def as_recorded(entry: Entry | Arrival) -> Recorded:
    """The entry as plain data; one that waits for its position has 0."""
    return Recorded(
        position=entry.position if isinstance(entry, Entry) else 0,
        public_id=entry.public_id,
        name=entry.name,
        recorded_at=entry.recorded_at,
        subject=entry.subject,
        actor=entry.actor,
        division=entry.division,
        data=entry.data,
    )


def last_position() -> int:
    """The position of the newest entry; 0 in an empty ledger."""
    return Cursor.objects.filter(name=SEQUENCER).values_list("position", flat=True).first() or 0


def happened(name: str = "") -> list[Recorded]:
    """What stands in the ledger and what still waits for its position (position 0), oldest first, of
    one name or of all. Reads everything: for tests and small looks only."""
    asked = {"name": name} if name else {}
    stands = [as_recorded(entry) for entry in Entry.objects.filter(**asked).order_by("position")]
    waits = Arrival.objects.filter(**asked).order_by("id")
    return stands + [as_recorded(arrival) for arrival in waits]


def told(name: str, **fields: Plain) -> Iterator[Recorded]:
    """Events of one name that hold just these in their fields, oldest first, also those that still wait for
    their position. For kinds of which there are thousands, not millions."""
    asked = {"name": name, **{f"data__{field}": value for field, value in fields.items()}}
    for entry in Entry.objects.filter(**asked).order_by("position").iterator():
        yield as_recorded(entry)
    for arrival in Arrival.objects.filter(**asked).order_by("id"):
        yield as_recorded(arrival)


def between(after: int, upto: int) -> Iterator[Recorded]:
    """Entries with after < position ≤ upto, in order."""
    entries = Entry.objects.filter(position__gt=after, position__lte=upto).order_by("position")
    return (as_recorded(entry) for entry in entries.iterator(chunk_size=2000))


@dataclass(frozen=True, kw_only=True)
class Lag:
    """How much waits: events without a position, and how far each follower is behind (in events)."""

    waiting: int
    behind: dict[str, int]


def slowest_follower() -> int:
    """Up to which position every declared follower has come. A cursor that a follower left behind when
    it was removed holds nothing up; one that has not begun stands at 0."""
    declared = {*PROJECTIONS, *(f"listener:{listener_id}" for listener_id in LISTENERS)}
    held = dict(Cursor.objects.filter(name__in=declared).values_list("name", "position"))
    return min((held.get(name, 0) for name in declared), default=last_position())


def lag() -> Lag:
    """What the console and the health page show of the ledger's followers."""
    last = last_position()
    cursors = Cursor.objects.exclude(name=SEQUENCER).values_list("name", "position")
    return Lag(
        waiting=Arrival.objects.count(),
        behind={name: last - position for name, position in cursors},
    )


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a verification found: `broken` names the first broken batch in a sentence, or is ""."""

    seals: int
    sealed_upto: int
    head: str
    broken: str


def verify() -> Finding:
    """Check every seal against the entries and the chain, in order, up to the first broken batch."""
    previous, upto, count = rules.GENESIS, 0, 0
    for seal in Seal.objects.order_by("number").iterator():
        fault = _fault(seal, number=count + 1, previous=previous, after=upto)
        if fault:
            where = f"Batch {seal.number} (positions {seal.first_position}–{seal.last_position}) is broken"
            return Finding(seals=count, sealed_upto=upto, head=previous, broken=f"{where}: {fault}")
        previous, upto, count = seal.hash, seal.last_position, count + 1
    return Finding(seals=count, sealed_upto=upto, head=previous, broken=_tail_fault(upto))


def verify_last() -> str:
    """Check the newest seal alone, its batch and that it points to the one before; a sentence, or "".

    It costs the same in a ledger of any age; `verify` reads all of it.
    """
    newest = list(Seal.objects.order_by("-number")[:2])
    if not newest:
        return ""
    seal = newest[0]
    before = newest[1] if len(newest) > 1 else None
    fault = _fault(
        seal,
        number=before.number + 1 if before else 1,
        previous=before.hash if before else rules.GENESIS,
        after=before.last_position if before else 0,
    )
    where = f"Batch {seal.number} (positions {seal.first_position}–{seal.last_position}) is broken"
    return f"{where}: {fault}" if fault else ""


def _fault(seal: Seal, *, number: int, previous: str, after: int) -> str:
    if seal.number != number:
        return f"batch {number} is missing before it."
    if seal.first_position != after + 1:
        return f"it begins at {seal.first_position}, but the batch before ended at {after}."
    if seal.previous != previous:
        return "it does not point to the batch before it."
    expected = rules.chain(
        previous=seal.previous,
        number=seal.number,
        first=seal.first_position,
        last=seal.last_position,
        content=seal.content,
    )
    if seal.hash != expected:
        return "its seal was changed."
    if seal.emptied_at is not None:
        return ""
    entries = list(between(seal.first_position - 1, seal.last_position))
    wanted = seal.last_position - seal.first_position + 1
    if len(entries) != wanted:
        seal.refresh_from_db(fields=["emptied_at"])
        if seal.emptied_at is not None:
            return ""
        return f"it holds {len(entries)} events instead of {wanted}."
    return "" if rules.digest(entries) == seal.content else "an event in it was changed."


def _tail_fault(sealed_upto: int) -> str:
    # The newest entry is read before the last position: what is sequenced in between is no forgery.
    newest = Entry.objects.order_by("-position").values_list("position", flat=True).first() or 0
    last = last_position()
    held = Entry.objects.filter(position__gt=sealed_upto, position__lte=last).count()
    if held != last - sealed_upto:
        return f"After batch positions end at {sealed_upto}, {last - sealed_upto - held} events that are not yet sealed are missing up to {last}."
    return f"Events up to {newest} stand beyond the last position {last}." if newest > last else ""


def hours_of(
    name: str,
    *,
    upto: int,
    since: datetime,
    until: datetime,
    by: Sequence[str] = (),
    amount: str = "",
    where: Sequence[tuple[str, str]] = (),
) -> dict[tuple[datetime, tuple[str, ...]], int]:
    """Counts of one event's entries up to a position that were recorded in [since, until), by hour (UTC)
    and the fields in `by`. What is asked for comes into memory: ask for a month, not for ever.

    `amount` names a whole-number field to add up instead of counting; `where` names text fields and what they
    must hold.
    """
    keys = {
        f"by_{number}": F("division") if field == "division" else KeyTextTransform(field, "data")
        for number, field in enumerate(by)
    }
    number = Cast(KeyTextTransform(amount, "data"), BigIntegerField())
    rows = (
        _holding(where)
        .filter(name=name, position__lte=upto, recorded_at__gte=since, recorded_at__lt=until)
        .values(hour=TruncHour("recorded_at", tzinfo=UTC), **keys)
        .annotate(sum=Sum(number) if amount else Count("position"))
        .order_by()
    )
    plain: list[dict[str, Any]] = [dict(row.items()) for row in rows]
    return {
        (
            row["hour"],
            tuple("" if row[key] in (None, "null") else str(row[key]) for key in keys),
        ): row["sum"] or 0
        for row in plain
    }


def _holding(where: Sequence[tuple[str, str]]) -> QuerySet[Entry]:
    """Entries whose text fields hold these words."""
    entries = Entry.objects.all()
    for field, value in where:
        entries = entries.annotate(**{f"held_{field}": KeyTextTransform(field, "data")})
        entries = entries.filter(**{f"held_{field}": value})
    return entries


def written(
    name: str,
    *,
    since: datetime,
    until: datetime,
    amount: str = "",
    where: Sequence[tuple[str, str]] = (),
) -> tuple[int, int]:
    """How many entries of one event stand in [since, until), and what they make together: the sum of
    the whole-number field `amount`, or their number. `where` as in `hours_of`."""
    entries = _holding(where).filter(name=name, recorded_at__gte=since, recorded_at__lt=until)
    if not amount:
        number = entries.count()
        return number, number
    amounts = Cast(KeyTextTransform(amount, "data"), BigIntegerField())
    found = entries.aggregate(records=Count("position"), sum=Sum(amounts))
    return found["records"], found["sum"] or 0


def first_since(moment: datetime) -> datetime | None:
    """When the first entry at or after `moment` was recorded, of whatever name; None when there is none."""
    later = Entry.objects.filter(recorded_at__gte=moment).order_by("recorded_at")
    return later.values_list("recorded_at", flat=True).first()


def whole_since() -> datetime | None:
    """The moment since which retention has removed nothing: when the newest emptied batch was sealed,
    for its last event may have been recorded right before. None while nothing was removed."""
    emptied = Seal.objects.filter(emptied_at__isnull=False)
    return emptied.order_by("-sealed_at").values_list("sealed_at", flat=True).first()


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One page of entries, newest first. `newer` and `older` are the positions from which the
    neighbouring leaves are read; None where there is none."""

    entries: list[Entry]
    newer: int | None
    older: int | None


def leaf(found: QuerySet[Entry], *, size: int, before: int = 0, after: int = 0) -> Leaf:
    """Turn to the newest `size` entries, those right before a position, or those right after one.

    Nothing is counted: it costs the same on the first leaf and on the last, in a small ledger and in
    a large one.
    """
    if after:
        rows = list(found.filter(position__gt=after).order_by("position")[: size + 1])
        more_newer, entries = len(rows) > size, rows[:size][::-1]
        more_older = True
    else:
        older = found.filter(position__lt=before) if before else found
        rows = list(older[: size + 1])
        more_newer, entries, more_older = bool(before), rows[:size], len(rows) > size
    return Leaf(
        entries=entries,
        newer=entries[0].position if entries and more_newer else None,
        older=entries[-1].position if entries and more_older else None,
    )


def leaves(found: QuerySet[Entry], *, size: int) -> Iterator[list[Entry]]:
    """Every entry, newest first, `size` at a time: each batch is read when it is asked for."""
    turned = leaf(found, size=size)
    while turned.entries:
        yield turned.entries
        if turned.older is None:
            return
        turned = leaf(found, size=size, before=turned.older)


def find(
    *,
    name: str = "",
    person: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Entry]:
    """Entries, newest first: of one name, by or about one public id, from `since` to the day `until`
    (both the first moments of days)."""
    found = Entry.objects.order_by("-position")
    if name:
        found = found.filter(name=name)
    if person:
        found = found.filter(Q(actor=person) | Q(subject=person))
    if since:
        found = found.filter(recorded_at__gte=since)
    if until:
        found = found.filter(recorded_at__lt=until + timedelta(days=1))
    return found


def last_seal() -> Seal | None:
    """The newest seal."""
    return Seal.objects.order_by("-number").first()


def set_aside() -> list[Unheard]:
    """Events that a listener could not take, oldest first, at most a hundred."""
    return list(Unheard.objects.filter(set_aside_at__isnull=False).order_by("set_aside_at")[:100])


def listener_named(listener_id: str) -> Listener | None:
    """The listener of that id, None when no tasks.py declares it any more."""
    return LISTENERS.get(listener_id)
