"""Mails to those who have written: the receipt, and the answer."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.services.voice.listening.models import Letter, Voice
from tsunagari.services.voice.listening.rules.receipts import code_of, fits


def mail_voice_receipt(*, voice: str, clock: Clock) -> bool:
    """Mail number and code to the sender of a letter; False where it went before or there is no address."""
    held = Voice.objects.filter(public_id=voice).first()
    if held is None or not held.mail or held.receipt_mailed_at is not None:
        return False
    with translation.override(held.language):
        subject = gettext("市民の声を受け付けました（%(number)s）") % {"number": held.number}
        _mail(subject, "receipt", _told(held), held.mail)
    _note(held, "receipt_mailed_at", clock)
    return True


def mail_letter_receipt(*, letter: str, clock: Clock) -> bool:
    """Mail number and code to the sender of an opinion; False as above."""
    held = Letter.objects.select_related("call").filter(public_id=letter).first()
    if held is None or not held.mail or held.receipt_mailed_at is not None:
        return False
    with translation.override(held.language):
        subject = gettext("意見を受け付けました（%(number)s）") % {"number": held.number}
        _mail(subject, "receipt", _told(held) | {"call": held.call.title}, held.mail)
    _note(held, "receipt_mailed_at", clock)
    return True


def mail_answer(*, voice: str, clock: Clock) -> bool:
    """Mail the answer to the sender of a letter who wants it; False where it went before."""
    held = Voice.objects.filter(public_id=voice).first()
    if held is None or not held.mail or not held.wants_answer or not held.answer:
        return False
    if held.answer_mailed_at is not None:
        return False
    with translation.override(held.language):
        subject = gettext("市民の声への回答（%(number)s）") % {"number": held.number}
        _mail(subject, "answer", _told(held) | {"answer": held.answer}, held.mail)
    _note(held, "answer_mailed_at", clock)
    return True


def _told(held: Voice | Letter) -> dict[str, str]:
    """The code is left out where the city's secret key has changed since."""
    code = code_of(held.public_id)
    return {
        "number": held.number,
        "code": code if fits(code, held.code_print) else "",
        "address": urljoin(settings.WAGTAILADMIN_BASE_URL, reverse("listening:receipt")),
    }


def _mail(subject: str, template: str, context: dict[str, str], to: str) -> None:
    body = render_to_string(f"listening/mail/{template}.txt", context)
    EmailMessage(subject=subject, body=body, to=[to]).send()


@transaction.atomic
def _note(held: Voice | Letter, field: str, clock: Clock) -> None:
    setattr(held, field, clock())
    held.save(update_fields=[field])
