"""The plan's front page: true counts first, then the city's own list, narrowed by links and a word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import PlanHead
from tsunagari.engines.plan.views.as_of import Seen, as_of
from tsunagari.engines.plan.views.lists import bar_of_counts, found, legend, narrowing
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.engines.plan.views.open_data_catalog import for_search_engines
from tsunagari.engines.plan.views.report_ways import report_ways
from tsunagari.engines.plan.views.rows import parts, without_results
from tsunagari.engines.plan.views.sentences import sentence
from tsunagari.engines.plan.views.words import span_words, year_columns
from tsunagari.kernel.i18n.days import FiscalYear


@in_words
@as_of
def dashboard(request: HttpRequest, seen: Seen, code: str) -> HttpResponse:
    """One plan."""
    now, language = seen.now, get_language() or "ja"
    board = found(code, now, language, on=seen.on)
    asked = narrowing(request, board, now, language)
    heads = api.plan_heads(language, now=now, on=seen.on)
    context = {
        **page_of(board.head, seen, language),
        "sentence": sentence(board),
        "counts": bar_of_counts(board, board.measures),
        "asked": asked,
        "parts": parts(board, asked.shown, language),
        "before": next((h for h in heads if h.code == board.head.predecessor), None),
        "after": next((h for h in heads if h.predecessor == board.head.code), None),
        "several": len(heads) > 1,
        "without_results": without_results(board),
        "legend": legend(board.head),
        "staged": any(measure.kind == "staged" for measure in board.measures),
        "sections": [
            (each, sum(m.section == each.code for m in board.measures if m.counted))
            for each in board.head.sections
        ],
        "viewpoints": [
            (each, sum(each in m.viewpoints for m in board.measures if m.counted))
            for each in board.head.viewpoints
        ],
        "for_search_engines": for_search_engines(request, board, language, now),
        "year_pages": [(each.year, each.name) for each in board.head.action_plans],
        "reports": report_ways(code, seen, language),
    }
    return render(request, "plan/plan.html", context)


def page_of(head: PlanHead, seen: Seen, language: str) -> dict[str, object]:
    """What every page of a plan shows around its own matter."""
    return {
        "head": head,
        "seen": seen,
        "example": seen.example(head.known_since),
        "span": span_words(head, language),
        "years": year_columns(head, FiscalYear.at(seen.now).year, language),
    }
