"""Judges an indicator of a closed year anew after one of its figures was corrected."""

from dataclasses import replace
from typing import cast

from django.utils import translation

from tsunagari.engines.cycle.queries.yearbook import exact
from tsunagari.engines.cycle.rules.corrections import put_measure
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearFigure, YearIndicator
from tsunagari.engines.plan import api as plan_api


def judged_anew(book: Yearbook, number: str, indicator: str) -> Yearbook:
    """The yearbook with this indicator's judgement, and its measure's, as they follow from its figures.

    `number` is the measure's, `indicator` a public id; both are in the book.
    """
    measure = book.measure(number)
    if measure is None:
        raise LookupError(number)
    with translation.override(book.language):
        indicators = tuple(
            _judged(book, each) if each.public_id == indicator else each
            for each in measure.indicators
        )
    by_status = {each.status: each for each in indicators}
    status = plan_api.slowest([cast("plan_api.Status", each.status) for each in indicators])
    return put_measure(
        book,
        replace(
            measure,
            indicators=indicators,
            status=status or "",
            status_title=by_status[status].status_title if status else measure.status_title,
        ),
    )


def _judged(book: Yearbook, indicator: YearIndicator) -> YearIndicator:
    found = plan_api.judge_closed(
        book.plan,
        book.fiscal_year,
        _aim(indicator),
        [_result(each) for each in indicator.results if each.value is not None],
        language=book.language,
    )
    return replace(
        indicator,
        status=found.progress.status,
        status_title=found.title,
        reason=str(plan_api.REASONS[found.progress.reason]),
        rate=exact(found.progress.share),
        grade=found.grade,
    )


def _aim(indicator: YearIndicator) -> plan_api.Aim:
    return plan_api.Aim(
        direction=indicator.direction,  # type: ignore[arg-type]  # the plan engine's own word, kept as text
        accumulate=indicator.accumulate,  # type: ignore[arg-type]  # as above
        baseline=indicator.baseline,
        baseline_year=indicator.baseline_year,
        target=indicator.target,
        target_year=indicator.target_year,
        yearly={each.year: each.value for each in indicator.targets if each.value is not None},
        low=indicator.low,
        high=indicator.high,
    )


def _result(figure: YearFigure) -> plan_api.Result:
    assert figure.value is not None  # noqa: S101 - callers leave out what is not known
    return plan_api.Result(
        year=figure.year,
        value=figure.value,
        origin=figure.origin,
        whole=figure.whole,
        status=figure.status,
    )
