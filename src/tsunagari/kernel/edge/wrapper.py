"""The thin layer between the web server and Django; it knows WSGI and nothing of Django."""

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from time import perf_counter
from types import TracebackType
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from tsunagari.kernel.edge.counting import (
    CountView,
    Headers,
    count,
    is_asked_by_a_person,
    is_page,
    take_view,
)
from tsunagari.kernel.edge.instruments import METHODS, measure
from tsunagari.kernel.edge.probes import Probes, respond
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


def _is_too_large(length: str) -> bool:
    return not length.isdecimal() or len(length) > 9 or int(length) > LARGEST_BODY


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


class Edge:
    """A WSGI application that passes each request on, strips the internal header and counts the view.

    It names each request, measures it and writes its line, and answers the probes itself. `proxies`
    stand before the site, whose names of requests are believed.
    """

    __slots__ = ("_application", "_count_view", "_probes", "_proxies")

    def __init__(
        self,
        application: WSGIApplication,
        count_view: CountView,
        *,
        probes: Probes | None = None,
        proxies: int = 0,
    ) -> None:
        self._application = application
        self._count_view = count_view
        self._probes = probes or {}
        self._proxies = proxies

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333); the body is handed on untouched, a too large one refused.

        So is an address with NUL, here once for every page and for both databases.
        """
        probe = self._probes.get(environ.get("PATH_INFO", ""))
        if probe is not None:
            status, headers, body = respond(probe, environ)
            start_response(status, headers)
            return [body]
        name = request_id(environ, self._proxies)
        told = "500"

        def begin(status: str, headers: Headers, exc_info: ExcInfo = None, /) -> Write:
            nonlocal told
            told = status
            view = take_view(headers)
            if view and is_page(status, headers) and is_asked_by_a_person(environ):
                count(view, self._count_view)
            headers.append((REQUEST_ID, name))
            if exc_info is None:
                return start_response(status, headers)
            return start_response(status, headers, exc_info)

        begun = perf_counter()
        token = logs.begin({"request": name})
        try:
            return self._answer(environ, begin)
        finally:
            self._note(environ, told, perf_counter() - begun)
            logs.end(token)

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH")
        if length and _is_too_large(length):
            environ[PAGE] = ":refused"
            start_response("413 Content Too Large", list(_PLAIN))
            return [_TOO_LARGE]
        if _is_unreadable(environ):
            environ[PAGE] = ":refused"
            start_response("400 Bad Request", list(_PLAIN))
            return [_UNREADABLE]
        return self._application(environ, start_response)

    def _note(self, environ: WSGIEnvironment, status: str, seconds: float) -> None:
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
