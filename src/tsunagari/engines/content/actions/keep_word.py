"""Keep a word of the city's dictionary: what is not written, and what instead."""

from django.db import transaction

from tsunagari.engines.content.declare import WordKept, WordRemoved
from tsunagari.engines.content.models import ReplaceWord
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.engines.content.rules.words import WordLine, word_fault
from tsunagari.kernel.ledger.api import record


class WordRefused(ValueError):
    """A word that cannot stand in the dictionary; the message says what to do."""


@transaction.atomic
def keep_word(line: WordLine, *, standing: str, hand: Hand) -> str:
    """Write a word anew (`standing` "") or change the row with that public id; gives its public id.

    Raises WordRefused with a marked sentence, ReplaceWord.DoesNotExist for a row that is gone.
    """
    others = ReplaceWord.objects.filter(language=line.language)
    if standing:
        row = ReplaceWord.objects.select_for_update().get(public_id=standing)
        others = others.exclude(pk=row.pk)
    else:
        row = ReplaceWord()
    words = dict(others.values_list("wrong", "right"))
    if fault := word_fault(line, words):
        raise WordRefused(fault)
    row.language, row.wrong, row.right, row.reason = (
        line.language,
        line.wrong,
        line.right,
        line.reason,
    )
    row.save()
    record(WordKept(subject=row.public_id, actor=hand.actor, division=hand.division))
    return row.public_id


@transaction.atomic
def remove_word(public_id: str, *, hand: Hand) -> bool:
    """Take a word out; whether it was there."""
    gone, _ = ReplaceWord.objects.filter(public_id=public_id).delete()
    if gone:
        record(WordRemoved(subject=public_id, actor=hand.actor, division=hand.division))
    return bool(gone)
