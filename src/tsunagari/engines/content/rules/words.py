"""Lines of the city's dictionary: what can stand there, and how a pack and a workbook write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tsunagari.kernel.i18n.mapping_file import UnreadableFileError, mapping_in
from tsunagari.kernel.i18n.texts import N_

LONGEST: Final = 100
LONGEST_REASON: Final = 200
LANGUAGES: Final = ("ja", "easy", "en")


@dataclass(frozen=True, kw_only=True)
class WordLine:
    """A word that the city does not write, what it writes instead ("" where that depends), and why."""

    wrong: str
    right: str = ""
    reason: str = ""
    language: str = "ja"


def word_fault(line: WordLine, others: Mapping[str, str]) -> str:
    """Why a line cannot stand beside the others (wrong to right) of its language; a marked sentence, "" if it can."""
    if not line.wrong:
        return N_("使わない言葉を書いてください。")
    if len(line.wrong) > LONGEST or len(line.right) > LONGEST or len(line.reason) > LONGEST_REASON:
        return N_("言葉は100字まで、理由は200字までで書いてください。")
    if line.language not in LANGUAGES:
        return N_("ことばは ja・easy・en のどれかを書いてください。")
    if line.wrong == line.right:
        return N_("使わない言葉と、かわりに書く言葉が同じです。")
    if not line.right and not line.reason:
        return N_("かわりに書く言葉か、理由を書いてください。")
    if line.wrong in others:
        return N_("この言葉は、もう表にあります。前の行を直してください。")
    if line.right and _leads_round(line, others):
        return N_(
            "かわりに書く言葉が、表でまた別の言葉に直され、もとに戻ります。どちらかを変えてください。"
        )
    return ""


def _leads_round(line: WordLine, others: Mapping[str, str]) -> bool:
    known = {**others, line.wrong: line.right}
    text = line.right
    for _ in range(len(known)):
        following = next(
            (
                text.replace(wrong, right)
                for wrong, right in known.items()
                if right and wrong in text and wrong not in right
            ),
            text,
        )
        if following == text:
            return False
        text = following
        if line.wrong in text and line.wrong not in line.right:
            return True
    return True


@cache
def words_of_pack(pack: Path) -> tuple[WordLine, ...]:
    """The words with which a city begins (`replace_words.yaml`); () where its pack has none.

    Raises UnreadableFileError with the file, the word and the mend.
    """
    file = pack / "replace_words.yaml"
    if not file.exists():
        return ()
    lines: list[WordLine] = []
    known: dict[tuple[str, str], str] = {}
    for said in mapping_in(file).get("words") or ():
        line = WordLine(**{name: str(value) for name, value in dict(said).items()})
        others = {wrong: right for (lang, wrong), right in known.items() if lang == line.language}
        if fault := word_fault(line, others):
            raise UnreadableFileError(f"{file}: {line.wrong!r}: {fault}")
        known[line.language, line.wrong] = line.right
        lines.append(line)
    return tuple(lines)
