"""What reaches no endpoint of the API is refused in the API's shape too; and its headers may be asked for alone."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from tsunagari.kernel.answers import refusals
from tsunagari.kernel.answers.open_answer import language_of, opened

PLACE = "/api/"


class InOneShape:
    """Answers below /api/ that would be pages for people (no such address or method, a fault of ours)
    are JSON with `detail`; HEAD is answered as GET is, without its body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the API answer; put its refusals into words where it gave none."""
        if not request.path_info.startswith(PLACE):
            return self.get_response(request)
        if request.method != "HEAD":
            return self._in_words(request, self.get_response(request))
        request.method = "GET"
        response = self._in_words(request, self.get_response(request))
        request.method = "HEAD"
        if response.content:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    def _in_words(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.get("Content-Type", "").startswith("application/json"):
            return response
        language = language_of(request)
        with translation.override(language):
            words = _words(request, response)
        if not words:
            return response
        said = JsonResponse(
            {"detail": words},
            status=response.status_code,
            json_dumps_params={"ensure_ascii": False},
        )
        if "Allow" in response:
            said["Allow"] = response["Allow"]
        opened(request, said, language)
        return said


def _words(request: HttpRequest, response: HttpResponse) -> str:
    """What is said in place of a page for people; "" where the answer is left as it is."""
    match response.status_code:
        case HTTPStatus.NOT_FOUND:
            return refusals.no_such_address()
        case HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = ", ".join(sorted(response.get("Allow", "").split(", ")))
            return refusals.no_such_method(request.method or "", allowed)
        case HTTPStatus.INTERNAL_SERVER_ERROR:
            return refusals.our_fault()
        case _:
            return ""
