"""Checking a page by every rule; the rules are found in their folder, and no other list names them."""

import pkgutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Final

from tsunagari.engines.content.rules import faults
from tsunagari.engines.content.rules.passages import Page, passages_of
from tsunagari.engines.content.rules.pieces import (
    Change,
    Fault,
    Knowledge,
    Mend,
    Piece,
    apply,
)
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import Sentence

_LEVELS: Final = {"A": 0, "AA": 1, "advice": 2}
_ROUNDS: Final = 20
"""How often a page is checked again while it is mended by itself."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule: what refuses publishing first, then by id."""
    modules = (
        import_module(f"{faults.__name__}.{each.name}")
        for each in pkgutil.iter_modules(faults.__path__)
    )
    rules = [module.RULE for module in modules if hasattr(module, "RULE")]
    return tuple(sorted(rules, key=lambda rule: (_LEVELS[rule.level], rule.id)))


def check(
    pieces: Sequence[Piece], knowledge: Knowledge, *, only: Collection[str] | None = None
) -> tuple[Fault, ...]:
    """Every fault of a page, in reading order; `only` names the rules to ask."""
    page = Page(tuple(pieces), knowledge)
    found = [
        _fault(rule, each)
        for rule in all_rules()
        if knowledge.language in rule.languages and (only is None or rule.id in only)
        for each in rule.find(page)
    ]
    order = {piece.place.part: index for index, piece in reversed(list(enumerate(pieces)))}
    return tuple(sorted(found, key=lambda fault: order.get(fault.place.part, len(order))))


def refuses(found: Iterable[Fault]) -> bool:
    """Whether a page with these faults may not be published."""
    return any(fault.level == "A" for fault in found)


def _fault(rule: Rule, found: Found) -> Fault:
    return Fault(
        rule=rule.id,
        level=found.level or rule.level,
        place=found.place,
        found=found.found,
        said=found.said,
        why=Sentence(words=rule.why),
        mends=found.mends,
    )


def apply_mend(pieces: Sequence[Piece], mend: Mend) -> tuple[Piece, ...]:
    """The page with a mend."""
    changed = tuple(pieces)
    for change in mend.changes:
        changed = tuple(apply(piece, change) for piece in changed)
    return changed


def mended(
    pieces: Sequence[Piece], knowledge: Knowledge, *, only: Collection[str]
) -> tuple[Piece, ...]:
    """The page with the first mend of every fault that these rules find, for mending many pages at once."""
    present = tuple(pieces)
    for _ in range(_ROUNDS):
        mends = [fault.mends[0] for fault in check(present, knowledge, only=only) if fault.mends]
        if not mends:
            break
        after = _together(present, mends)
        if after == present:
            break
        present = after
    return present


def _together(pieces: Sequence[Piece], mends: Sequence[Mend]) -> tuple[Piece, ...]:
    """As many mends as fit together: all that replace letters, else the first for each field."""
    changed = apply_mend(pieces, Mend(said=mends[0].said, changes=tuple(_joined(pieces, mends))))
    touched = {edit.place.whole for mend in mends for edit in mend.edits}
    for mend in mends:
        places = {change.place.whole for change in mend.changes}
        if not mend.edits and not places & touched:
            changed = apply_mend(changed, mend)
            touched |= places
    return changed


def _joined(pieces: Sequence[Piece], mends: Sequence[Mend]) -> Iterator[Change]:
    edits = [edit for mend in mends for edit in mend.edits]
    for piece in pieces:
        for passage in passages_of(piece):
            ours = sorted(
                {
                    (edit.place.start, edit.place.end, edit.text)
                    for edit in edits
                    if edit.place.whole == passage.place
                }
            )
            if ours:
                yield passage.with_edits(_apart(ours))


def _apart(edits: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    reached = -1
    for start, end, text in edits:
        if start >= reached:
            yield start, end, text
            reached = max(end, start + 1)
