"""ウェブアクセシビリティについて: what this site aims at, what was found, and how to complain
(総務省「みんなの公共サイト運用ガイドライン」; JIS X 8341-3:2016 附属書JB)."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from tsunagari.engines.content.models.permission import office
from tsunagari.engines.content.queries.accessibility import last_test
from tsunagari.engines.content.queries.contacts import contact_words
from tsunagari.engines.content.views.index import in_all_languages, machines_here
from tsunagari.engines.content.views.keeping import keep
from tsunagari.kernel.design.context import public_address
from tsunagari.kernel.design.easy import speaks_easy
from tsunagari.kernel.i18n.clock import Clock, system_clock

SINCE: Final = date(2026, 11, 22)
"""The day of this policy."""


@require_safe
@speaks_easy
def accessibility(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The statement. What was not tested is said to be not tested."""
    in_all_languages(request)
    language = get_language() or "ja"
    tested = last_test()
    context = {
        "since": SINCE,
        "tested": tested,
        "conforms": tested is not None and tested.findings == 0,
        "asked": contact_words({"division": office()}, language, clock=clock),
        "machines": machines_here(request, gettext("ウェブアクセシビリティについて")),
        "voices": public_address("listening:index"),
    }
    return keep(render(request, "content/accessibility.html", context), ["content.words"], now=clock())  # fmt: skip
