"""Draws one address in this process through Django, as a visitor without cookies gets it; nobody is counted."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from tsunagari.city.export.links import Found, Link, in_page, in_script, in_style
from tsunagari.city.export.places import address_of

STYLE, SCRIPT = "text/css", ("text/javascript", "application/javascript")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What an address answered. `raw` is the spooled body's name, `links` the addresses on this site that it
    names, `found` their places in its text; `moved` where a redirect leads ("" to another site)."""

    address: str
    status: int
    kind: str = ""
    raw: str = ""
    seconds: float = 0.0
    moved: str | None = None
    links: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    fault: str = ""


class Draftsman:
    """Draws for one export; one in each process. `spool` takes the bodies as they were drawn."""

    def __init__(self, spool: Path, hosts: frozenset[str]) -> None:
        self._handler = WSGIHandler()
        self._spool = spool
        self._hosts = hosts

    def draw(self, address: str) -> Drawn:
        """Ask for it; a page that breaks is told as such and stops nothing."""
        begun = perf_counter()
        try:
            status, headers, body = self._ask(address)
        except Exception as fault:  # noqa: BLE001 - whatever one page raises, the others are drawn
            return Drawn(address=address, status=500, fault=type(fault).__name__)
        if 300 <= status < 400:
            to = address_of(headers.get("location", ""), address.partition("?")[0], self._hosts)
            return Drawn(address=address, status=status, moved=to or "")
        kind = headers.get("content-type", "")
        if status == 404 and address.startswith(settings.MEDIA_URL):
            return self._stored(address, begun)
        found = tuple(links_in(kind, body))
        raw = sha256(body).hexdigest()
        (self._spool / raw).write_bytes(body)
        return Drawn(
            address=address,
            status=status,
            kind=kind,
            raw=raw,
            seconds=perf_counter() - begun,
            links=self._followed(address, found),
            found=found,
        )

    def _followed(self, address: str, found: tuple[Found, ...]) -> tuple[str, ...]:
        page = address.partition("?")[0] if address.endswith("/") else address
        named = (address_of(each.to, page, self._hosts) for each in found if isinstance(each, Link))  # fmt: skip
        return tuple(dict.fromkeys(each for each in named if each is not None))

    def _stored(self, address: str, begun: float) -> Drawn:
        """An upload that the proxy gives, and not Django."""
        root = Path(settings.MEDIA_ROOT).resolve()
        file = (root / unquote(address.removeprefix(settings.MEDIA_URL))).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            return Drawn(address=address, status=404)
        body = file.read_bytes()
        raw = sha256(body).hexdigest()
        (self._spool / raw).write_bytes(body)
        return Drawn(address=address, status=200, kind="application/octet-stream", raw=raw, seconds=perf_counter() - begun)  # fmt: skip

    def _ask(self, address: str) -> tuple[int, dict[str, str], bytes]:
        path, _, query = address.partition("?")
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Any:
            begun[:] = [int(status[:3]), headers]

        answer = self._handler(environ_of(path, query, min(self._hosts)), begin)
        try:
            body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        return begun[0], {name.lower(): text for name, text in begun[1]}, body


def environ_of(path: str, query: str, host: str) -> dict[str, Any]:
    """A visitor's question by GET, as a web server hands it on."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": "443" if settings.SECURE else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "HTTP_USER_AGENT": "Tsunagari site export (robot)",
        "HTTP_X_FORWARDED_PROTO": "https" if settings.SECURE else "http",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if settings.SECURE else "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def links_in(kind: str, body: bytes) -> list[Found]:
    """The links of a body of this kind."""
    plain = kind.partition(";")[0].strip().lower()
    if plain == "text/html":
        return list(in_page(body.decode("utf-8", "surrogateescape")))
    if plain == STYLE:
        return list(in_style(body.decode("utf-8", "surrogateescape")))
    if plain in SCRIPT:
        return list(in_script(body.decode("utf-8", "surrogateescape")))
    return []
