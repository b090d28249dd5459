"""What a year still lacks before it can be closed."""

from dataclasses import dataclass

from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.years import usual_from_year
from tsunagari.engines.cycle.rules.decisions import is_settled
from tsunagari.engines.plan import api as plan_api


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """Measures whose check is not accepted, of which is still to be decided, and whose decision is not yet
    carried out in the plan."""

    unchecked: tuple[plan_api.MeasureHead, ...]
    undecided: tuple[plan_api.MeasureHead, ...]
    uncarried: tuple[plan_api.MeasureHead, ...]

    @property
    def any(self) -> bool:
        """Whether something is lacking."""
        return bool(self.unchecked or self.undecided or self.uncarried)


def gaps_of(cycle: Cycle, *, language: str) -> Gaps:
    """What a cycle lacks, in the order of its sheets, with names in `language`. Five queries."""
    sheets = list(cycle.sheets.order_by("order"))
    heads = plan_api.measures_by_id([each.measure for each in sheets], language)
    decisions = cycle.decisions.filter(sheets__isnull=False).values_list("sheets", "carried_at")
    carried = {sheet: carried_at is not None for sheet, carried_at in decisions}
    first = usual_from_year(cycle)
    known = [(each, heads[each.measure]) for each in sheets if each.measure in heads]
    return Gaps(
        unchecked=tuple(head for sheet, head in known if sheet.check_state != "accepted"),
        undecided=tuple(
            head
            for sheet, head in known
            if sheet.pk not in carried and not is_settled(head.until_year, first)
        ),
        uncarried=tuple(head for sheet, head in known if carried.get(sheet.pk) is False),
    )
