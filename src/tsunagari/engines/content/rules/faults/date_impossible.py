"""A date is one that exists."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_DAY = re.compile(
    r"(?<![0-9０-９])(?P<month>[0-9０-９]{1,2})月(?P<day>[0-9０-９]{1,2})日(?!間|分|目)"
)
_LAST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find(page: Page) -> Iterator[Found]:
    """2月30日, 13月1日."""
    for passage in page.passages:
        for match in _DAY.finditer(passage.text):
            month, day = int(match["month"]), int(match["day"])
            if not 1 <= month <= 12 or not 1 <= day <= _LAST[month - 1]:
                yield Found(
                    place=passage.at(*match.span()),
                    found=match.group(),
                    said=say(
                        N_("「%(text)s」という日はありません。確かめてください。"),
                        text=match.group(),
                    ),
                )


RULE = Rule(
    id="date_impossible",
    title=N_("ない日付"),
    level="AA",
    why=N_("申込や来庁の日を間違えます。"),
    source="JIS X 8341-3:2016 3.1",
    languages=("ja", "easy"),
    find=find,
)
