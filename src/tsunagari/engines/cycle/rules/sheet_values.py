"""What a workbook's cell shows, as it is kept: the same form for what was written into the file and what came back."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from tsunagari.engines.cycle.rules.fields import NAMED, Field
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.cycle.rules.typed import FieldRefused, text_of, tidy, value_of
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import header_key, ways_to_say
from tsunagari.kernel.i18n.widths import NumberRefused, parse_number

ACTUAL_PARTS: Final = ("value", "numerator", "denominator", "source", "reason")
"""The cells of an indicator's result: "<indicator's public id>.value" …"""

_IN_WORDS: Final = frozenset({"source", "reason"})
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no workbook holds. Excel writes a carriage return in words."""
_RETURN: Final = "_x000D_"


def actual_key(indicator: str, part: str) -> str:
    """The key of a cell of an indicator's result."""
    return f"{indicator}.{part}"


def actual_of(key: str) -> tuple[str, str] | None:
    """Indicator and part of such a key; None for any other."""
    indicator, dot, part = key.rpartition(".")
    return (indicator, part) if dot and part in ACTUAL_PARTS else None


def writable(text: str) -> str:
    """A text without what a workbook cannot hold."""
    return _UNWRITABLE.sub("", text.replace(_RETURN, "").replace("\r\n", "\n").replace("\r", "\n"))


def as_kept(key: str, shown: str) -> str:
    """What a cell shows, in the form in which fields' texts travel. What cannot be read comes back as it
    is: whoever writes it will be told why not."""
    shown = writable(shown)
    field = NAMED.by_name.get(key)
    if field is None:
        return _figure_or_words(key, shown)
    if field.kind == "choice":
        return _code(shown, field.choices or {})
    if field.kind in ("yen", "staff"):
        return _read(shown, field)
    return tidy(shown, field)


def seen_print(key: str, standing: str) -> str:
    """The print that a file bears of what stands in a field when it is written."""
    return print_of(as_kept(key, standing))


def shown_as(key: str, standing: str) -> str:
    """What a cell or a preview shows of a field's text: the words of a choice, figures as they are."""
    field = NAMED.by_name.get(key)
    if field is None or field.kind != "choice":
        return as_kept(key, standing)
    words = (field.choices or {}).get(standing)
    return said(words) if words else standing


def _figure_or_words(key: str, shown: str) -> str:
    actual = actual_of(key)
    if actual and actual[1] in _IN_WORDS:
        return " ".join(shown.split())
    try:
        return plain_figure(parse_number(shown))
    except NumberRefused:
        return shown.strip()


def plain_figure(figure: Decimal | None) -> str:
    """A figure as it travels, "" for none. Nothing below zero is nothing: -0 is 0."""
    return text_of(figure + 0 if figure is not None else None)


def _read(shown: str, field: Field) -> str:
    try:
        return text_of(value_of(shown, field))
    except FieldRefused:
        return shown.strip()


def _code(shown: str, choices: Mapping[str, str]) -> str:
    wanted = header_key(shown)
    for code, words in choices.items():
        if wanted == header_key(code) or wanted in ways_to_say(words):
            return code
    return shown.strip()
