"""Add, edit and remove groups of words that mean the same."""

from collections.abc import Sequence

from django.db import transaction

from tsunagari.kernel.ledger.api import record
from tsunagari.kernel.search.declare import REFUSED_WORDS, SynonymsChanged, SynonymSet
from tsunagari.kernel.search.models import LONGEST_WORD, Synonyms, SynonymWord
from tsunagari.kernel.search.queries.understanding import synonym_terms
from tsunagari.kernel.search.rules.asking import normalized


class Refused(ValueError):
    """A group that says nothing; the message is a word of what is wrong: "few", "many" or "long"."""


@transaction.atomic
def add_synonyms(
    *, words: Sequence[str], language: str, actor: str, division: str, origin: str = "staff"
) -> str:
    """Keep a group of two to twelve words; gives its public id. Raises Refused."""
    group = Synonyms.objects.create(language=language, words=checked(words), origin=origin)
    _write_words(group)
    _record(group, "added", actor, division)
    return group.public_id


@transaction.atomic
def edit_synonyms(*, public_id: str, words: Sequence[str], actor: str, division: str) -> None:
    """Put other words into a group. Raises Refused, and Synonyms.DoesNotExist where it is gone."""
    group = Synonyms.objects.select_for_update().get(public_id=public_id)
    group.words, group.origin = checked(words), "staff"
    group.save()
    _write_words(group)
    _record(group, "edited", actor, division)


@transaction.atomic
def remove_synonyms(*, public_id: str, actor: str, division: str) -> SynonymSet:
    """Take a group away; gives what it was. Raises Synonyms.DoesNotExist where it is gone already."""
    group = Synonyms.objects.select_for_update().get(public_id=public_id)
    was = SynonymSet(
        public_id=group.public_id,
        language=group.language,
        words=tuple(group.words),
        origin=group.origin,
    )
    _record(group, "removed", actor, division)
    group.delete()
    return was


def checked(words: Sequence[str]) -> list[str]:
    """The words without doubles and empty ones. Raises Refused."""
    kept = list(
        {normalized(word): " ".join(word.split()) for word in words if word.strip()}.values()
    )
    if len(kept) < 2:
        raise Refused("few")
    if len(kept) > REFUSED_WORDS:
        raise Refused("many")
    if any(len(word) > LONGEST_WORD // 2 for word in kept):
        raise Refused("long")
    return kept


def _write_words(group: Synonyms) -> None:
    SynonymWord.objects.filter(group=group).delete()
    rows = []
    for word in group.words:
        key, terms = synonym_terms(word, group.language)
        rows.append(SynonymWord(group=group, text=word, key=key, terms=terms))
    SynonymWord.objects.bulk_create(rows)


def _record(group: Synonyms, what: str, actor: str, division: str) -> None:
    record(
        SynonymsChanged(
            subject=group.public_id,
            actor=actor,
            division=division,
            what=what,
            size=len(group.words),
        )
    )
