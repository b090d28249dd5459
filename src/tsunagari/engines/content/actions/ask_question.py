"""Take a question to which somebody found no answer."""

from django.db import transaction

from tsunagari.engines.content.declare import QuestionSent
from tsunagari.engines.content.models import UnansweredQuestion
from tsunagari.engines.content.models.unanswered import LONGEST_QUESTION
from tsunagari.engines.content.rules.asked_text import plain_question, refusal
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record


class QuestionRefused(ValueError):
    """A question that is not taken; the message is a sentence marked with N_ for whoever asked."""


@transaction.atomic
def ask_question(text: str, *, language: str, clock: Clock) -> str:
    """Keep a question in the words of whoever asks, and nothing of her; gives its public id. The same words that wait
    already are kept once.

    Raises QuestionRefused.
    """
    plain = plain_question(text)
    if why := refusal(plain, longest=LONGEST_QUESTION):
        raise QuestionRefused(why)
    waiting = UnansweredQuestion.objects.filter(state="waiting", text=plain, language=language)
    row = waiting.first()
    if row is None:
        row = UnansweredQuestion.objects.create(text=plain, language=language, at=clock())
        record(QuestionSent(subject=row.public_id, language=language))
    return row.public_id
