"""Finds room for the words of a chart: each beside what it names, on no point, no line and no other words."""

import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LINE_HEIGHT: Final = 18
"""Pixels from one line of words to the next."""

GAP: Final = 12
"""Pixels between a point and the words that name it."""

SAMPLES: Final = 8
"""How many pieces of a drawn line are kept clear of words."""

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle by its middle and size, in pixels. `weight` says how bad it is to cover it."""

    x: float
    y: float
    width: float
    height: float
    weight: float = 1

    def over(self, other: "Box") -> float:
        """How many square pixels two rectangles share."""
        if abs(self.x - other.x) * 2 >= self.width + other.width:
            return 0
        if abs(self.y - other.y) * 2 >= self.height + other.height:
            return 0
        across = min(self.x + self.width / 2, other.x + other.width / 2) - max(
            self.x - self.width / 2, other.x - other.width / 2
        )
        down = min(self.y + self.height / 2, other.y + other.height / 2) - max(
            self.y - self.height / 2, other.y - other.height / 2
        )
        return across * down


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words to place: their lines, where they may stand (the best place first), how they look.

    `minor` words are left out where they would cover others: the table says them too.
    """

    lines: tuple[str, ...]
    places: tuple[Point, ...]
    colour: str
    bold: bool = False
    size: int = 14
    minor: bool = False


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Words that have found their place: the middle of each line."""

    words: Words
    x: float
    y: float

    def lines(self) -> list[tuple[float, str]]:
        """Height and words of each line, the whole block around `y`."""
        top = self.y - LINE_HEIGHT * (len(self.words.lines) - 1) / 2
        return [(top + LINE_HEIGHT * at, said) for at, said in enumerate(self.words.lines)]


def wide(words: str, size: int = 14) -> float:
    """About how many pixels wide words are."""
    letters = sum(1.0 if unicodedata.east_asian_width(one) in "FWA" else 0.62 for one in words)
    return letters * size


def around(point: Point, width: float, *, right: bool = False) -> tuple[Point, ...]:
    """Where words of a width may stand beside a point: above, below, at the sides; to the right first."""
    x, y = point
    aside = width / 2 + GAP
    sides = [(x, y - 20), (x, y + 22), (x + aside, y), (x - aside, y)]
    corners = [
        (x + aside * 0.8, y - 18),
        (x - aside * 0.8, y - 18),
        (x + aside * 0.8, y + 20),
        (x - aside * 0.8, y + 20),
    ]
    found = [*sides, *corners]
    # Where many names meet, the later ones step away from the point, still over or under it.
    far = [(x + aside * side, y + step) for step in (-40, 42, -60, 62) for side in (0, 0.8, -0.8)]
    return tuple([(x + aside, y), *found, *far] if right else [*found, *far])


def heights(preferred: Iterable[float], tall: float, height: float) -> tuple[float, ...]:
    """Where words `tall` pixels high may stand in a drawing: as preferred, else anywhere, from below."""
    low, high = height - tall / 2 - 6, tall / 2
    steps = max(int((low - high) // (LINE_HEIGHT / 2)), 0)
    return (*preferred, *(low - step * LINE_HEIGHT / 2 for step in range(steps + 1)))


def along(points: Sequence[Point], weight: float = 1) -> list[Box]:
    """A drawn line as small pieces that words should not cover."""
    return [
        Box(
            x=a[0] + (b[0] - a[0]) * step / SAMPLES,
            y=a[1] + (b[1] - a[1]) * step / SAMPLES,
            width=8,
            height=8,
            weight=weight,
        )
        for a, b in itertools.pairwise(points)
        for step in range(SAMPLES + 1)
    ]


def place(
    wanted: Iterable[Words], taken: Sequence[Box], *, right: float, height: float, left: float = 0
) -> list[Placed]:
    """Every words in its best free place, the first of them first; none leaves left..right or the drawing."""
    full, found = list(taken), []
    said: list[Box] = []
    for words in wanted:
        best = _freest(
            (
                _inside(words, point, left=left, right=right, height=height)
                for point in words.places
            ),
            full,
        )
        if words.minor and any(best.over(other) for other in said):
            continue
        said.append(Box(x=best.x, y=best.y, width=best.width, height=best.height, weight=10))
        full.append(said[-1])
        found.append(Placed(words=words, x=best.x, y=best.y))
    return found


def _freest(places: Iterable[Box], full: Sequence[Box]) -> Box:
    """The first place that covers least. A free one ends the search, and a place is given up as soon
    as it covers as much as the best so far: a measure's page draws two charts of a hundred boxes."""
    best, least = None, math.inf
    for box in places:
        covered = 0.0
        for other in full:
            covered += box.over(other) * other.weight
            if covered >= least:
                break
        else:
            best, least = box, covered
            if not covered:
                break
    if best is None:
        raise ValueError("Words need one place at least where they may stand.")
    return best


def _inside(words: Words, point: Point, *, left: float, right: float, height: float) -> Box:
    width = max(wide(line, words.size) for line in words.lines)
    tall = LINE_HEIGHT * len(words.lines)
    x = min(max(point[0], left + width / 2), right - width / 2)
    y = min(max(point[1], tall / 2 - 14), height - tall / 2 - 2)
    return Box(x=x, y=y, width=width + 4, height=tall)


def wrapped(words: str, width: float, size: int = 14) -> tuple[str, ...]:
    """Words in as few lines of at most so many pixels as they need, about equally long; best after a comma."""
    lines = _filled(words, width, size)
    even = wide(words, size) / max(len(lines), 1)
    clauses = tuple(filter(None, re.split("(?<=[、。])", words)))
    if len(clauses) == len(lines) and all(wide(each, size) <= width for each in clauses):
        return clauses
    for room in range(int(even), int(width), 4):
        evenly = _filled(words, room, size)
        if len(evenly) <= len(lines):
            return evenly
    return lines


def _filled(words: str, width: float, size: int) -> tuple[str, ...]:
    """Lines as full as they get; between words where there are blanks, else anywhere."""
    lines, line = [], ""
    for piece in _pieces(words):
        if line and wide(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return tuple([*lines, line.rstrip()] if line.strip() else lines)


def _pieces(words: str) -> list[str]:
    """Where a line may break: after a blank and around a wide letter, but not before a closing sign."""
    pieces: list[str] = []
    for letter in words:
        is_wide = unicodedata.east_asian_width(letter) in "FW"
        joins = bool(pieces) and (
            letter in "、。）」％〜・ー" or (not is_wide and not _ends(pieces[-1]))
        )
        if joins:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _ends(piece: str) -> bool:
    last = piece[-1]
    return last == " " or (unicodedata.east_asian_width(last) in "FW" and last not in "「（〜")
