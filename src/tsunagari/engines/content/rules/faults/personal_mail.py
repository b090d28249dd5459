"""No private mail address stands on a page."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.persons import plain_digits
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@([A-Za-z0-9.\-]{1,200}\.[A-Za-z]{2,10})"
)
_PRIVATE = (
    "gmail.com", "yahoo.co.jp", "ymail.ne.jp", "yahoo.com", "outlook.com", "outlook.jp", "hotmail.com", "hotmail.co.jp",
    "live.jp", "icloud.com", "me.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp",
    "vodafone.ne.jp", "ymobile.ne.jp", "nifty.com", "biglobe.ne.jp", "ocn.ne.jp", "so-net.ne.jp", "jcom.home.ne.jp",
)  # fmt: skip


def find(page: Page) -> Iterator[Found]:
    """Addresses at private providers that are not among the city's."""
    ours = {address.lower() for address in page.knowledge.emails}
    for passage in page.passages:
        for match in _MAIL.finditer(plain_digits(passage.text)):
            host = match[1].lower()
            if match.group().lower() not in ours and any(
                host == each or host.endswith("." + each) for each in _PRIVATE
            ):
                yield Found(
                    place=passage.at(*match.span()),
                    found=match.group(),
                    said=say(
                        N_(
                            "個人のメールアドレスと思われるもの（%(text)s）があります。市のアドレスにするか、本人が公開に同意したことを確かめてください。"
                        ),
                        text=excerpt(match.group()),
                    ),
                )


RULE = Rule(
    id="personal_mail",
    title=N_("個人のメールアドレス"),
    level="AA",
    why=N_("個人の連絡先は、公開すると取り消せず、迷惑メールのもとになります。"),
    source="個人情報の保護に関する法律 第69条",
    find=find,
)
