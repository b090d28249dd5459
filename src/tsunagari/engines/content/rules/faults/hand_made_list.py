"""A list is a list."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Change, Mend, Place
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_MARK = re.compile("[・●○◎■□◆◇▪•‣][ \\u3000]*(?=\\S)")


def find(page: Page) -> Iterator[Found]:
    """Two or more paragraphs in a row that begin with the same dot or square."""
    for passage, rich in page.rich:
        paragraphs = list(rich.of("p"))
        run: list[rich_text.Element] = []
        for element in [*paragraphs, None]:
            mark = _MARK.match(rich.text_of(element)) if element else None
            goes_on = run and mark and rich.text[run[-1].start] == mark.group()[0]
            if element and mark and (goes_on or not run) and _alone(rich, run, element):
                run.append(element)
                continue
            if len(run) > 1:
                yield _found(passage.html or "", rich, run, passage.place)
            run = [element] if element and mark else []


def _alone(
    rich: rich_text.RichText, run: list[rich_text.Element], element: rich_text.Element
) -> bool:
    """Whether nothing stands between the paragraphs, and none holds another block."""
    if any(token.tag in rich_text.BLOCKS for token in rich.within(element)):
        return False
    return not run or not any(
        token.tag or token.text.strip() for token in rich.tokens[run[-1].last + 1 : element.first]
    )


def _found(
    html: str, rich: rich_text.RichText, run: list[rich_text.Element], place: Place
) -> Found:
    marks = [_MARK.match(rich.text_of(element)) for element in run]
    raws: dict[int, str] = {}
    for element in run:
        raws |= {element.first: "<li>", element.last: "</li>"}
    raws[run[0].first] = "<ul><li>"
    raws[run[-1].last] = "</li></ul>"
    tidy = rich_text.edited(
        html,
        [
            (each.start, each.start + mark.end(), "")
            for each, mark in zip(run, marks, strict=True)
            if mark
        ],
    )
    value = _marked_again(html, tidy, raws)
    text = rich.text_of(run[0]).strip()
    return Found(
        place=Place(part=place.part, field=place.field, start=run[0].start, end=run[-1].end),
        found=text,
        said=say(
            N_(
                "「%(text)s」からの行が、記号で作った箇条書きです。箇条書きの機能を使ってください。"
            ),
            text=excerpt(text),
        ),
        mends=(Mend(said=say(N_("箇条書きにする")), changes=(Change(place=place, value=value),)),),
    )


def _marked_again(html: str, tidy: str, raws: dict[int, str]) -> str:
    """The marks changed in HTML whose letters were edited: marks come in the same order in both."""
    marks = [index for index, token in enumerate(rich_text.read(html).tokens) if token.tag]
    places = [index for index, token in enumerate(rich_text.read(tidy).tokens) if token.tag]
    by_place = {places[number]: raws[index] for number, index in enumerate(marks) if index in raws}
    return rich_text.marked(tidy, by_place)


RULE = Rule(
    id="hand_made_list",
    title=N_("記号で作った箇条書き"),
    level="AA",
    why=N_("読み上げでは、いくつの項目があるか分からず、項目から項目へ移れません。"),
    source="JIS X 8341-3:2016 1.3.1 / WCAG 2.2 H48",
    find=find,
)
