"""The thin layer between the web server and Django; it knows WSGI and nothing of Django."""

from collections.abc import Callable, Iterable
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

ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


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


class Edge:
    """A WSGI application that passes each request on, strips the internal header and counts the view."""

    __slots__ = ("_application", "_count_view")

    def __init__(self, application: WSGIApplication, count_view: CountView) -> None:
        self._application = application
        self._count_view = count_view

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333); the body is handed on untouched, a too large one refused.

        So is an address with NUL, here once for every page and for both databases.
        """
        length = environ.get("CONTENT_LENGTH")
        if length and _is_too_large(length):
            start_response("413 Content Too Large", list(_PLAIN))
            return [_TOO_LARGE]
        if _is_unreadable(environ):
            start_response("400 Bad Request", list(_PLAIN))
            return [_UNREADABLE]
        count_view = self._count_view

        def begin(
            status: str, headers: Headers, exc_info: ExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            view = take_view(headers)
            if view and is_page(status, headers) and is_asked_by_a_person(environ):
                count(view, count_view)
            if exc_info is None:
                return start_response(status, headers)
            return start_response(status, headers, exc_info)

        return self._application(environ, begin)
