"""How the API answers: in the reader's language, openly, and once only to who knows it already."""

from collections.abc import Callable
from typing import Annotated, Any, Concatenate, Final, Literal, ParamSpec

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import conditional_page
from ninja import Query

LANGUAGES: Final = tuple(code for code, _ in settings.SCREEN_LANGUAGES)

Lang = Annotated[
    Literal["ja", "en"] | None,
    Query(None, description="Language of the texts; without it Accept-Language decides, else ja."),
]
"""The parameter of every endpoint that tells texts. It is described here and read by `language_of`."""

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def open_answer(view: View[P]) -> View[P]:
    """A view whose texts are in the language that is asked for: `lang`, else Accept-Language, else Japanese.

    What is read may be read from any site (open data), and carries an ETag of what it says.
    """
    kept = conditional_page(view)

    def answer(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = kept(request, *args, **kwargs)
        return opened(request, response, language)

    return answer


def opened(request: HttpRequest, response: HttpResponseBase, language: str) -> HttpResponseBase:
    """An answer that says its language and, where something is only read, may be read from any site."""
    response["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    if request.method in ("GET", "HEAD"):
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Content-Language"
    return response


def language_of(request: HttpRequest) -> str:
    """The language in which a request is answered; "ja" where it asks for none of ours."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    wanted = (
        code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    )
    return next((code[:2] for code in wanted if code[:2] in LANGUAGES), LANGUAGES[0])
