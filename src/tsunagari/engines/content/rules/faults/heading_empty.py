"""A heading has words."""

from collections.abc import Iterator

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.characters import seen
from tsunagari.engines.content.rules.passages import Headed, Page
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Headings without a letter; in rich text they can be taken away."""
    for heading in page.headings:
        if not seen(heading.text):
            yield Found(
                place=heading.passage.at(heading.place.start, heading.place.end),
                found="",
                said=say(
                    N_(
                        "文字のない見出しがあります。見出しの言葉を入れるか、見出しを消してください。"
                    )
                ),
                mends=tuple(_mends(heading)),
            )


def _mends(heading: Headed) -> Iterator[Mend]:
    html, element = heading.passage.html, heading.element
    if html is None or element is None:
        return
    shows = any(token.tag in ("img", "embed") for token in rich_text.read(html).within(element))
    value = rich_text.renamed(html, element, "p") if shows else rich_text.removed(html, element)
    yield Mend(
        said=say(N_("空の見出しを消す")),
        changes=(Change(place=heading.passage.place, value=value),),
    )


RULE = Rule(
    id="heading_empty",
    title=N_("空の見出し"),
    level="A",
    why=N_("読み上げる人には「見出し」とだけ聞こえ、何の話が始まるのか分かりません。"),
    source="JIS X 8341-3:2016 1.3.1, 2.4.6",
    find=find,
)
