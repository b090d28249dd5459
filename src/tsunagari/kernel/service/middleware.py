"""Says to the edge which page of which service an answer is, so that views can be counted."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from tsunagari.kernel.service.declare import VIEW_HEADER, Seen


class ViewMark:
    """Marks the answer of each public page; pages of the console and of accounts stay unmarked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the mark when a named page of a named room has answered."""
        response = self.get_response(request)
        match = request.resolver_match
        if (
            match
            and match.app_name
            and match.url_name
            and ";" not in match.url_name
            and response.status_code == 200
            and not getattr(response, "uncounted", False)
            and not request.path_info.startswith("/console/")
        ):
            seen = getattr(response, "seen", None) or Seen(
                service=match.namespaces[0], page=match.url_name
            )
            response.headers[VIEW_HEADER] = (
                f"{seen.service};{seen.page};{get_language() or 'ja'};{seen.division};{seen.subject}"
            )
        return response
