"""Plans and their measures as the search takes them: in Japanese and English; easy Japanese is not written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from tsunagari.engines.plan.queries.board import MeasureState, PlanHead
from tsunagari.engines.plan.queries.plans import boards, plan_heads
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.search.declare import Entry

LANGUAGES: Final = ("ja", "en")
PLAN_WEIGHT: Final = 0.9
MEASURE_WEIGHT: Final = 0.6
"""Who seeks a word of daily life means a page that helps, not the plan that asks for it."""
ENDED: Final = 0.5
"""A plan that is over stands behind the one that runs."""


def entries(*, clock: Clock) -> Iterator[Entry]:
    """Every plan that has measures, with its measures; none where this zone shows no plan."""
    now = clock()
    for language in LANGUAGES:
        with translation.override(language):
            try:
                found = list(_entries(language, now))
            except NoReverseMatch:
                return
        yield from found


def _entries(language: str, now: datetime) -> Iterator[Entry]:
    for board in boards(now=now, language=language):
        yield _plan(board.head, language)
        for measure in board.measures:
            yield _measure(measure, board.head, language)


def _plan(head: PlanHead, language: str) -> Entry:
    return Entry(
        kind="plan.plan",
        public_id=head.public_id,
        language=language,
        title=head.name,
        address=_public("plan:plan", head.code),
        summary=head.idea,
        body=head.outline,
        keywords=(head.short_name,) if head.short_name != head.name else (),
        weight=PLAN_WEIGHT * (ENDED if head.ended else 1),
    )


def _measure(measure: MeasureState, head: PlanHead, language: str) -> Entry:
    indicators = "\n".join(indicator.name for indicator in measure.indicators)
    runs = measure.counted and not head.ended
    return Entry(
        kind="plan.measure",
        public_id=measure.public_id,
        language=language,
        title=measure.name,
        address=_public("plan:measure", head.code, measure.number),
        summary=measure.purpose or measure.outline,
        body="\n".join(filter(None, [measure.outline, indicators, head.short_name])),
        facets={"division": tuple(dict.fromkeys(each.code for each in measure.divisions))},
        weight=MEASURE_WEIGHT * (1 if runs else ENDED),
    )


def _public(name: str, *args: str) -> str:
    return reverse(name, urlconf=settings.ROOT_URLCONF, args=args)


def facet_words(_facet: str, held: Sequence[str], _language: str) -> Mapping[str, str]:
    """Names of divisions by their code."""
    return identity.names_of(held)


def plan_above(
    addresses: Sequence[str], language: str, *, clock: Clock
) -> dict[str, tuple[str, ...]]:
    """By address of a measure the short name of its plan, from the plans kept in memory."""
    heads = {
        _public("plan:plan", head.code): head.short_name
        for head in plan_heads(language, now=clock())
    }
    return {
        address: (name,)
        for address in addresses
        for plan, name in heads.items()
        if address.startswith(plan) and address != plan
    }
