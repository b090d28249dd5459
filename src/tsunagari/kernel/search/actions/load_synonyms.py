"""Take in the synonyms with which a city pack begins."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from tsunagari.kernel.i18n.mapping_file import UnreadableFileError, mapping_in
from tsunagari.kernel.search.actions.edit_synonyms import Refused, add_synonyms
from tsunagari.kernel.search.models import Synonyms
from tsunagari.kernel.search.rules.asking import normalized


class PackRefused(ValueError):
    """A synonyms.yaml that cannot be used; the message is one sentence with the mend."""


@transaction.atomic
def load_synonyms(pack: Path) -> int:
    """Add the groups of `synonyms.yaml` of which no word is known yet; gives how many. What staff have
    changed stays as they left it, and a second run adds nothing. Raises PackRefused."""
    file = pack / "synonyms.yaml"
    if not file.exists():
        return 0
    try:
        said = mapping_in(file)
    except (UnreadableFileError, OSError) as fault:
        raise PackRefused(str(fault)) from fault
    return sum(_load(file, language, groups) for language, groups in said.items())


def _load(file: Path, language: str, groups: Any) -> int:
    if not isinstance(groups, Sequence) or isinstance(groups, str):
        raise PackRefused(
            f"{file}: {language} must hold a list of groups, one [word, word] a line."
        )
    known = {
        normalized(word)
        for words in Synonyms.objects.filter(language=language).values_list("words", flat=True)
        for word in words
    }
    added = 0
    for group in groups:
        words = [str(word) for word in group] if not isinstance(group, Mapping | str) else []
        if known.intersection(normalized(word) for word in words):
            continue
        try:
            add_synonyms(words=words, language=language, actor="", division="", origin="pack")
        except Refused as fault:
            raise PackRefused(
                f"{file}: group {group!r} holds too {fault} words; write [word, word], two to twelve."
            ) from fault
        added += 1
    return added
