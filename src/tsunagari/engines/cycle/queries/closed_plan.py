"""A cycle's plan at the end of a fiscal year, as it was before the decisions of that year were carried out."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from tsunagari.engines.cycle.models import Revision
from tsunagari.engines.plan import api as plan_api


def closed_plans(
    plan: str, year: int, *, now: datetime, languages: Iterable[str]
) -> dict[str, plan_api.ClosedYear]:
    """A plan at the end of a fiscal year by language, judged by the targets that stood in that year; empty
    where the plan is gone. One query more than the plan's own."""
    return plan_api.closed_years(
        plan, year, now=now, languages=languages, before=_before(plan, year)
    )


def closed_plan(
    plan: str, year: int, *, now: datetime, language: str
) -> plan_api.ClosedYear | None:
    """The same in one language; None where the plan is gone."""
    return closed_plans(plan, year, now=now, languages=[language]).get(language)


def _before(plan: str, year: int) -> dict[tuple[str, int], Decimal | None]:
    """Targets that decisions changed from a later year on, as they were: of several changes the first one's
    old figure, which is therefore read last."""
    changed = Revision.objects.filter(
        decision__cycle__plan=plan, decision__carried_at__isnull=False, decision__from_year__gt=year
    )
    rows = changed.order_by("-decision__carried_at", "-decision__from_year", "-pk")
    return {
        (indicator, of_year): old
        for indicator, of_year, old in rows.values_list("indicator", "fiscal_year", "old")
    }
