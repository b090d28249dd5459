"""What staff look at: synonyms, what was sought, how the index stands."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Sum

from tsunagari.kernel.search.declare import SoughtWords, Source, SourceState, SynonymSet
from tsunagari.kernel.search.models import Building, Document, Sought, Synonyms, Term

SOURCES: dict[str, Source] = {}
"""Every source by its id; filled at start."""


def sought(
    *, language: str, first: date, last: date, in_vain: bool = False, limit: int = 100
) -> tuple[SoughtWords, ...]:
    """What was sought in a period, the most often first; with `in_vain` what found nothing."""
    rows = (
        Sought.objects.filter(language=language, day__gte=first, day__lte=last)
        .values("words")
        .annotate(all=Sum("number"), none=Sum("vain"))
    )
    rows = (
        rows.filter(none__gt=0).order_by("-none", "words")
        if in_vain
        else rows.order_by("-all", "words")
    )
    return tuple(
        SoughtWords(words=row["words"], language=language, number=row["all"], vain=row["none"])
        for row in rows[:limit]
    )


def synonym_sets(*, language: str = "", words: str = "") -> tuple[SynonymSet, ...]:
    """The groups of synonyms, newest first; with `words` those in which a word holds it."""
    rows = Synonyms.objects.order_by("-pk")
    if language:
        rows = rows.filter(language=language)
    found = (
        SynonymSet(
            public_id=row.public_id,
            language=row.language,
            words=tuple(row.words),
            origin=row.origin,
        )
        for row in rows
    )
    return tuple(each for each in found if not words or any(words in word for word in each.words))


def popular(*, language: str, first: date, limit: int = 6) -> tuple[str, ...]:
    """What people sought most often and found, asked by at least three."""
    rows = (
        Sought.objects.filter(language=language, day__gte=first)
        .values("words")
        .annotate(all=Sum("number"), none=Sum("vain"))
        .filter(all__gte=3, none=0)
        .order_by("-all", "words")
    )
    return tuple(row["words"] for row in rows[:limit])


def states() -> tuple[SourceState, ...]:
    """Each source with its number of entries and when it was built anew."""
    built = dict(Building.objects.values_list("source", "rebuilt_at"))
    counts = dict(
        Document.objects.values_list("kind")
        .annotate(number=Count("pk"))
        .values_list("kind", "number")
    )
    return tuple(
        SourceState(
            id=source.id,
            title=source.title,
            entries=sum(n for kind, n in counts.items() if kind.startswith(f"{source.id}.")),
            rebuilt_at=moment.isoformat(timespec="minutes")
            if (moment := built.get(source.id))
            else "",
        )
        for source in SOURCES.values()
    )


def words_known() -> int:
    """How many words the index knows."""
    return Term.objects.filter(number__gt=0).count()


def source_of(kind: str) -> Source | None:
    """The source of a kind of entry; None for one that no room declares any more."""
    return SOURCES.get(kind.partition(".")[0])


def take_sources(sources: Iterable[Source]) -> None:
    """Take in every source. Raises ValueError in a sentence where two have one id."""
    SOURCES.clear()
    for source in sources:
        if source.id in SOURCES or "." in source.id or not source.id:
            raise ValueError(
                f"search: source {source.id!r} is declared twice or holds a dot; choose another id."
            )
        SOURCES[source.id] = source
