"""An individual number (マイナンバー) never stands on a page."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.persons import digits_of, is_my_number, plain_digits
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_TWELVE = re.compile(
    r"(?<![0-9A-Za-z_.\-])[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{4}(?![0-9A-Za-z_\-]|\.[0-9])"
)


def find(page: Page) -> Iterator[Found]:
    """Twelve digits with a valid check digit. The digits themselves are not repeated in what is said."""
    for passage in page.passages:
        for match in _TWELVE.finditer(plain_digits(passage.text)):
            if is_my_number(digits_of(match.group())):
                yield Found(
                    place=passage.at(*match.span()),
                    found="************",
                    said=say(
                        N_(
                            "マイナンバー（個人番号）と思われる12桁の数字があります。消してください。記入例には「0000 0000 0000」を使います。"
                        )
                    ),
                    mends=(passage.mend(say(N_("伏せる")), *match.span(), "0000 0000 0000"),),
                )


RULE = Rule(
    id="personal_my_number",
    title=N_("マイナンバー"),
    level="A",
    why=N_(
        "マイナンバーは、法で決められた用事のほかに見せてはいけません。公開すると取り消せません。"
    ),
    source="番号法 第19条、総務省令 平成26年第85号 第5条",
    find=find,
)
