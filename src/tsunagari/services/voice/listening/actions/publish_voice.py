"""The office publishes a letter with its answer in the city's own wording, and takes it down."""

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_voice import held_voice, only_office
from tsunagari.services.voice.listening.actions.refused import Refused
from tsunagari.services.voice.listening.models import PublishedVoice
from tsunagari.services.voice.listening.rules.choices import CATEGORIES
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.personal_numbers import holds_personal_number
from tsunagari.services.voice.listening.rules.typed import PublishedTyped
from tsunagari.services.voice.listening.service import VoicePublished, VoiceWithdrawn


@transaction.atomic
def publish_voice(*, voice: str, typed: PublishedTyped, hand: Hand, clock: Clock) -> str:
    """Publish, or publish anew with other words; gives the public id of what residents read. What the sender
    wrote is never published itself.

    Raises Voice.DoesNotExist, NotYours, Refused.
    """
    only_office(hand)
    held = held_voice(voice)
    if not held.may_publish:
        raise Refused(_("この方は、公開を望んでいません。"))
    if held.state != "answered" or held.ended_at is None:
        raise Refused(_("公開できるのは、回答を送ったあとです。"))
    if typed.category not in CATEGORIES:
        raise Refused(_("分野を選んでください。"))
    words = "\n".join((typed.title, typed.question, typed.answer))
    if holds_personal_number(words):
        raise Refused(_("マイナンバーと同じ形の12桁の番号があります。消してから公開してください。"))
    if held.text and typed.question == held.text:
        raise Refused(
            _("届いた文のままです。個人が分からないように、市の言葉で書き直してください。")
        )
    published, _new = PublishedVoice.objects.update_or_create(
        voice=held,
        defaults={
            "title": typed.title,
            "question": typed.question,
            "answer": typed.answer,
            "category": typed.category,
            "division": held.division,
            "answered_on": japan_day(held.ended_at),
            "published_at": clock(),
            "withdrawn_at": None,
        },
    )
    ledger.record(
        VoicePublished(
            subject=published.public_id,
            actor=hand.actor,
            division=hand.division,
            category=typed.category,
        )
    )
    return published.public_id


@transaction.atomic
def withdraw_voice(*, voice: str, hand: Hand, clock: Clock) -> None:
    """Take a published letter down. Raises PublishedVoice.DoesNotExist, NotYours."""
    only_office(hand)
    published = PublishedVoice.objects.select_for_update().get(voice__public_id=voice)
    published.withdrawn_at = clock()
    published.save(update_fields=["withdrawn_at"])
    ledger.record(
        VoiceWithdrawn(subject=published.public_id, actor=hand.actor, division=hand.division)
    )
