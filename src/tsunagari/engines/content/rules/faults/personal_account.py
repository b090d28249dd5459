"""A bank account on a page is the city's own."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.persons import plain_digits
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_ACCOUNT = re.compile(
    r"(?:普通|当座|貯蓄)(?:預金|口座)?[^0-9\n、。]{0,8}(?<!\d)[0-9]{7}(?![0-9人円])|記号\s?1[0-9]{4}\s?-?\s?番号\s?[0-9]{2,8}"
)


def find(page: Page) -> Iterator[Found]:
    """普通 1234567, 記号 10000 番号 …"""
    for passage in page.passages:
        for match in _ACCOUNT.finditer(plain_digits(passage.text)):
            yield Found(
                place=passage.at(*match.span()),
                found=excerpt(match.group()),
                said=say(
                    N_(
                        "口座番号と思われるもの（%(text)s）があります。市や団体の口座か確かめてください。個人の口座なら消してください。"
                    ),
                    text=excerpt(match.group()),
                ),
            )


RULE = Rule(
    id="personal_account",
    title=N_("口座番号"),
    level="advice",
    why=N_("個人の口座番号は、悪用されることがあります。"),
    source="個人情報の保護に関する法律 第69条",
    languages=("ja", "easy"),
    find=find,
)
