"""Show many new pages at once: what `show_page` does for each, in a few statements for all."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from tsunagari.engines.content.actions.show_page import facts_of
from tsunagari.engines.content.declare import PagePublished
from tsunagari.engines.content.models import CityPage, FormerAddress, Label, Published
from tsunagari.engines.content.queries.search_entries import entry_of
from tsunagari.engines.content.rules.kept_names import changed_name, changed_names, label_name
from tsunagari.kernel.edge.api import purge
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record_all
from tsunagari.kernel.search.api import put

_TOGETHER = 500


@transaction.atomic
def show_new_pages(pages: Sequence[CityPage], *, clock: Clock) -> None:
    """Write what lists, addresses and the search know of pages that were never shown, and record each as published.

    Those that wait for their day are passed over. Raises IntegrityError for a page that is shown already.
    """
    now = clock()
    live = [page for page in pages if page.live]
    rows = Published.objects.bulk_create(
        [Published(page_id=page.pk, **facts_of(page, now)) for page in live], batch_size=_TOGETHER
    )
    shown = list(zip(live, rows, strict=True))
    _take_addresses(rows)
    Label.objects.bulk_create(
        [
            Label(published=row, sort=sort, code=code)
            for page, row in shown
            for sort, code in sorted(set(page.labels))
        ],
        batch_size=_TOGETHER,
    )
    record_all([_published(row) for row in rows], clock=clock)
    purge({name for page, row in shown for name in _kept_names(page, row)}, clock=clock)
    put(entry_of(page, row, page.labels) for page, row in shown if row.kind not in ("home", "list"))


def _take_addresses(rows: Sequence[Published]) -> None:
    """An address that a new page takes leads no longer to where another page went."""
    for language in {row.language for row in rows}:
        paths = [row.path for row in rows if row.language == language]
        for at in range(0, len(paths), _TOGETHER):
            FormerAddress.objects.filter(
                language=language, path__in=paths[at : at + _TOGETHER]
            ).delete()


def _published(row: Published) -> PagePublished:
    return PagePublished(
        subject=row.public_id,
        division=row.division,
        kind=row.told_kind,
        language=row.language,
        first=True,
    )


def _kept_names(page: CityPage, row: Published) -> Iterator[str]:
    yield from changed_names(None, row)
    yield changed_name(row.language)
    for sort, code in page.labels:
        yield label_name(sort, code, row.language)
