"""Confirm a page: somebody of its division read it again and found it right."""

from typing import Any

from django.db import transaction

from tsunagari.engines.content.declare import PageConfirmed
from tsunagari.engines.content.models import PageReview, Published
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.engines.content.rules.kept_names import page_name
from tsunagari.kernel.edge.api import purge
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.ledger.api import record


class NotYours(Exception):
    """The page is another division's."""


@transaction.atomic
def confirm_page(page: Any, *, hand: Hand, clock: Clock) -> bool:
    """Note that the page's content is right today; whether nobody had noted it today. No version is made.

    Raises NotYours for a page of another division.
    """
    if not hand.answers_for(page.division):
        raise NotYours
    today = japan_day(clock())
    _review, new = PageReview.objects.get_or_create(
        page_id=page.pk,
        day=today,
        defaults={"division": page.division, "reviewed_by": hand.actor},
    )
    if new:
        type(page).objects.filter(pk=page.pk).update(checked_on=today)
        Published.objects.filter(page_id=page.pk).update(checked_on=today)
        purge([page_name(page.public_id)])
        record(PageConfirmed(subject=page.public_id, actor=hand.actor, division=page.division))
    return bool(new)
