"""Questions found by one's own words, and those that wait for an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tsunagari.engines.content.models import Published, QuestionPage, UnansweredQuestion
from tsunagari.kernel.search import api as search

MOST: Final = 200
MOST_FOUND: Final = 60
"""Questions that one search shows: three pages of the list."""


def questions_like(
    text: str, language: str, *, labels: Mapping[str, str], now: datetime
) -> list[Published]:
    """Published questions that fit the words and bear every one of these labels (code by sort), the best first, as
    the search of the whole site understands them."""
    found = search.find(
        text,
        language=language,
        facets={sort: (code,) for sort, code in labels.items()},
        kinds=("content.question",),
        size=MOST_FOUND,
        at=now,
    )
    wanted = [hit.public_id for hit in found.hits]
    rows = {each.public_id: each for each in Published.objects.filter(public_id__in=wanted)}
    return [rows[each] for each in wanted if each in rows]


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """A question as the console's list shows it. `page` is the key of the page that answers it, None for none;
    `published`: residents can read that. `same` are the questions that were put together with it."""

    public_id: str
    text: str
    language: str
    at: datetime
    state: str
    state_words: str
    reason: str
    page: int | None
    published: bool
    same: tuple[str, ...]


def unanswered(state: str) -> tuple[Unanswered, ...]:
    """Questions in a state, the oldest first where they wait, else the newest first."""
    rows = UnansweredQuestion.objects.filter(state=state).prefetch_related("merged")
    shown = list(rows.order_by("at" if state == "waiting" else "-at", "pk")[:MOST])
    pages = _pages(row.answer for row in shown)
    return tuple(_row(each, pages.get(each.answer)) for each in shown)


def _row(row: UnansweredQuestion, page: tuple[int, bool] | None) -> Unanswered:
    return Unanswered(
        public_id=row.public_id,
        text=row.text,
        language=row.language,
        at=row.at,
        state=row.state,
        state_words=row.get_state_display(),
        reason=row.reason,
        page=page[0] if page else None,
        published=bool(page and page[1]),
        same=tuple(each.text for each in row.merged.all()),
    )


def _pages(answers: Iterable[str]) -> dict[str, tuple[int, bool]]:
    wanted = [each for each in answers if each]
    found = QuestionPage.objects.filter(public_id__in=wanted).values_list("public_id", "pk", "live")
    return {public_id: (pk, live) for public_id, pk, live in found}


def number_waiting() -> int:
    """How many wait for an answer."""
    return UnansweredQuestion.objects.filter(state="waiting").count()
