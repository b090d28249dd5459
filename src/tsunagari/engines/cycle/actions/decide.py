"""Writes, changes or withdraws a decision on how measures go on; nothing of it is in the plan yet."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.declare import Decided, DecisionWithdrawn
from tsunagari.engines.cycle.models import (
    Candidate,
    Cycle,
    Decision,
    Heir,
    Revision,
    Sheet,
    TextRevision,
)
from tsunagari.engines.cycle.queries.decisions import ground_of, wanted_of
from tsunagari.engines.cycle.rules.decisions import (
    PHASES,
    Fault,
    Ground,
    WantedDecision,
    faults_of,
    kept_criteria,
)
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger


class DecisionRefused(ValueError):
    """The decision was not kept; `faults` says why, by place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(" ".join(sentence for _key, sentence in faults))


class DecisionOvertaken(RuntimeError):
    """Somebody else decided on the same measure meanwhile; `standing` is the public id of that decision,
    "" where it was withdrawn."""

    def __init__(self, standing: str) -> None:
        self.standing = standing
        super().__init__(standing)


@transaction.atomic
def decide(
    *,
    cycle: str,
    wanted: WantedDecision,
    hand: Hand,
    clock: Clock,
    decision: str = "",
    seen: int = 0,
) -> str:
    """Keep a decision; returns its public id. `decision` is one that is changed, `seen` its version as it
    stood on the screen. A measure has one decision a year; the same again changes nothing.

    Raises NotSecretariat, Cycle.DoesNotExist, DecisionRefused, DecisionOvertaken; then nothing has changed.
    """
    held = _held(cycle, hand)
    standing = _standing(held, decision, seen)
    sheets = _sheets(held, wanted)
    others = Decision.objects.filter(cycle=held, sheets__in=sheets)
    if taken := next((each for each in others if each != standing), None):
        raise DecisionOvertaken(taken.public_id)
    now = clock()
    ground = ground_of(held, sheets, now=now, but=standing)
    if standing and wanted_of(standing) == wanted:
        return standing.public_id
    candidate = _candidate(held, wanted)
    faults = faults_of(wanted, ground)
    if wanted.candidate and candidate is None:
        faults.append(("candidate", _("この候補は、取り上げることになっていません。")))
    if faults:
        raise DecisionRefused(faults)
    kept = standing or Decision(cycle=held)
    _write(kept, wanted, ground, candidate, hand, now)
    kept.sheets.set(sheets)
    _write_parts(kept, wanted)
    _tell(kept, hand)
    return kept.public_id


@transaction.atomic
def withdraw_decision(*, decision: str, seen: int, hand: Hand) -> None:
    """Take back a decision that is not carried out yet, as its version `seen`.

    Raises NotSecretariat, DecisionRefused, DecisionOvertaken.
    """
    if not hand.secretariat:
        raise NotSecretariat
    found = Decision.objects.select_related("cycle").filter(public_id=decision).first()
    if found is None:
        raise DecisionOvertaken("")
    held = _held(found.cycle.public_id, hand)
    standing = _standing(held, decision, seen)
    assert standing is not None  # noqa: S101 - it was named
    kind = standing.kind
    standing.delete()
    ledger.record(
        DecisionWithdrawn(subject=decision, actor=hand.actor, division=hand.division, kind=kind)
    )


def _held(cycle: str, hand: Hand) -> Cycle:
    """The year, held so that those who decide wait for each other."""
    if not hand.secretariat:
        raise NotSecretariat
    held = Cycle.objects.select_for_update().get(public_id=cycle)
    if held.phase not in PHASES:
        sentence = _("見直しの決定は、点検・評価から見直しまでの段階で書きます。")
        raise DecisionRefused([("", sentence)])
    return held


def _standing(cycle: Cycle, decision: str, seen: int) -> Decision | None:
    if not decision:
        return None
    found = cycle.decisions.filter(public_id=decision).first()
    if found is None or found.version != seen:
        raise DecisionOvertaken(found.public_id if found else "")
    if found.carried_at is not None:
        sentence = _(
            "この決定は、もう計画に反映されています。直すときは、計画の画面で直してください。"
        )
        raise DecisionRefused([("", sentence)])
    return found


def _sheets(cycle: Cycle, wanted: WantedDecision) -> list[Sheet]:
    rows = {each.public_id: each for each in cycle.sheets.filter(public_id__in=wanted.sheets)}
    if set(wanted.sheets) - set(rows):
        sentence = _("この年度にない取組です。選び直してください。")
        raise DecisionRefused([("sheets", sentence)])
    return sorted(rows.values(), key=lambda each: each.order)


def _candidate(cycle: Cycle, wanted: WantedDecision) -> Candidate | None:
    if not wanted.candidate or wanted.kind != "new":
        return None
    return cycle.candidates.filter(public_id=wanted.candidate, state="taken").first()


def _write(  # noqa: PLR0917 - one call, each is one fact of the row
    row: Decision,
    wanted: WantedDecision,
    ground: Ground,
    candidate: Candidate | None,
    hand: Hand,
    now: datetime,
) -> None:
    row.kind, row.reason = wanted.kind, wanted.reason
    row.stage_from = ground.stage_from if wanted.stage_to else ""
    row.stage_to = wanted.stage_to
    row.criteria = kept_criteria(ground.criteria, wanted.met) if wanted.stage_to else []
    row.against = wanted.against if wanted.stage_to else ""
    row.candidate = candidate
    row.decided_at, row.actor = now, hand.actor
    row.version = row.version + 1 if row.pk else 1
    row.save()


def _write_parts(decision: Decision, wanted: WantedDecision) -> None:
    decision.heirs.all().delete()
    decision.revisions.all().delete()
    decision.text_revisions.all().delete()
    Heir.objects.bulk_create(
        Heir(
            decision=decision,
            number=each.number,
            name=each.name,
            name_en=each.name_en,
            section=each.section,
            divisions=list(each.divisions),
            indicators=list(each.indicators),
            planned=each.planned,
            kind=each.kind,
            managed_in=each.managed_in,
            order=place,
        )
        for place, each in enumerate(wanted.heirs, start=1)
    )
    Revision.objects.bulk_create(
        Revision(
            decision=decision,
            indicator=each.indicator,
            fiscal_year=each.fiscal_year,
            old=each.old,
            new=each.new,
            reason=each.reason,
        )
        for each in wanted.revisions
    )
    TextRevision.objects.bulk_create(
        TextRevision(
            decision=decision,
            indicator=each.indicator,
            key=each.key,
            old=each.old,
            new=each.new,
            reason=each.reason,
        )
        for each in wanted.texts
    )


def _tell(decision: Decision, hand: Hand) -> None:
    ledger.record(
        Decided(
            subject=decision.public_id,
            actor=hand.actor,
            division=hand.division,
            kind=decision.kind,
        )
    )
