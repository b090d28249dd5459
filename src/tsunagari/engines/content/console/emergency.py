"""緊急のお知らせ: write it, see it as residents will, release it; reword it; end it. One form, for three in the morning."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.defaults import permission_denied
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.engines.content.actions.begin_emergency import begin_emergency
from tsunagari.engines.content.actions.end_emergency import end_emergency
from tsunagari.engines.content.actions.reword_emergency import reword_emergency
from tsunagari.engines.content.forms.emergency_form import EmergencyForm, typed_in
from tsunagari.engines.content.models import Emergency
from tsunagari.engines.content.models.permission import is_of_office
from tsunagari.engines.content.queries.emergencies import (
    banner_of,
    history,
    people_in,
    ready,
    said_in,
    standing,
)
from tsunagari.engines.content.rules.announcing import AlreadyAnnounced, Announcement, By
from tsunagari.engines.content.rules.emergency_file import LANGUAGES
from tsunagari.kernel.design.easy import page_exists_in
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import Actor, acting, actor_of, staff_only

DISASTERS = "bosai"
"""The division for disasters, where the pack has one: its head may announce."""

NAMES = {"ja": _("日本語"), "en": _("英語"), "easy": _("やさしい日本語")}


def can_announce(actor: Actor | None) -> bool:
    """The office of the website, and the head of the division for disasters."""
    return actor is not None and (is_of_office(actor) or actor.has_role("head", DISASTERS))


def _refused(request: HttpRequest) -> HttpResponse:
    # Answered here: Wagtail turns a PermissionDenied that is raised into a way back to its start.
    words = gettext("緊急のお知らせを出すのは、サイトを運営する課の職員と、防災の課の課長です。担当を切り替えるか、電話で頼んでください。")  # fmt: skip
    return permission_denied(request, PermissionDenied(words))


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What stands now with its end and its next wording; else the form. POST shows what was typed once more."""
    if not can_announce(actor_of(request)):
        return _refused(request)
    now = standing()
    if request.method != "POST":
        return _show(request, now, _fresh_form(request, now))
    form = EmergencyForm(request.POST, rewording=_rewords(request))
    if "back" in request.POST or not form.is_valid():
        return _show(request, now, form)
    if _seen(request) != (now.public_id if now and _rewords(request) else ""):
        return _meanwhile(request)
    return _check(request, now, form) if "release" not in request.POST else _release(request, form)


def _rewords(request: HttpRequest) -> bool:
    return bool(_seen(request))


def _seen(request: HttpRequest) -> str:
    return request.POST.get("seen", "")[:22]


def _fresh_form(request: HttpRequest, now: Emergency | None) -> EmergencyForm:
    code = request.GET.get("template", "")
    chosen = next((each for each in ready().templates if each.code == code), None)
    if chosen:
        return EmergencyForm(initial=typed_in(chosen.texts), rewording=now is not None)
    if now is None:
        return EmergencyForm()
    initial = {**typed_in(now.texts), "address": now.address, "light": now.light}
    return EmergencyForm(initial=initial, rewording=True)


def _show(request: HttpRequest, now: Emergency | None, form: EmergencyForm) -> HttpResponse:
    rows = history()
    words = _language()
    context: dict[str, Any] = {
        "now": now,
        "form": form,
        "columns": [(NAMES[code], code, fields) for code, fields in form.in_languages],
        "banner": banner_of(said_in(now), words, changed_at=now.begun_at) if now else None,
        "templates": [(each.code, each.texts["ja"]["title"]) for each in ready().templates if "ja" in each.texts],
        "fault": ready().fault,
        "history": rows,
        "people": identity.people_names(people_in(rows)),
        "seen": _seen(request) if request.method == "POST" else now.public_id if now else "",
    }  # fmt: skip
    return render(request, "content/console/emergency.html", context)


def _language() -> str:
    return get_language() or "ja"


def _typed(form: EmergencyForm, now: Emergency | None) -> Announcement:
    return form.announcement(drill=now.drill if now and "earnest" not in form.fields else None)


def _check(request: HttpRequest, now: Emergency | None, form: EmergencyForm) -> HttpResponse:
    said = _typed(form, now)
    context = {
        "form": form,
        "said": said,
        "banners": [(NAMES[code], code, _banner_in(code, said)) for code in said.texts],
        "missing": [NAMES[code] for code in LANGUAGES if code not in said.texts],
        "seen": _seen(request),
        "fields": [(name, form[name].value()) for name in form.fields],
    }
    return render(request, "content/console/emergency_check.html", context)


def _banner_in(language: str, said: Announcement) -> Any:
    with override(language):
        return banner_of(said, language, changed_at=system_clock())


def _release(request: HttpRequest, form: EmergencyForm) -> HttpResponse:
    now = standing()
    said, by, before = _typed(form, now), _by(request), _seen(request)
    try:
        if before:
            reword_emergency(before, said, by=by, clock=system_clock)
        else:
            begin_emergency(said, by=by, clock=system_clock)
    except AlreadyAnnounced:
        return _meanwhile(request)
    messages.success(request, gettext("出しました。すべてのページに、1秒ほどで出ます。"))
    return HttpResponseRedirect(reverse("content_emergency"))


def _by(request: HttpRequest) -> By:
    actor = acting(request)
    return By(person=actor.public_id, division=actor.division)


def _meanwhile(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        gettext("ほかの職員が、先に出すか終えるかしました。いまの状態を確かめてください。"),
    )
    return HttpResponseRedirect(reverse("content_emergency"))


@never_cache
@staff_only
@require_POST
def preview_light(request: HttpRequest) -> HttpResponse:
    """The light home as it would be, in a window of its own."""
    if not can_announce(actor_of(request)):
        return _refused(request)
    now = standing()
    form = EmergencyForm(request.POST, rewording=_rewords(request))
    if not form.is_valid():
        return _show(request, now, form)
    code = request.POST.get("language", "ja")
    language = code if code in LANGUAGES else "ja"
    page_exists_in(request, {language: "#"})
    with override(language):
        light = banner_of(_typed(form, now), language, changed_at=system_clock())
        foreign = light.said.language == "ja" and language == "en"
        return render(request, "design/light.html", {"light": light, "foreign": foreign})


@staff_only
@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """It is over: one button."""
    if not can_announce(actor_of(request)):
        return _refused(request)
    try:
        end_emergency(public_id, by=_by(request), clock=system_clock)
    except AlreadyAnnounced:
        return _meanwhile(request)
    messages.success(request, gettext("終えました。どのページにも、もう出ません。"))
    return HttpResponseRedirect(reverse("content_emergency"))


@tells_needs
def what_is_announced(request: HttpRequest) -> list[Need]:
    """Every clerk sees first what residents see on every page."""
    actor = actor_of(request)
    now = standing() if actor and actor.kind == "staff" else None
    if now is None:
        return []
    title = gettext("訓練の緊急のお知らせを出しています") if now.drill else gettext("緊急のお知らせを出しています")  # fmt: skip
    mine = can_announce(actor)
    return [
        Need(
            title=title,
            detail=now.texts["ja"]["title"],
            address=reverse("content_emergency") if mine else "/emergency/",
            action=gettext("書き直す・終える") if mine else gettext("読む"),
            urgent=True,
            for_all=True,
        )
    ]


class ForAnnouncers(MenuItem):
    """Shown to those who may announce."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether she may."""
        return can_announce(actor_of(request))


@hooks.register("register_admin_urls")
def emergency_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("emergency/", start, name="content_emergency"),
        path("emergency/light/", preview_light, name="content_emergency_light"),
        path("emergency/<str:public_id>/end/", end, name="content_emergency_end"),
    ]


@hooks.register("register_admin_menu_item")
def emergency_menu_item() -> MenuItem:
    """The menu's entry."""
    return ForAnnouncers(
        _("緊急のお知らせ"),
        reverse("content_emergency"),
        name="content-emergency",
        icon_name="warning",
        order=90,
    )
