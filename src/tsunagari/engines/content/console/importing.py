"""The console's screens for bringing an old site over (古いサイトから取り込む): for the office of the website."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.defaults import permission_denied
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from tsunagari.engines.content.actions.ask_import import (
    ImportRefused,
    begin_import,
    kept_source,
    look_at,
)
from tsunagari.engines.content.forms.import_form import ImportForm
from tsunagari.engines.content.models import SiteImport
from tsunagari.engines.content.models.permission import is_of_office
from tsunagari.engines.content.queries.import_preview import SHOWN, import_preview
from tsunagari.engines.content.queries.import_report import import_report
from tsunagari.engines.content.rules.old_pages.source import SourceRefused
from tsunagari.engines.content.rules.pieces import Language
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE
from tsunagari.kernel.identity.api import acting, actor_of, staff_only

View = Callable[..., HttpResponseBase]


def office_only(view: View) -> View:
    """A view for the office of the website; other clerks are told whom to ask."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_of_office(acting(request)):
            sentence = gettext(
                "取り込みは、サイトを運営する課が行います。取り込みたいページがあるときは、その課に伝えてください。"
            )
            return permission_denied(request, PermissionDenied(sentence))
        return view(request, *args, **kwargs)

    return staff_only(guarded)


@office_only
def imports(request: HttpRequest) -> HttpResponse:
    """Hand in an old site; what was brought over before."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_address(_looked_at(request, form)))
        except ImportRefused as refused:
            form.refuse(refused)
    context = {
        "page_title": gettext("古いサイトから取り込む"),
        "form": form,
        "imports": SiteImport.objects.order_by("-pk")[:50],
    }
    return render(request, "content/console/imports.html", context)


def _looked_at(request: HttpRequest, form: ImportForm) -> SiteImport:
    said = form.cleaned_data
    return look_at(
        said["file"].read(),
        name=said["file"].name,
        address=said["address"],
        below=Page.objects.get(pk=said["below"]).specific,
        division=said["division"],
        actor=acting(request).public_id,
        clock=system_clock,
    )


@require_safe
@office_only
def one_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """Before it begins: what it would bring. Then: how far it is. At last: what it brought."""
    bringing = _found(public_id)
    context: dict[str, Any] = {
        "page_title": bringing.source,
        "bringing": bringing,
        "percent": 100 * bringing.done // bringing.total if bringing.total else 0,
        "drafts": bringing.pages.exclude(page=None).count(),
    }
    if bringing.state == SiteImport.States.LOOKED_AT:
        context |= _preview(bringing)
    return render(request, "content/console/import.html", context)


def _preview(bringing: SiteImport) -> dict[str, Any]:
    language: Language = bringing.below.locale.language_code if bringing.below else "ja"
    try:
        pages = list(import_preview(kept_source(bringing), language))
    except SourceRefused:
        return {"gone": True}
    rows = [(page, [note.told(gettext) for note in page.notes]) for page in pages]
    return {"rows": rows, "more": max(bringing.total - SHOWN, 0)}


@require_POST
@office_only
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have it brought over; a second press begins nothing twice."""
    bringing = _found(public_id)
    begin_import(bringing, actor=acting(request).public_id)
    return HttpResponseRedirect(_address(bringing))


@require_safe
@office_only
def report(_request: HttpRequest, public_id: str) -> HttpResponse:
    """The report, to take away."""
    bringing = _found(public_id)
    day = f"{bringing.asked_at:%Y%m%d}"
    return HttpResponse(
        import_report(bringing),
        content_type=WORKBOOK_TYPE,
        headers={"Content-Disposition": f'attachment; filename="import-{day}.xlsx"'},
    )


def _found(public_id: str) -> SiteImport:
    found = SiteImport.objects.select_related("below").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _address(bringing: SiteImport) -> str:
    return reverse("content_import", args=[bringing.public_id])


class OfficeItem(MenuItem):
    """Shown to the office of the website."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whoever works there."""
        actor = actor_of(request)
        return actor is not None and is_of_office(actor)


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("content/import/", imports, name="content_imports"),
        path("content/import/<str:public_id>/", one_import, name="content_import"),
        path("content/import/<str:public_id>/begin/", begin, name="content_import_begin"),
        path("content/import/<str:public_id>/report/", report, name="content_import_report"),
    ]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    """The menu's entry."""
    return OfficeItem(
        _("古いサイトから取り込む"), reverse("content_imports"), name="content-import", icon_name="download", order=480
    )  # fmt: skip
