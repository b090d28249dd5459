"""Links to the city's own site are safe and short."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.passages import Linked, Page
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Links to the own site that begin with http:; the mend writes https:."""
    for link in page.links:
        try:
            parts = urlsplit(link.href.strip())
            host = (parts.hostname or "").lower()
        except ValueError:
            continue
        if parts.scheme.lower() == "http" and host in page.knowledge.hosts:
            yield Found(
                place=link.place,
                found=link.href,
                said=say(
                    N_(
                        "市のページへのリンク「%(text)s」が http:// で始まっています。https:// にしてください。"
                    ),
                    text=excerpt(link.text),
                ),
                mends=(_mend(link, "https" + link.href.strip()[4:]),),
            )


def _mend(link: Linked, href: str) -> Mend:
    if link.passage.html is not None and link.element is not None:
        html = rich_text.with_attribute(link.passage.html, link.element, "href", href)
        change = Change(place=link.passage.place, value=html)
    else:
        place = link.passage.place
        field = place.field.removesuffix("text") + "href"
        change = Change(place=type(place)(part=place.part, field=field), value=href)
    return Mend(said=say(N_("https:// にする")), changes=(change,))


RULE = Rule(
    id="link_own_http",
    title=N_("暗号化されない市のページへのリンク"),
    level="advice",
    why=N_("途中で見られたり、書き換えられたりすることがあります。"),
    source="デジタル庁 ウェブサイト等の整備及び廃止に係るドメイン管理ガイドライン（常時暗号化）",
    find=find,
)
