"""Says to the edge which page of which room answers a request, so that times and lines bear its name, not its path."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tsunagari.kernel.edge.wrapper import PAGE
from tsunagari.kernel.logs import api as logs


class PageNames:
    """The outermost middleware: notes the page's name in the request's environ and for the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Where no view was found the page stays unnamed; files are told apart from what nobody knows."""
        if request.path_info.startswith(settings.STATIC_URL):
            request.META[PAGE] = ":static"
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """A view was found: it has a name."""
        name = logs.page_of(request)
        request.META[PAGE] = name if ":" in name else f":{name}"
        logs.note(page=name)
