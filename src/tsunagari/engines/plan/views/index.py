"""All plans, the newest first, and the ways that lead over all of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import PlanBoard, PlanHead
from tsunagari.engines.plan.views.as_of import Seen, as_of, not_before
from tsunagari.engines.plan.views.lists import bar_of_counts
from tsunagari.engines.plan.views.sentences import sentence
from tsunagari.engines.plan.views.words import span_words
from tsunagari.kernel.design.figures import Count


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A plan in the index."""

    head: PlanHead
    span: str
    sentence: str
    counts: tuple[Count, ...]


@as_of
def index(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The plans that run and those that have ended."""
    language = get_language() or "ja"
    boards = api.boards(now=seen.now, language=language, on=seen.on)
    if not boards:
        not_before(seen.on)
    entries = [_entry(board, language) for board in boards]
    context = {
        "seen": seen,
        "example": seen.example(
            min(
                (board.head.known_since for board in boards if board.head.known_since), default=None
            )
        ),
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
