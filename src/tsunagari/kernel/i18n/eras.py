"""Japanese eras: dates, months and fiscal years written and read as 令和6年4月1日, R6.4.1 or 2024-04-01.

The first days are those of the era edicts. The Gregorian calendar holds in Japan from 1 January 1873
(明治6年); earlier dates are refused because they were written in another calendar.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language, gettext

from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.widths import narrow_signs


@dataclass(frozen=True, kw_only=True)
class Era:
    """An era: its name in Japanese and English, letter, the calendar year of its first year, and its days."""

    name: str
    name_en: str
    letter: str
    first_year: int
    first_day: date
    last_day: date


MEIJI = Era(
    name="明治",
    name_en="Meiji",
    letter="M",
    first_year=1868,
    first_day=date(1873, 1, 1),
    last_day=date(1912, 7, 29),
)
TAISHO = Era(
    name="大正",
    name_en="Taisho",
    letter="T",
    first_year=1912,
    first_day=date(1912, 7, 30),
    last_day=date(1926, 12, 24),
)
SHOWA = Era(
    name="昭和",
    name_en="Showa",
    letter="S",
    first_year=1926,
    first_day=date(1926, 12, 25),
    last_day=date(1989, 1, 7),
)
HEISEI = Era(
    name="平成",
    name_en="Heisei",
    letter="H",
    first_year=1989,
    first_day=date(1989, 1, 8),
    last_day=date(2019, 4, 30),
)
REIWA = Era(
    name="令和",
    name_en="Reiwa",
    letter="R",
    first_year=2019,
    first_day=date(2019, 5, 1),
    last_day=date.max,
)
ERAS: Final = (MEIJI, TAISHO, SHOWA, HEISEI, REIWA)

_BY_SIGN: Final = {
    sign: era for era in ERAS for sign in (era.name, era.letter, era.name[0])
} | dict(zip("㍾㍽㍼㍻㋿", ERAS, strict=True))
_YEAR: Final = rf"(?:(?P<era>{'|'.join(_BY_SIGN)})(?P<era_year>元|\d{{1,2}})|(?P<year>\d{{4}}))"
_WEEKDAY: Final = r"(?:\([月火水木金土日](?:曜日?)?\)|[月火水木金土日]曜日?)?"
_DAY: Final = re.compile(
    rf"{_YEAR}(?:年|[./-])(?P<month>\d{{1,2}})(?:月|[./-])(?P<day>\d{{1,2}})日?{_WEEKDAY}"
)
_DAY_DIGITS: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH: Final = re.compile(rf"{_YEAR}(?:年|[./-])(?P<month>\d{{1,2}})(?:月分?)?")
_MONTH_DIGITS: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})")
_FISCAL: Final = re.compile(rf"(?:FY)?{_YEAR}(?:年度?)?")
_WEEKDAYS: Final = "月火水木金土日"
_ENGLISH_DAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class DateRefused(ValueError):
    """A date, month or year that cannot be read; its message is a sentence for the person who wrote it."""


def era_of(day: date) -> tuple[Era, int]:
    """The era of a day and the year in it; DateRefused before 1873."""
    era = next((era for era in reversed(ERAS) if day >= era.first_day), None)
    if era is None:
        raise DateRefused(gettext("元号で書けるのは 1873年（明治6年）1月1日からの日付です。"))
    return era, day.year - era.first_year + 1


def format_day(day: date, *, language: str = "ja", era: bool = True, weekday: bool = False) -> str:
    """令和6年4月1日（月） · 2024年4月1日 with era=False · "Monday, 1 April 2024" in English."""
    if language == "en":
        plain = f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
        return f"{_ENGLISH_DAYS[day.weekday()]}, {plain}" if weekday else plain
    tail = f"（{_WEEKDAYS[day.weekday()]}）" if weekday else ""
    return f"{_year_text(day, era)}年{day.month}月{day.day}日{tail}"


def format_day_short(day: date) -> str:
    """R6.4.1, for narrow columns."""
    era, year = era_of(day)
    return f"{era.letter}{year}.{day.month}.{day.day}"


def format_month(day: date, *, language: str = "ja", era: bool = True) -> str:
    """令和6年4月 · 2024年4月 with era=False · "April 2024" in English."""
    if language == "en":
        return f"{_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{_year_text(day, era)}年{day.month}月"


def format_fiscal_year(year: FiscalYear, *, language: str = "ja", short: bool = False) -> str:
    """令和6年度 (short: R6) · "FY2024" in English.

    A year bears the era of its first day, but 2019 is 令和元年度: the cabinet decided so on
    1 April 2019 (改元に伴う元号による年表示の取扱いについて).
    """
    if language == "en":
        return f"FY{year.year}"
    named = REIWA.first_day if year.year == REIWA.first_year else year.first_day
    era, era_year = era_of(named)
    return f"{era.letter}{era_year}" if short else f"{era.name}{_first(era_year)}年度"


def format_fiscal_years(first: FiscalYear, last: FiscalYear, *, language: str = "ja") -> str:
    """平成26〜30年度 · 平成30〜令和4年度 · "FY2014–2018" in English: years in a row where room is scarce."""
    if first == last:
        return format_fiscal_year(first, language=language)
    if language == "en":
        return f"FY{first.year}–{last.year}"
    start, end = (format_fiscal_year(year).removesuffix("年度") for year in (first, last))
    same = start[:2] == end[:2]
    return f"{start}〜{end[2:] if same else end}年度"


def format_weekday(day: date, *, language: str = "ja") -> str:
    """月曜日 · "Monday" in English."""
    return _ENGLISH_DAYS[day.weekday()] if language == "en" else f"{_WEEKDAYS[day.weekday()]}曜日"


def parse_day(text: str) -> date:
    """A day from 令和6年4月1日, R6.4.1, ２０２４／４／１, 2024-04-01 or 20240401; a weekday after it is ignored.

    DateRefused for days that never were (2月30日, 令和元年4月30日), with the day that was meant where
    it can be told.
    """
    plain = _plain(text)
    found = _DAY.fullmatch(plain) or _DAY_DIGITS.fullmatch(plain)
    if found is None:
        sentence = gettext(
            "「%(text)s」を日付として読めません。令和6年4月1日 や 2024-04-01 のように書いてください。"
        )
        raise DateRefused(sentence % {"text": text.strip()[:40]})
    era, year = _read_year(found)
    day = _existing(text, year, int(found["month"]), int(found["day"]))
    _check_era(era, day, day)
    return day


def parse_month(text: str) -> date:
    """The first day of a month from 2026年4月, 令和8年4月, R8.4, 2026-04, 2026/4 or 202604; else DateRefused."""
    plain = _plain(text)
    found = _MONTH.fullmatch(plain) or _MONTH_DIGITS.fullmatch(plain)
    if found is None:
        sentence = gettext(
            "「%(text)s」を年月として読めません。令和8年4月 や 2026-04 のように書いてください。"
        )
        raise DateRefused(sentence % {"text": text.strip()[:40]})
    era, year = _read_year(found)
    first = _existing(text, year, int(found["month"]), 1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    _check_era(era, first, last)
    return first


def parse_fiscal_year(text: str) -> FiscalYear:
    """A fiscal year from 令和6年度, R6, 2024年度 or FY2024; else DateRefused.

    Years that an era did not live to see (平成33年度 in a plan written before 2019) are read as meant.
    """
    found = _FISCAL.fullmatch(_plain(text))
    if found is None:
        sentence = gettext(
            "「%(text)s」を年度として読めません。令和6年度 や 2024年度 のように書いてください。"
        )
        raise DateRefused(sentence % {"text": text.strip()[:40]})
    _, year = _read_year(found)
    return FiscalYear(year)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", narrow_signs(text)).upper().replace("－", "-").replace("．", ".")


def _first(year: int) -> str:
    return "元" if year == 1 else str(year)


def _year_text(day: date, era: bool) -> str:  # noqa: FBT001 - handed on from a keyword
    if not era:
        return str(day.year)
    named, year = era_of(day)
    return f"{named.name}{_first(year)}"


def _read_year(found: re.Match[str]) -> tuple[Era | None, int]:
    parts = found.groupdict()
    if parts.get("era") is None:
        return None, int(parts["year"])
    era = _BY_SIGN[parts["era"]]
    year = 1 if parts["era_year"] == "元" else int(parts["era_year"])
    if year == 0:
        raise DateRefused(gettext("元号の年は 元年（1年）から数えます。"))
    return era, era.first_year + year - 1


def _existing(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        sentence = gettext("「%(text)s」という日付はありません。月と日を確かめてください。")
        raise DateRefused(sentence % {"text": text.strip()[:40]}) from error


def _check_era(era: Era | None, first: date, last: date) -> None:
    if era is None or (first <= era.last_day and last >= era.first_day):
        return
    if first > era.last_day:
        sentence = gettext("%(era)sは %(day)s までです。%(meant)s ではありませんか。")
        bound = era.last_day
    else:
        sentence = gettext("%(era)sは %(day)s からです。%(meant)s ではありませんか。")
        bound = era.first_day
    named = f"{era.name_en} ({era.name})" if get_language() == "en" else era.name
    raise DateRefused(sentence % {"era": named, "day": _told(bound), "meant": _told(first)})


def _told(day: date) -> str:
    """The day in the reader's words; in English with what an office would write, for it was written so."""
    told = format_day(day)
    return f"{format_day(day, language='en')} ({told})" if get_language() == "en" else told
