"""The typed events of the ledger and what follows them: frozen data, no Django."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import ClassVar

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.declare import TITLES as JOB_TITLES

Plain = str | int | bool | None
"""What a field of an event may hold."""

KINDS: dict[str, type["Event"]] = {}
"""Every declared kind of event by its name; filled as the declarations are imported."""

TITLES: dict[str, str] = {}
"""The titles of those kinds, for fields that hold the name of one."""

YES_NO: dict[str, str] = {"true": N_("はい"), "false": N_("いいえ")}
"""What a truth value is called where its field says nothing better."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the audit screen calls a field of an event, Japanese, marked with N_.

    `values` names what the field holds where that is one of a fixed set, by its text ("true" and
    "false" for truth values); what is not named there is shown as it stands.
    """

    title: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclass it in `declare.py` of the room that records it:

        @dataclass(frozen=True, kw_only=True)
        class FiguresLoaded(
            Event,
            name="metering.figures_loaded",
            title=N_("数値の取り込み"),
            words={"meter": Words(title=N_("数値"))},
        ):
            meter: str

    `subject` and `actor` are random public ids, never names or addresses; `actor` is "" for the
    system itself; `division` is the code of the division one acts for, or "". Fields of a subclass
    are plain data without personal details.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    """What it is called on screens, Japanese, marked with N_."""
    words: ClassVar[Mapping[str, Words]] = {}
    """What its fields are called there."""

    subject: str
    actor: str = ""
    division: str = ""

    def __init_subclass__(
        cls, *, name: str, title: str = "", words: Mapping[str, Words] | None = None
    ) -> None:
        super().__init_subclass__()
        declared = KINDS.get(name)
        if declared and declared.__module__ != cls.__module__:
            raise TypeError(
                f"event {name!r} is declared twice, in {declared.__module__} and {cls.__module__}; rename one"
            )
        own = cls.__annotations__
        for each in words or {}:
            if each not in own:
                raise TypeError(
                    f"event {name!r} has words for {each!r}, which is none of its fields; it has: {', '.join(own) or 'no fields'}"
                )
        cls.name = name
        cls.title = title
        cls.words = words or {}
        KINDS[name] = cls
        if title:
            TITLES[name] = title

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
class BatchEmptied(
    Event,
    name="ledger.batch_emptied",
    title=N_("保存期間の終わった記録の削除"),
    words={"batch": Words(title=N_("束の番号"))},
):
    """A sealed batch was emptied because its retention was over."""

    batch: int


@dataclass(frozen=True, kw_only=True)
class AuditLooked(
    Event,
    name="ledger.audit_looked",
    title=N_("監査記録の閲覧"),
    words={
        "kind": Words(title=N_("探した出来事"), values=TITLES),
        "about": Words(title=N_("探した番号")),
        "exported": Words(
            title=N_("見方"),
            values={"true": N_("ファイルへの取り出し"), "false": N_("画面での閲覧")},
        ),
    },
):
    """Somebody looked at what happened. `kind` is the name asked for, `about` the public id, or ""."""

    kind: str
    about: str
    exported: bool


@dataclass(frozen=True, kw_only=True)
class JobRetried(
    Event,
    name="ledger.job_retried",
    title=N_("止まった仕事のやり直し"),
    words={"task": Words(title=N_("仕事"), values=JOB_TITLES)},
):
    """Somebody let a dead or withdrawn job run again. `subject` is the job, `task` its path."""

    task: str


@dataclass(frozen=True, kw_only=True)
class JobWithdrawn(
    Event,
    name="ledger.job_withdrawn",
    title=N_("仕事の取り下げ"),
    words={"task": Words(title=N_("仕事"), values=JOB_TITLES)},
):
    """Somebody took a dead or waiting job out of the queue. `subject` is the job, `task` its path."""

    task: str
