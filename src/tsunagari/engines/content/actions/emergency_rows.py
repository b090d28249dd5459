"""Rows of announcements: the one that stands, its end, and a new one."""

from collections.abc import Mapping

from tsunagari.engines.content.models import Emergency
from tsunagari.engines.content.queries.emergencies import addresses_in_languages
from tsunagari.engines.content.rules.announcing import (
    AlreadyAnnounced,
    Announcement,
    By,
    check_address,
    cleaned,
)
from tsunagari.kernel.i18n.clock import Clock


def checked(said: Announcement) -> Announcement:
    """The announcement as it is stored: in each language with the address of the page to read on in it.

    Raises AnnouncementRefused.
    """
    texts, address = cleaned(said.texts), check_address(said.address)
    pages = addresses_in_languages(address) if address.startswith("/") else {}
    return Announcement(
        texts={code: {**parts, **_page(pages, code)} for code, parts in texts.items()},
        address=address,
        light=said.light,
        drill=said.drill,
    )


def _page(pages: Mapping[str, str], language: str) -> dict[str, str]:
    return {"address": pages[language]} if language in pages else {}


def standing_row(public_id: str) -> Emergency:
    """The wording that stands, locked. Raises AlreadyAnnounced where it stands no more."""
    rows = Emergency.objects.select_for_update().filter(public_id=public_id, ended_at__isnull=True)
    row = rows.first()
    if row is None:
        raise AlreadyAnnounced
    return row


def end_row(row: Emergency, *, by: By, clock: Clock) -> None:
    """It stands no more."""
    row.ended_at, row.ended_by = clock(), by.person
    row.save(update_fields=["ended_at", "ended_by"])


def write_row(said: Announcement, *, by: By, clock: Clock, supersedes: str = "") -> Emergency:
    """It stands from now on."""
    return Emergency.objects.create(
        texts=said.texts,
        address=said.address,
        light=said.light,
        drill=said.drill,
        supersedes=supersedes,
        begun_at=clock(),
        begun_by=by.person,
    )
