"""Weighs what a driver asks of the next action plan: drawn as a candidate, taken up or not, with the reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.declare import CandidateDecided
from tsunagari.engines.cycle.models import Candidate, Cycle
from tsunagari.engines.cycle.queries.candidates import weighed_of
from tsunagari.engines.cycle.rules.candidates import Fault, Weighed, faults_of
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger


class CandidateRefused(ValueError):
    """The candidate was not kept; `faults` says why, by field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(" ".join(sentence for _key, sentence in faults))


class CandidateOvertaken(RuntimeError):
    """Somebody else changed the candidate meanwhile."""


@transaction.atomic
def weigh_candidate(
    *,
    cycle: str,
    driver: str,
    weighed: Weighed,
    hand: Hand,
    clock: Clock,
    candidate: str = "",
    seen: str = "",
) -> str:
    """Keep a candidate of the driver with that public id; returns the candidate's. `candidate` is one that
    is changed, `seen` its print as it stood on the screen. The same again changes nothing.

    Raises NotSecretariat, Cycle.DoesNotExist, CandidateRefused, CandidateOvertaken.
    """
    if not hand.secretariat:
        raise NotSecretariat
    held = Cycle.objects.select_for_update().get(public_id=cycle)
    if held.phase == "frozen":
        raise CandidateRefused([("", _("この年度は確定しているため、もう変えられません。"))])
    row = _row(held, candidate, seen) if candidate else _drawn(held, driver)
    if row.pk and weighed_of(row) == weighed:
        return row.public_id
    _check(row, weighed)
    _write(row, weighed, hand, clock())
    ledger.record(
        CandidateDecided(
            subject=row.public_id, actor=hand.actor, division=hand.division, state=row.state
        )
    )
    return row.public_id


def _row(cycle: Cycle, candidate: str, seen: str) -> Candidate:
    row = cycle.candidates.filter(public_id=candidate).first()
    if row is None or weighed_of(row).seen != seen:
        raise CandidateOvertaken
    return row


def _drawn(cycle: Cycle, driver: str) -> Candidate:
    """A new candidate, with the driver as it is said today: so the reason stays readable."""
    found = next((each for each in plan_api.drivers("ja") if each.public_id == driver), None)
    if found is None:
        raise CandidateRefused([("", _("この背景はもうありません。一覧から選び直してください。"))])
    issued = found.issued_on.isoformat() if found.issued_on else str(found.issued_year or "")
    return Candidate(
        cycle=cycle,
        driver=found.public_id,
        driver_kind=found.kind,
        driver_name=found.name,
        driver_source=found.source,
        driver_issued=issued,
    )


def _check(row: Candidate, weighed: Weighed) -> None:
    decided = bool(row.pk) and row.decisions.exists()
    faults = faults_of(weighed, decided=decided)
    if weighed.measure and not plan_api.measures_by_id([weighed.measure], "ja"):
        faults.append(("measure", _("取組を選び直してください。")))
    if faults:
        raise CandidateRefused(faults)


def _write(row: Candidate, weighed: Weighed, hand: Hand, now: datetime) -> None:
    row.text, row.measure = weighed.text, weighed.measure
    row.state, row.reason = weighed.state, weighed.reason
    if not row.pk:
        row.made_at, row.actor = now, hand.actor
    open_still = weighed.state == "open"
    row.decided_at = None if open_still else now
    row.decided_by = "" if open_still else hand.actor
    row.save()
