"""Lists and headings that people make by hand, from marks at the beginning of lines and from bold letters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from tsunagari.engines.content.rules.pasted.blocks import Notes
from tsunagari.engines.content.rules.pasted.building import Item
from tsunagari.engines.content.rules.pasted.leaves import (
    BREAK,
    Leaf,
    Listed,
    Paragraph,
    lines,
    tidy,
    without_start,
)

_BULLET: Final = re.compile(r"([・•‣◦･●○■□◆◇▪–])[ \u3000]*(?=\S)")
_NUMBER: Final = re.compile(
    r"(?:[（(](\d{1,2})[)）]|(\d{1,2})(?:[.．](?!\d)|[)）]))[ \u3000]*(?=\S)"
)
_HEADING_MARK: Final = re.compile(r"([■□●◆◇◎▼★☆])[ \u3000]*(?=\S)")
_ENDS: Final = re.compile(r"[。．、,：:；]$|。.")
_LONGEST: Final = 30


def by_lines(items: Sequence[Item]) -> Iterator[Item]:
    """Paragraphs cut where two breaks stand together, and where lines are items typed by hand."""
    for item in items:
        if (
            not isinstance(item, Paragraph)
            or item.level
            or not any(leaf.text == BREAK for leaf in item.leaves)
        ):
            yield item if not isinstance(item, Paragraph) or not item.level else _one_line(item)
            continue
        parts = list(lines(item))
        marked = sum(bool(_mark(part)) for part in parts)
        if marked > 1 and not item.listed:
            yield from (each for each in map(tidy, parts) if each.leaves)
        else:
            yield from _at_gaps(item, parts)


def _one_line(heading: Paragraph) -> Paragraph:
    leaves = tuple(
        replace(leaf, text=" ") if leaf.text == BREAK else leaf for leaf in heading.leaves
    )
    return replace(heading, leaves=leaves)


def _at_gaps(item: Paragraph, parts: Sequence[Paragraph]) -> Iterator[Paragraph]:
    gathered: list[Leaf] = []
    for part in parts:
        if part.text.strip(" \u3000"):
            gathered += ([Leaf(text=BREAK)] if gathered else []) + list(part.leaves)
        elif gathered and not item.listed:
            yield tidy(replace(item, leaves=tuple(gathered)))
            gathered = []
    if gathered:
        yield tidy(replace(item, leaves=tuple(gathered)))


def _mark(paragraph: Paragraph) -> re.Match[str] | None:
    text = paragraph.text.lstrip(" \u3000")
    return _BULLET.match(text) or _NUMBER.match(text)


def as_lists(items: Sequence[Item], notes: Notes) -> list[Item]:
    """Two or more lines in a row with the same mark, or numbered 1, 2, … become items."""
    result: list[Item] = []
    index = 0
    while index < len(items):
        run = _run(items, index)
        if len(run) > 1:
            notes.add("list")
            result += run
            index += len(run)
        else:
            result.append(items[index])
            index += 1
    return result


def _run(items: Sequence[Item], start: int) -> list[Item]:
    run: list[Item] = []
    sign = ""
    for index in range(start, len(items)):
        item = items[index]
        if not isinstance(item, Paragraph) or item.listed or item.level:
            break
        bullet, number = _BULLET.match(item.text), _NUMBER.match(item.text)
        if bullet and (not run or sign == bullet[1]):
            sign = bullet[1]
            run.append(
                replace(without_start(item, bullet.end()), listed=Listed(depth=0, ordered=False))
            )
        elif number and int(number[1] or number[2]) == len(run) + 1 and sign in ("", "1"):
            sign = "1"
            run.append(
                replace(without_start(item, number.end()), listed=Listed(depth=0, ordered=True))
            )
        else:
            break
    return run


def as_headings(items: Sequence[Item], notes: Notes) -> list[Item]:
    """Short lines that are bold, large or begin with ■ become headings, one level below the heading before them."""
    result: list[Item] = []
    above = 0
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        if isinstance(item, Paragraph) and item.level:
            above = item.level
            result.append(item)
        elif isinstance(item, Paragraph) and _stands_as_heading(item, following):
            notes.add("heading")
            mark = _HEADING_MARK.match(item.text)
            bare = without_start(item, mark.end()) if mark else item
            result.append(replace(bare, level=above + 1 if above else 2, made_by_hand=True))
        else:
            result.append(item)
    return result


def _stands_as_heading(item: Paragraph, following: Item | None) -> bool:
    text = item.text.strip()
    mark = _HEADING_MARK.match(text)
    if (
        item.listed
        or item.linked
        or not text
        or len(text) > _LONGEST
        or BREAK in text
        or _ENDS.search(text)
    ):
        return False
    if not (item.all_bold or item.large or mark) or following is None:
        return False
    if not isinstance(following, Paragraph):
        return True
    if following.level:
        return False
    alike = following.all_bold and not following.listed and item.all_bold and not mark
    return not alike or len(following.text) > _LONGEST


def in_order(items: Sequence[Item], notes: Notes) -> list[Item]:
    """Headings from level 2 down, one at a time, 4 being the lowest; one without words is left out."""
    result: list[Item] = []
    open_levels: list[int] = []
    for item in items:
        if not isinstance(item, Paragraph) or not item.level:
            result.append(item)
            continue
        while open_levels and open_levels[-1] >= item.level:
            open_levels.pop()
        open_levels.append(item.level)
        right = min(1 + len(open_levels), 4)
        if (
            right != item.level
            and not item.made_by_hand
            and item.level > 1
            and not notes.counts["heading_order"]
        ):
            notes.add("heading_order")
        result.append(replace(item, level=right))
    return result
