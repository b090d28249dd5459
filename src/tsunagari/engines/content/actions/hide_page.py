"""Hide a page: residents find it no more, in no list and at no address."""

from django.db import transaction

from tsunagari.engines.content.actions.renew_kept import renew_kept
from tsunagari.engines.content.actions.show_page import labels_of
from tsunagari.engines.content.declare import PageWithdrawn
from tsunagari.engines.content.models import CityPage, Published
from tsunagari.kernel.ledger.api import record
from tsunagari.kernel.search.api import remove


@transaction.atomic
def hide_page(page: CityPage, *, expired: bool) -> None:
    """Take away what lists and addresses know of a page; nothing happens where they know nothing."""
    row = Published.objects.filter(page_id=page.pk).first()
    if row is None:
        return
    renew_kept(row, None, labels_before=labels_of(row))
    row.delete()
    remove(kind=f"content.{row.kind}", public_ids=[row.public_id])
    record(
        PageWithdrawn(
            subject=page.public_id,
            division=page.division,
            kind=page.kind,
            language=row.language,
            expired=expired,
        )
    )
