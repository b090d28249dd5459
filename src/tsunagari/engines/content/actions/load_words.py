"""Load words into the city's dictionary: those of its pack where none stands, those of a workbook over what stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from tsunagari.engines.content.declare import WordsLoaded
from tsunagari.engines.content.models import ReplaceWord
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.engines.content.rules.words import WordLine, words_of_pack
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.api import record


@dataclass(frozen=True, kw_only=True)
class LoadedWords:
    """How many words were added, changed, and stood as they are."""

    added: int
    changed: int
    same: int


@transaction.atomic
def load_words(pack: Path) -> LoadedWords:
    """Bring the pack's words in; what clerks have written stays. Raises UnreadableFileError."""
    standing = set(ReplaceWord.objects.values_list("language", "wrong"))
    new = [line for line in words_of_pack(pack) if (line.language, line.wrong) not in standing]
    _add(new)
    loaded = LoadedWords(added=len(new), changed=0, same=len(words_of_pack(pack)) - len(new))
    _note(loaded, None)
    return loaded


@transaction.atomic
def take_in_words(lines: Sequence[WordLine], *, hand: Hand) -> LoadedWords:
    """Bring a workbook's words in: new ones are added, standing ones say what the workbook says, others stay."""
    rows = {(row.language, row.wrong): row for row in ReplaceWord.objects.select_for_update()}
    new = [line for line in lines if (line.language, line.wrong) not in rows]
    changed = [
        line
        for line in lines
        if (row := rows.get((line.language, line.wrong)))
        and (row.right, row.reason) != (line.right, line.reason)
    ]
    _add(new)
    for line in changed:
        row = rows[line.language, line.wrong]
        row.right, row.reason = line.right, line.reason
        row.save(update_fields=["right", "reason"])
    loaded = LoadedWords(
        added=len(new), changed=len(changed), same=len(lines) - len(new) - len(changed)
    )
    _note(loaded, hand)
    return loaded


def _add(lines: Sequence[WordLine]) -> None:
    ReplaceWord.objects.bulk_create(
        ReplaceWord(language=line.language, wrong=line.wrong, right=line.right, reason=line.reason)
        for line in lines
    )


def _note(loaded: LoadedWords, hand: Hand | None) -> None:
    if loaded.added or loaded.changed:
        record(
            WordsLoaded(
                subject=new_public_id(),
                actor=hand.actor if hand else "",
                division=hand.division if hand else "",
                added=loaded.added,
                changed=loaded.changed,
            )
        )
