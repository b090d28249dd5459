"""Reads of published letters."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity
from tsunagari.services.voice.listening.models import PublishedVoice


@dataclass(frozen=True, kw_only=True)
class Published:
    """A published letter as residents read it. `division` is the name of who answers now."""

    public_id: str
    title: str
    question: str
    answer: str
    category: str
    division: str
    answered_on: date
    published_at: datetime


def published_voices(
    *, category: str = "", year: int | None = None, words: str = ""
) -> QuerySet[PublishedVoice]:
    """Letters that stand published, newest first; of a category, a fiscal year, with words in them."""
    found = PublishedVoice.objects.filter(withdrawn_at=None)
    if category:
        found = found.filter(category=category)
    if year is not None:
        asked = FiscalYear(year)
        found = found.filter(answered_on__range=(asked.first_day, asked.last_day))
    for word in words.split()[:10]:
        found = found.filter(
            Q(title__icontains=word) | Q(question__icontains=word) | Q(answer__icontains=word)
        )
    return found


def published_voice(public_id: str, *, clock: Clock, language: str) -> Published | None:
    """One published letter; None where there is none (any more)."""
    row = PublishedVoice.objects.filter(public_id=public_id, withdrawn_at=None).first()
    return told([row], clock=clock, language=language)[0] if row else None


def told(rows: list[PublishedVoice], *, clock: Clock, language: str) -> list[Published]:
    """Rows in words: with the names that the divisions, or who took over, bear now. Two queries."""
    codes = {row.division for row in rows if row.division}
    names = identity.names_of_heirs(codes, FiscalYear.at(clock()), language) if codes else {}
    return [
        Published(
            public_id=row.public_id,
            title=row.title,
            question=row.question,
            answer=row.answer,
            category=row.category,
            division="・".join(names.get(row.division, ())),
            answered_on=row.answered_on,
            published_at=row.published_at,
        )
        for row in rows
    ]


def years_published() -> list[int]:
    """Fiscal years in which answers stand, newest first."""
    days = PublishedVoice.objects.filter(withdrawn_at=None).values_list("answered_on", flat=True)
    return sorted({FiscalYear.of(day).year for day in days}, reverse=True)
