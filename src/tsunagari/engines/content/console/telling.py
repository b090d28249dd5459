"""Faults as the editor's script reads them. Offsets count in UTF-16 units, as a browser counts letters."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from tsunagari.engines.content.rules.passages import passages_of
from tsunagari.engines.content.rules.pieces import Fault, Piece, Place


def told(faults: Sequence[Fault], pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """One row for each fault, in reading order."""
    texts = {passage.place: passage.text for piece in pieces for passage in passages_of(piece)}
    return [
        _row(fault, number, texts.get(fault.place.whole, "")) for number, fault in enumerate(faults)
    ]


def _row(fault: Fault, number: int, text: str) -> dict[str, Any]:
    place = fault.place
    return {
        "key": key_of(fault, number),
        "level": fault.level,
        "said": fault.said.told(gettext),
        "why": fault.why.told(gettext),
        "part": place.part,
        "field": place.field,
        "start": units(text, place.start),
        "end": units(text, place.end),
        "letters": text[place.start : place.end],
        "mends": [mend.said.told(gettext) for mend in fault.mends],
    }


def key_of(fault: Fault, number: int) -> str:
    """The name of a fault among those of one check; a mend is asked for by it."""
    return f"{number}:{fault.rule}:{_words(fault.place)}"


def _words(place: Place) -> str:
    return f"{place.part}:{place.field}:{place.start}:{place.end}"


def units(text: str, letters: int) -> int:
    """How many UTF-16 units the first letters of a text have."""
    return len(text[:letters].encode("utf-16-le", "surrogatepass")) // 2


def counted(faults: Sequence[Fault]) -> dict[str, Any]:
    """How many there are by weight, and the sentence that says it."""
    stops = sum(fault.level == "A" for fault in faults)
    rest = len(faults) - stops
    if not faults:
        said = gettext("直すところは見つかりませんでした")
    elif not stops:
        said = gettext("直したほうがよい %(rest)s") % {"rest": rest}
    elif not rest:
        said = gettext("公開できない問題 %(stops)s") % {"stops": stops}
    else:
        said = gettext("公開できない問題 %(stops)s、直したほうがよい %(rest)s") % {
            "stops": stops,
            "rest": rest,
        }
    return {"stops": stops, "rest": rest, "said": said}
