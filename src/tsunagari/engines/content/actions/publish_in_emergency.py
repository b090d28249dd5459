"""Publish a page in an emergency without approval; somebody who decides checks it afterwards."""

from typing import Any

from django.db import transaction
from wagtail.locks import BasicLock
from wagtail.log_actions import log
from wagtail.models import Page

from tsunagari.engines.content.declare import CheckedLater, PublishedInEmergency
from tsunagari.engines.content.models import LaterCheck
from tsunagari.engines.content.queries.versions import newest_version
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger.api import record


class EmergencyRefused(ValueError):
    """A page that cannot be published so, or a check that does not hold; the message is a marked sentence."""


@transaction.atomic
def publish_in_emergency(key: int, *, account: Any, reason: str, hand: Hand, clock: Clock) -> str:
    """Publish the newest version at once; gives the public id of the duty to check it later.

    What waits for approval is cancelled, a time that was set is forgotten. Raises PublishRefused for faults of level A,
    EmergencyRefused, or PermissionError for a page that she may not edit.
    """
    page: Any = Page.objects.select_for_update().get(pk=key).specific
    if not page.permissions_for_user(account).may_edit_by_division():
        raise PermissionError
    if not reason.strip():
        raise EmergencyRefused(N_("急ぐ理由を書いてください。"))
    _refuse_what_others_hold(page, account)
    if page.live and not page.has_unpublished_changes:
        raise EmergencyRefused(N_("公開していない変更がありません。先に下書きを保存してください。"))
    version = newest_version(page)
    version.go_live_at = None
    revision = version.save_revision(user=account, clean=False)
    revision.publish(user=account, skip_permission_checks=True)
    page.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    duty = LaterCheck.objects.create(
        page_id=page.pk,
        division=page.division,
        reason=reason.strip()[:300],
        published_at=clock(),
        published_by=hand.actor,
    )
    log(instance=page, action="content.emergency", user=account, revision=revision)
    record(PublishedInEmergency(subject=page.public_id, actor=hand.actor, division=page.division))
    return duty.public_id


def _refuse_what_others_hold(page: Any, account: Any) -> None:
    lock = BasicLock(page) if page.locked else None
    if lock is not None and lock.for_user(account):
        raise EmergencyRefused(
            N_("ほかの人がこのページをロックしています。ロックを外してもらってください。")
        )


@transaction.atomic
def check_later(
    public_id: str, *, verdict: str, finding: str, account: Any, hand: Hand, clock: Clock
) -> bool:
    """Say what the check came to; whether it was still to be done. "withdrawn" takes the page away.

    Raises LaterCheck.DoesNotExist, EmergencyRefused, or PermissionError for somebody who does not decide about it.
    """
    duty = LaterCheck.objects.select_for_update().get(public_id=public_id)
    if not hand.heads(duty.division):
        raise PermissionError
    if duty.published_by == hand.actor:
        raise EmergencyRefused(N_("自分が公開したページは、ほかの人が確かめます。"))
    if verdict not in LaterCheck.Verdicts.values:
        raise EmergencyRefused(N_("確かめた結果を選んでください。"))
    if verdict != LaterCheck.Verdicts.RIGHT and not finding.strip():
        raise EmergencyRefused(N_("何を直したか、なぜ公開をやめたかを書いてください。"))
    if duty.checked_at is not None:
        return False
    page: Any = Page.objects.select_for_update().get(pk=duty.page_id).specific
    duty.checked_at, duty.checked_by = clock(), hand.actor
    duty.verdict, duty.finding = verdict, finding.strip()[:300]
    duty.save()
    if verdict == LaterCheck.Verdicts.WITHDRAWN:
        page.unpublish(user=account)
    record(
        CheckedLater(
            subject=page.public_id, actor=hand.actor, division=page.division, verdict=verdict
        )
    )
    return True
