"""What is worth a second look in a plan's year, each by a stated rule: pure, and the same for every plan.

The figure out of pattern follows Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): the change
of a year lies further from the median of the earlier changes than 3.5 times their spread, and the spread
is 1.4826 times the median of the distances from that median.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Final

from tsunagari.kernel.i18n.texts import N_

YEARS: Final = 4
"""Years whose figures must be known before one can be out of their pattern."""
FACTOR: Final = Decimal("3.5")
SPREAD: Final = Decimal("1.4826")
"""What makes the median distance comparable with a standard deviation."""
LEAST_SPREAD: Final = Decimal("0.01")
"""The smallest spread, as a share of the year before: figures that hardly move are no reason for alarm."""
RUNNING: Final = 3
"""Years in a row in which a target reached, or a text unchanged, says nothing new."""
SILENCE: Final = 3
"""How many times its usual gap a meter is silent before it counts as stopped."""
SIGNS: Final = 3
"""Months with a count or a loading that a meter must have had, so that its usual gap is known."""

RULES: Final[Mapping[str, str]] = {
    "unusual": N_(
        "前の年度からの増減（1年あたり）が、それまでの増減の中央値から、ばらつきの3.5倍より大きく離れている。ばらつきは、中央値からの隔たりの中央値（MAD）の1.4826倍で、前の年度の値の1%より小さいときは1%とみなす。それまでに4つ以上の年度の数値があるときに調べる。"
    ),
    "reached": N_("3年度続けて、最終の目標値に届いている。年度の途中の数値は数えない。"),
    "unmeasured": N_(
        "計画が始まって1年度以上たつのに、計画期間の実績が一つもない。これから指標を設定する予定のものは除く。"
    ),
    "stopped": N_(
        "数えた件数または取込のある月の間隔の中央値（ふだんの間隔）の3倍より長く、何も数えていない。3つ以上の月に記録のある計測を、終わった月だけで調べる。"
    ),
    "unreasoned": N_("画面かファイルから設定した目標値に、理由が書かれていない。"),
    "differs": N_(
        "確定した年度の実績が、いま計画にある同じ年度の実績と違う。確定したときに実績がなく、いまは計画にあるものも含む。"
    ),
    "afterwards": N_(
        "点検・評価の受理（受理の前は提出）のあとに、画面・ファイル・鍵から入力された数値で、年度の実績が変わった。自動計測の動きは数えない。確定した年度は調べない。"
    ),
    "unchanged": N_("「%(field)s」が、3年度続けて一字も変わっていない。"),
}
"""The rule of each kind of hint, as it stands beside what it found."""


@dataclass(frozen=True, kw_only=True)
class Unusual:
    """A figure out of pattern: `change` a year since `before_year`, the `usual` one (median), the `spread`."""

    year: int
    value: Decimal
    before_year: int
    before: Decimal
    change: Decimal
    usual: Decimal
    spread: Decimal


def unusual(figures: Mapping[int, Decimal], until: int) -> Unusual | None:
    """The newest figure up to the fiscal year `until`, when it is out of the pattern of those before it."""
    years = sorted(year for year in figures if year <= until)
    if len(years) <= YEARS:
        return None
    changes = [_a_year(figures, first, second) for first, second in pairwise(years)]
    usual = median(changes[:-1])
    before_year, year = years[-2:]
    least = abs(figures[before_year]) * LEAST_SPREAD
    spread = max(SPREAD * median(abs(each - usual) for each in changes[:-1]), least)
    if abs(changes[-1] - usual) <= FACTOR * spread:
        return None
    return Unusual(
        year=year,
        value=figures[year],
        before_year=before_year,
        before=figures[before_year],
        change=changes[-1],
        usual=usual,
        spread=spread,
    )


def _a_year(figures: Mapping[int, Decimal], first: int, second: int) -> Decimal:
    return (figures[second] - figures[first]) / (second - first)


def reached_since(reached: Mapping[int, bool], until: int) -> int | None:
    """The first of the years in a row, `until` the last, whose target was reached; None when fewer than
    three are. `reached` holds years of which the whole figure is known."""
    since = until
    while reached.get(since):
        since -= 1
    return since + 1 if until - since >= RUNNING else None


def never_measured(results: Sequence[int], first_year: int, until: int) -> bool:
    """Whether a year of the plan is over and none of its years, `first_year` to `until`, has a result.
    `results` are the years that have one; `until` is the last year that is over."""
    return until >= first_year and not any(first_year <= year <= until for year in results)


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A silent meter: the place of its last sign among the months, months since, its usual gap in months."""

    last: int
    silent: int
    usual: Decimal


def stopped(signs: Sequence[bool]) -> Stopped | None:
    """Whether a meter fell silent. `signs` says of months in a row, all over, whether it counted or was
    loaded."""
    places = [place for place, sign in enumerate(signs) if sign]
    if len(places) < SIGNS:
        return None
    usual = Decimal(str(median(second - first for first, second in pairwise(places))))
    silent = len(signs) - 1 - places[-1]
    if silent <= SILENCE * usual:
        return None
    return Stopped(last=places[-1], silent=silent, usual=usual)


def unchanged_since(texts: Mapping[int, str], until: int) -> int | None:
    """The first of the years in a row, `until` the last, in which a text reads the same; None when it is
    empty or fewer than three years say it. Ends of lines and blanks do not count."""
    said = " ".join(texts.get(until, "").split())
    since = until
    while said and " ".join(texts.get(since, "").split()) == said:
        since -= 1
    return since + 1 if until - since >= RUNNING else None
