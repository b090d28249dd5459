"""Withdraws evidence that was given by mistake: file and address go, the title stays with the reason."""

from functools import partial

from django.db import transaction

from tsunagari.engines.plan.actions.attach_evidence import check_hand
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.declare import EvidenceWithdrawn
from tsunagari.engines.plan.models import Evidence
from tsunagari.engines.plan.queries.evidence import copies_of
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.kernel.files import api as files
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger


@transaction.atomic
def withdraw_evidence(*, evidence: str, reason: str, hand: Hand, clock: Clock) -> None:
    """Take evidence (by its public id) back, with every copy behind other versions of the figure.

    The file leaves the store once this is committed. Raises NotYourFigure, Evidence.DoesNotExist for
    evidence that is not there or was withdrawn before.
    """
    hold_plan()
    row = (
        Evidence.objects.select_related("value__indicator__measure")
        .select_for_update(of=("self",))
        .get(public_id=evidence, withdrawn_at=None)
    )
    now = clock()
    check_hand(hand, row.value, now)
    copies_of(row).update(
        stored="",
        file_name="",
        content_type="",
        size=0,
        sha256="",
        address="",
        public=False,
        withdrawn_at=now,
        withdrawn_reason=reason,
        withdrawn_by=hand.actor,
    )
    ledger.record(
        EvidenceWithdrawn(
            subject=row.public_id, actor=hand.actor, division=hand.division, file=bool(row.stored)
        )
    )
    turn_edition()
    if row.stored:
        transaction.on_commit(partial(files.discard, row.stored))
