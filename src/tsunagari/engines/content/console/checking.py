"""While a clerk writes: what is wrong with the page as the form has it, and one or all of it put right."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tsunagari.engines.content.console.field_values import changes_between, for_editor
from tsunagari.engines.content.console.telling import counted, key_of, told
from tsunagari.engines.content.forms.page_form import suggested_slug
from tsunagari.engines.content.forms.posted_page import NoSuchForm, posted_page
from tsunagari.engines.content.models.knowledge import knowledge_for
from tsunagari.engines.content.models.pieces_of import pieces_of
from tsunagari.engines.content.rules.checking import all_rules, apply_mend, check, mended
from tsunagari.engines.content.rules.pieces import Knowledge, Piece
from tsunagari.kernel.identity.api import staff_only

ALL = "all"
"""Asks for the first mend of every fault."""


def refused(sentence: str, status: int) -> JsonResponse:
    """An answer that the script shows as it is."""
    return JsonResponse({"refused": sentence}, status=status)


def not_yours() -> JsonResponse:
    """403 in words. Answered here: Wagtail turns a PermissionDenied that is raised into a way back."""
    return refused(gettext("このページを書けるのは、担当の課とサイトを運営する課です。"), 403)


def _asked(request: HttpRequest) -> tuple[Any, tuple[Piece, ...], Knowledge]:
    page = posted_page(request)
    return page, pieces_of(page), knowledge_for(page.locale.language_code, page.title)


@never_cache
@require_POST
@staff_only
def check_page(request: HttpRequest) -> JsonResponse:
    """The faults of the posted form, with the address that its title would have."""
    try:
        page, pieces, knowledge = _asked(request)
    except PermissionDenied:
        return not_yours()
    except NoSuchForm:
        return refused(gettext("入力の内容を読み取れませんでした。"), 400)
    faults = check(pieces, knowledge)
    slug = suggested_slug(page.title, request.POST.get("reading", "")) if page.title else ""
    return JsonResponse({"faults": told(faults, pieces), "counted": counted(faults), "slug": slug})


@never_cache
@require_POST
@staff_only
def mend_page(request: HttpRequest) -> JsonResponse:
    """New values of fields with the mend that `fault` and `number` name, or with every first mend."""
    try:
        page, pieces, knowledge = _asked(request)
    except PermissionDenied:
        return not_yours()
    except NoSuchForm:
        return refused(gettext("入力の内容を読み取れませんでした。"), 400)
    after = _mended(request, pieces, knowledge)
    if after is None:
        return refused(
            gettext("文章が変わったため、直せませんでした。もう一度お試しください。"), 409
        )
    values = [for_editor(page, change) for change in changes_between(pieces, after)]
    return JsonResponse({"values": values})


def _mended(
    request: HttpRequest, pieces: tuple[Piece, ...], knowledge: Knowledge
) -> tuple[Piece, ...] | None:
    asked = request.GET.get("fault", "")
    if asked == ALL:
        return mended(pieces, knowledge, only={rule.id for rule in all_rules()})
    number = request.GET.get("number", "0")
    for index, fault in enumerate(check(pieces, knowledge)):
        if key_of(fault, index) == asked and number.isdecimal():
            chosen = fault.mends[int(number) : int(number) + 1]
            return apply_mend(pieces, chosen[0]) if chosen else None
    return None


URLS: list[URLPattern] = [
    path("content/check/", check_page, name="content_editor_check"),
    path("content/mend/", mend_page, name="content_editor_mend"),
]
