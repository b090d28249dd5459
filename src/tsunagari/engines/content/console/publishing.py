"""A page with a fault of level A is kept as a draft, and whoever wanted to publish it is told why.

The form is looked at before Wagtail acts on it: what asks for publishing or approval is taken out of it, so that the
page is saved and nothing else happens. The model refuses besides, whatever way leads there.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from wagtail import hooks
from wagtail.admin import messages

from tsunagari.engines.content.forms.posted_page import NoSuchForm, posted_body
from tsunagari.engines.content.models import CityPage
from tsunagari.engines.content.models.pieces_of import refusing_faults
from tsunagari.engines.content.rules.pieces import Fault
from tsunagari.kernel.identity.api import acting

ASKS = ("action-publish", "action-submit", "action-restart-workflow", "action-workflow-action")
"""Buttons of the editor after which a page is published, or on its way there."""
MOST_TOLD = 5


@hooks.register("before_edit_page")
def stop_faulty(request: HttpRequest, page: Any) -> None:
    """Make a save of a publishing, where the form has a fault of level A."""
    if isinstance(page, CityPage):
        _note_division(request)
        _stop(request, page)


@hooks.register("before_create_page")
def stop_faulty_new(request: HttpRequest, parent: Any, kind: type[Any]) -> None:
    """The same for a new page."""
    if issubclass(kind, CityPage):
        _note_division(request)
        _stop(request, kind(locale=parent.locale))


def _note_division(request: HttpRequest) -> None:
    """The form presets the division for which she acts."""
    user: Any = request.user
    user.tsunagari_acting_division = acting(request).division


def _stop(request: HttpRequest, page: Any) -> None:
    asked = [name for name in ASKS if name in request.POST]
    if request.method != "POST" or not asked or _sends_back(request):
        return
    draft = type(page)(locale=page.locale)
    try:
        posted_body(request, draft)
    except NoSuchForm:
        return  # Wagtail's own form says what is wrong with it
    faults = refusing_faults(draft)
    if faults:
        without = request.POST.copy()
        for name in asked:
            del without[name]
        request.POST = without  # type: ignore[assignment]  # read by Wagtail's view next
        request.tsunagari_refused = faults  # type: ignore[attr-defined]  # told after the saving


def _sends_back(request: HttpRequest) -> bool:
    return (
        "action-workflow-action" in request.POST
        and request.POST.get("workflow-action-name") == "reject"
    )


@hooks.register("after_edit_page")
@hooks.register("after_create_page")
def tell_why(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Back to the editor with the reasons; the draft is saved."""
    faults: Sequence[Fault] = getattr(request, "tsunagari_refused", ())
    if not faults:
        return None
    list(get_messages(request))  # "has been updated" is not all that happened
    return _back_to_editor(request, page, faults)


@hooks.register("before_publish_page")
def refuse_faulty(request: HttpRequest, page: Any) -> HttpResponse | None:
    """The same at the last door, for a page that is saved already."""
    faults = refusing_faults(page) if isinstance(page, CityPage) else ()
    return _back_to_editor(request, page, faults) if faults else None


def _back_to_editor(request: HttpRequest, page: Any, faults: Sequence[Fault]) -> HttpResponse:
    messages.error(request, _reasons(faults))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _reasons(faults: Sequence[Fault]) -> SafeString:
    head = ngettext(
        "下書きとして保存しました。公開の前に直すところが%(count)sつあります。",
        "下書きとして保存しました。公開の前に直すところが%(count)sつあります。",
        len(faults),
    ) % {"count": len(faults)}
    told = dict.fromkeys(fault.said.told(gettext) for fault in faults)
    items = format_html_join("", "<li>{}</li>", ((each,) for each in list(told)[:MOST_TOLD]))
    return format_html("{}<ul>{}</ul>", head, items)


@hooks.register("before_bulk_action")
def refuse_faulty_among_many(
    request: HttpRequest, action: str, pages: Sequence[Any], view: Any
) -> HttpResponse | None:
    """Many pages are published together or not at all."""
    if action != "publish" or request.method != "POST":
        return None
    faulty = [page for page in _asked_pages(pages, view) if refusing_faults(page)]
    if not faulty:
        return None
    titles = gettext("」「").join(page.title for page in faulty[:MOST_TOLD])
    messages.error(
        request,
        gettext("「%(titles)s」に公開できない問題があるため、どのページも公開しませんでした。")
        % {"titles": titles},
    )
    return redirect(view.next_url)


def _asked_pages(pages: Sequence[Any], view: Any) -> list[Any]:
    found = [page.get_latest_revision_as_object() for page in pages]
    if view.cleaned_form.cleaned_data.get("include_descendants"):
        below = (each for page in pages for each in page.get_descendants().not_live())
        found += [each.get_latest_revision_as_object() for each in below]
    return [page for page in found if isinstance(page, CityPage)]
