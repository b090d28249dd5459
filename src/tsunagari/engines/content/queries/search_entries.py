"""Published pages as the search takes them."""

from collections.abc import Iterator
from typing import Any, Final

from tsunagari.engines.content.declare import Kind
from tsunagari.engines.content.models import PAGE_TYPES, Published
from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.models.pieces_of import pieces_of
from tsunagari.engines.content.rules.passages import passages_of
from tsunagari.kernel.search.declare import Entry

WEIGHTS: Final[dict[Kind, float]] = {"topic": 1.1, "news": 0.8, "event": 0.8, "question": 0.9}
"""Of two that match alike, a page stands before its question, and both before news."""

_WHOLE: Final = 200
"""Pages read together when the index is built anew."""


def entry_of(page: Any, row: Published, labels: tuple[tuple[str, str], ...]) -> Entry:
    """One page. `labels` are what it is about, as (sort, code)."""
    facets: dict[str, tuple[str, ...]] = {}
    if row.division:
        facets["division"] = (row.division,)
    for sort in sorted({sort for sort, _code in labels}):
        facets[sort] = tuple(code for each, code in labels if each == sort)
    return Entry(
        kind=f"content.{row.kind}",
        public_id=row.public_id,
        language=row.language,
        title=row.title,
        address=address_of(row.path, row.language),
        summary=row.summary,
        body=_words(page),
        keywords=tuple(
            word for word in page.keywords.replace(",", "、").split("、") if word.strip()
        ),
        reading=page.reading,
        facets=facets,
        day=row.day,
        weight=WEIGHTS.get(row.told_kind, 1.0),
    )


def _words(page: Any) -> str:
    pieces = pieces_of(page)
    body = (piece for piece in pieces if piece.place.part not in ("title", "summary"))
    return "\n".join(passage.text for piece in body for passage in passages_of(piece))


def entries() -> Iterator[Entry]:
    """Every published page but homes and lists, for building the index anew."""
    for kind in PAGE_TYPES:
        if kind.kind in ("home", "list"):
            continue
        rows = Published.objects.filter(kind=kind.kind).order_by("pk").prefetch_related("labels")
        for row in rows.iterator(chunk_size=_WHOLE):
            page = kind.objects.select_related("locale").filter(pk=row.page_id).first()
            if page is not None:
                labels = tuple((each.sort, each.code) for each in row.labels.all())
                yield entry_of(page, row, labels)
