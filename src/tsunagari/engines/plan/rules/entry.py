"""Reads a figure that another system sends, and says in a sentence why one cannot be taken in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, NoReturn

from django.utils.translation import gettext as _

from tsunagari.engines.plan.rules.targets import rounded
from tsunagari.kernel.i18n.days import FiscalYear

KEYS: Final = (
    "year",
    "month",
    "value",
    "numerator",
    "denominator",
    "status",
    "source",
    "reason",
    "supersedes",
)
TEXT: Final = 300
"""Letters of the longest source or reason."""

PLACES: Final = 4
LARGEST: Final = Decimal(10) ** 15
"""A figure has at most 15 digits before the point and PLACES after it."""

WRITTEN: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
LONGEST_NUMBER: Final = 40
"""Letters of the longest number that is read at all."""

State = Literal["provisional", "final", "revised"]
STATES: Final[tuple[State, ...]] = ("provisional", "final", "revised")


class EntryRefused(ValueError):
    """The figure was not taken in; its text says why, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A figure of a fiscal year, or of one month (1 to 12) of it.

    A ratio comes as `numerator` and `denominator`, anything else as `value`. `supersedes` is the public
    id of the figure that the sender saw standing, "" where it does not say.
    """

    year: int
    month: int | None
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    status: State
    source: str
    reason: str
    supersedes: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a figure is to stand: the plan's years, today in Japan, what the indicator adds up, and how many
    places after the point it has."""

    first_year: int
    last_year: int
    today: date
    accumulate: str
    factor: int
    digits: int


def entry_in(data: bytes) -> Entry:
    """The figure in a JSON message; EntryRefused for anything that is not one."""
    told = _object(data)
    unknown = sorted(set(told) - set(KEYS))
    if unknown:
        _refuse(
            _("「%(key)s」という項目はありません。使えるのは %(keys)s です。")
            % {"key": unknown[0][:40], "keys": ", ".join(KEYS)}
        )
    return Entry(
        year=_year(told),
        month=_month(told),
        value=_figure(told, "value"),
        numerator=_figure(told, "numerator"),
        denominator=_figure(told, "denominator"),
        status=_status(told),
        source=_text(told, "source", needed=True),
        reason=_text(told, "reason"),
        supersedes=_text(told, "supersedes"),
    )


def figure_of(entry: Entry, place: Place) -> Decimal:
    """The figure that an entry gives, in the indicator's unit; EntryRefused where it does not fit there."""
    _check_time(entry, place)
    if place.accumulate == "ratio":
        return _quotient(entry, place.factor)
    if entry.numerator is not None or entry.denominator is not None:
        _refuse(
            _("この指標は割合ではありません。分子と分母ではなく、value に数値を入れてください。")
        )
    if entry.value is None:
        _refuse(
            _("value に数値を入れてください。わからない数値は、0ではなく、送らないでください。")
        )
    if entry.value < 0 and place.accumulate in ("flow", "stock"):
        _refuse(_("value が0より小さくなっています。件数や人数は0以上で入れてください。"))
    if entry.value != rounded(entry.value, place.digits):
        _refuse(
            _(
                "この指標の数値は、小数点より下%(digits)d桁までです。四捨五入してから送ってください。"
            )
            % {"digits": place.digits}
            if place.digits
            else _("この指標は小数を使いません。整数で送ってください。")
        )
    return entry.value


def _quotient(entry: Entry, factor: int) -> Decimal:
    if entry.numerator is None or entry.denominator is None:
        _refuse(
            _("この指標は割合です。numerator（分子）と denominator（分母）の両方を入れてください。")
        )
    if entry.denominator == 0:
        _refuse(
            _(
                "denominator（分母）が0のため、割合を計算できません。対象がない期間は送らないでください。"
            )
        )
    if entry.numerator < 0 or entry.denominator < 0:
        _refuse(_("numerator（分子）と denominator（分母）は0以上で入れてください。"))
    follows = rounded(entry.numerator / entry.denominator * factor, PLACES)
    if follows >= LARGEST:
        _refuse(
            _("割合が大きすぎます。numerator（分子）と denominator（分母）を確かめてください。")
        )
    if entry.value is not None and abs(entry.value - follows) > Decimal("0.1"):
        _refuse(
            _(
                "value の %(value)s は、分子と分母から計算した %(follows)s と合いません。value は省けます。"
            )
            % {"value": f"{entry.value:f}", "follows": f"{follows.normalize():f}"}
        )
    return follows


def _check_time(entry: Entry, place: Place) -> None:
    if not place.first_year <= entry.year <= place.last_year:
        _refuse(
            _("この計画の年度は%(first)sから%(last)sまでです。year を確かめてください。")
            % {"first": place.first_year, "last": place.last_year}
        )
    running = FiscalYear.of(place.today)
    if entry.year > running.year:
        _refuse(_("まだ始まっていない年度です。year を確かめてください。"))
    if entry.month is not None:
        _check_month(entry, entry.month, place)
    elif entry.year == running.year:
        _check_running(entry, place)


def _check_month(entry: Entry, month: int, place: Place) -> None:
    begins = date(entry.year + (month < 4), month, 1)
    if begins > place.today:
        _refuse(_("まだ来ていない月です。year（年度）と month を確かめてください。"))
    same = (begins.year, begins.month) == (place.today.year, place.today.month)
    if same and entry.status != "provisional":
        _refuse(_("まだ終わっていない月の数値は、status を provisional にしてください。"))


def _check_running(entry: Entry, place: Place) -> None:
    if place.accumulate in ("flow", "ratio"):
        _refuse(_("この年度はまだ終わっていません。month を付けて、月ごとの数値を送ってください。"))
    if entry.status != "provisional":
        _refuse(_("まだ終わっていない年度の数値は、status を provisional にしてください。"))


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(
            data,
            parse_float=_number,
            parse_int=_number,
            parse_constant=lambda name: name,
            object_pairs_hook=_told_once,
        )
    except EntryRefused:
        raise
    except (ValueError, RecursionError) as fault:
        raise EntryRefused(
            _("JSONとして読めません。UTF-8のJSONのオブジェクトを一つ送ってください。")
        ) from fault
    if not isinstance(told, dict):
        _refuse(_("JSONとして読めません。UTF-8のJSONのオブジェクトを一つ送ってください。"))
    return told


def _told_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which each item is told once: of two figures under one name nobody knows which is meant."""
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _told in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        _refuse(_("「%(key)s」が2回書かれています。1回だけ書いてください。") % {"key": twice[:40]})
    return told


def _number(text: str) -> Decimal | str:
    """An exact figure; one that is out of reach stays a text, to be refused where it stands."""
    try:
        return text if len(text) > LONGEST_NUMBER else Decimal(text)
    except InvalidOperation:
        return text


def _year(told: Mapping[str, Any]) -> int:
    year = _whole(told.get("year"))
    if year is None:
        _refuse(_("year に年度を西暦の4桁で入れてください（例：2025）。"))
    return year


def _month(told: Mapping[str, Any]) -> int | None:
    if told.get("month") is None:
        return None
    month = _whole(told["month"])
    if month is None or not 1 <= month <= 12:
        _refuse(_("month は1から12までの数で入れてください。年度の数値なら省いてください。"))
    return month


def _whole(told: object) -> int | None:
    if not isinstance(told, Decimal) or not 0 <= told < 10_000 or told != int(told):
        return None
    return int(told)


def _figure(told: Mapping[str, Any], name: str) -> Decimal | None:
    given = told.get(name)
    if given is None:
        return None
    figure = _decimal(given)
    if figure is None:
        _refuse(
            _(
                "%(name)s が数値ではありません。半角の数字で、桁区切りを付けずに入れてください（例：1234 や 26.6）。"
            )
            % {"name": name}
        )
    if abs(figure) >= LARGEST or figure != rounded(figure, PLACES):
        _refuse(
            _("%(name)s の桁が多すぎます。整数は15桁まで、小数は4桁までです。") % {"name": name}
        )
    return figure


def _decimal(given: object) -> Decimal | None:
    """A figure from a number or a text of ASCII digits; what is out of reach counts as too large."""
    if isinstance(given, str):
        if not WRITTEN.fullmatch(given):
            return None
        given = _number(given)
        if isinstance(given, str):
            return LARGEST
    return _within_reach(given) if isinstance(given, Decimal) else None


def _within_reach(figure: Decimal) -> Decimal:
    if figure == 0:
        return Decimal(0)
    if figure.adjusted() >= 15:
        return LARGEST
    return LARGEST if int(figure.as_tuple().exponent) < -LONGEST_NUMBER else figure


def _status(told: Mapping[str, Any]) -> State:
    given = told.get("status", "final")
    known: dict[object, State] = {state: state for state in STATES}
    if not isinstance(given, str) or given not in known:
        _refuse(_("status は %(states)s のどれかにしてください。") % {"states": ", ".join(STATES)})
    return known[given]


def _text(told: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    given = told.get(name)
    given = "" if given is None else given
    if not isinstance(given, str) or any(_strange(letter) for letter in given):
        _refuse(_("%(name)s は1行の文字で入れてください。") % {"name": name})
    if len(given) > TEXT:
        _refuse(_("%(name)s は%(most)s文字までです。") % {"name": name, "most": TEXT})
    if needed and not given.strip():
        _refuse(
            _("%(name)s に、数値の出どころを書いてください（例：住民記録システムの月次集計）。")
            % {"name": name}
        )
    return given.strip()


def _strange(letter: str) -> bool:
    """Control letters and halves of letters, which no database keeps."""
    return ord(letter) < 32 or 127 <= ord(letter) < 160 or "\ud800" <= letter <= "\udfff"


def _refuse(sentence: str) -> NoReturn:
    raise EntryRefused(sentence)
