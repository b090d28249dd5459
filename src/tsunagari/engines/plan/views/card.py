"""An indicator as a small page that other sites may put into theirs."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.clickjacking import xframe_options_exempt

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import IndicatorState, MeasurePage
from tsunagari.engines.plan.views.measure import large_figure
from tsunagari.engines.plan.views.rows import bar
from tsunagari.kernel.i18n.clock import Clock, system_clock

FRAMED = {
    "frame-ancestors": ["*"],
    "script-src": [NONE],
    "connect-src": [NONE],
    "form-action": [NONE],
}
"""The one page that any site may frame. There is nothing to press in it but a link that opens the measure's
page in a window of its own, so that nobody can be led to press something else."""


@xframe_options_exempt
@csp_replace(FRAMED)  # type: ignore[arg-type]  # it is written for views without parts of an address
def card(
    request: HttpRequest, code: str, number: str, order: int, *, clock: Clock = system_clock
) -> HttpResponse:
    """One indicator: its figure, its status, its way. Where it stands is no page of this site, so no view
    is counted. One that is not there says so in the frame, not in the words of the framing site."""
    language = get_language() or "ja"
    page = api.measure_page(code, number, now=clock(), language=language)
    states = page.measure.indicators if page else ()
    state = next((each for each in states if each.order == order), None)
    context = _context(page, state, language) if page and state else _missing(page)
    response = render(request, "plan/card.html", context, status=200 if state else 404)
    response.uncounted = True  # type: ignore[attr-defined]  # read by the middleware that marks views
    return response


def _context(page: MeasurePage, state: IndicatorState, language: str) -> dict[str, object]:
    return {
        "head": page.head,
        "measure": page.measure,
        "state": state,
        "figure": large_figure(page, state, language),
        "mark": api.mark_of_indicator(state, page.measure, page.head),
        "bar": bar(page.head, state, language),
    }


def _missing(page: MeasurePage | None) -> dict[str, object]:
    return {
        "head": page.head if page else None,
        "missing": gettext("この指標は見つかりません。"),
    }
