"""In read-only mode nothing is written while a page is read: what tries ends in the page that says so."""

import re
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tsunagari.kernel.edge.declare import READ_ONLY
from tsunagari.kernel.edge.standing import SECONDS

_WRITES = re.compile(
    r"\s*(?:insert|update|delete|replace|merge|truncate|create|alter|drop|copy)\b"
    r"|\s*with\b.*\b(?:insert\s+into|update|delete\s+from)\b",
    re.IGNORECASE | re.DOTALL,
)

Execute = Callable[..., Any]


class WriteRefused(DatabaseError):
    """Something would have written in read-only mode."""


class Refusal:
    """Stands before every statement of one request (Django's execute_wrapper)."""

    def __init__(self) -> None:
        self.refused = False

    def __call__(self, execute: Execute, sql: str, params: Any, *more: Any) -> Any:
        """Let reading pass."""
        if _WRITES.match(str(sql)):
            self.refused = True
            raise WriteRefused("the site is read-only")
        return execute(sql, params, *more)


class RefuseWrites:
    """Middleware: outside read-only mode it costs one look into the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A page that cannot do without writing says that it has to wait."""
        if READ_ONLY not in request.META:
            return self.get_response(request)
        refusal = Refusal()
        with connection.execute_wrapper(refusal):
            response = self.get_response(request)
        if refusal.refused and response.status_code >= 500:
            return _page()
        return response

    def process_exception(self, _: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A view that tried is no fault of the programme: no line in the log."""
        return _page() if isinstance(exception, WriteRefused) else None


def _page() -> HttpResponse:
    told = {"Retry-After": str(SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(read_only_page(), status=503, headers=told)


def read_only_page() -> bytes:
    """The page that says, in Japanese and in English, that the site is read-only and what still works."""
    return render_to_string("edge/read_only.html").encode()
