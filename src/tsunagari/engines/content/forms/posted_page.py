"""A page as the editor's form has it now, without saving: for checking, mending and pasting while somebody writes."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from wagtail.models import Page

from tsunagari.engines.content.models import PAGE_TYPES, CityPage


class NoSuchForm(ValueError):
    """What was posted is no form of the editor."""


def edited_page(request: HttpRequest) -> Any:
    """The page that an address names (?edit=3, or ?kind=articlepage&parent=2 for a new one).

    Raises Http404 where there is none, PermissionDenied for a clerk who may not write it.
    """
    if "edit" in request.GET:
        return _standing(request)
    kind = {each.__name__.lower(): each for each in PAGE_TYPES}.get(request.GET.get("kind", ""))
    parent = _page(request.GET.get("parent", ""))
    if kind is None or not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    if kind not in parent.creatable_subpage_models():
        raise PermissionDenied
    return kind(locale=parent.locale)


def _standing(request: HttpRequest) -> Any:
    page = _page(request.GET["edit"]).get_latest_revision_as_object()
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _page(key: str) -> Any:
    found = Page.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    page = found.specific if found else None
    if not isinstance(page, CityPage):
        raise Http404
    return page


def posted_page(request: HttpRequest) -> Any:
    """The same page as it was posted. Raises NoSuchForm besides."""
    page = edited_page(request)
    posted_body(request, page)
    return page


def posted_body(request: HttpRequest, page: Any) -> None:
    """Put the posted title, summary and body into a page object; nothing is cleaned, so half a form will do.

    Raises NoSuchForm.
    """
    page.title = request.POST.get("title", "").strip()
    page.summary = request.POST.get("summary", "").strip()
    stream = page.body.stream_block
    try:
        page.body = stream.value_from_datadict(request.POST, request.FILES, "body")
        _settle_headers(page.body)
        page.body.get_prep_value()
    except (KeyError, ValueError, TypeError, ObjectDoesNotExist, ValidationError) as error:
        raise NoSuchForm(f"the form's body cannot be read: {error}") from error


def _settle_headers(body: Any) -> None:
    """A table's form names its header cells by one choice; Wagtail turns it into two marks when it cleans."""
    for child in body:
        if child.block_type == "table" and child.value:
            choice = child.value.get("table_header_choice") or ""
            child.value["first_row_is_table_header"] = choice in ("row", "both")
            child.value["first_col_is_header"] = choice in ("column", "both")
