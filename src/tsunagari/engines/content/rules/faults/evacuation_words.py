"""The words of evacuation are those of the law since 2021."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_RIGHT = {
    "避難勧告": "避難指示",
    "避難準備・高齢者等避難開始": "高齢者等避難",
    "避難準備情報": "高齢者等避難",
    "避難指示（緊急）": "避難指示",
    "避難指示(緊急)": "避難指示",
}
_OLD = re.compile("|".join(map(re.escape, sorted(_RIGHT, key=len, reverse=True))))
_PAST = re.compile("廃止|一本化|旧|改正|かつて|以前|なくなり|変更|変わり|統合")


def find(page: Page) -> Iterator[Found]:
    """避難勧告 and others of before May 2021; a sentence that tells of the change itself is in order."""
    for passage in page.passages:
        for match in _OLD.finditer(passage.text):
            if _PAST.search(_sentence(passage.text, *match.span())):
                continue
            right = _RIGHT[match.group()]
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(
                    N_(
                        "「%(wrong)s」は、2021年5月に使われなくなりました。「%(right)s」と書いてください。"
                    ),
                    wrong=match.group(),
                    right=right,
                ),
                mends=(
                    passage.mend(say(N_("「%(right)s」にする"), right=right), *match.span(), right),
                ),
            )


def _sentence(text: str, start: int, end: int) -> str:
    first = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
    stops = [stop for stop in (text.find("。", end), text.find("\n", end)) if stop >= 0]
    return text[first : min(stops, default=len(text))]


RULE = Rule(
    id="evacuation_words",
    title=N_("古い避難の言葉"),
    level="AA",
    why=N_("避難するときを間違えると、命にかかわります。"),
    source="災害対策基本法 第60条（令和3年5月20日施行）",
    languages=("ja", "easy"),
    find=find,
)
