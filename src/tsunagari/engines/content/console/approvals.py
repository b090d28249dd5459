"""What waits for a decision about publishing: approvals, deputies, and checks after an emergency."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from tsunagari.engines.content.actions.name_deputy import DeputyRefused, end_deputy, name_deputy
from tsunagari.engines.content.actions.publish_in_emergency import (
    EmergencyRefused,
    check_later,
    publish_in_emergency,
)
from tsunagari.engines.content.console.desk import division_titles, edit_address, hand_of
from tsunagari.engines.content.models import CityPage, Deputy, LaterCheck, RefusedSchedule
from tsunagari.engines.content.models.city_page import PublishRefused
from tsunagari.engines.content.queries.approvals import (
    deputies,
    later_checks,
    refused_schedules,
    sent_back_to,
    titles_of_states,
    waiting_for,
)
from tsunagari.engines.content.queries.versions import newest_version
from tsunagari.kernel.design.forms import EraDateField
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.identity import api as identity

NAMED = 3
"""Pages that a need names; the rest is a number."""


@tells_needs
def approvals(request: HttpRequest) -> Iterator[Need]:
    """Pages that wait for this clerk's decision, and those sent back to her."""
    if identity.actor_of(request) is None:
        return
    waiting = waiting_for(request.user)
    for page, title in titles_of_states(waiting[:NAMED]):
        yield Need(
            title=gettext("承認を待つページ：%(title)s") % {"title": title},
            detail=gettext("内容を確かめて、承認するか差し戻してください。"),
            address=edit_address(page),
            action=gettext("確かめて決める"),
        )
    if len(waiting) > NAMED:
        rest = len(waiting) - NAMED
        words = ngettext(
            "ほかに%(n)dページが承認を待っています", "ほかに%(n)dページが承認を待っています", rest
        )
        yield Need(
            title=words % {"n": rest},
            detail=gettext("古いものから順に決めてください。"),
            address=reverse("wagtailadmin_reports:workflow_tasks"),
            action=gettext("一覧を見る"),
        )
    for each in sent_back_to(request.user):
        yield Need(
            title=gettext("差し戻されたページ：%(title)s") % {"title": each.title},
            detail=each.comment or gettext("理由は書かれていません。"),
            address=edit_address(each.page),
            action=gettext("直して申請する"),
        )


@tells_needs
def emergencies_and_schedules(request: HttpRequest) -> Iterator[Need]:
    """What was published in an emergency and is not checked; times of publishing that were refused."""
    actor = identity.actor_of(request)
    if actor is None or not actor.division:
        return
    hand = hand_of(request)
    if hand.head or hand.office:
        duties = later_checks(division=hand.division, everywhere=hand.office)
        for duty in duties.filter(checked_at__isnull=True)[:10]:
            yield Need(
                title=gettext("緊急に公開したページ：%(title)s") % {"title": duty.page.title},
                detail=gettext("%(when)sに、承認の前に公開しました。理由：%(reason)s")
                % {"when": _day_words(duty.published_at), "reason": duty.reason},
                address=reverse("content_later_check", args=[duty.public_id]),
                action=gettext("あとから確かめる"),
                urgent=True,
            )
    for refused in refused_schedules(hand.division)[:10]:
        yield Need(
            title=_failed_title(refused) % {"title": refused.page.draft_title},
            detail=_why(refused),
            address=edit_address(refused.page_id),
            action=gettext("ページを直す") if refused.retry_at is None else gettext("ページを見る"),
            urgent=True,
        )


def _failed_title(refused: RefusedSchedule) -> str:
    if refused.page.live:
        return gettext("予約した時刻に、公開の内容を変えられませんでした：%(title)s")
    return gettext("予約した時刻に公開できませんでした：%(title)s")


def _why(refused: RefusedSchedule) -> str:
    if refused.retry_at is None:
        return gettext("公開できない問題があります。直して、もう一度公開してください。")
    return gettext(
        "システムのエラーで、%(attempts)d回試しても公開、または公開の終わりができませんでした。自動でもう一度試します。急ぐときは、情報システムの担当に知らせてください。"
    ) % {"attempts": refused.attempts}


def _day_words(moment: datetime) -> str:
    return format_day(japan_day(moment), language=get_language() or "ja")


class DeputyForm(forms.Form):
    """Who stands in for the head, and when."""

    account = forms.ChoiceField(label=_("代理の職員"))
    begins = EraDateField(label=_("はじめの日"))
    ends = EraDateField(label=_("終わりの日（この日まで）"))

    def __init__(self, *args: Any, people: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", gettext("選んでください")), *people.items()]  # type: ignore[attr-defined]  # a choice field


@never_cache
@identity.staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def deputy_list(request: HttpRequest) -> HttpResponse:
    """A head names deputies of her division; the office of any."""
    hand, today = hand_of(request), japan_day(system_clock())
    division = request.GET.get("division", "") if hand.office else ""
    division = division or hand.division
    if not hand.heads(division):
        raise PermissionDenied
    people = identity.clerks_in(division, today)
    form = DeputyForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid() and _named(request, form, division):
        return HttpResponseRedirect(request.get_full_path())
    rows = list(deputies(division="" if hand.office else division, today=today))
    names = division_titles([division, *(row.division for row in rows)])
    named = identity.people_names(row.named_by for row in rows)
    context = {
        "form": form,
        "division": names[division],
        "rows": [
            {
                "row": row,
                "division": names[row.division],
                "now": row.begins <= today,
                "named_by": named.get(row.named_by, ""),
            }
            for row in rows
        ],
    }
    return render(request, "content/console/deputies.html", context)


def _named(request: HttpRequest, form: DeputyForm, division: str) -> bool:
    account = get_user_model().objects.get(public_id=form.cleaned_data["account"])
    try:
        name_deputy(
            account,
            division=division,
            begins=form.cleaned_data["begins"],
            ends=form.cleaned_data["ends"],
            hand=hand_of(request),
            clock=system_clock,
        )
    except DeputyRefused as refused:
        form.add_error(None, gettext(str(refused)))
        return False
    messages.success(request, gettext("代理を決めました。その期間だけ、承認できます。"))
    return True


@require_POST
@identity.staff_only
def deputy_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End a deputy's time."""
    try:
        end_deputy(public_id, hand=hand_of(request), clock=system_clock)
    except (Deputy.DoesNotExist, PermissionError) as none:
        raise Http404 from none
    messages.success(request, gettext("代理を終えました。"))
    return HttpResponseRedirect(reverse("content_deputies"))


@never_cache
@identity.staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, key: int) -> HttpResponse:
    """緊急に公開する（あとで確認）: say why, then publish at once."""
    found = Page.objects.filter(pk=key).first()
    page = found.specific if found else None
    if not isinstance(page, CityPage):
        raise Http404
    if not page.permissions_for_user(request.user).may_edit_by_division():
        raise Http404
    reason, errors = request.POST.get("reason", ""), []
    if request.method == "POST":
        try:
            publish_in_emergency(
                key, account=request.user, reason=reason, hand=hand_of(request), clock=system_clock
            )
        except EmergencyRefused as refused:
            errors = [gettext(str(refused))]
        except PublishRefused as refused:
            errors = list(refused.messages)
        else:
            messages.success(
                request, gettext("公開しました。課長とサイトを運営する課が、あとで確かめます。")
            )
            return HttpResponseRedirect(edit_address(key))
    context = {
        "page_title": newest_version(page).title,
        "back": edit_address(key),
        "reason": reason,
        "errors": errors,
    }
    return render(request, "content/console/emergency_publish.html", context)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def emergency_button(page: Any, user: Any, *_rest: Any, **_more: Any) -> Iterator[Button]:
    """In the menu of a page that has something unpublished, for whoever may edit it."""
    fits = isinstance(page.specific_deferred, CityPage) and (
        not page.live or page.has_unpublished_changes
    )
    if fits and page.specific.permissions_for_user(user).may_edit_by_division():
        yield Button(
            gettext("緊急に公開する（あとで確認）"),
            reverse("content_emergency_publish", args=[page.pk]),
            icon_name="warning",
            priority=90,
        )


@never_cache
@identity.staff_only
def later(request: HttpRequest) -> HttpResponse:
    """What was published in an emergency, and what its check came to."""
    hand = hand_of(request)
    rows = list(later_checks(division=hand.division, everywhere=hand.office)[:200])
    names = division_titles(row.division for row in rows)
    people = identity.people_names(
        [row.published_by for row in rows] + [row.checked_by for row in rows]
    )
    context = {
        "rows": [
            {
                "row": row,
                "division": names[row.division],
                "published_by": people.get(row.published_by, ""),
                "checked_by": people.get(row.checked_by, ""),
                "mine": hand.heads(row.division) and row.published_by != hand.actor,
            }
            for row in rows
        ]
    }
    return render(request, "content/console/later.html", context)


@never_cache
@identity.staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def later_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check one: right, mended or withdrawn."""
    hand = hand_of(request)
    duty = LaterCheck.objects.filter(public_id=public_id).select_related("page").first()
    if duty is None or not hand.heads(duty.division):
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            check_later(
                public_id,
                verdict=request.POST.get("verdict", ""),
                finding=request.POST.get("finding", ""),
                account=request.user,
                hand=hand,
                clock=system_clock,
            )
        except EmergencyRefused as refused:
            error = gettext(str(refused))
        else:
            messages.success(request, gettext("確かめた結果を記録しました。"))
            return HttpResponseRedirect(reverse("content_later"))
    context = {
        "duty": duty,
        "division": division_titles([duty.division])[duty.division],
        "published_by": identity.people_names([duty.published_by]).get(duty.published_by, ""),
        "edit": edit_address(duty.page_id),
        "verdicts": LaterCheck.Verdicts.choices,
        "verdict": request.POST.get("verdict", ""),
        "finding": request.POST.get("finding", ""),
        "error": error,
    }
    return render(request, "content/console/later_check.html", context)


@hooks.register("register_admin_urls")
def approval_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("page-deputies/", deputy_list, name="content_deputies"),
        path("page-deputies/<str:public_id>/end/", deputy_end, name="content_deputy_end"),
        path("page-later/", later, name="content_later"),
        path("page-later/<str:public_id>/", later_check, name="content_later_check"),
        path("page-emergency/<int:key>/", emergency, name="content_emergency_publish"),
    ]
