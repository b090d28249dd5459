"""What every screen about the city's pages asks first: who acts, and what divisions are called."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from tsunagari.engines.content.models import Round
from tsunagari.engines.content.models.permission import office
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE, Value, write_workbook
from tsunagari.kernel.identity import api as identity


def hand_of(request: HttpRequest) -> Hand:
    """The clerk of this request, as the post she has chosen."""
    actor = identity.acting(request)
    return Hand(
        actor=actor.public_id,
        division=actor.division,
        head=bool(actor.post and actor.post.role == "head"),
        office=bool(actor.division) and any(post.division == office() for post in actor.posts),
    )


def division_titles(codes: Iterable[str]) -> dict[str, str]:
    """Names of divisions by code; "" is for pages that nobody answers for."""
    names = identity.names_of({code for code in codes if code}, clock=system_clock)
    return {**names, "": gettext("担当の課がありません")}


def language_names() -> dict[str, str]:
    """What the languages of pages are called, by code."""
    said = {"ja": gettext("日本語"), "en": gettext("英語"), "easy": gettext("やさしい日本語")}
    return {code: said.get(code, str(name)) for code, name in settings.LANGUAGES}


def asked_division(request: HttpRequest, hand: Hand) -> str:
    """Whose pages a list shows: one's own first, "all" for everybody's, else the code asked for."""
    asked = request.GET.get("division", "")[:50]
    return "" if asked == "all" else asked or hand.division


def edit_address(page: int, part: str = "") -> str:
    """The editor of a page, at the block where something stands."""
    address = reverse("wagtailadmin_pages:edit", args=[page])
    if part in ("", "title", "summary"):
        return f"{address}#id_{part}" if part else address
    return f"{address}#block-{part}-section"


def workbook(name: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """A workbook to take away; its name bears the day."""
    response = HttpResponse(write_workbook(headers, rows, title=name), content_type=WORKBOOK_TYPE)
    file = f"{name}-{japan_day(system_clock())}.xlsx"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file) or ""
    )
    return response


def round_words(held: Round | None) -> dict[str, Any] | None:
    """A round as a screen shows it."""
    if held is None:
        return None
    under_way = held.state in ("waiting", "running", "asked", "applying")
    return {
        "held": held,
        "under_way": under_way,
        "now": min(held.done, held.total),
        "of": held.total,
        "title": held.get_kind_display(),
        "state": held.get_state_display(),
    }
