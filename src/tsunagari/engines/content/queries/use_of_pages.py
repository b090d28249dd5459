"""What of the city's pages is read, what is not, and what did not help: figures of pages, never of persons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet, Sum

from tsunagari.engines.content.models import Published, UnansweredQuestion, Usefulness
from tsunagari.engines.content.queries.page_reads import counted_since, reads
from tsunagari.engines.content.rules.periods import Days, Period
from tsunagari.kernel.i18n.days import day_start

SHOWN: Final = 20
LASTING: Final = ("page", "question", "topic")
"""Kinds that are meant to be read for long: news and events have their day, lists are on the way to something."""
GIVEN_UP: Final = 3
"""So many answers "it did not help", and more than half of all answers: people give up here."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PageUse:
    """A page, how often it was read now and before (None: not yet counted then), and what readers answered."""

    page: int
    public_id: str
    title: str
    path: str
    language: str
    division: str
    reads: int
    before: int | None
    helped: int
    not_helped: int

    @property
    def answers(self) -> int:
        """How many answered."""
        return self.helped + self.not_helped

    @property
    def share(self) -> int:
        """Of a hundred who answered, how many were not helped; 0 where nobody answered."""
        return round(100 * self.not_helped / self.answers) if self.answers else 0

    @property
    def gives_up(self) -> bool:
        """Whether many give up here."""
        return self.not_helped >= GIVEN_UP and self.not_helped > self.helped


@dataclass(frozen=True, kw_only=True)
class Use:
    """How pages were used in a period. `before` is None where it was not yet counted; `unread` are pages that stood
    for the whole period and were read by nobody; `languages` holds (code, reads, before)."""

    reads: int
    before: int | None
    pages: int
    languages: tuple[tuple[str, int, int | None], ...]
    most: tuple[PageUse, ...]
    hardly: tuple[PageUse, ...]
    unread: int
    lasting: int
    not_helped: tuple[PageUse, ...]
    answers: int
    not_helped_answers: int


def use_of_pages(period: Period, *, division: str = "", language: str = "") -> Use:
    """The use of all published pages, or of those of one division or language."""
    rows = pages_used(period, division=division, language=language)
    known = any(row.before is not None for row in rows)
    begun = day_start(period.now.first)
    standing = set(
        _published(division, language)
        .filter(kind__in=LASTING, first_published_at__lt=begun)
        .values_list("public_id", flat=True)
    )
    lasting = [row for row in rows if row.public_id in standing]
    answered = [row for row in rows if row.not_helped]
    return Use(
        reads=sum(row.reads for row in rows),
        before=sum(row.before or 0 for row in rows) if known else None,
        pages=len(rows),
        languages=_by_language(rows, known=known),
        most=tuple(row for row in rows[:SHOWN] if row.reads),
        hardly=tuple(sorted(lasting, key=lambda row: (row.reads, row.path))[:SHOWN]),
        unread=sum(1 for row in lasting if not row.reads),
        lasting=len(lasting),
        not_helped=tuple(sorted(answered, key=_worst_first)[:SHOWN]),
        answers=sum(row.answers for row in rows),
        not_helped_answers=sum(row.not_helped for row in rows),
    )


def _worst_first(row: PageUse) -> tuple[int, int, str]:
    return (-row.not_helped, row.helped, row.path)


def pages_used(period: Period, *, division: str = "", language: str = "") -> list[PageUse]:
    """Every published page with its figures, the most read first. A page that was taken away is not among them."""
    now, before = reads(period.now), _before(period)
    answers = _answers(period.now)
    rows = _published(division, language).values_list(
        "page_id", "public_id", "title", "path", "language", "division"
    )
    found = [
        PageUse(
            page=page,
            public_id=public_id,
            title=title,
            path=path,
            language=code,
            division=responsible,
            reads=now.get(public_id, 0),
            before=None if before is None else before.get(public_id, 0),
            helped=answers.get(public_id, (0, 0))[0],
            not_helped=answers.get(public_id, (0, 0))[1],
        )
        for page, public_id, title, path, code, responsible in rows
    ]
    return sorted(found, key=lambda row: (-row.reads, row.language, row.path))


def _before(period: Period) -> Mapping[str, int] | None:
    """None unless views were counted on every day of it: half a period is nothing to compare with."""
    since = counted_since(period.now.last)
    return reads(period.before) if since is not None and since <= period.before.first else None


def _published(division: str, language: str) -> QuerySet[Published]:
    wanted = Q(division=division) if division else Q()
    return Published.objects.filter(wanted & (Q(language=language) if language else Q()))


def _answers(days: Days) -> dict[str, tuple[int, int]]:
    rows = (
        Usefulness.objects.filter(day__gte=days.first, day__lte=days.last)
        .values_list("public_id")
        .annotate(yes=Sum("helped"), no=Sum("not_helped"))
    )
    return {public_id: (yes, no) for public_id, yes, no in rows}


def _by_language(
    rows: Iterable[PageUse], *, known: bool
) -> tuple[tuple[str, int, int | None], ...]:
    now: dict[str, int] = {}
    before: dict[str, int] = {}
    for row in rows:
        now[row.language] = now.get(row.language, 0) + row.reads
        before[row.language] = before.get(row.language, 0) + (row.before or 0)
    ordered = sorted(now.items(), key=lambda held: -held[1])
    return tuple((code, views, before[code] if known else None) for code, views in ordered)


def questions_sent(days: Days) -> int:
    """How many sent the question to which they found no answer."""
    return UnansweredQuestion.objects.filter(
        at__gte=day_start(days.first), at__lt=day_start(days.last + _DAY)
    ).count()


def divisions_with_pages() -> tuple[str, ...]:
    """The codes of divisions that answer for a published page."""
    held = Published.objects.exclude(division="").values_list("division", flat=True)
    return tuple(held.order_by("division").distinct())
