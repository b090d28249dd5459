"""How a page differs after mending: each changed field with what stood there and what stands there now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.pieces import (
    ATTRIBUTES,
    Change,
    Piece,
    Place,
    Plain,
    Rich,
    Table,
    Value,
)

AROUND: Final = 24
"""Unchanged letters that are shown before and after a change."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A change with the letters before and after it, as a person reads them."""

    change: Change
    was: str
    becomes: str


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Some letters of a change: the same before and after, gone, or new; "cut" stands for many of the same."""

    kind: Literal["same", "gone", "new", "cut"]
    text: str


def differences(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[Difference, ...]:
    """What differs, field by field; both have the same pieces in the same order."""
    pairs = zip(before, after, strict=True)
    return tuple(each for was, now in pairs if was != now for each in _between(was, now))


def stretches(was: str, becomes: str) -> tuple[Stretch, ...]:
    """The letters of a change, with those in the middle of long unchanged ones left out."""
    found: list[Stretch] = []
    steps = SequenceMatcher(None, was, becomes, autojunk=False).get_opcodes()
    for place, (step, start, end, new_start, new_end) in enumerate(steps):
        if step == "equal":
            first, last = place == 0, place == len(steps) - 1
            found += _shortened(was[start:end], first=first, last=last)
            continue
        if end > start:
            found.append(Stretch(kind="gone", text=was[start:end]))
        if new_end > new_start:
            found.append(Stretch(kind="new", text=becomes[new_start:new_end]))
    return tuple(found)


def _shortened(text: str, *, first: bool, last: bool) -> Iterator[Stretch]:
    before, after = "" if first else text[:AROUND], "" if last else text[-AROUND:]
    if len(text) <= len(before) + len(after) + 1:
        yield Stretch(kind="same", text=text)
        return
    if before:
        yield Stretch(kind="same", text=before)
    yield Stretch(kind="cut", text="…")
    if after:
        yield Stretch(kind="same", text=after)


def _between(was: Piece, now: Piece) -> Iterator[Difference]:
    if isinstance(was, Plain) and isinstance(now, Plain):
        yield _difference(was.place, now.text, was.text, now.text)
    elif isinstance(was, Rich) and isinstance(now, Rich):
        old, new = rich_text.plain(was.html), rich_text.plain(now.html)
        told = (old, new) if old != new else (was.html, now.html)
        yield _difference(was.place, now.html, *told)
    else:
        yield from _named(was, now)


def _named(was: Piece, now: Piece) -> Iterator[Difference]:
    for name, attribute in ATTRIBUTES[type(was).__name__].items():
        old, new = getattr(was, attribute), getattr(now, attribute)
        if old != new:
            yield _difference(was.place.inside(name), new, str(old), str(new))
    if isinstance(was, Table) and isinstance(now, Table):
        for row, (old_cells, new_cells) in enumerate(zip(was.rows, now.rows, strict=True)):
            for column, (old, new) in enumerate(zip(old_cells, new_cells, strict=True)):
                if old != new:
                    place = was.place.inside(f"rows.{row}.{column}")
                    yield _difference(place, new, old, new)


def _difference(place: Place, value: Value, was: str, becomes: str) -> Difference:
    return Difference(change=Change(place=place.whole, value=value), was=was, becomes=becomes)
