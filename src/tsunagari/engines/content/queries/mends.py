"""Plans of mends in counts."""

from dataclasses import dataclass

from django.db.models import Count, Q

from tsunagari.engines.content.models import PlannedMend, Round


@dataclass(frozen=True, kw_only=True)
class PlanCounts:
    """How many places on how many pages a plan holds, and how many of them are ticked."""

    places: int
    pages: int
    ticked: int
    ticked_pages: int


def plan_counts(held: Round) -> PlanCounts:
    """A plan in numbers. One question."""
    ticked = Q(chosen=True)
    found = held.mends.aggregate(
        places=Count("pk"),
        pages=Count("page", distinct=True),
        ticked=Count("pk", filter=ticked),
        ticked_pages=Count("page", distinct=True, filter=ticked),
    )
    return PlanCounts(**found)


def outcomes(held: Round) -> tuple[tuple[str, str, int], ...]:
    """What became of the pages: (outcome, words, pages), what was made first."""
    rows = held.mends.exclude(outcome="").order_by().values_list("outcome")
    counts = dict(rows.annotate(pages=Count("page", distinct=True)))
    return tuple(
        (str(value), str(words), counts[value])
        for value, words in PlannedMend.Outcomes.choices
        if value in counts
    )
