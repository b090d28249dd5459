"""No private mobile number stands on a page."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.persons import digits_of, plain_digits
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_MOBILE = re.compile(
    r"(?<![0-9A-Za-z_.\-])0[789]0(?:-[0-9]{4}-[0-9]{4}|\([0-9]{4}\)[0-9]{4}| [0-9]{4} [0-9]{4}|[0-9]{8})(?![0-9A-Za-z_\-])"
)


def find(page: Page) -> Iterator[Found]:
    """070, 080 and 090 with eight more digits, unless it is a number of the city."""
    ours = {digits_of(number) for number in page.knowledge.telephones}
    for passage in page.passages:
        for match in _MOBILE.finditer(plain_digits(passage.text)):
            digits = digits_of(match.group())
            if digits not in ours and len(set(digits[3:])) > 1:
                yield Found(
                    place=passage.at(*match.span()),
                    found=excerpt(passage.text[slice(*match.span())]),
                    said=say(
                        N_(
                            "個人の携帯電話と思われる番号（%(text)s）があります。市の番号でなければ、消すか、本人が公開に同意したことを確かめてください。"
                        ),
                        text=excerpt(passage.text[slice(*match.span())]),
                    ),
                )


RULE = Rule(
    id="personal_mobile",
    title=N_("個人の携帯電話"),
    level="AA",
    why=N_("個人の連絡先は、公開すると取り消せません。"),
    source="個人情報の保護に関する法律 第69条",
    find=find,
)
