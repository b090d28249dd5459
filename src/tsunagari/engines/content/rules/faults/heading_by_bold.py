"""A short bold paragraph that stands as a heading is a heading."""

import itertools
import re
from collections.abc import Iterator

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.characters import seen
from tsunagari.engines.content.rules.passages import Page, Passage
from tsunagari.engines.content.rules.pieces import Change, Mend
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_LONGEST = 30
_SENTENCE = re.compile(r"[。．.！!？?、：:]$|[。！？].")


def find(page: Page) -> Iterator[Found]:
    """Paragraphs all bold, short, no sentence, and followed by other text."""
    for passage, rich in page.rich:
        paragraphs = list(rich.of("p"))
        for element, following in itertools.pairwise(paragraphs):
            text = rich.text_of(element).strip()
            if _stands_as_heading(rich, element, text) and _goes_on(rich, element, following):
                yield _found(page, passage, element)


def _stands_as_heading(rich: rich_text.RichText, element: rich_text.Element, text: str) -> bool:
    return (
        0 < len(seen(text)) <= _LONGEST
        and "\n" not in text
        and not _SENTENCE.search(text)
        and _all_bold(rich, element)
        and not any(token.tag in ("a", "img", "embed") for token in rich.within(element))
    )


def _goes_on(
    rich: rich_text.RichText, element: rich_text.Element, following: rich_text.Element
) -> bool:
    """Whether the next thing is a paragraph of plain text."""
    between = rich.tokens[element.last + 1 : following.first]
    return (
        bool(rich.text_of(following).strip())
        and not any(token.tag for token in between)
        and not _all_bold(rich, following)
    )


def _all_bold(rich: rich_text.RichText, element: rich_text.Element) -> bool:
    """Whether every letter of a paragraph stands in bold."""
    bold = 0
    lettered = False
    for token in rich.within(element):
        if token.tag in ("b", "strong"):
            bold += -1 if token.closing else 1
        elif token.text.strip():
            lettered = True
            if not bold:
                return False
    return lettered


def _found(page: Page, passage: Passage, element: rich_text.Element) -> Found:
    html = passage.html or ""
    rich = rich_text.read(html)
    text = rich.text_of(element).strip()
    level = _level_at(page, passage, element)
    raws = {
        element.first + 1 + index: ""
        for index, token in enumerate(rich.within(element))
        if token.tag in ("b", "strong")
    } | {element.first: f"<h{level}>", element.last: f"</h{level}>"}
    change = Change(place=passage.place, value=rich_text.marked(html, raws))
    return Found(
        place=passage.at(element.start, element.end),
        found=text,
        said=say(
            N_("太字だけの段落「%(text)s」が見出しのように使われています。見出しにしてください。"),
            text=excerpt(text),
        ),
        mends=(Mend(said=say(N_("見出しにする")), changes=(change,)),),
    )


def _level_at(page: Page, passage: Passage, element: rich_text.Element) -> int:
    """As deep as the heading before it, or 2 where there is none."""
    before = 0
    parts = {each.place.part: index for index, each in enumerate(page.pieces)}
    here = parts.get(passage.place.part, 0)
    for heading in page.headings:
        there = parts.get(heading.place.part, 0)
        if there < here or (
            heading.passage.place == passage.place and heading.place.start < element.start
        ):
            before = heading.level
    return max(2, min(before or 2, 4))


RULE = Rule(
    id="heading_by_bold",
    title=N_("太字で作った見出し"),
    level="AA",
    why=N_(
        "太字は、読み上げや目次では見出しになりません。見出しから見出しへ移る人が読み飛ばします。"
    ),
    source="JIS X 8341-3:2016 1.3.1 / WCAG 2.2 F2",
    find=find,
)
