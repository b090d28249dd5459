"""The thin layer between the web server and Django; it knows WSGI and nothing of Django."""

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from tsunagari.kernel.edge.counting import (
    CountView,
    Headers,
    count,
    is_asked_by_a_person,
    is_page,
    take_marks,
)
from tsunagari.kernel.edge.declare import READ_ONLY, Keep
from tsunagari.kernel.edge.instruments import METHODS, measure
from tsunagari.kernel.edge.keeping import Keeping, is_same, takes_gzip
from tsunagari.kernel.edge.memory import Answer, Key
from tsunagari.kernel.edge.probes import Probes, respond
from tsunagari.kernel.edge.standing import Standing
from tsunagari.kernel.logs import api as logs

# Named here, because the signature of a function within a function is evaluated at each request.
ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None
Write = Callable[[bytes], object]


LARGEST_BODY = 16 * 1024 * 1024
"""Bytes of the largest message that is read at all; whoever is not signed in could fill the disk else."""

_TOO_LARGE = (
    "ファイルが大きすぎます（16MBまで）。前の画面に戻り、小さくしてからもう一度お試しください。\n"
    "The file is too large (16 MB at most). Go back, make it smaller and try again.\n"
).encode()

_UNREADABLE = (
    "このアドレスには、読み取れない文字があります。アドレスを確かめてください。\n"
    "This address holds a character that cannot be read. Check the address.\n"
).encode()

_PLAIN: Headers = [("Content-Type", "text/plain; charset=utf-8")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where larger messages are read: below `path`, with a cookie named `cookie`, up to `limit` bytes. Who makes up
    such a cookie is refused by the application, but only after the message came: keep the limit as low as it can be."""

    path: str
    cookie: str
    limit: int

    def fits(self, environ: WSGIEnvironment) -> bool:
        """Whether the request stands there."""
        named = f"{self.cookie}=" in environ.get("HTTP_COOKIE", "")
        return named and environ.get("PATH_INFO", "").startswith(self.path)


def _is_too_large(length: str, limit: int) -> bool:
    return not length.isdecimal() or len(length) > 10 or int(length) > limit


def _is_unreadable(environ: WSGIEnvironment) -> bool:
    """Whether the address holds NUL: PostgreSQL takes none in a text and breaks a page that asks for it."""
    return "\0" in environ.get("PATH_INFO", "") or "%00" in environ.get("QUERY_STRING", "")


PAGE = "tsunagari.page"
"""Key of the WSGI environ under which Django notes the page's name: "room:page"."""

REQUEST_ID = "X-Request-ID"
_PLAUSIBLE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

access = logging.getLogger("tsunagari.access")


def request_id(environ: WSGIEnvironment, proxies: int) -> str:
    """What the request is called in the log: as a declared proxy named it, else a new name."""
    given = str(environ.get("HTTP_X_REQUEST_ID", "")) if proxies else ""
    return given if _PLAUSIBLE_ID.fullmatch(given) else secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Offer:
    """A fresh answer that may be kept, and what its view said of it."""

    headers: Headers
    said: Keep
    view: str


def _write_nothing(_: bytes) -> None:
    """An answer that may be kept is read whole before it begins; nobody writes beside it."""


class Edge:
    """A WSGI application that passes each request on, strips the internal headers and counts the view.

    It names each request, measures it and writes its line, and answers the probes itself. `proxies`
    stand before the site, whose names of requests are believed. With `keeping` it answers public pages
    from memory; as its `standing` says, it refuses messages while the site is read-only.
    """

    __slots__ = ("application", "count_view", "keeping", "probes", "proxies", "room", "standing")

    def __init__(
        self,
        application: WSGIApplication,
        count_view: CountView,
        *,
        probes: Probes | None = None,
        proxies: int = 0,
        keeping: Keeping | None = None,
        standing: Standing | None = None,
        room: Room | None = None,
    ) -> None:
        self.application = application
        self.count_view = count_view
        self.probes = probes or {}
        self.proxies = proxies
        self.keeping = keeping if keeping and keeping.memory.limit else None
        self.standing = standing or Standing()
        self.room = room

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333); the body is handed on untouched, a too large one refused.

        So is an address with NUL, here once for every page and for both databases.
        """
        probe = self.probes.get(environ.get("PATH_INFO", ""))
        if probe is not None:
            status, headers, body = respond(probe, environ)
            start_response(status, headers)
            return [body]
        asked = Asked(self, environ, start_response)
        begun = perf_counter()
        token = logs.begin({"request": asked.name})
        try:
            return asked.answer()
        finally:
            _note(environ, asked.told, perf_counter() - begun)
            logs.end(token)


class Asked:
    """One request on its way: from memory where it may, else from the application, and then perhaps kept.

    `ticket` is what the memory knew before the application began: an answer made of what is purged meanwhile is
    given to who asked, and to nobody after.
    """

    __slots__ = ("edge", "environ", "key", "name", "offer", "start_response", "ticket", "told")

    def __init__(self, edge: Edge, environ: WSGIEnvironment, start: StartResponse) -> None:
        self.edge = edge
        self.environ = environ
        self.start_response = start
        self.name = request_id(environ, edge.proxies)
        self.key: Key | None = None
        self.ticket = 0
        self.offer: Offer | None = None
        self.told = "500"

    def answer(self) -> Iterable[bytes]:
        """The body; the status and headers are told before."""
        keeping = self.edge.keeping
        if keeping is None:
            return self._pass_on()
        self.key = keeping.key(self.environ)
        if self.key is None:
            return self._pass_on()
        kept = keeping.found(self.key, self.environ)
        if kept is not None:
            self.environ[PAGE] = kept.page
            self._count(kept.view)
            return self._give(kept)
        self.ticket = keeping.memory.ticket()
        fresh = self._pass_on()
        return fresh if self.offer is None else self._keep(keeping, self.key, self.offer, fresh)

    def begin(self, status: str, headers: Headers, exc_info: ExcInfo = None, /) -> Write:
        """What the application calls: the internal headers come off, the view is counted."""
        self.told, self.offer = status, None
        view, keep = take_marks(headers)
        if view and is_page(status, headers):
            self._count(view)
        else:
            view = ""
        if keep and self.key and self.edge.keeping and exc_info is None:
            said = self.edge.keeping.may_keep(status, headers, keep, self.key, self.environ)
            if said is not None:
                self.offer = Offer(headers, said, view)
                return _write_nothing
        headers.append((REQUEST_ID, self.name))
        if exc_info is None:
            return self.start_response(status, headers)
        return self.start_response(status, headers, exc_info)

    def _count(self, view: str) -> None:
        """Count a page that a person asked for: kept or fresh, changed or not since she saw it last."""
        if view and is_asked_by_a_person(self.environ) and self.edge.standing.counts:
            count(view, self.edge.count_view)

    def _keep(
        self, keeping: Keeping, key: Key, offer: Offer, fresh: Iterable[bytes]
    ) -> Iterable[bytes]:
        body = _whole(fresh)
        kept = keeping.keep(
            key,
            self.ticket,
            headers=offer.headers,
            body=body,
            said=offer.said,
            view=offer.view,
            page=self.environ.get(PAGE, ":unknown"),
        )
        if kept is not None:
            return self._give(kept)
        self.start_response(self.told, [*offer.headers, (REQUEST_ID, self.name)])
        return [body]

    def _give(self, answer: Answer) -> Iterable[bytes]:
        self.told, headers, body = _form(answer, self.environ)
        self.start_response(self.told, [*headers, (REQUEST_ID, self.name)])
        return [body]

    def _limit(self) -> int:
        room = self.edge.room
        return max(room.limit, LARGEST_BODY) if room and room.fits(self.environ) else LARGEST_BODY

    def _pass_on(self) -> Iterable[bytes]:
        environ, standing = self.environ, self.edge.standing
        length = environ.get("CONTENT_LENGTH")
        if length and _is_too_large(length, self._limit()):
            environ[PAGE] = ":refused"
            self.begin("413 Content Too Large", list(_PLAIN))
            return [_TOO_LARGE]
        if _is_unreadable(environ):
            environ[PAGE] = ":refused"
            self.begin("400 Bad Request", list(_PLAIN))
            return [_UNREADABLE]
        if standing.read_only:
            if standing.refuses(environ):
                environ[PAGE] = ":read_only"
                headers, body = standing.refusal(environ)
                self.begin("503 Service Unavailable", headers)
                return [body]
            environ[READ_ONLY] = True
        return self.edge.application(environ, self.begin)


def _note(environ: WSGIEnvironment, status: str, seconds: float) -> None:
    """Measure the request and write its line: page and method, never the path, the query or who asked."""
    room, _, page = environ.get(PAGE, ":unknown").partition(":")
    method = environ.get("REQUEST_METHOD", "")
    measure(room=room, page=page, method=method, status=status, seconds=seconds)
    if access.isEnabledFor(logging.INFO):
        facts = {
            "page": f"{room}:{page}" if room else page,
            "method": method if method in METHODS else "other",
            "status": int(status[:3]),
            "milliseconds": round(seconds * 1000, 1),
        }
        access.info("request", extra={"facts": facts})


def _whole(answer: Iterable[bytes]) -> bytes:
    """The body in one piece; what made it is told that it has been read (PEP 3333, close)."""
    try:
        return b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()


def _form(answer: Answer, environ: WSGIEnvironment) -> tuple[str, Headers, bytes]:
    """The form of a kept answer that this visitor takes: unchanged, packed or plain; HEAD without its body."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and is_same(answer.etag, asked):
        return "304 Not Modified", answer.unchanged, b""
    packed = answer.gzip and takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers, body = (answer.packed, answer.gzip) if packed else (answer.plain, answer.body)
    return "200 OK", headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body
