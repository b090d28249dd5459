"""Clerks: accounts and posts, kept by a system administrator."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.identity import api, queries
from tsunagari.kernel.identity.actions.close_account import close_account, open_account
from tsunagari.kernel.identity.actions.end_post import end_post
from tsunagari.kernel.identity.actions.erase_account import erase_account
from tsunagari.kernel.identity.actions.give_post import give_post
from tsunagari.kernel.identity.actions.make_account import make_staff
from tsunagari.kernel.identity.actions.remove_factors import remove_factors
from tsunagari.kernel.identity.forms import PostForm, StaffForm
from tsunagari.kernel.identity.models import Account, Post
from tsunagari.kernel.identity.rules import Refused

PAGE = 50
STATES = (
    ("open", _("使えるアカウント")),
    ("closed", _("閉じたアカウント")),
    ("no_post", _("担当のないアカウント")),
)


def _clerk(public_id: str) -> Account:
    account = queries.staff().filter(public_id=public_id).first()
    if account is None:
        raise Http404
    return account


def _back(account: Account) -> HttpResponse:
    return HttpResponseRedirect(reverse("identity_clerk", args=[account.public_id]))


@never_cache
@api.requires_role("administrator")
def index(request: HttpRequest) -> HttpResponse:
    """All clerks, searched by name or login name, by division and by state."""
    today = japan_day(system_clock())
    asked = {field: request.GET.get(field, "") for field in ("q", "division", "state")}
    accounts = queries.clerks(
        words=asked["q"], division=asked["division"], state=asked["state"], today=today
    )
    page = Paginator(accounts, PAGE).get_page(request.GET.get("page"))
    rows = [(account, queries.current(account.posts.all(), today)) for account in page]
    names = api.names_of({post.division.code for _account, posts in rows for post in posts})
    context = {
        "rows": rows,
        "page": page,
        "asked": asked,
        "names": names,
        "divisions": _division_choices(today),
        "states": STATES,
    }
    return render(request, "identity/clerks.html", context)


def _division_choices(today: date) -> list[tuple[str, str]]:
    now = api.divisions(FiscalYear.of(today), get_language() or "ja")
    return [(each.code, each.name) for each in now]


@never_cache
@api.requires_role("administrator")
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Add a clerk."""
    form = StaffForm(request.POST or None)
    if not form.is_valid():
        return render(request, "identity/clerk_form.html", {"form": form})
    try:
        account = make_staff(**form.cleaned_data, actor=api.acting(request).public_id)
    except Refused as fault:
        form.add_error(None, str(fault))
        return render(request, "identity/clerk_form.html", {"form": form})
    messages.success(
        request,
        gettext(
            "%(name)sさんのアカウントを作りました。職を付けてください。パスワードは、本人が職員の入口の「パスワードを忘れたとき」から決めます。"
        )
        % {"name": account.name},
    )
    return _back(account)


def _post_form(request: HttpRequest) -> PostForm:
    today = japan_day(system_clock())
    return PostForm(
        request.POST or None, divisions=_division_choices(today), initial={"begins": today}
    )


@never_cache
@api.requires_role("administrator")
@require_http_methods(["GET", "POST"])
def clerk(request: HttpRequest, public_id: str) -> HttpResponse:
    """One clerk: posts through time; give a post."""
    account = _clerk(public_id)
    form = _post_form(request)
    if request.method == "POST" and form.is_valid():
        actor = api.acting(request)
        try:
            give_post(
                account=account,
                **form.cleaned_data,
                today=japan_day(system_clock()),
                actor=actor.public_id,
                acting_for=actor.division,
            )
        except Refused as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, gettext("職を付けました。"))
            return _back(account)
    posts = list(account.posts.select_related("division"))
    return render(
        request,
        "identity/clerk.html",
        {
            "clerk": account,
            "posts": posts,
            "names": api.names_of({post.division.code for post in posts}),
            "today": japan_day(system_clock()),
            "factors": queries.factor_counts(account),
            "form": form,
        },
    )


@api.requires_role("administrator")
@require_POST
def end(request: HttpRequest, public_id: str, post: str) -> HttpResponse:
    """End a post with yesterday as its last day: from now on she acts no more as it."""
    account, actor, today = _clerk(public_id), api.acting(request), japan_day(system_clock())
    held = (
        Post.objects.filter(account=account, public_id=post)
        .select_related("division", "account")
        .first()
    )
    if held is None:
        raise Http404
    end_post(
        held,
        last_day=today - timedelta(days=1),
        today=today,
        actor=actor.public_id,
        acting_for=actor.division,
    )
    messages.success(request, gettext("職を終えました。"))
    return _back(account)


@api.requires_role("administrator")
@require_POST
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close or open an account, take its factors away, or erase it."""
    account, actor = _clerk(public_id), api.acting(request)
    what = request.POST.get("what")
    if account.public_id == actor.public_id:
        messages.error(
            request, gettext("自分のアカウントには使えません。ほかの管理者に頼んでください。")
        )
    elif what == "close":
        close_account(account, actor=actor.public_id, acting_for=actor.division)
        messages.success(request, gettext("アカウントを閉じました。"))
    elif what == "open":
        open_account(account, actor=actor.public_id, acting_for=actor.division)
        messages.success(request, gettext("アカウントを開けました。"))
    elif what == "factors":
        remove_factors(account, actor=actor.public_id, acting_for=actor.division)
        messages.success(
            request, gettext("二つ目の確認を取り消しました。本人が次のログインで登録し直します。")
        )
    elif what == "erase" and not account.is_active:
        erase_account(account, actor=actor.public_id, reason="left_service")
        messages.success(request, gettext("アカウントを消しました。"))
        return HttpResponseRedirect(reverse("identity_clerks"))
    return _back(account)
