"""What every screen of the search asks first."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.defaults import permission_denied

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE, Value, write_workbook
from tsunagari.kernel.identity.api import actor_of
from tsunagari.kernel.search import api
from tsunagari.kernel.search.forms import LANGUAGES


def may_edit(request: HttpRequest) -> bool:
    """Whoever works in the division that runs the website; others read."""
    actor = actor_of(request)
    editors = api.editing_division()
    return bool(actor and editors and any(post.division == editors for post in actor.posts))


def refused(request: HttpRequest) -> HttpResponse:
    """The answer to a clerk who may read but not change."""
    # Answered here: Wagtail turns a PermissionDenied that is raised into a way back to its start.
    words = gettext(
        "言い換えは、ホームページを担当する課が直します。直したい言葉を担当の課に伝えてください。"
    )
    return permission_denied(request, PermissionDenied(words))


def language_in(request: HttpRequest) -> str:
    """The language of pages that a list is about."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(LANGUAGES) else "ja"


def workbook(name: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """A workbook to take away; its name bears the day."""
    response = HttpResponse(write_workbook(headers, rows, title=name), content_type=WORKBOOK_TYPE)
    file = f"{name}-{japan_day(system_clock())}.xlsx"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file) or ""
    )
    return response
