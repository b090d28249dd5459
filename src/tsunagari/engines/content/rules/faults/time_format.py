"""A time is written in words that are read aloud as a time."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_CLOCK = r"([0-9０-９]{1,2})[:：]([0-9０-９]{2})"
_TIME = re.compile(
    rf"(?<![0-9A-Za-z_０-９:：/.])(?P<said>午前|午後|AM|PM)?\s?{_CLOCK}(?:\s?(?P<to>[〜～~\-－−–―]|から)\s?(?:午前|午後)?(?:{_CLOCK})?(?:まで)?)?(?![0-9A-Za-z:：])"
)
_RATIO = re.compile(r"(?:縮尺|比|割合|倍率|スコア|得点)[^。\n]{0,6}$")


def find(page: Page) -> Iterator[Found]:
    """13:00〜15:00; times in tables (of buses) and ratios are left."""
    for passage in page.passages:
        if passage.kind == "cell":
            continue
        for match in _TIME.finditer(passage.text):
            right = _written(match)
            if right is None or _RATIO.search(
                passage.text[max(0, match.start() - 12) : match.start()]
            ):
                continue
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(
                    N_(
                        "時刻「%(text)s」は、「%(right)s」のように書くと、読み上げでも時刻と分かります。"
                    ),
                    text=excerpt(match.group()),
                    right=right,
                ),
                mends=(
                    passage.mend(say(N_("「%(right)s」にする"), right=right), *match.span(), right),
                ),
            )


def _written(match: re.Match[str]) -> str | None:
    """午後1時から午後3時まで; None when it is no time."""
    _said, hour, minute, until_hour, until_minute = match.group(1, 2, 3, 5, 6)
    if match["said"] or "午" in match.group():
        return None
    begins = _told(int(hour), int(minute))
    if begins is None or match["to"] is None:
        return begins
    if until_hour is None:
        return f"{begins}から"
    ends = _told(int(until_hour), int(until_minute))
    return f"{begins}から{ends}まで" if ends else None


def _told(hour: int, minute: int) -> str | None:
    if hour > 24 or minute > 59:
        return None
    if (hour, minute) == (12, 0):
        return "正午"
    half = "午前" if hour < 12 else "午後"
    told = f"{half}{hour - 12 if hour >= 12 else hour}時"
    return f"{told}{minute}分" if minute else told


RULE = Rule(
    id="time_format",
    title=N_("時刻の書き方"),
    level="advice",
    why=N_("「13:00〜」は、読み上げで比や点数のように読まれることがあります。"),
    source="公用文作成の考え方（令和4年1月 文化審議会）",
    languages=("ja", "easy"),
    find=find,
)
