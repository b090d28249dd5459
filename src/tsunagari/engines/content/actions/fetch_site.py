"""Fetch the pages of a list, and the files on them, from the old site that still stands: asked for, slowly, one by one.

Every address is checked before it is asked, each redirect anew; nobody's own network is asked unless that is allowed.
What lies in the folder already is not fetched again, so that a stopped fetching goes on where it was.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from tsunagari.engines.content.actions.ask_address import (
    MOST_REDIRECTS,
    Resolve,
    answering,
    resolve,
)
from tsunagari.engines.content.rules.hosts import Unaskable, is_public
from tsunagari.engines.content.rules.old_pages.fetched import (
    AGENT,
    LONGEST_DELAY,
    Robots,
    file_name,
)
from tsunagari.engines.content.rules.old_pages.saved_html import read_old_page
from tsunagari.engines.content.rules.old_pages.source import (
    LARGEST_PAGE,
    SourceRefused,
    listed_addresses,
)

PAUSE: Final = 1.0
"""Seconds between two questions; a site may ask for more."""
LARGEST_FETCHED: Final = 15 * 1024 * 1024
MOST_FETCHED: Final = 2 * 1024 * 1024 * 1024
MOST_PAGES: Final = 10_000
PATIENCE: Final = 120.0
"""Seconds for one page or file, however slowly its bytes come."""

_MOVED: Final = (301, 302, 303, 307, 308)
_HEADERS: Final = {
    "User-Agent": f"{AGENT}/1.0 (a city brings its own old site over)",
    "Accept": "*/*",
    "Accept-Language": "ja,en;q=0.5",
    "Connection": "close",
}

Tell = Callable[[int, int], None]


class _NotFetchedError(Exception):
    """Why an address gave nothing."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What came: pages by the addresses at which they stand in the end, how many files, and why others did not come."""

    pages: tuple[str, ...]
    files: int
    missed: tuple[tuple[str, str], ...]


@dataclass(kw_only=True)
class Fetcher:
    """One fetching into a folder. `allowed` says which IP addresses may be asked."""

    folder: Path
    resolving: Resolve = resolve
    allowed: Callable[[str], bool] = is_public
    pause: float = PAUSE
    room: int = MOST_FETCHED
    _hosts: frozenset[str] = frozenset()
    _robots: dict[str, Robots] = field(default_factory=dict)
    _closed: dict[str, str] = field(default_factory=dict)
    _asked: bool = False
    _missed: dict[str, str] = field(default_factory=dict)

    def fetch(self, addresses: Sequence[str], *, tell: Tell) -> Fetched:
        """Pages of the list first, then the files on them that lie on the same hosts."""
        self._hosts = frozenset(_host(each) for each in addresses)
        pages: dict[str, None] = {}
        wanted: dict[str, None] = {}
        for place, address in enumerate(addresses[:MOST_PAGES], start=1):
            final = self._one(address, LARGEST_PAGE)
            if final is not None:
                pages[final] = None
                wanted |= dict.fromkeys(self._files_on(final))
            tell(place, len(addresses))
        for address in addresses[MOST_PAGES:]:
            self._missed[address] = f"more than {MOST_PAGES} pages; make another list of it"
        files = [each for each in wanted if each not in pages]
        came = sum(self._one(each, LARGEST_FETCHED) is not None for each in files)
        return Fetched(pages=tuple(pages), files=came, missed=tuple(self._missed.items()))

    def _files_on(self, address: str) -> Iterable[str]:
        name = file_name(address)
        old = read_old_page((self.folder / name).read_bytes(), address) if name else None
        found = old.files if old else ()
        return [each.partition("#")[0] for each in found if _host(each) in self._hosts]

    def _one(self, address: str, most: int) -> str | None:
        """Where it stands in the end; None where nothing came."""
        if address in self._missed:
            return None
        try:
            return self._followed(address.partition("#")[0], most)
        except _NotFetchedError as why:
            self._missed[address] = str(why)
        except Unaskable:
            self._missed[address] = "is not asked: no web address, or within a private network"
        except (OSError, HTTPException, ValueError) as fault:
            self._missed[address] = f"no answer ({type(fault).__name__})"
        return None

    def _followed(self, address: str, most: int) -> str:
        for _ in range(MOST_REDIRECTS + 1):
            name = file_name(address)
            if name is None:
                raise _NotFetchedError("its address cannot be the name of a file")
            if _host(address) not in self._hosts:
                raise _NotFetchedError(f"leads to another host ({_host(address)})")
            file = self.folder / name
            if file.is_file():
                return address
            if not self._rules(address).allows(address):
                raise _NotFetchedError("robots.txt does not allow it")
            onward = self._kept(address, file, most)
            if not onward:
                return address
            address = urljoin(address, onward).partition("#")[0]
        raise _NotFetchedError("is redirected too often")

    def _kept(self, address: str, file: Path, most: int) -> str:
        """Write the answer down, and give ""; or give where a redirect leads."""
        self._wait(self._rules(address).delay)
        with self._answer(address) as answer:
            if answer.status in _MOVED:
                return answer.getheader("Location") or ""
            if answer.status != 200:
                raise _NotFetchedError(f"answers {answer.status}")
            body = _read(answer, min(most, self.room))
        self.room -= len(body)
        draft = file.with_name(f"{file.name[:200]}.part")
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(body)
        draft.replace(file)
        return ""

    def _answer(self, address: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the context of `answering`
        return answering(
            address, "GET", resolving=self.resolving, allowed=self.allowed, headers=_HEADERS
        )

    def _wait(self, delay: float) -> None:
        if self._asked:
            time.sleep(max(self.pause, delay))
        self._asked = True

    def _rules(self, address: str) -> Robots:
        """The host's robots.txt, read once; a host that cannot say what it allows is not fetched (RFC 9309, 2.3.1)."""
        host = _host(address)
        if host in self._closed:
            raise _NotFetchedError(self._closed[host])
        if host not in self._robots:
            try:
                self._robots[host] = self._robots_of(urljoin(address, "/robots.txt"))
            except (OSError, HTTPException) as fault:
                self._closed[host] = f"robots.txt gives no answer ({type(fault).__name__})"
                raise _NotFetchedError(self._closed[host]) from fault
        rules = self._robots[host]
        if rules.delay > LONGEST_DELAY:
            raise _NotFetchedError(f"robots.txt asks to wait {rules.delay:.0f} seconds each time")
        return rules

    def _robots_of(self, address: str) -> Robots:
        for _ in range(MOST_REDIRECTS + 1):
            self._wait(0)
            with self._answer(address) as answer:
                onward = answer.getheader("Location") or ""
                if answer.status in _MOVED and onward:
                    address = urljoin(address, onward)
                    continue
                if answer.status >= 500:
                    self._closed[_host(address)] = f"robots.txt answers {answer.status}"
                    raise _NotFetchedError(f"robots.txt answers {answer.status}")
                if answer.status != 200:
                    return Robots(None)
                return Robots(_read(answer, 512 * 1024).decode("utf-8", "replace"))
        return Robots(None)


def fetch_listed(source: Path, folder: Path, *, private: bool, tell: Tell) -> tuple[Path, Fetched]:
    """Fetch what a list names into `folder`; gives the list of the addresses at which the pages stand in the end.

    `private` allows addresses within somebody's own network, where an old site may stand. SourceRefused where nothing
    came, or for what is no list.
    """
    addresses = listed_addresses(source) if source.is_file() else []
    if not addresses:
        raise SourceRefused(f"{source}: names no address; write one on each line, beginning with https://.")  # fmt: skip
    fetcher = Fetcher(folder=folder, allowed=_everything if private else is_public)
    fetched = fetcher.fetch(addresses, tell=tell)
    if not fetched.pages:
        address, why = fetched.missed[0]
        raise SourceRefused(f"{source}: nothing could be fetched; {address} {why}.")
    listed = folder / "addresses.txt"
    listed.write_text("".join(f"{each}\n" for each in fetched.pages), encoding="utf-8")
    return listed, fetched


def _everything(_number: str) -> bool:
    return True


def _read(answer: HTTPResponse, most: int) -> bytes:
    """The whole body; not a byte more than `most`, and not longer than PATIENCE."""
    if (answer.getheader("Content-Encoding") or "identity") != "identity":
        raise _NotFetchedError("comes packed, though that was not asked for")
    said = answer.getheader("Content-Length") or ""
    if said.isdecimal() and int(said) > most:
        raise _NotFetchedError("is too large")
    end = time.monotonic() + PATIENCE
    pieces: list[bytes] = []
    left = most
    while piece := answer.read1(64 * 1024):
        left -= len(piece)
        if left < 0:
            raise _NotFetchedError("is too large")
        if time.monotonic() > end:
            raise _NotFetchedError("comes too slowly")
        pieces.append(piece)
    if answer.length:
        raise _NotFetchedError("is cut off")
    return b"".join(pieces)


def _host(address: str) -> str:
    """Scheme aside, the host and its door: http and https of one name are one site."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    return f"{parts.hostname or ''}:{port}" if port not in (None, 80, 443) else parts.hostname or ""
