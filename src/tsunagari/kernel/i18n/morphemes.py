"""The words of a Japanese text, with their readings: Sudachi's core dictionary and the city's own words.

The dictionary (200 MB on the disk, mapped and shared by all processes) is opened at the first question.
A city's words stand in `cities/<pack>/words.yaml` and are compiled into the data folder when they changed;
that takes five seconds, once, in a process of its own: compiling reads the whole dictionary, half a gigabyte that
would stay with whoever asked first.
"""

import logging
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import sudachipy
from django.conf import settings
from sudachipy import errors

from tsunagari.kernel.i18n.kana import to_katakana
from tsunagari.kernel.i18n.mapping_file import UnreadableFileError, mapping_in

_LOG: Final = logging.getLogger("tsunagari.words")
_LONGEST: Final = 4000
"""Characters read at once: Sudachi takes 49,149 bytes, of the text as it was given and as it folds it."""
_BREAK: Final = re.compile(r"[\n。！？!?、,\s]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_PROPER_NOUN: Final = 4786
"""Sudachi's number for what may stand beside a proper noun."""
_COST: Final = 3000
"""Cheap enough that the whole word wins against its parts, also against 市役所 after 市."""


class Morpheme(NamedTuple):
    """One word as it stands in a text. A tuple, since a city's pages have tens of millions of them.

    `normalized` is one writing for all (引越 and 引っ越し are 引っ越し), `reading` is in katakana, "" where
    there is none; `part` is the part of speech, coarse to fine; `begin` and `end` count characters of the
    text; `parts` are the short words of a long one (粗大ごみ: 粗大, ごみ), () where it is short itself.
    """

    surface: str
    dictionary: str
    normalized: str
    reading: str
    part: tuple[str, ...]
    begin: int
    end: int
    parts: tuple["Morpheme", ...]


class CityWord(NamedTuple):
    """One of a city's own words: as it is written, its reading in katakana, the writing that stands for it,
    and the shorter words of which it consists (桜川市役所: 桜川, 市役所), () where it is short itself."""

    surface: str
    reading: str
    normalized: str
    parts: tuple[str, ...]


class WordsRefused(ValueError):
    """A words.yaml that cannot be used; the message is one sentence with the mend."""


def morphemes(text: str) -> list[Morpheme]:
    """The words of any text, signs and spaces among them, in its order and without gaps."""
    whole = _SURROGATES.sub("\ufffd", text)
    return [each for begin, end in _pieces(whole) for each in _read(whole[begin:end], begin)]


def reading(text: str) -> str:
    """A text as one says it, in katakana; what has no reading stays as it is written."""
    return "".join(to_katakana(each.reading or each.surface) for each in morphemes(text))


def city_words(pack: Path) -> tuple[CityWord, ...]:
    """The words that a city's pack names; () where it names none. Raises WordsRefused."""
    file = pack / "words.yaml"
    if not file.exists():
        return ()
    try:
        said = mapping_in(file)
    except (UnreadableFileError, OSError) as fault:
        raise WordsRefused(str(fault)) from fault
    return tuple(_city_word(file, each) for each in said.get("words") or ())


def _city_word(file: Path, said: Any) -> CityWord:
    row = said if isinstance(said, dict) else {"surface": said}
    surface, kana = str(row.get("surface") or ""), to_katakana(str(row.get("reading") or ""))
    if not surface or not kana:
        raise WordsRefused(
            f"{file}: {said!r} lacks surface or reading; write {{surface: 桜川市, reading: サクラガワシ}}."
        )
    parts = tuple(str(part) for part in row.get("parts") or ())
    if parts and "".join(parts) != surface:
        raise WordsRefused(f"{file}: the parts of {surface!r} do not make it up; write all of it.")
    word = CityWord(surface, kana, str(row.get("normalized") or surface), parts)
    if any(sign in held for held in word[:3] for sign in ',"\n\r'):
        raise WordsRefused(
            f"{file}: {surface!r} holds a comma, a quote or a line's end; leave it out."
        )
    return word


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut a long text: after the last pause before the limit."""
    begin = 0
    while begin < len(text):
        end = min(begin + _LONGEST, len(text))
        if end < len(text):
            pauses = [found.end() for found in _BREAK.finditer(text, begin + _LONGEST // 2, end)]
            end = pauses[-1] if pauses else end
        yield begin, end
        begin = end


def _read(piece: str, offset: int) -> list[Morpheme]:
    try:
        found = _tokenizer().tokenize(piece)
    except errors.SudachiError:
        middle = len(piece) // 2
        if not middle:
            return [Morpheme(piece, piece, piece, "", ("補助記号",), offset, offset + 1, ())]
        return [*_read(piece[:middle], offset), *_read(piece[middle:], offset + middle)]
    return [_morpheme(each, offset, whole=True) for each in found]


def _morpheme(each: sudachipy.Morpheme, offset: int, *, whole: bool) -> Morpheme:
    begin, end = each.begin(), each.end()
    parts: tuple[Morpheme, ...] = ()
    if whole and end - begin > 1:
        short = each.split(sudachipy.SplitMode.A, add_single=False)
        parts = tuple(_morpheme(part, offset, whole=False) for part in short)
        if each.dictionary_id() > 0:
            parts = _own_parts(each.surface(), begin + offset)
    return Morpheme(
        each.surface(),
        each.dictionary_form(),
        each.normalized_form(),
        each.reading_form(),
        each.part_of_speech(),
        begin + offset,
        end + offset,
        parts,
    )


def _own_parts(surface: str, begin: int) -> tuple[Morpheme, ...]:
    """The parts that the pack names for one of its words, each read on its own."""
    found: list[Morpheme] = []
    for part in _parts_by_word(Path(settings.CITY_PACK)).get(surface, ()):
        found += _read(part, begin)
        begin += len(part)
    return tuple(found)


@cache
def _parts_by_word(pack: Path) -> dict[str, tuple[str, ...]]:
    return {word.surface: word.parts for word in city_words(pack) if word.parts}


_TOKENIZERS: Final = threading.local()
_OPENING: Final = threading.Lock()


def _tokenizer() -> sudachipy.Tokenizer:
    """This thread's tokenizer for the city at hand: threads share the dictionary, never a tokenizer."""
    pack = Path(settings.CITY_PACK)
    if getattr(_TOKENIZERS, "pack", None) != pack:
        with _OPENING:
            dictionary = _dictionary(pack)
        _TOKENIZERS.made = dictionary.tokenizer(mode=sudachipy.SplitMode.C)
        _TOKENIZERS.pack = pack
    made: sudachipy.Tokenizer = _TOKENIZERS.made
    return made


@cache
def _dictionary(pack: Path) -> sudachipy.Dictionary:
    """Sudachi with the city's words; where these cannot be used, without them and with a warning."""
    try:
        own = compiled_words(pack, Path(settings.DATA) / "words")
        if own is not None:
            return sudachipy.Dictionary(config=sudachipy.Config(system="core", user=[str(own)]))
    except (
        WordsRefused,
        OSError,
        errors.SudachiError,
        subprocess.SubprocessError,
        RuntimeError,
    ) as fault:
        sentence = str(
            fault
        )  # a log shows the kind of a fault only; this one names a file of the pack
        _LOG.warning("The city's own words are not used: %s", sentence)
    return sudachipy.Dictionary(dict="core")


def compiled_words(pack: Path, folder: Path) -> Path | None:
    """The dictionary made of a pack's words, None where it has none. Its name tells what it was made of,
    and it appears whole: several processes that start together may each make it. Raises WordsRefused,
    OSError, SubprocessError."""
    words = city_words(pack)
    if not words:
        return None
    source = "".join(f"{_row(word)}\n" for word in dict.fromkeys(words))
    made_of = sha256(f"{sudachipy.__version__} {_system().stat().st_size} {source}".encode())
    target = folder / f"{made_of.hexdigest()[:16]}.dic"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _compile(source, target)
    return target


def _row(word: CityWord) -> str:
    """One line of Sudachi's source: what is looked for, costs, what is shown, what it is."""
    key = word.surface.lower()
    place = "名詞,固有名詞,一般,*,*,*"
    return f"{key},{_PROPER_NOUN},{_PROPER_NOUN},{_COST},{word.surface},{place},{word.reading},{word.normalized},*,*,*,*,*"


def _compile(source: str, target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as draft:
        rows, made = Path(draft) / "words.csv", Path(draft) / "words.dic"
        rows.write_text(source, encoding="utf-8")
        _build(rows, made)
        made.replace(target)
    for stale in target.parent.glob("*.dic"):
        if stale != target:
            stale.unlink(missing_ok=True)


def _build(rows: Path, made: Path) -> None:
    """By Sudachi's own command."""
    command = [sys.executable, "-m", "sudachipy.command_line", "ubuild"]
    subprocess.run(  # noqa: S603 - our own interpreter and files
        [*command, "-s", str(_system()), "-o", str(made), str(rows)],
        check=True,
        capture_output=True,
    )


def _system() -> Path:
    import sudachidict_core  # noqa: PLC0415 - 200 MB beside it: asked for only where words are compiled

    return Path(os.fspath(sudachidict_core.__file__)).parent / "resources" / "system.dic"
