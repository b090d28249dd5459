"""The plan's front page: true counts first, then the city's own list, narrowed by links and a word."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import PlanHead
from tsunagari.engines.plan.views.lists import bar_of_counts, found, legend, narrowing
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.engines.plan.views.rows import parts, without_results
from tsunagari.engines.plan.views.sentences import sentence
from tsunagari.engines.plan.views.words import span_words, year_columns
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear


@in_words
def dashboard(request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """One plan."""
    now, language = clock(), get_language() or "ja"
    board = found(code, now, language)
    asked = narrowing(request, board, now, language)
    heads = api.plan_heads(language, now=now)
    context = {
        **page_of(board.head, now, language),
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
            (each, sum(m.section == each.code for m in board.measures))
            for each in board.head.sections
        ],
        "viewpoints": [
            (each, sum(each in m.viewpoints for m in board.measures))
            for each in board.head.viewpoints
        ],
        "year_pages": [(each.year, each.name) for each in board.head.action_plans],
    }
    return render(request, "plan/plan.html", context)


def page_of(head: PlanHead, now: datetime, language: str) -> dict[str, object]:
    """What every page of a plan shows around its own matter."""
    return {
        "head": head,
        "span": span_words(head, language),
        "years": year_columns(head, FiscalYear.at(now).year, language),
    }
