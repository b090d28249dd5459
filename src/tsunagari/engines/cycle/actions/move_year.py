"""Moves a plan's year to its next phase, or back by one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.actions.publish_planned import publish_planned
from tsunagari.engines.cycle.declare import PhaseMoved
from tsunagari.engines.cycle.models import Cycle, Move
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.steps import next_phase, phase_before
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger


@transaction.atomic
def move_year(*, cycle: str, seen: str, back: bool, comment: str, hand: Hand, clock: Clock) -> str:
    """Move a year on, or `back` by one phase; returns the new phase. `seen` is the phase that stood on the
    screen. `comment` says why it goes on although sheets are still out, or why it goes back.

    The last phase is reached by freezing alone (actions/freeze_year.py), and nothing leads out of it.
    Raises NotSecretariat, Cycle.DoesNotExist, YearRefused.
    """
    if not hand.secretariat:
        raise NotSecretariat
    held = Cycle.objects.select_for_update().get(public_id=cycle)
    if held.phase == "frozen":
        raise YearRefused(
            _(
                "確定した年度は、もう動かせません。直すところがあるときは、正誤として公表してください。"
            )
        )
    if held.phase != seen:
        raise YearRefused(
            _("ほかの人が先に年度の段階を動かしました。画面を開き直して、確かめてください。")
        )
    after = _target(held, back=back)
    _check(held, back=back, comment=comment.strip())
    now = clock()
    note_phase(cycle=held, after=after, comment=comment.strip(), hand=hand, now=now)
    if after == "running" and not back:
        publish_planned(cycle=held, sheets=list(held.sheets.all()), hand=hand, now=now)
    return after


def _target(cycle: Cycle, *, back: bool) -> str:
    after = phase_before(cycle.phase) if back else next_phase(cycle.phase)
    if after is None:
        raise YearRefused(_("これより前の段階はありません。"))
    if after == "frozen":
        raise YearRefused(_("年度の確定は、確定の画面で行います。"))
    return after


def _check(cycle: Cycle, *, back: bool, comment: str) -> None:
    if comment:
        return
    if back:
        raise YearRefused(_("前の段階に戻す理由を入力してください。"))
    part = {"planning": "plan", "checking": "check"}.get(cycle.phase)
    out = cycle.sheets.exclude(**{f"{part}_state": "accepted"}).count() if part else 0
    if out:
        raise YearRefused(
            _("まだ受理していない調書が%(count)d件あります。このまま進める理由を入力してください。")
            % {"count": out}
        )


def note_phase(*, cycle: Cycle, after: str, comment: str, hand: Hand, now: datetime) -> None:
    """Set a year's phase and keep who moved it. In the caller's transaction, with the cycle held."""
    before = cycle.phase
    cycle.phase = after
    cycle.save(update_fields=["phase"])
    Move.objects.create(
        cycle=cycle,
        before=before,
        after=after,
        comment=comment,
        made_at=now,
        actor=hand.actor,
        division=hand.division,
    )
    ledger.record(
        PhaseMoved(
            subject=cycle.public_id,
            actor=hand.actor,
            division=hand.division,
            before=before,
            after=after,
        )
    )
