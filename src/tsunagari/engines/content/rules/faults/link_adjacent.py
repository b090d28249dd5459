"""Two links side by side to the same place are one link."""

from collections.abc import Iterator

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.passages import Linked, Page
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Links in one text with nothing but spaces between them and the same target."""
    for before, link in zip(page.links, page.links[1:], strict=False):
        together = before.passage.place == link.passage.place and link.following
        if together and link.target and before.target == link.target:
            yield Found(
                place=link.place,
                found=f"{before.text} {link.text}",
                said=say(
                    N_(
                        "「%(before)s」と「%(text)s」が、同じページを開くリンクとして並んでいます。1つのリンクにまとめてください。"
                    ),
                    before=excerpt(before.text),
                    text=excerpt(link.text),
                ),
                mends=tuple(_mends(before, link)),
            )


def _mends(before: Linked, link: Linked) -> Iterator[Mend]:
    """The first link's end and the second's beginning fall away, unless marks between them would break."""
    html = link.passage.html
    if html is None or before.element is None or link.element is None:
        return
    tokens = rich_text.read(html).tokens[before.element.last + 1 : link.element.first]
    if any(token.tag for token in tokens):
        return
    value = rich_text.marked(html, {before.element.last: "", link.element.first: ""})
    yield Mend(
        said=say(N_("1つのリンクにまとめる")),
        changes=(Change(place=link.passage.place, value=value),),
    )


RULE = Rule(
    id="link_adjacent",
    title=N_("並んだ同じ行き先のリンク"),
    level="AA",
    why=N_("同じリンクが2回読み上げられ、キーボードでは2回止まります。"),
    source="JIS X 8341-3:2016 2.4.4 / WCAG 2.2 H2",
    find=find,
)
