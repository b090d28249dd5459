"""One's own account: overview, name, sessions, erasing."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.kernel.identity import queries
from tsunagari.kernel.identity.actions.end_sessions import end_one, end_others
from tsunagari.kernel.identity.actions.erase_account import erase_account
from tsunagari.kernel.identity.api import acting
from tsunagari.kernel.identity.forms import ProfileForm
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import CONSOLE

View = Callable[[HttpRequest], HttpResponse]
reauthenticated: Callable[[View], View] = reauthentication_required
"""The library's decorator, with a type."""


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; 404 for anybody else (views are behind login_required)."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What one can see and change about one's account."""
    account = account_of(request)
    return render(
        request,
        "identity/home.html",
        {"account": account, "actor": acting(request), "factors": queries.factor_counts(account)},
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Change name, kana and, for clerks, the language of the console."""
    account = account_of(request)
    form = ProfileForm(request.POST or None, instance=account)
    if not form.is_valid():
        return render(request, "identity/profile.html", {"form": form})
    form.save()
    messages.success(request, gettext("保存しました。"))
    response = HttpResponseRedirect(reverse("identity_home"))
    if account.is_staff:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            account.language,
            path=CONSOLE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
        )
    return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List one's sessions; end one, or all others."""
    account = account_of(request)
    current = request.session.session_key or ""
    if request.method != "POST":
        found = queries.open_sessions(account, current)
        return render(request, "identity/sessions.html", {"sessions": found})
    if request.POST.get("end") == "others":
        count = end_others(account, current)
        messages.success(
            request, gettext("ほかの端末 %(count)s 件をログアウトしました。") % {"count": count}
        )
    elif end_one(account, request.POST.get("end", "")):
        messages.success(request, gettext("その端末をログアウトしました。"))
    else:
        messages.info(request, gettext("その端末は、すでにログアウトしています。"))
    return HttpResponseRedirect(reverse("identity_sessions"))


@never_cache
@login_required
@reauthenticated
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """A resident erases her account; a clerk's is closed by an administrator."""
    account = account_of(request)
    if account.is_staff:
        raise Http404
    if request.method != "POST":
        return render(request, "identity/erase.html", {"account": account})
    logout(request, show_message=False)
    erase_account(account, actor=account.public_id, reason="asked")
    messages.success(request, gettext("アカウントを消しました。ご利用ありがとうございました。"))
    return HttpResponseRedirect("/")


@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask and remove, unless it is a clerk's last factor: the library asks its adapter for apps only."""
    authenticator = get_object_or_404(
        Authenticator, pk=pk, user=account_of(request), type=Authenticator.Type.WEBAUTHN
    )
    adapter = get_adapter()
    if not adapter.can_delete_authenticator(authenticator):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return HttpResponseRedirect(reverse("mfa_list_webauthn"))
    answer: HttpResponseBase = webauthn_views.remove_webauthn(request, pk=pk)
    return answer


def not_here(_request: HttpRequest) -> HttpResponse:
    """An address that the login library names but this entrance does not have."""
    raise Http404
