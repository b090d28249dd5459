"""Which year a screen is about, who looks at it, and how it refuses."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.defaults import permission_denied

from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.years import cycle_of
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.identity.api import acting


def hand_of(request: HttpRequest) -> Hand:
    """Who has the pen in this request."""
    actor = acting(request)
    return Hand(
        actor=actor.public_id,
        division=actor.division,
        role=actor.post.role if actor.post else "",
    )


def asked_cycle(plan: str, year: int) -> Cycle:
    """The year of an address; 404 where nobody opened it."""
    cycle = cycle_of(plan, year)
    if cycle is None:
        raise Http404
    return cycle


def language() -> str:
    """The language of the screen."""
    return get_language() or "ja"


def year_words(year: int) -> str:
    """令和8年度."""
    return format_fiscal_year(FiscalYear(year), language=language())


def only_secretariat(request: HttpRequest) -> HttpResponse:
    """403 in words. Answered here: Wagtail turns a PermissionDenied that is raised into a way back."""
    sentence = gettext(
        "この操作は、計画の事務局が行います。担当を切り替えるか、事務局に頼んでください。"
    )
    return permission_denied(request, PermissionDenied(sentence))


def not_yours(request: HttpRequest) -> HttpResponse:
    """403 in words for a sheet that one may read and not write."""
    sentence = gettext("この調書は、ほかの課のものです。直せるのは、担当の課と事務局です。")
    return permission_denied(request, PermissionDenied(sentence))
