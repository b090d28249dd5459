"""What keeps a thing of the plan from being saved as it was typed: each fault beside its field, in words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from tsunagari.engines.plan.rules.editable import Editable, Sheet, english, parts_of
from tsunagari.engines.plan.rules.plan_file import RESERVED_NUMBERS

_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,11}")
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_RESERVED: Final = (
    "measures",
    "compare",
    "drivers",
    "assets",
    "evidence",
    "around",
    "add",
    "new",
    "load",
)
_WHOLE: Final = re.compile(r"[0-9]{1,15}")
_FIGURE: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,4})?")
_YEARS: Final = range(1989, 2100)
Fault = tuple[str, str]
"""A key ("name", "name.en", or "" for the whole thing) and the sentence."""


class Refused(ValueError):
    """Nothing was changed; `faults` says why, by thing (its public id, "" for a new one) and key."""

    def __init__(self, faults: Mapping[str, list[Fault]]) -> None:
        self.faults = faults
        super().__init__(" ".join(text for each in faults.values() for _key, text in each))


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The plan's years within which stages and promises lie; None for things outside of plans."""

    first_year: int
    last_year: int


def tidy(text: str, kind: str) -> str:
    """A text as it is kept: lines end one way, nothing empty stands around it, digits are narrow."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if kind == "line":
        return " ".join(text.split("\n"))
    if kind in ("whole", "year", "figure", "day", "code"):
        text = text.translate(_NARROW)
        return text.replace(",", "") if kind in ("whole", "figure") else text
    return text


_SIGNS: Final[dict[int | str, str]] = {"．": ".", "，": ",", "－": "-", "−": "-"}
_NARROW: Final = str.maketrans(_SIGNS | {0xFF10 + digit: str(digit) for digit in range(10)})


def faults_of(
    sheet: Sheet, texts: Mapping[str, str], *, bounds: Bounds | None = None
) -> list[Fault]:
    """Everything that is wrong with a thing that would read so; `texts` holds every key of the sheet."""
    faults = [
        (key, said) for key in sheet.keys for said in [_fault(sheet, key, texts[key])] if said
    ]
    if not faults:
        faults += _TOGETHER.get(sheet.kind, _nothing)(texts, bounds)
    return faults


def _fault(sheet: Sheet, key: str, text: str) -> str:
    name, language = parts_of(key)
    field = sheet.by_name[name]
    title = _(field.title)
    if field.needed and not text and language == "ja":
        return (
            _("%(title)sを選んでください。") % {"title": title}
            if field.kind in ("choice", "ref")
            else _("%(title)sを入力してください。") % {"title": title}
        )
    strange = _strange(text, lines=field.kind == "text")
    if strange:
        return strange
    if field.kind != "scale" and len(text) > field.longest and field.kind not in ("codes", "ties"):
        return _("%(title)sは%(most)d文字までにしてください（いま%(now)d文字）。") % {
            "title": title,
            "most": field.longest,
            "now": len(text),
        }
    return _shape(field, title, text) if text else ""


def _strange(text: str, *, lines: bool) -> str:
    """Control letters and halves of letters, which no database keeps."""
    for letter in text:
        if (letter == "\n" and lines) or (letter == "\t" and lines):
            continue
        if letter == "\n":
            return _("改行は使えません。1行で入力してください。")
        if ord(letter) < 32 or 127 <= ord(letter) < 160 or "\ud800" <= letter <= "\udfff":
            return _(
                "目に見えない特殊な文字（制御文字）が入っています。その部分を消して、打ち直してください。"
            )
    return ""


def _shape(field: Editable, title: str, text: str) -> str:
    said = {"title": title}
    if field.kind == "choice" and text not in (field.choices or {}):
        return _("%(title)sを選び直してください。") % said
    if field.kind == "code" and not _NUMBER.fullmatch(text):
        return (
            _("%(title)sは、半角の英数字とハイフンで12文字までにしてください（例：7-1）。") % said
        )
    if field.name == "number" and text in RESERVED_NUMBERS:
        return _("「%(text)s」は、ページの住所に使う言葉です。ほかの番号にしてください。") % {
            "text": text
        }
    if field.kind == "slug" and (not _SLUG.fullmatch(text) or text in _RESERVED):
        return (
            _("%(title)sは、半角の英小文字・数字・ハイフンで入力してください（例：plan-2029）。")
            % said
        )
    if field.kind == "whole" and not _WHOLE.fullmatch(text):
        return _("%(title)sは、0以上の整数で入力してください（例：100）。") % said
    if field.kind == "figure" and not _figure(text):
        return _("%(title)sは、数字で入力してください（例：26.6）。小数は4桁までです。") % said
    if field.kind == "year" and not (_WHOLE.fullmatch(text) and int(text) in _YEARS):
        return _("%(title)sは、西暦4桁の年度で入力してください（例：2026）。") % said
    if field.kind == "day" and not _day(text):
        return _("%(title)sは、2013-05-31 のように入力してください。") % said
    if field.kind == "address" and not _address(text):
        return _("%(title)sは、https:// から始まる住所を入力してください。") % said
    return ""


def _figure(text: str) -> Decimal | None:
    if not _FIGURE.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text


def _nothing(_texts: Mapping[str, str], _bounds: Bounds | None) -> Iterator[Fault]:
    yield from ()


def _measure(texts: Mapping[str, str], bounds: Bounds | None) -> Iterator[Fault]:
    yield from _years(texts, bounds)
    if texts["kind"] == "elsewhere" and not texts["managed_in"]:
        yield (
            "managed_in",
            _("別の計画で管理する取組です。管理している計画の名前を入力してください。"),
        )
    if not texts["divisions"] and not texts["and_others"]:
        yield "divisions", _("課を一つ以上選ぶか、「関係各課」に印を付けてください。")


def _years(texts: Mapping[str, str], bounds: Bounds | None) -> Iterator[Fault]:
    """The years of a measure that does not run through its whole plan."""
    begins, ends = texts["from_year"], texts["until_year"]
    for key, year in (("from_year", begins), ("until_year", ends)):
        if year and bounds and not bounds.first_year <= int(year) <= bounds.last_year:
            yield key, _("計画の期間の中の年度を入力してください。")
    if begins and ends and int(begins) > int(ends):
        yield "until_year", _("終わる年度を、はじまる年度より前にはできません。")
    if ends and not texts["until_reason"]:
        yield "until_reason", _("終わる理由を入力してください。市民に公表します。")


def _stage(texts: Mapping[str, str], bounds: Bounds | None) -> Iterator[Fault]:
    for key in ("column", "first_year", "last_year"):
        if texts[key] and bounds and not bounds.first_year <= int(texts[key]) <= bounds.last_year:
            yield (
                key,
                _("計画の期間（%(first)d年度から%(last)d年度）の中の年度を入力してください。")
                % {"first": bounds.first_year, "last": bounds.last_year},
            )
            return
    column = int(texts["column"])
    if int(texts["first_year"] or column) > column:
        yield "first_year", _("はじめの年度を、資料で言葉がある年度より後にはできません。")
    if int(texts["last_year"] or column) < column:
        yield "last_year", _("終わりの年度を、資料で言葉がある年度より前にはできません。")


def _indicator(texts: Mapping[str, str], bounds: Bounds | None) -> Iterator[Fault]:
    low, high = _figure(texts["low"]), _figure(texts["high"])
    if texts["direction"] == "range" and (low is None or high is None):
        yield (
            "low" if low is None else "high",
            _("幅に収める指標です。幅の両端を入力してください。"),
        )
    if low is not None and high is not None and low >= high:
        yield "high", _("幅の上の端は、下の端より大きい数にしてください。")
    if not texts["unit"] and not texts["to_set_year"] and not texts["target_open"]:
        yield (
            "unit",
            _("単位を入力してください。まだ決まっていない指標なら、決める年度を入力します。"),
        )
    if int(texts["digits"]) > 4:
        yield "digits", _("小数点より下の桁数は、4桁までです。")
    if not 1 <= int(texts["factor"]) <= 10_000:
        yield "factor", _("割合に掛ける数は、1から10000までです。％なら100です。")
    elif texts["accumulate"] != "ratio" and texts["factor"] != "1":
        yield "factor", _("割合でない指標では、1にしてください。")
    year = texts["to_set_year"]
    if year and bounds and not bounds.first_year <= int(year) <= bounds.last_year:
        yield "to_set_year", _("計画の期間の中の年度を入力してください。")


def _driver(texts: Mapping[str, str], _bounds: Bounds | None) -> Iterator[Fault]:
    if texts["issued_on"] and texts["issued_year"]:
        yield "issued_year", _("日が分かるときは、年度を空にしてください。")


def _plan(texts: Mapping[str, str], _bounds: Bounds | None) -> Iterator[Fault]:
    if "first_year" in texts and int(texts["first_year"]) > int(texts["last_year"]):
        yield "last_year", _("終わりの年度を、はじめの年度より前にはできません。")


def _action_plan(texts: Mapping[str, str], bounds: Bounds | None) -> Iterator[Fault]:
    year = texts.get("fiscal_year")
    if year and bounds and not bounds.first_year <= int(year) <= bounds.last_year:
        yield "fiscal_year", _("計画の期間の中の年度を入力してください。")


_TOGETHER: Final = {
    "plan": _plan,
    "action_plan": _action_plan,
    "measure": _measure,
    "stage": _stage,
    "indicator": _indicator,
    "driver": _driver,
}

__all__ = ["Bounds", "Fault", "Refused", "english", "faults_of", "tidy"]
