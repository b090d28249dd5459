"""Headings go down one level at a time, and begin below the page's title."""

from collections.abc import Iterator, Sequence

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.passages import Headed, Page
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import Sentence, say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Headings that skip a level; the mend puts all headings of the page in order."""
    above = 1
    for heading in page.headings:
        if heading.level == 1 or heading.level > above + 1:
            yield Found(
                place=heading.place,
                found=heading.text,
                said=_said(heading, above),
                mends=(
                    Mend(
                        said=say(N_("ページの見出しを、上から順のレベルにそろえる")),
                        changes=tuple(_changes(page.headings)),
                    ),
                ),
            )
        above = max(2, heading.level)


def _said(heading: Headed, above: int) -> Sentence:
    if heading.level == 1:
        return say(
            N_(
                "見出し「%(text)s」が、ページの題名と同じレベル1です。本文の見出しは、レベル2から始めてください。"
            ),
            text=excerpt(heading.text),
        )
    if above == 1:
        return say(
            N_(
                "最初の見出し「%(text)s」がレベル%(level)sです。本文の見出しは、レベル2から始めてください。"
            ),
            text=excerpt(heading.text),
            level=heading.level,
        )
    return say(
        N_(
            "見出し「%(text)s」がレベル%(level)sです。すぐ上の見出しの次は、レベル%(right)sまでにしてください。"
        ),
        text=excerpt(heading.text),
        level=heading.level,
        right=above + 1,
    )


def _changes(headings: Sequence[Headed]) -> Iterator[Change]:
    """What puts the outline in order: a heading is one below the nearest that was higher."""
    open_levels: list[int] = []
    rich: dict[str, list[tuple[rich_text.Element, str]]] = {}
    passages = {}
    for heading in headings:
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        open_levels.append(heading.level)
        right = min(1 + len(open_levels), 6)
        if right == heading.level:
            continue
        if heading.element is None:
            yield Change(place=heading.place, value=right)
        else:
            key = str(heading.passage.place)
            passages[key] = heading.passage
            rich.setdefault(key, []).append((heading.element, f"h{right}"))
    for key, changes in rich.items():
        html = passages[key].html or ""
        yield Change(place=passages[key].place, value=rich_text.renamed_all(html, changes))


RULE = Rule(
    id="heading_order",
    title=N_("見出しの順番"),
    level="AA",
    why=N_(
        "見出しをたどって読む人（音声読み上げなど）は、レベルが飛ぶと、抜けた話があると思います。"
    ),
    source="JIS X 8341-3:2016 1.3.1, 2.4.6 / WCAG 2.2 G141",
    find=find,
)
