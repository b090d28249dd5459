"""Lists of published pages; each is one question to the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from tsunagari.engines.content.declare import Kind
from tsunagari.engines.content.models import Label, Published
from tsunagari.engines.content.queries.rows import PageRow, row_of, rows_of
from tsunagari.engines.content.rules.icalendar_text import CalendarEvent

NEWS_STAY = timedelta(days=365)
"""How long news are listed among what is new."""


def _of(language: str, *kinds: Kind) -> QuerySet[Published]:
    return Published.objects.filter(language=language, kind__in=kinds)


def news(language: str, *, category: str = "") -> QuerySet[Published]:
    """News, the newest first."""
    found = _of(language, "news").order_by("-day", "-first_published_at")
    return found.filter(category=category) if category else found


def urgent_and_newest(language: str, limit: int) -> tuple[tuple[PageRow, ...], tuple[PageRow, ...]]:
    """Urgent news that still hold, and the newest news, each the newest first. What has ended is published
    no more."""
    found = news(language)
    shown = rows_of(found.filter(Q(urgent=True) | Q(pk__in=found.values("pk")[:limit])))
    return tuple(each for each in shown if each.urgent)[:5], shown[:limit]


def events(language: str, *, now: datetime, category: str = "") -> QuerySet[Published]:
    """Events that are not over, the next first."""
    to_come = Q(ends__gte=now) | Q(ends__isnull=True, begins__gte=now)
    found = _of(language, "event").filter(to_come).order_by("begins", "pk")
    return found.filter(category=category) if category else found


def next_events(language: str, *, now: datetime, limit: int) -> tuple[PageRow, ...]:
    """The next events."""
    return rows_of(events(language, now=now)[:limit])


def questions(language: str, *, labels: Mapping[str, str]) -> QuerySet[Published]:
    """Questions in the order of the tree that bear every one of these labels, code by sort."""
    found = _of(language, "question").order_by("order")
    for sort, code in labels.items():
        found = found.filter(labels__sort=sort, labels__code=code)
    return found


def labels_of_questions(language: str) -> dict[str, set[str]]:
    """By sort, the codes of the labels that published questions bear."""
    borne: dict[str, set[str]] = {}
    found = Label.objects.filter(published__language=language, published__kind="question")
    for sort, code in found.values_list("sort", "code").distinct():
        borne.setdefault(sort, set()).add(code)
    return borne


def topics_with_those_below(
    language: str,
) -> tuple[tuple[PageRow, tuple[PageRow, ...]], ...]:
    """The topics on the first level, each with those directly below it."""
    found = list(_of(language, "topic").filter(depth__lte=2).order_by("order"))
    return tuple(
        (
            row_of(topic),
            rows_of(each for each in found if each.depth == 2 and each.parent_path == topic.path),
        )
        for topic in found
        if topic.depth == 1
    )


def below(path: str, language: str, *, limit: int = 200) -> tuple[PageRow, ...]:
    """What stands directly below an address, in its order."""
    found = Published.objects.filter(language=language, parent_path=path).exclude(path=path)
    if not path:
        found = found.filter(depth=1)
    return rows_of(found.order_by("order")[:limit])


def with_label(sort: str, code: str, language: str, kinds: Sequence[Kind]) -> tuple[PageRow, ...]:
    """Pages with a label, in the order of the site."""
    found = _of(language, *kinds).filter(labels__sort=sort, labels__code=code)
    return rows_of(found.order_by("order")[:200])


def of_division(code: str, language: str, kinds: Sequence[Kind]) -> tuple[PageRow, ...]:
    """The pages for which a division answers, in the order of the site."""
    return rows_of(_of(language, *kinds).filter(division=code).order_by("order")[:300])


def changed_lately(language: str, limit: int) -> tuple[PageRow, ...]:
    """Pages in the order of their last publishing."""
    found = _of(language, "page", "news", "event", "question")
    return rows_of(found.order_by("-changed_at", "-pk")[:limit])


def categories(kind: Kind, language: str) -> tuple[str, ...]:
    """The categories in use."""
    found = _of(language, kind).exclude(category="").order_by("category")
    return tuple(found.values_list("category", flat=True).distinct())


def event_of(public_id: str, language: str) -> PageRow | None:
    """A published event."""
    found = _of(language, "event").filter(public_id=public_id).first()
    return row_of(found) if found else None


def page_known_as(public_id: str) -> Published | None:
    """A published page by its public id, in whichever language it is."""
    return Published.objects.filter(public_id=public_id).first()


def calendar_event(row: PageRow) -> CalendarEvent:
    """An event as a calendar takes it; `row` has a beginning."""
    return CalendarEvent(
        public_id=row.public_id,
        title=row.title,
        summary=row.summary,
        address=row.address,
        place=row.place,
        begins=row.begins or row.changed_at,
        ends=row.ends,
        changed_at=row.changed_at,
    )
