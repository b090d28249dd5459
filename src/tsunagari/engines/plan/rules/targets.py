"""What a target given as a change of the baseline comes to."""

from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


def rounded(value: Decimal, digits: int) -> Decimal:
    """A figure with so many digits after the point, half away from zero as offices round."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def changed(baseline: Decimal, basis: str, change: Decimal, digits: int) -> Decimal:
    """`baseline` plus so many points, or raised by so many per cent; rounded to `digits`.

    The third plan writes 5%増 for 26.6 → 31.6 (points) and 7%増 for 65.9 → 70.5 (per cent): only the
    reasons it gives tell which is meant.
    """
    if basis == "percent":
        return rounded(baseline * (HUNDRED + change) / HUNDRED, digits)
    return rounded(baseline + change, digits)
