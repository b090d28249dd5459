"""A cell of a plan's workbook: what stands in it as people write it, and as it is kept."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Final

from django.utils.translation import gettext

from tsunagari.engines.plan.rules.editable import Editable, as_text
from tsunagari.engines.plan.rules.measure_sheet import OTHERS
from tsunagari.engines.plan.rules.plan_book import Called
from tsunagari.engines.plan.rules.text_faults import tidy
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import parse_day, parse_fiscal_year
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import header_key, ways_to_say
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.i18n.widths import narrow_signs, parse_number
from tsunagari.kernel.i18n.workbook import Oddity, Value

YES: Final = N_("はい")
SEPARATOR: Final = "、"
_SPLIT: Final = re.compile(r"[、,，\n]")
_TRUE: Final = frozenset(("yes", "true", "1", "○", "◯", "〇", "有", "有り", "あり"))
_FALSE: Final = frozenset(
    ("", "no", "false", "0", "×", "✕", "-", "－", "ー", "無", "無し", "なし", "いいえ")
)
_WITHIN: Final = re.compile(r"(.*)[（(](.*)[）)]")
_NONE: Final = Called(words={})


class CellRefused(ValueError):
    """A cell that cannot be read; its message is a sentence in the reader's language."""


def kept(
    field: Editable, language: str, shown: str, *, odd: Oddity | None, called: Called | None
) -> str:
    """The text that is kept for what a cell shows. Raises CellRefused, or the refusals of figures and years
    (ValueError too), with a sentence; what the text may hold beyond that is for text_faults.py."""
    if odd == "error":
        raise CellRefused(
            gettext("「%(value)s」になっています。値を直してください。") % {"value": shown}
        )
    if odd == "uncounted":
        raise CellRefused(
            gettext("計算式の結果が入っていません。Excelで開いて保存し直すか、値を入れてください。")
        )
    if odd == "date" and field.kind in ("code", "slug", "whole", "figure"):
        raise CellRefused(
            gettext(
                "日付（%(value)s）になっています。セルの書式を「文字列」にして、7-1 のように打ち直してください。"
            )
            % {"value": shown}
        )
    if language != "ja":
        return tidy(shown, field.kind)
    return _KEPT.get(field.kind, _plain)(field, shown, called or _NONE)


def _plain(field: Editable, shown: str, _called: Called) -> str:
    return tidy(shown, field.kind)


def _sign(_field: Editable, shown: str, _called: Called) -> str:
    return narrow_signs(shown).strip()


def _number(_field: Editable, shown: str, _called: Called) -> str:
    return as_text(parse_number(shown))


def _year(_field: Editable, shown: str, _called: Called) -> str:
    if not shown:
        return ""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", shown):  # what Excel made of 2024/4/1
        return str(FiscalYear.of(parse_day(shown)).year)
    return str(parse_fiscal_year(shown).year)


def _truth(_field: Editable, shown: str, _called: Called) -> str:
    text = header_key(shown)
    if text in _FALSE:
        return ""
    if text in _TRUE or text in ways_to_say(YES):
        return "1"
    raise CellRefused(
        gettext("「%(value)s」は読めません。「はい」と書くか、空にしてください。")
        % {"value": shown[:40]}
    )


def _choice(field: Editable, shown: str, _called: Called) -> str:
    if not shown:
        return ""
    wanted = header_key(shown)
    choices = field.choices or {}
    for code, words in choices.items():
        if wanted == header_key(code) or wanted in _ways_to_say(words):
            return code
    raise CellRefused(_not_offered(shown, (said(words) for words in choices.values())))


def _code(_field: Editable, shown: str, called: Called) -> str:
    return _meant(shown, called) if shown else ""


def _codes(_field: Editable, shown: str, called: Called) -> str:
    listed = [each.strip() for each in _SPLIT.split(shown)]
    return ",".join(_meant(each, called) for each in listed if each and not is_others(each))


def is_others(word: str) -> bool:
    """Whether a word among the divisions is 関係各課, which is no division."""
    return header_key(word) in ways_to_say(OTHERS)


def names_others(shown: str) -> bool:
    """Whether 関係各課 stands among the divisions of a cell."""
    return any(is_others(each) for each in _SPLIT.split(shown))


def _meant(word: str, called: Called) -> str:
    key = header_key(word)
    codes = {code: code for code in called.words}
    for known in (codes, {words: code for code, words in called.words.items()}, called.also):
        found = {header_key(said): code for said, code in known.items()}.get(key)
        if found is not None:
            return found
    raise CellRefused(_not_offered(word, called.words.values()))


def _not_offered(shown: str, offered: Iterable[str]) -> str:
    listed = list(offered)
    few = SEPARATOR.join(listed[:8]) + (gettext("など") if len(listed) > 8 else "")
    return gettext("「%(value)s」は選べません。選べるのは %(offered)s です。") % {
        "value": shown[:40],
        "offered": few or gettext("（まだ何もありません）"),
    }


_KEPT: Final[dict[str, Callable[[Editable, str, Called], str]]] = {
    "code": _sign,
    "slug": _sign,
    "whole": _number,
    "figure": _number,
    "year": _year,
    "truth": _truth,
    "choice": _choice,
    "ref": _code,
    "codes": _codes,
}


def shown(field: Editable, language: str, text: str, *, called: Called | None) -> Value:
    """What a cell shows for a kept text: words for codes, figures as figures, an empty cell for nothing."""
    if not text:
        return None
    if language == "ja" and field.kind in ("whole", "year"):
        return int(text)
    if language == "ja" and field.kind == "figure":
        return Decimal(text)
    if field.kind == "truth":
        return said(YES)
    if field.kind == "choice":
        return said((field.choices or {}).get(text, text))
    if field.kind in ("ref", "codes"):
        return SEPARATOR.join(_word(each, called or _NONE) for each in text.split(","))
    return text


def _word(code: str, called: Called) -> str:
    """The word for a code, if it means that code alone and is read back as one word."""
    for word in (called.then.get(code), called.words.get(code)):
        if word and _read_back(word, called) == code:
            return word
    return code


def _read_back(word: str, called: Called) -> str:
    if _SPLIT.search(word) or is_others(word):
        return ""
    try:
        return _meant(word, called)
    except CellRefused:
        return ""


@cache
def _ways_to_say(words: str) -> frozenset[str]:
    """The words of a choice in every language, and what stands before and in their brackets:
    単年度 of 「年度の間に起きた数を足す（単年度）」."""
    whole = ways_to_say(words)
    parts = [part for each in whole for part in _parts(each)]
    return frozenset((*whole, *parts))


def _parts(words: str) -> tuple[str, ...]:
    found = _WITHIN.fullmatch(words)
    return tuple(part for part in found.groups() if part) if found else ()
