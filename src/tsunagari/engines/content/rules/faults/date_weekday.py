"""A date and its weekday agree."""

import re
from collections.abc import Iterator
from datetime import date

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.eras import DateRefused, format_weekday, parse_day
from tsunagari.kernel.i18n.texts import N_

_JAPANESE = re.compile(
    r"(?P<day>(?:(?:明治|大正|昭和|平成|令和|[MTSHR])(?:元|[0-9０-９]{1,2})|[0-9０-９]{4})"
    r"(?:年|[./])(?:[（(][^（）()\n]{2,8}[）)])?(?:年)?[0-9０-９]{1,2}(?:月|[./])[0-9０-９]{1,2}日?)\s?[（(](?P<weekday>[月火水木金土日])(?=[曜・･）)])"
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_WORDS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_ENGLISH = re.compile(
    r"\b(?P<weekday>"
    + "|".join(_DAYS)
    + r"),?\s+(?:(?P<day>\d{1,2})\s+(?P<month>"
    + _MONTH_WORDS
    + r")"
    r"|(?P<month2>" + _MONTH_WORDS + r")\s+(?P<day2>\d{1,2})),?\s+(?P<year>\d{4})\b"
)


def find(page: Page) -> Iterator[Found]:
    """令和8年4月1日（木）, which was a Wednesday; dates without a year cannot be judged."""
    for passage in page.passages:
        for pattern, read in ((_JAPANESE, _japanese), (_ENGLISH, _english)):
            for match in pattern.finditer(passage.text):
                right = read(match)
                start, end = match.span("weekday")
                if right and right != match["weekday"]:
                    yield Found(
                        place=passage.at(*match.span()),
                        found=match.group(),
                        said=say(
                            N_(
                                "「%(day)s」は%(right)sです（%(wrong)sと書かれています）。日付か曜日を直してください。"
                            ),
                            day=match["day"] if pattern is _JAPANESE else match.group(),
                            right=_named(right),
                            wrong=_named(match["weekday"]),
                        ),
                        mends=(
                            passage.mend(
                                say(N_("曜日を「%(right)s」にする"), right=right), start, end, right
                            ),
                        ),
                    )


def _named(weekday: str) -> str:
    return f"{weekday}曜日" if len(weekday) == 1 else weekday


def _japanese(match: re.Match[str]) -> str:
    try:
        return format_weekday(parse_day(re.sub(r"[（(].*?[）)]", "", match["day"])))[0]
    except DateRefused:
        return ""


def _english(match: re.Match[str]) -> str:
    month = (match["month"] or match["month2"])[:3].lower()
    try:
        day = date(int(match["year"]), _MONTHS.index(month) + 1, int(match["day"] or match["day2"]))
    except ValueError:
        return ""
    return _DAYS[day.weekday()]


RULE = Rule(
    id="date_weekday",
    title=N_("日付と曜日の食い違い"),
    level="AA",
    why=N_("どちらを信じてよいか分からず、違う日に来てしまいます。"),
    source="JIS X 8341-3:2016 3.1",
    find=find,
)
