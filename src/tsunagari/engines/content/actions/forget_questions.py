"""Forget questions that came more than a year ago."""

from datetime import timedelta

from django.db import transaction

from tsunagari.engines.content.declare import QuestionForgotten
from tsunagari.engines.content.models import UnansweredQuestion
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record

KEPT = timedelta(days=365)


@transaction.atomic
def forget_questions(*, clock: Clock) -> int:
    """Delete them; gives how many. What became of them stands in the ledger, without their words."""
    old = UnansweredQuestion.objects.filter(at__lt=clock() - KEPT)
    public_ids = list(old.values_list("public_id", flat=True))
    UnansweredQuestion.objects.filter(public_id__in=public_ids).delete()
    for public_id in public_ids:
        record(QuestionForgotten(subject=public_id))
    return len(public_ids)
