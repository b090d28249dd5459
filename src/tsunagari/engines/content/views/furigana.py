"""Furigana on demand: readings above the kanji of a page's own text."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse

from tsunagari.kernel.i18n.furigana import ruby

FURIGANA: Final = "furigana"
"""The parameter of an address: on or off. Easy Japanese has furigana unless they are switched off."""

_MAIN: Final = re.compile(r"(<main\b[^>]*>)(.*)(</main>)", re.DOTALL)


def wants_furigana(request: HttpRequest, language: str) -> bool:
    """Whether this reader wants readings."""
    asked = request.GET.get(FURIGANA, "")
    return language in ("ja", "easy") and (asked == "on" or (language == "easy" and asked != "off"))


def add_furigana(answer: HttpResponse) -> None:
    """Put readings into the main part of an answer that was drawn."""
    text = answer.content.decode()
    answer.content = _MAIN.sub(lambda found: f"{found[1]}{ruby(found[2])}{found[3]}", text).encode()
