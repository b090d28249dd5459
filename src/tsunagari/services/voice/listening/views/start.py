"""Where listening begins: write to the city, read what others wrote, comment on drafts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.services.voice.listening.queries.calls import public_calls
from tsunagari.services.voice.listening.queries.published import published_voices

SHOWN = 3


def index(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """What one can do here, and what is open now."""
    calls = public_calls(now=clock(), language=get_language() or "ja")
    context = {
        "open": [each for each in calls if each.phase in ("open", "announced")],
        "results": [each for each in calls if each.phase == "published"][:SHOWN],
        "voices": list(published_voices()[:SHOWN]),
    }
    return render(request, "listening/index.html", context)
