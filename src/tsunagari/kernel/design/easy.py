"""Easy Japanese (やさしい日本語): a language of its own for pages that have such a version, Japanese for all else."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import translate_url
from django.utils.translation import get_language

EASY = "easy"

P = ParamSpec("P")


def tag_of(language: str) -> str:
    """The tag (BCP 47) that a browser and a screen reader know: easy Japanese is read as Japanese."""
    return "ja" if language == EASY else language


def page_exists_in(request: HttpRequest, addresses: Mapping[str, str]) -> None:
    """Name the languages in which the page of this request exists, each with its address.

    The language switch offers these; without a word of the view it offers the languages of every screen.
    """
    request.tsunagari_languages = dict(addresses)  # type: ignore[attr-defined]  # kept for the template


def addresses_named(request: HttpRequest) -> Mapping[str, str] | None:
    """What the view named, None where it said nothing."""
    named: Mapping[str, str] | None = getattr(request, "tsunagari_languages", None)
    return named


def speaks_easy(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Put it on a view that has pages in easy Japanese; under /easy/ every other view leads to Japanese."""

    @wraps(view)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(*args, **kwargs)

    speaking.speaks_easy = True  # type: ignore[attr-defined]  # read by the middleware below
    return speaking


class EasyWhereItExists:
    """Sends a reader of easy Japanese on to the Japanese page where no easy one can exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], *_: object
    ) -> HttpResponse | None:
        """The address in Japanese, with its query."""
        if get_language() != EASY or getattr(view, "speaks_easy", False):
            return None
        return HttpResponseRedirect(translate_url(request.get_full_path(), "ja"))
