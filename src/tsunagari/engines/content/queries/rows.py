"""Published pages as plain data, with their addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tsunagari.engines.content.declare import Kind
from tsunagari.engines.content.models import Published
from tsunagari.engines.content.models.city_page import address_of


@dataclass(frozen=True, kw_only=True)
class PageRow:
    """A page as a list shows it. `begins` and `ends` are an event's, in UTC; `key` names it among pages."""

    public_id: str
    key: int
    kind: Kind
    language: str
    address: str
    title: str
    summary: str
    icon: str
    division: str
    category: str
    urgent: bool
    day: date
    begins: datetime | None
    ends: datetime | None
    place: str
    changed_at: datetime


def row_of(page: Published) -> PageRow:
    """One page."""
    return PageRow(
        public_id=page.public_id,
        key=page.page_id,
        kind=page.told_kind,
        language=page.language,
        address=address_of(page.path, page.language),
        title=page.title,
        summary=page.summary,
        icon=page.icon,
        division=page.division,
        category=page.category,
        urgent=page.urgent,
        day=page.day,
        begins=page.begins,
        ends=page.ends,
        place=page.place,
        changed_at=page.changed_at,
    )


def rows_of(pages: Iterable[Published]) -> tuple[PageRow, ...]:
    """Pages in their order."""
    return tuple(row_of(page) for page in pages)
