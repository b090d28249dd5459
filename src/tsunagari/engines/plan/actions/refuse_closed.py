"""Keeps a loading from rewriting years that are closed and published.

A loading that would change a closed year's result, its target, or what was planned or done in it, is refused as
a whole. It could be said and let through, since the year's report is sealed and does not change. But then the
plan's live pages would contradict the report through a file that nobody of the secretariat looked at, and the
next loading of the same file would find nothing to say any more. An erratum corrects both with a date and a reason; so a
loading may bring a closed year only to what stands there already. Everything else of a plan may change.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from tsunagari.engines.plan.models import Action, Indicator, Measure, Target, Value
from tsunagari.engines.plan.rules.pack import PackRefused, Problem
from tsunagari.engines.plan.rules.reports import reports_of

_Key = tuple[str, int, int, int | None]
"""What it is ("value", "target", "planned", "done"), the indicator's or measure's key, year, month."""
_WAY = "put it back as it was; what was published is corrected by an erratum of the year's report, which mends the plan as well"


@dataclass(frozen=True, kw_only=True)
class ClosedYears:
    """A plan's closed years as they stood before a loading."""

    plan: str
    years: frozenset[int]
    held: Mapping[_Key, str]
    indicators: frozenset[int]
    measures: frozenset[int]

    @classmethod
    def of(cls, plan: str) -> Self:
        """What stands now. Where no year of the plan is closed, nothing more is read."""
        years = frozenset(each.year for each in reports_of(plan))
        if not years:
            return cls(
                plan=plan, years=years, held={}, indicators=frozenset(), measures=frozenset()
            )
        return cls(
            plan=plan,
            years=years,
            held=dict(_standing(plan, years)),
            indicators=frozenset(
                Indicator.objects.filter(measure__plan__code=plan).values_list("pk", flat=True)
            ),
            measures=frozenset(
                Measure.objects.filter(plan__code=plan).values_list("pk", flat=True)
            ),
        )

    def refuse_changes(self, *, file: str) -> None:
        """Raise PackRefused with everything of the closed years that reads otherwise now. What belongs to a
        measure or an indicator that is new was in no report."""
        if not self.years:
            return
        now = dict(_standing(self.plan, self.years))
        changed = [
            key
            for key in sorted(
                {*self.held, *now}, key=lambda key: (key[2], key[1], key[0], key[3] or 0)
            )
            if self.held.get(key, "") != now.get(key, "") and self._known(key)
        ]
        if not changed:
            return
        places = _places(self.plan)
        raise PackRefused(
            [
                Problem(
                    file=file,
                    line=1,
                    wrong=_wrong(key, places, self.held.get(key, ""), now.get(key, "")),
                    right=_WAY,
                )
                for key in changed
            ]
        )

    def _known(self, key: _Key) -> bool:
        return key[1] in (self.indicators if key[0] in ("value", "target") else self.measures)


def _standing(plan: str, years: Collection[int]) -> Iterator[tuple[_Key, str]]:
    own = {"indicator__measure__plan__code": plan, "fiscal_year__in": years, "superseded_at": None}
    for indicator, year, month, value in Value.objects.filter(**own).values_list(
        "indicator", "fiscal_year", "month", "value"
    ):
        yield ("value", indicator, year, month), _plain(value)
    for indicator, year, value in Target.objects.filter(**own).values_list(
        "indicator", "fiscal_year", "value"
    ):
        yield ("target", indicator, year, None), _plain(value)
    actions = Action.objects.filter(
        measure__plan__code=plan, action_plan__fiscal_year__in=years
    ).values_list("measure", "action_plan__fiscal_year", "planned", "done")
    for measure, year, planned, done in actions:
        yield ("planned", measure, year, None), planned
        yield ("done", measure, year, None), done


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _places(plan: str) -> dict[tuple[str, int], tuple[str, int]]:
    """Number and order of each indicator, number of each measure."""
    rows = Indicator.objects.filter(measure__plan__code=plan).values_list(
        "pk", "measure__number", "order"
    )
    measures = Measure.objects.filter(plan__code=plan).values_list("pk", "number")
    return {("indicator", pk): (number, order) for pk, number, order in rows} | {
        ("measure", pk): (number, 0) for pk, number in measures
    }


def _wrong(
    key: _Key, places: Mapping[tuple[str, int], tuple[str, int]], before: str, after: str
) -> str:
    what, pk, year, _month = key
    if what in ("planned", "done"):
        number, _ = places["measure", pk]
        return f"{year} is closed and published; what measure {number} {what} in it would read otherwise"
    number, order = places["indicator", pk]
    name = "result" if what == "value" else "target"
    return (
        f"{year} is closed and published; its {name} of measure {number}, indicator {order}, "
        f"would be {after or 'nothing'} instead of {before or 'nothing'}"
    )
