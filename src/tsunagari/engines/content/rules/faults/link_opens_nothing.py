"""A link opens something, for everybody."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.passages import Linked, Page
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_INSIDE = re.compile(
    r"localhost|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+"
    r"|[^.:\[\]]+|.+\.(?:local|lan|lgwan\.jp|intra|internal|localdomain)",
    re.IGNORECASE,
)
_SAFE = ("http", "https", "mailto", "tel", "sms", "")


def find(page: Page) -> Iterator[Found]:
    """Links without a target, to a file on the writer's own computer, to a script, to the office's own network."""
    for link in page.links:
        words = _wrong(link)
        if words:
            yield Found(
                place=link.place,
                found=link.target,
                said=say(words, text=excerpt(link.text), target=excerpt(link.target)),
                mends=tuple(_mends(link)),
            )


def _wrong(link: Linked) -> str:
    target = link.target
    if link.element is not None and "href" not in link.element.attributes and ":" in target:
        return ""
    if target in ("", "#", "http://", "https://"):
        return N_(
            "リンク「%(text)s」に、開く先がありません。開くページを選ぶか、リンクを消してください。"
        )
    try:
        parts = urlsplit(re.sub(r"[\x00-\x20]", "", target))
        host = parts.hostname or ""
    except ValueError:
        return N_(
            "リンク「%(text)s」のアドレス（%(target)s）は、書き方が正しくありません。確かめてください。"
        )
    if parts.scheme == "file" or re.match(r"[A-Za-z]:[\\/]|\\\\", target):
        return N_(
            "リンク「%(text)s」は、職場のパソコンの中のファイル（%(target)s）を指しています。市民は開けません。ファイルをページに添付してください。"
        )
    if parts.scheme.lower() not in _SAFE:
        return N_(
            "リンク「%(text)s」は、使えない種類のアドレス（%(target)s）です。ふつうのページのアドレスにしてください。"
        )
    if parts.scheme in ("http", "https") and (not host or _INSIDE.fullmatch(host)):
        return N_(
            "リンク「%(text)s」は、庁内だけで開けるアドレス（%(target)s）です。市民が開けるアドレスにしてください。"
        )
    return ""


def _mends(link: Linked) -> Iterator[Mend]:
    if link.passage.html is not None and link.element is not None and link.text and not link.images:
        value = rich_text.unwrapped(link.passage.html, link.element)
        yield Mend(
            said=say(N_("リンクをやめて、言葉だけ残す")),
            changes=(Change(place=link.passage.place, value=value),),
        )


RULE = Rule(
    id="link_opens_nothing",
    title=N_("開けないリンク"),
    level="A",
    why=N_("押しても何も開かず、市民は用事を済ませられません。"),
    source="JIS X 8341-3:2016 2.1.1, 4.1.2 / WCAG 2.2 F42",
    find=find,
)
