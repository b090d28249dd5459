"""What moved, what should have moved and what is to be decided: pure, for those who decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

JUDGED: Final = ("achieved", "on_track", "slightly_behind", "behind", "worsening")
"""Statuses from the best to the worst; others are no judgement."""

LATE: Final = ("worsening", "behind")

Turn = Literal["better", "worse"]


def turned(before: str, after: str) -> Turn | None:
    """Whether a status became better or worse; None when it did not, or one of both is no judgement."""
    if before not in JUDGED or after not in JUDGED or before == after:
        return None
    return "better" if JUDGED.index(after) < JUDGED.index(before) else "worse"


def change_of(before: Decimal, after: Decimal) -> Decimal | None:
    """The change against the year before as a share of it; None from zero, where there is no share."""
    return None if before == 0 else (after - before) / abs(before)


def is_toward(direction: str, change: Decimal) -> bool | None:
    """Whether a change goes where the indicator shall go; None where only a level is to be held."""
    if direction not in ("up", "down") or change == 0:
        return None
    return (change > 0) == (direction == "up")


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stage in the plan's words, with the years that it covers for certain and those that it may cover."""

    word: str
    text: str
    certain: frozenset[int]
    possible: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class StageStand:
    """Where a measure stands in a year: its stage in the plan's words and as the plan's code for it, the one
    that the plan wants next and from which year; "" and None where there is none. `begun`: a stage has begun
    by then. `overdue`: the last stage is over and no other covers the year, not even possibly."""

    now: str
    word: str
    following: str
    from_year: int | None
    begun: bool
    overdue: bool

    def moves_by(self, year: int) -> bool:
        """Whether the plan wants another stage in a fiscal year or before it."""
        return self.from_year is not None and self.from_year <= year


def stage_stand(spans: Sequence[Span], year: int) -> StageStand:
    """Where a measure stands by the plan's schedule of stages. A stage of the same kind that follows is no
    move; one that begins for certain in a later year has not begun, though it may cover the year."""
    drawn = [each for each in spans if each.certain]
    possible = [each for each in drawn if year in each.possible]
    covering = [each for each in drawn if year in each.certain]
    covering = covering or [each for each in possible if min(each.certain) < year]
    past = [each for each in drawn if max(each.certain) < year]
    now = covering[-1] if covering else max(past, key=lambda each: max(each.certain), default=None)
    coming = [each for each in drawn if min(each.certain) > year and _is_another(each, now)]
    following = min(coming, key=lambda each: min(each.certain), default=None)
    return StageStand(
        now=now.text if now else "",
        word=now.word if now else "",
        following=following.text if following else "",
        from_year=min(following.certain) if following else None,
        begun=now is not None,
        overdue=not covering and not possible and bool(past),
    )


def _is_another(span: Span, now: Span | None) -> bool:
    if now is None or span.word != now.word:
        return True
    return span.word == "other" and span.text != now.text
