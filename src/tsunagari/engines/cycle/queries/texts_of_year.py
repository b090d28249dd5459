"""What indicators were called in a fiscal year: decisions that hold from a later one do not rewrite it."""

from collections.abc import Iterable
from dataclasses import replace

from tsunagari.engines.cycle.models import TextRevision
from tsunagari.engines.cycle.rules.text_revisions import named
from tsunagari.engines.plan import api as plan_api


def called_in_year(
    measures: Iterable[plan_api.MeasureState], year: int, language: str
) -> tuple[plan_api.MeasureState, ...]:
    """The measures with their indicators' names, units and notes on the counting as they were in `year`: what
    a decision changed from a later year on reads as it did before. Three queries at most."""
    listed = tuple(measures)
    held = {each.public_id for measure in listed for each in measure.indicators}
    before = _before(held, year)
    texts = plan_api.indicator_texts(list(before))
    then = {key: {**texts[key], **before[key]} for key in before if key in texts}
    return tuple(
        replace(
            measure,
            indicators=tuple(_as_then(each, then, language) for each in measure.indicators),
        )
        for measure in listed
    )


def _before(indicators: set[str], year: int) -> dict[str, dict[str, str]]:
    """By indicator and key, the text that stood before the first decision which changed it for a year after
    `year`. An indicator that went on with a new measure stayed what it was."""
    later = TextRevision.objects.filter(
        indicator__in=indicators,
        decision__carried_at__isnull=False,
        decision__from_year__gt=year,
        decision__heirs__isnull=True,
    )
    before: dict[str, dict[str, str]] = {}
    for each in later.order_by("decision__carried_at", "decision__decided_at", "pk"):
        before.setdefault(each.indicator, {}).setdefault(each.key, each.old)
    return before


def _as_then(
    state: plan_api.IndicatorState, then: dict[str, dict[str, str]], language: str
) -> plan_api.IndicatorState:
    texts = then.get(state.public_id)
    if texts is None:
        return state
    return replace(
        state,
        name=named(texts, "name", language),
        unit=named(texts, "unit", language),
        definition_note=named(texts, "definition_note", language),
    )
