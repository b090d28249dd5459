"""Pages of the design itself."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.design.colour import hue_saturation_lightness
from tsunagari.kernel.design.living import groups
from tsunagari.kernel.design.rules import RULES
from tsunagari.kernel.design.tokens import tokens

CITY_CSS = """:root {{
  --city-key: {key};
  --city-key-dark: {dark};
  --city-key-pale: {pale};
  --city-key-line: {line};
  --city-key-hue: {hue};
  --city-key-saturation: {saturation}%;
  --city-key-lightness: {lightness}%;
}}
"""


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def city_css(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """The city's key colour as custom properties; the address changes with the colours."""
    shades = city_look().shades
    hue, saturation, lightness = hue_saturation_lightness(shades.key)
    css = CITY_CSS.format(**asdict(shades), hue=hue, saturation=saturation, lightness=lightness)
    return HttpResponse(css, content_type="text/css; charset=utf-8")


@require_safe
def living_page(request: HttpRequest) -> HttpResponse:
    """The page with every component, its example and what one writes for it."""
    return render(
        request,
        "design/living.html",
        {"groups": groups(request), "rules": RULES, "tokens": tokens()},
    )
