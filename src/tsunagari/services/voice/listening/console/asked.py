"""Who asks, which letter or call an address names, and how a screen refuses."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.defaults import permission_denied

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import acting
from tsunagari.services.voice.listening.models import Call, Voice
from tsunagari.services.voice.listening.queries.calls import call_for
from tsunagari.services.voice.listening.queries.voices import hand_for, voice_for
from tsunagari.services.voice.listening.rules.hands import Hand


def language() -> str:
    """The language of the screen."""
    return get_language() or "ja"


def hand_of(request: HttpRequest) -> Hand:
    """Who has the pen in this request."""
    return hand_for(acting(request), now=system_clock())


def asked_voice(hand: Hand, public_id: str) -> Voice:
    """The letter of an address; 404 for one that is not hers."""
    found = voice_for(hand, public_id, now=system_clock())
    if found is None:
        raise Http404
    return found


def asked_call(hand: Hand, public_id: str) -> Call:
    """The call of an address; 404 for one that is not hers."""
    found = call_for(hand, public_id, now=system_clock())
    if found is None:
        raise Http404
    return found


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """403 in words. Answered here: Wagtail turns a PermissionDenied that is raised into a way back."""
    return permission_denied(request, PermissionDenied(words))


def only_clerks(request: HttpRequest) -> HttpResponse:
    """403 for whoever acts as no clerk of a division."""
    return refused(
        request,
        gettext("この画面は、課の担当者が使います。担当を切り替えるか、担当の課に聞いてください。"),
    )
