"""The typed events of the ledger and what follows them: frozen data, no Django."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import ClassVar

from tsunagari.kernel.i18n.texts import N_

Plain = str | int | bool | None
"""What a field of an event may hold."""

KINDS: dict[str, type["Event"]] = {}
"""Every declared kind of event by its name; filled as the declarations are imported."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclass it in `declare.py` of the room that records it:

        @dataclass(frozen=True, kw_only=True)
        class FiguresLoaded(Event, name="metering.figures_loaded", title=N_("数値の取り込み")):
            meter: str

    `subject` and `actor` are random public ids, never names or addresses; `actor` is "" for the
    system itself; `division` is the code of the division one acts for, or "". Fields of a subclass
    are plain data without personal details.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    """What it is called on screens, Japanese, marked with N_."""

    subject: str
    actor: str = ""
    division: str = ""

    def __init_subclass__(cls, *, name: str, title: str = "") -> None:
        super().__init_subclass__()
        declared = KINDS.get(name)
        if declared and declared.__module__ != cls.__module__:
            raise TypeError(
                f"event {name!r} is declared twice, in {declared.__module__} and {cls.__module__}; rename one"
            )
        cls.name = name
        cls.title = title
        KINDS[name] = cls

    def data(self) -> dict[str, Plain]:
        """The fields of the subclass alone."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("subject", "actor", "division")
        }


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An event as it stands in the ledger. Positions start at 1 and have no gaps."""

    position: int
    public_id: str
    name: str
    recorded_at: datetime
    subject: str
    actor: str
    division: str
    data: dict[str, Plain]


@dataclass(frozen=True, kw_only=True)
class Listener:
    """Is called at least once for each event of the names in `to`, in order of position.

    `id` is stable: the cursor bears it. `hear` is safe to run twice for one event; the event's
    `public_id` is the idempotency key. What `hear` writes to the database and the cursor's move are
    one transaction. Declared in a room's `tasks.py` as LISTENERS. A listener hears all history from
    position 1; one that joins a running city names in `since` the day from which it listens, so that
    nobody is told of old things.
    """

    id: str
    to: tuple[str, ...]
    hear: Callable[[Recorded], None]
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Something kept up with the ledger, exactly once: `apply` and the cursor share a transaction.

    `names` gives the names it wants (asked anew for each batch). Declared in `tasks.py` as
    PROJECTIONS.
    """

    id: str
    names: Callable[[], Sequence[str]]
    apply: Callable[[Sequence[Recorded]], None]


@dataclass(frozen=True, kw_only=True)
class BatchEmptied(Event, name="ledger.batch_emptied", title=N_("保存期間の終わった記録の削除")):
    """A sealed batch was emptied because its retention was over."""

    batch: int


@dataclass(frozen=True, kw_only=True)
class AuditLooked(Event, name="ledger.audit_looked", title=N_("監査記録の閲覧")):
    """Somebody looked at what happened. `kind` is the name asked for, `about` the public id, or ""."""

    kind: str
    about: str
    exported: bool
