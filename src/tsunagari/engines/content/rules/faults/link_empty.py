"""A link has words."""

from collections.abc import Iterator

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.characters import seen
from tsunagari.engines.content.rules.passages import Linked, Page
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Links without a word: around nothing, or around images that are only decoration."""
    for link in page.links:
        if seen(link.text):
            continue
        words = (
            N_(
                "リンクになっている画像に、言葉がありません。代替テキストに、リンクの行き先を書いてください。"
            )
            if link.images
            else N_("文字のないリンクがあります。言葉を入れるか、リンクを消してください。")
        )
        yield Found(place=link.place, found=link.target, said=say(words), mends=tuple(_mends(link)))


def _mends(link: Linked) -> Iterator[Mend]:
    html, element = link.passage.html, link.element
    if html is None or element is None or link.images:
        return
    yield Mend(
        said=say(N_("空のリンクを消す")),
        changes=(Change(place=link.passage.place, value=rich_text.unwrapped(html, element)),),
    )


RULE = Rule(
    id="link_empty",
    title=N_("文字のないリンク"),
    level="A",
    why=N_("読み上げでは「リンク」とだけ聞こえ、キーボードでは何もない所に止まります。"),
    source="JIS X 8341-3:2016 2.4.4, 4.1.2 / WCAG 2.2 F89",
    find=find,
)
