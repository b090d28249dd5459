"""All plans, the newest first, and the ways that lead over all of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import PlanBoard, PlanHead
from tsunagari.engines.plan.views.lists import bar_of_counts
from tsunagari.engines.plan.views.sentences import sentence
from tsunagari.engines.plan.views.words import span_words
from tsunagari.kernel.design.figures import Count
from tsunagari.kernel.i18n.clock import Clock, system_clock


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A plan in the index."""

    head: PlanHead
    span: str
    sentence: str
    counts: tuple[Count, ...]


def index(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The plans that run and those that have ended."""
    now, language = clock(), get_language() or "ja"
    entries = [_entry(board, language) for board in api.boards(now=now, language=language)]
    context = {
        "running": [each for each in entries if not each.head.ended],
        "ended": [each for each in entries if each.head.ended],
    }
    return render(request, "plan/index.html", context)


def _entry(board: PlanBoard, language: str) -> Entry:
    return Entry(
        head=board.head,
        span=span_words(board.head, language),
        sentence=sentence(board),
        counts=bar_of_counts(board, board.measures),
    )
