"""Draws the whole site in several processes: from where it begins, along every link, each address once."""

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from django.conf import settings
from django.db import connections

from tsunagari.city.export.drawing import Draftsman, Drawn
from tsunagari.city.export.folder import Refused
from tsunagari.city.export.places import Place, place_of
from tsunagari.city.export.starting import WELL_KNOWN
from tsunagari.city.export.whole_site import Site

NOWHERE = "/no-such-page-of-this-site/"
"""Nobody has it: what is answered becomes 404.html."""
MOST = 200_000
"""Addresses of one export; a site that leads to more leads in a circle."""

_DRAFTSMEN: list[Draftsman] = []
"""The one of this process; set before the processes that draw are forked."""


def _draw(address: str) -> Drawn:
    return _DRAFTSMEN[0].draw(address)


def pool(processes: int) -> ProcessPoolExecutor:
    """Processes forked from this one, with connections of their own."""
    connections.close_all()
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork"))


def draw_all(
    site: Site, spool: Path, starts: Iterable[str], processes: int, say: Callable[[str], None]
) -> None:
    """Draw every address that can be reached, each once."""
    _DRAFTSMEN[:] = [Draftsman(spool, site.hosts)]
    done: SimpleQueue[Future[Drawn]] = SimpleQueue()
    known: set[str] = set()
    running = 0
    with pool(processes) as people:

        def ask(addresses: Iterable[str]) -> int:
            new = [each for each in addresses if each not in known and site.draws(each)]  # fmt: skip
            known.update(new)
            for each in new:
                people.submit(_draw, each).add_done_callback(done.put)
            return len(new)

        running += ask([*starts, *WELL_KNOWN, *_not_found(site)])
        while running:
            drawn = done.get().result()
            running -= 1
            _take(site, drawn)
            running += ask([*drawn.links, *([drawn.moved] if drawn.moved else [])])
            if len(known) > MOST:
                raise Refused(f"The site leads to more than {MOST} addresses, the last {drawn.address}; some page links to ever new ones.")  # fmt: skip
            if len(site.drawn) % 500 == 0:
                say(f"{len(site.drawn)} / {len(known)}")


def _not_found(site: Site) -> list[str]:
    return [NOWHERE, *(f"/{code}{NOWHERE}" for code in sorted(site.languages - {settings.LANGUAGE_CODE}))]  # fmt: skip


def _take(site: Site, drawn: Drawn) -> None:
    site.drawn[drawn.address] = drawn
    if drawn.address in _not_found(site) and drawn.status == 404:
        file = drawn.address.replace(NOWHERE, "/404.html").lstrip("/")
        site.places[drawn.address] = Place(file, f"/{file}")
    elif drawn.status == 200:
        site.places[drawn.address] = place_of(drawn.address, drawn.kind)
    elif drawn.status >= 500:
        site.faults.append(f"{drawn.address}: answered {drawn.status} {drawn.fault}".rstrip())
