"""Writes what was drawn: links by their new names, forms that send nothing, and a check of every link as written."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tsunagari.city.export.drawing import Drawn, links_in
from tsunagari.city.export.folder import put
from tsunagari.city.export.following import pool
from tsunagari.city.export.links import Link, without_sending, written
from tsunagari.city.export.places import WITHOUT_SERVER, Place, address_of
from tsunagari.city.export.whole_site import Site


@dataclass(frozen=True, kw_only=True)
class Written:
    """One file of the export and the links in it, as a visitor of the files follows them."""

    address: str
    file: str
    sha256: str
    bytes: int
    new: bool
    links: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where the writing is done: bodies come from `spool`, files go to `draft`, unless `before` holds the same."""

    site: Site
    spool: Path
    draft: Path
    before: Path

    def write(self, address: str) -> Written:
        """Write the file of one address."""
        drawn, place = self.site.drawn[address], self.site.places[address]
        body = (self.spool / drawn.raw).read_bytes()
        if drawn.found:
            body = rewritten(self.site, drawn, place, body)
        return self.put(address, place, drawn.kind, body)

    def put(self, address: str, place: Place, kind: str, body: bytes) -> Written:
        """Write a file as it is, and say what it links."""
        said = [each.to for each in links_in(kind, body) if isinstance(each, Link)]
        named = (address_of(each, place.address, self.site.hosts) for each in said)
        return Written(
            address=address,
            file=place.file,
            sha256=sha256(body).hexdigest(),
            bytes=len(body),
            new=put(self.draft, self.before, place.file, body),
            links=tuple(dict.fromkeys(each for each in named if each is not None)),
        )


_DESKS: list[Desk] = []
"""The one of this process; set before the processes that write are forked."""


def _write(address: str) -> Written:
    return _DESKS[0].write(address)


def write_all(desk: Desk, processes: int) -> list[Written]:
    """Write every page and file; two that would stand in one file are a fault, and the first stays."""
    taken: dict[str, str] = {}
    for address in sorted(desk.site.places):
        file = desk.site.places[address].file
        if other := taken.get(file):
            desk.site.faults.append(f"{address}: would stand in the file of {other}")
            del desk.site.places[address]
        taken.setdefault(file, address)
    _DESKS[:] = [desk]
    with pool(processes) as people:
        return list(people.map(_write, list(desk.site.places), chunksize=20))


def rewritten(site: Site, drawn: Drawn, place: Place, body: bytes) -> bytes:
    """The body with every link that has to change: to a list's page by its new name, to what needs a server."""
    page = drawn.address

    def new(link: str) -> str:
        address = address_of(link, page, site.hosts)
        goal = site.goal(address) if address is not None else None
        if address is None or goal is None:
            return link
        if goal == address and place.address == page.partition("?")[0]:
            return link  # it reads right as it stands
        parts = urlsplit(link)
        asked = parts.query if goal == address.partition("?")[0] and "?" not in address else ""
        return goal + (f"?{asked}" if asked else "") + (f"#{parts.fragment}" if parts.fragment and goal != WITHOUT_SERVER else "")  # fmt: skip

    def form(tag: str) -> str:
        words = "Sending and searching do not work right now." if page.startswith("/en/") else "送信や検索は、今は使えません。"  # fmt: skip
        return f'<p class="ts-hint"><a href="{WITHOUT_SERVER}">{words}</a></p>{without_sending(tag)}'  # fmt: skip

    text = body.decode("utf-8", "surrogateescape")
    return written(text, list(drawn.found), new, form).encode("utf-8", "surrogateescape")


def broken_links(done: Iterable[Written], draft: Path) -> list[str]:
    """Links in the written files that no file answers, as a web server looks for them."""
    known: dict[str, bool] = {}
    found = []
    for each in done:
        for link in each.links:
            if link not in known:
                known[link] = _is_served(draft, link)
            if not known[link]:
                found.append(f"{each.address}: its link to {link} leads nowhere")
    return found


def _is_served(draft: Path, link: str) -> bool:
    path = unquote(link.partition("?")[0]).lstrip("/")
    try:
        file = draft / path
        return (file / "index.html").is_file() if not path or path.endswith("/") else file.is_file()
    except (OSError, ValueError):
        return False
