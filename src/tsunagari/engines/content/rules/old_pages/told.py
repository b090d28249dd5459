"""What was noted and found on an old page, as data that a table keeps and a report tells again."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from tsunagari.engines.content.rules.pasted.blocks import Note
from tsunagari.engines.content.rules.pieces import Fault
from tsunagari.engines.content.rules.sentences import Sentence, say
from tsunagari.kernel.i18n.texts import N_

EMPTY: Final = N_("本文が見つかりません（フレームだけのページなど）。ページを作りませんでした。")
NO_FILE: Final = N_("ファイルが手元にないため、持ってこられませんでした：%(name)s")
FILE_REFUSED: Final = N_("ファイル「%(name)s」は登録できません。%(why)s")
LEADS_ELSEWHERE: Final = N_("古いアドレスは、別のページへ導いています：%(address)s")
NO_WAY: Final = N_("このアドレスからは導けません（?のあるアドレスなど）：%(address)s")

MOST_FAULTS: Final = 200
"""Faults of one page that are kept."""


def kept(sentence: Sentence) -> dict[str, Any]:
    """A sentence as data."""
    return {"words": sentence.words, "values": dict(sentence.values)}


def note(words: str, **values: str | int) -> dict[str, Any]:
    """A sentence of this module as data."""
    return kept(say(words, **values))


def kept_notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    """What the cleaner noted."""
    return [kept(each.said) for each in notes]


def kept_faults(faults: Iterable[Fault], places: Mapping[str, str]) -> list[dict[str, Any]]:
    """Faults; `places` says in words where a block stands."""
    return [
        {
            "rule": each.rule,
            "level": each.level,
            "place": places.get(each.place.part, ""),
            "found": each.found[:200],
            **kept(each.said),
        }
        for each in list(faults)[:MOST_FAULTS]
    ]


def told(data: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    """A kept sentence in words."""
    values = tuple(data.get("values", {}).items())
    return Sentence(words=data["words"], values=values).told(translate)
