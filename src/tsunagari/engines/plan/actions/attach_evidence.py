"""Puts evidence behind a figure: a file, an address, or both; and opens it to residents or closes it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.declare import EvidenceAttached, EvidenceRead, EvidenceShown
from tsunagari.engines.plan.models import Evidence, Value
from tsunagari.engines.plan.queries.evidence import copies_of
from tsunagari.engines.plan.queries.working import working_today
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.kernel.files import api as files
from tsunagari.kernel.files.declare import Kept
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger


class NotYourFigure(PermissionError):
    """The figure is another division's; its text says so in a sentence."""


@dataclass(frozen=True, kw_only=True)
class NewEvidence:
    """Evidence as it was given. `public` shows it to residents; a file, an https address, or both."""

    title: str
    upload: "UploadedFile[Any] | None" = None
    address: str = ""
    public: bool = False


@dataclass(frozen=True, kw_only=True)
class Ready:
    """New evidence whose file, if it has one, is in the store."""

    given: NewEvidence
    kept: Kept | None


@contextmanager
def kept_file(given: NewEvidence | None) -> Iterator[Ready | None]:
    """The file of new evidence in the store while its figure is written; where that fails, it is taken
    away again. Raises FileRefused of kernel/files."""
    if given is None or given.upload is None:
        yield Ready(given=given, kept=None) if given else None
        return
    kept = files.keep(given.upload)
    try:
        yield Ready(given=given, kept=kept)
    except BaseException:
        files.discard(kept.stored)
        raise


def write_evidence(*, value: Value, ready: Ready, hand: Hand, now: datetime) -> Evidence:
    """Write one row and record it; within the transaction of whoever calls."""
    given, kept = ready.given, ready.kept
    row = Evidence.objects.create(
        value=value,
        title=given.title,
        address=given.address,
        stored=kept.stored if kept else "",
        file_name=kept.file_name if kept else "",
        content_type=kept.content_type if kept else "",
        size=kept.size if kept else 0,
        sha256=kept.sha256 if kept else "",
        public=given.public,
        added_at=now,
        actor=hand.actor,
    )
    ledger.record(
        EvidenceAttached(
            subject=row.public_id,
            actor=hand.actor,
            division=hand.division,
            file=bool(kept),
            public=given.public,
        )
    )
    return row


def carry_over(*, kept: Collection[str], before: Value, after: Value) -> None:
    """Put evidence of the figure before (by public ids) behind its successor too; the file is the same."""
    standing = before.evidence.filter(withdrawn_at=None)
    rows: Sequence[Evidence] = list(standing.filter(public_id__in=list(kept)))
    for row in rows:
        Evidence.objects.create(
            value=after,
            title=row.title,
            address=row.address,
            stored=row.stored,
            file_name=row.file_name,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
            public=row.public,
            added_at=row.added_at,
            actor=row.actor,
        )


def attach_evidence(*, value: str, given: NewEvidence, hand: Hand, clock: Clock) -> str:
    """Put evidence behind a value that stands already (by its public id); gives the evidence's public id.

    Raises NotYourFigure, Value.DoesNotExist, FileRefused.
    """
    with kept_file(given) as ready, transaction.atomic():
        hold_plan()
        row = Value.objects.select_related("indicator__measure").get(public_id=value)
        check_hand(hand, row, clock())
        assert ready is not None  # noqa: S101 - evidence was given
        written = write_evidence(value=row, ready=ready, hand=hand, now=clock())
        turn_edition()
    return written.public_id


@transaction.atomic
def show_evidence(*, evidence: str, public: bool, hand: Hand, clock: Clock) -> bool:
    """Open evidence to residents, or close it to them; every copy behind later versions as well.

    False when it already was so. Raises NotYourFigure, Evidence.DoesNotExist.
    """
    hold_plan()
    row = Evidence.objects.select_related("value__indicator__measure").get(
        public_id=evidence, withdrawn_at=None
    )
    check_hand(hand, row.value, clock())
    same = copies_of(row)
    if not same.exclude(public=public).update(public=public):
        return False
    ledger.record(
        EvidenceShown(
            subject=row.public_id, actor=hand.actor, division=hand.division, public=public
        )
    )
    turn_edition()
    return True


@transaction.atomic
def note_reading(*, evidence: str, hand: Hand) -> None:
    """Record that a clerk took out evidence that residents cannot open."""
    ledger.record(EvidenceRead(subject=evidence, actor=hand.actor, division=hand.division))


def check_hand(hand: Hand, value: Value, now: datetime) -> None:
    """Raise NotYourFigure unless this hand enters figures of the value's measure."""
    codes = value.indicator.measure.divisions
    working = {heir for heirs in working_today(codes, now).values() for heir in heirs}
    if not hand.may_enter(working):
        raise NotYourFigure(not_yours())


def not_yours() -> str:
    """What somebody of another division is told."""
    return _(
        "この実績は、別の課が入力するものです。担当を切り替えるか、担当の課か計画の事務局に頼んでください。"
    )
