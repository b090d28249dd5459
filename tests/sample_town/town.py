"""Every published page of the town, drawn once, by the hand that draws the site's export."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import translation

from tsunagari.city.export.drawing import Draftsman
from tsunagari.engines.content.models import Published
from tsunagari.engines.content.models.city_page import address_of

HOSTS = frozenset({"testserver"})


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page as it was published, and what its address answered. `links` are addresses of this site."""

    row: Published
    address: str
    status: int
    file: Path
    links: tuple[str, ...]

    @property
    def html(self) -> str:
        """What a visitor gets."""
        return self.file.read_text(encoding="utf-8")


@contextmanager
def _one_connection() -> Iterator[None]:
    """The town stands in a transaction: a request's end must not close its connection."""
    ends = (request_started, request_finished)
    for each in ends:
        each.disconnect(close_old_connections)
    try:
        yield
    finally:
        for each in ends:
            each.connect(close_old_connections)


def drawn(folder: Path) -> list[Page]:
    """In the order of their addresses; each page's HTML in a file of its own in `folder`."""
    draftsman = Draftsman(folder, HOSTS)
    found = []
    rows = Published.objects.select_related("page").order_by("language", "path")
    for number, row in enumerate(rows):
        address = address_of(row.path, row.language)
        with _one_connection():
            answer = draftsman.draw(address)
        file = folder / f"{number}.html"
        (folder / answer.raw).rename(file) if answer.raw else file.write_text(answer.fault)
        found.append(
            Page(row=row, address=address, status=answer.status, file=file, links=answer.links)
        )
    translation.activate("ja")
    return found


def statuses(addresses: list[str], folder: Path) -> dict[str, int]:
    """What each of these addresses answers."""
    draftsman = Draftsman(folder, HOSTS)
    with _one_connection():
        found = {address: draftsman.draw(address).status for address in addresses}
    translation.activate("ja")
    return found
