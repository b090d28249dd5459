"""What an indicator had reached by the end of each quarter, from its months."""

from collections.abc import Sequence
from decimal import Decimal


def quarters_of(months: Sequence[Decimal | None], accumulate: str) -> tuple[Decimal | None, ...]:
    """Four figures, None where a month of them is not known yet. `months` are those of a fiscal year, April
    first; fewer than twelve while it runs. A flow has grown by then to the sum of its months, a stock
    stands as in the quarter's last month; the ratio of a quarter does not follow from its months."""
    return tuple(_reached(months, quarter * 3, accumulate) for quarter in (1, 2, 3, 4))


def _reached(months: Sequence[Decimal | None], until: int, accumulate: str) -> Decimal | None:
    if len(months) < until:
        return None
    known = months[:until]
    if accumulate == "stock":
        return known[-1]
    if accumulate != "flow" or any(each is None for each in known):
        return None
    return sum((each for each in known if each is not None), Decimal(0))
