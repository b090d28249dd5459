"""Says to the edge which page of which room answers a request, so that times and lines bear its name, not its path."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path

from tsunagari.kernel.edge.declare import KEEP_HEADER
from tsunagari.kernel.edge.wrapper import PAGE
from tsunagari.kernel.logs import api as logs


class PageNames:
    """The outermost middleware: notes the page's name in the request's environ and for the log.

    It also takes back what a view said of keeping when the answer speaks another language than its address: such
    an answer was made for this visitor, by her browser's wish or a cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Where no view was found the page stays unnamed; files are told apart from what nobody knows."""
        if request.path_info.startswith(settings.STATIC_URL):
            request.META[PAGE] = ":static"
        response = self.get_response(request)
        if KEEP_HEADER in response.headers and not _speaks_its_address(request, response):
            del response.headers[KEEP_HEADER]
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """A view was found: it has a name."""
        name = logs.page_of(request)
        request.META[PAGE] = name if ":" in name else f":{name}"
        logs.note(page=name)


def _speaks_its_address(request: HttpRequest, response: HttpResponse) -> bool:
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    return response.headers.get("Content-Language", language) == language
