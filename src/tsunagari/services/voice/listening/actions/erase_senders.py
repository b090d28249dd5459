"""What told who had written goes when its time is over; what was published, and the counts, stay."""

from datetime import timedelta

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.models import Call, Voice
from tsunagari.services.voice.listening.rules.voice_states import erased_before
from tsunagari.services.voice.listening.service import SendersErased


def erase_senders(*, clock: Clock) -> int:
    """Erase every letter and sender whose time is over; how many people. Safe to run twice."""
    return _erase_voices(clock) + sum(_erase_letters(call, clock) for call in _calls_over(clock))


def _erase_voices(clock: Clock) -> int:
    over = Voice.objects.filter(erased_at=None, ended_at__lt=erased_before(clock()))
    keys = list(over.values_list("pk", flat=True))
    return sum(_erase_voice(key, clock) for key in keys)


@transaction.atomic
def _erase_voice(key: int, clock: Clock) -> int:
    voice = Voice.objects.select_for_update().get(pk=key)
    if voice.erased_at is not None:
        return 0
    voice.text = voice.name = voice.mail = voice.age = voice.answer = ""
    voice.erased_at = clock()
    voice.save(update_fields=["text", "name", "mail", "age", "answer", "erased_at"])
    voice.drafts.all().delete()
    ledger.record(SendersErased(subject=voice.public_id, reason="voice", people=1))
    return 1


def _calls_over(clock: Clock) -> list[Call]:
    now = clock()
    waiting = Call.objects.filter(senders_erased_at=None, results_at__lt=now)
    return [
        each
        for each in waiting
        if each.results_at and each.results_at + timedelta(days=each.kept_days) < now
    ]


@transaction.atomic
def _erase_letters(call: Call, clock: Clock) -> int:
    held = Call.objects.select_for_update().get(pk=call.pk)
    if held.senders_erased_at is not None:
        return 0
    people = held.letters.filter(erased_at=None).update(
        name="", address="", mail="", age="", tie="", erased_at=clock()
    )
    held.senders_erased_at = clock()
    held.save(update_fields=["senders_erased_at"])
    ledger.record(SendersErased(subject=held.public_id, reason="comment", people=people))
    return people
