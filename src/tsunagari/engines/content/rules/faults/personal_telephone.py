"""Telephone numbers on a page are known to be official."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.persons import digits_of, plain_digits
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z_.\-〒])0[1-9][0-9]{0,3}[\-(][0-9]{1,4}[\-)][0-9]{4}(?![0-9A-Za-z_\-])"
)
_OFFICE = ("0120", "0800", "0570", "0180", "0990", "070", "080", "090")


def find(page: Page) -> Iterator[Found]:
    """Landlines that are neither the city's nor begin as the city's do; silent where no prefix is known."""
    known = page.knowledge
    if not known.prefixes:
        return
    ours = {digits_of(number) for number in known.telephones}
    begins = (*map(digits_of, known.prefixes), *_OFFICE)
    for passage in page.passages:
        for match in _LANDLINE.finditer(plain_digits(passage.text)):
            digits = digits_of(match.group())
            if len(digits) == 10 and digits not in ours and not digits.startswith(begins):
                yield Found(
                    place=passage.at(*match.span()),
                    found=match.group(),
                    said=say(
                        N_(
                            "市の番号ではない電話番号（%(text)s）があります。団体や会社の番号なら、そのままで構いません。個人の番号なら消してください。"
                        ),
                        text=excerpt(match.group()),
                    ),
                )


RULE = Rule(
    id="personal_telephone",
    title=N_("市の外の電話番号"),
    level="advice",
    why=N_("個人の家の電話番号が混ざっていることがあります。"),
    source="個人情報の保護に関する法律 第69条",
    find=find,
)
