"""What carrying out decisions does in the plan, as data: shown before it is done, and told afterwards."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Act = Literal["goes_on", "ends", "made", "stage", "target", "text", "planned"]
"""goes_on: nothing changes. ends: a measure ends with `year`. made: `name` begins with `year`, with `count`
indicators that go on. stage, target: from `before` to `after` in `year`. text: what an indicator says goes
from `before` to `after`. planned: what is to be done in `year` is written."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One change. `measure` is quoted (P/2), with its `name`; `detail` is what is meant in it (the
    indicator's name), `part` which of its texts (the plan's REVISABLE). `before` and `after` are words of
    stages, texts, or plain figures with `digits` and `unit`."""

    act: Act
    measure: str
    name: str
    year: int
    count: int = 0
    detail: str = ""
    part: str = ""
    before: str = ""
    after: str = ""
    digits: int = 0
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What one decision does. `wrong` says why it cannot be carried out, "" where it can."""

    decision: str
    kind: str
    measures: tuple[str, ...]
    deeds: tuple[Deed, ...]
    wrong: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What all of them do from a fiscal year on. `sheets_added` and `sheets_gone` count those of the next
    year where it is being planned already, `laid_aside` names the measures whose sheets there were written in
    and are kept aside. `seen` tells this outcome from any other."""

    from_year: int
    done: tuple[Done, ...]
    made: int
    sheets_added: int
    sheets_gone: int
    seen: str
    laid_aside: tuple[str, ...] = ()

    @property
    def wrong(self) -> tuple[Done, ...]:
        """The decisions that cannot be carried out."""
        return tuple(each for each in self.done if each.wrong)


def plain(value: Decimal | None) -> str:
    """A figure as text; "" for none."""
    return "" if value is None else f"{value.normalize():f}"
