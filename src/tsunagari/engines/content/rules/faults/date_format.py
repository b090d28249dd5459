"""A date is written so that everybody reads the same day."""

import re
from collections.abc import Iterator
from datetime import date

from tsunagari.engines.content.rules.passages import Page, Passage
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.eras import DateRefused, format_day, parse_day
from tsunagari.kernel.i18n.texts import N_

_WEEKDAY = r"(?:\s?[(（][月火水木金土日](?:曜日?)?(?:[・･]?祝日?)?[)）])?"
_SIGNED = re.compile(
    r"(?<![0-9A-Za-z_０-９/.\-第])(?:(?P<era>[MTSHRＭＴＳＨＲ明大昭平令])\.?\s?)?(?P<year>[0-9０-９]{1,4})(?P<sign>[/／.．\-])"
    r"(?P<month>[0-9０-９]{1,2})(?P=sign)(?P<day>[0-9０-９]{1,2})(?P<weekday>"
    + _WEEKDAY
    + r")(?![0-9A-Za-z_０-９/\-]|\.[0-9A-Za-z_０-９]|号)"
)
_SHORT = re.compile(
    r"(?<![0-9A-Za-z_０-９/.\-第])(?P<month>[0-9０-９]{1,2})[/／](?P<day>[0-9０-９]{1,2})"
    r"(?P<weekday>\s?[(（][月火水木金土日](?:曜日?)?(?:[・･]?祝日?)?[)）])(?![0-9A-Za-z_０-９/])"
)
_WESTERN = re.compile(r"(?<![0-9A-Za-z_/.\-])(\d{1,2})/(\d{1,2})/(\d{4})(?![0-9A-Za-z_/])")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def find(page: Page) -> Iterator[Found]:
    """2026/4/1, H30.4.1 and 4/1(水); days that never were, addresses and numbers of versions are left."""
    for passage in page.passages:
        if page.knowledge.language == "en":
            yield from _western(page, passage)
        for match in _SIGNED.finditer(passage.text):
            day = _day(match)
            if day:
                yield _found(passage, match, _full(page, day))
        for match in _SHORT.finditer(passage.text):
            month, number = int(match["month"]), int(match["day"])
            if page.knowledge.language != "en" and 1 <= month <= 12 and 1 <= number <= 31:
                yield _found(passage, match, f"{month}月{number}日{_wide(match['weekday'])}")


def _western(page: Page, passage: Passage) -> Iterator[Found]:
    """4/1/2026, which is April in one country and January in another; mended where only one can be meant."""
    for match in _WESTERN.finditer(passage.text):
        first, second, year = (int(number) for number in match.groups())
        meant = {day for day in (_real(year, first, second), _real(year, second, first)) if day}
        if len(meant) == 1:
            yield _found(passage, match, _full(page, meant.pop()))
        elif meant:
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(
                    N_(
                        "日付「%(text)s」は、国によって月と日が逆に読まれます。月を言葉で書いてください（例：1 April 2026）。"
                    ),
                    text=match.group(),
                ),
            )


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(match: re.Match[str]) -> date | None:
    """The day meant; None where it is none, or could be something else (3.11.2, 24-4-1)."""
    year, era = match["year"], match["era"]
    if (era is None) != (len(year) == 4):
        return None
    try:
        if era:
            return parse_day(f"{era}{year}.{match['month']}.{match['day']}")
        day = date(int(year), int(match["month"]), int(match["day"]))
    except (DateRefused, ValueError):
        return None
    return day if 1873 <= day.year <= 2100 else None


def _full(page: Page, day: date) -> str:
    if page.knowledge.language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if page.knowledge.language == "easy":
        return f"{day.year}年{day.month}月{day.day}日（{format_day(day, weekday=True)[-2]}）"
    return format_day(day, weekday=True)


def _wide(weekday: str) -> str:
    return f"（{weekday.strip().strip('()（）')}）"


def _found(passage: Passage, match: re.Match[str], right: str) -> Found:
    return Found(
        place=passage.at(*match.span()),
        found=match.group(),
        said=say(
            N_("日付「%(text)s」は、「%(right)s」のように書いてください。"),
            text=excerpt(match.group()),
            right=right,
        ),
        mends=(passage.mend(say(N_("「%(right)s」にする"), right=right), *match.span(), right),),
    )


RULE = Rule(
    id="date_format",
    title=N_("日付の書き方"),
    level="AA",
    why=N_(
        "記号で区切った日付は、読み上げで数や分数として読まれ、国によって月と日の順も違います。"
    ),
    source="みんなの公共サイト運用ガイドライン（2024年版）/ JIS X 8341-3:2016 3.1",
    find=find,
)
