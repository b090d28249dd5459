"""The announcement in full, at an address that stays."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from tsunagari.engines.content.queries.emergencies import ways_in
from tsunagari.engines.content.views.index import in_all_languages, machines_here
from tsunagari.engines.content.views.keeping import keep
from tsunagari.kernel.design.banner import banners
from tsunagari.kernel.design.easy import speaks_easy
from tsunagari.kernel.i18n.clock import Clock, system_clock


@require_safe
@speaks_easy
def emergency(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """What is announced now, or that nothing is; and where help is on any day."""
    in_all_languages(request)
    now = next(iter(banners(request)), None)
    context = {
        "now": now,
        "ways": ways_in(get_language() or "ja"),
        "as_of": clock(),
        "machines": machines_here(request, gettext("緊急のお知らせ")),
    }
    return keep(render(request, "content/emergency.html", context), [], now=clock())
