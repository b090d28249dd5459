"""Middleware of the entrances: which one, whose session, and no console without a second factor."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, set_urlconf
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import queries
from tsunagari.kernel.identity.entrance.backends import belongs
from tsunagari.kernel.identity.entrance.stores import ResidentsStore, SessionStore, StaffStore
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import CONSOLE, entrance_of

STAFF_COOKIE: str = settings.STAFF_COOKIE_NAME
FACTOR_GIVEN = "identity.second_factor"
"""Session key: what stood for the second factor when it was not asked at sign-in (enrolled, oidc)."""
BEGAN = "identity.began"
"""Session key: when this session was first used, signed in (seconds). Use does not prolong it for ever."""
READ_ONLY = "tsunagari.read_only"
"""Key under which the edge notes that nothing may be written (kernel/edge/declare.py): sessions are read only."""
SEEN = "identity.seen"
SEEN_EVERY = timedelta(minutes=5)

_OPEN_TO_PASSWORD = tuple(
    CONSOLE + path for path in ("account/logout/", "logout/", "jsi18n/", "sprite/")
)
_OPEN_TO_ENROL = tuple(CONSOLE + path for path in ("account/2fa/", "account/reauthenticate/"))
"""What a clerk reaches on a password alone: always, and while she has no second factor yet."""


class EntranceMiddleware:
    """Gives the staff entrance its own addresses; stands before everything that looks one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose the addresses by path."""
        if entrance_of(request.path_info) == "staff":
            set_urlconf(settings.STAFF_URLCONF)
            request.urlconf = settings.STAFF_URLCONF
        return self.get_response(request)


class EntranceSessionMiddleware(SessionMiddleware):
    """A cookie and a seal per entrance. The staff cookie is sent below /console/ only."""

    def process_request(self, request: HttpRequest) -> None:
        """Open the session that belongs to this entrance."""
        staff = entrance_of(request.path_info) == "staff"
        name = STAFF_COOKIE if staff else settings.SESSION_COOKIE_NAME
        store: type[SessionStore] = StaffStore if staff else ResidentsStore
        request.session = store(request.COOKIES.get(name))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Write the cookie as Django does, then give the staff's its own name and path.

        Django's middleware knows one name only, so the residents' cookie of the same browser is
        kept out of its sight while it works.
        """
        if READ_ONLY in request.META:
            return response
        if entrance_of(request.path_info) != "staff":
            return super().process_response(request, response)
        before = response.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        own = settings.SESSION_COOKIE_NAME
        kept = request.COOKIES.pop(own, None)
        if STAFF_COOKIE in request.COOKIES:
            request.COOKIES[own] = request.COOKIES[STAFF_COOKIE]
        answer = super().process_response(request, response)
        request.COOKIES.pop(own, None)
        if kept is not None:
            request.COOKIES[own] = kept
        _rename(answer.cookies, own)
        if before is not None:
            answer.cookies[own] = before
        return answer


def _rename(cookies: SimpleCookie, own: str) -> None:
    written = cookies.pop(own, None)
    if written is None:
        return
    cookies[STAFF_COOKIE] = written.value
    for attribute, text in written.items():
        cookies[STAFF_COOKIE][attribute] = text
    cookies[STAFF_COOKIE]["path"] = CONSOLE


class KindMiddleware:
    """Whoever belongs to the other entrance is a stranger here; also keeps "last seen" and language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the kind only where a session came along: pages for all stay free of the cookie."""
        staff = entrance_of(request.path_info) == "staff"
        known = request.session.session_key is not None and request.user.is_authenticated
        if known:
            if not belongs(request.user, request):
                request.user = AnonymousUser()
            elif _is_over(request):
                if READ_ONLY not in request.META:
                    request.session.flush()
                request.user = AnonymousUser()
            elif READ_ONLY not in request.META:
                _keep_seen(request)
        if staff:
            _speak(request)
        response = self.get_response(request)
        if known and not response.has_header("Cache-Control"):
            # Recovery codes, names, drafts: no cache and no next user of the machine keeps them.
            patch_cache_control(response, private=True, no_store=True)
        return response


def _is_over(request: HttpRequest) -> bool:
    """Whether the session has lasted as long as its entrance lets one last, used or not."""
    now = system_clock().timestamp()
    return bool(now - request.session.get(BEGAN, now) >= request.session.get_session_cookie_age())


def _keep_seen(request: HttpRequest) -> None:
    now = system_clock()
    seen = request.session.get(SEEN, 0)
    if now.timestamp() - seen < SEEN_EVERY.total_seconds() and seen <= now.timestamp():
        return
    request.session[SEEN] = int(now.timestamp())
    request.session.setdefault(BEGAN, int(now.timestamp()))
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=datetime.fromtimestamp(int(now.timestamp()), UTC)
    )


def _speak(request: HttpRequest) -> None:
    """The console speaks the clerk's language; it has no language in its addresses."""
    chosen = request.user.language if isinstance(request.user, Account) else ""
    language = chosen or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if language not in dict(settings.SCREEN_LANGUAGES):
        language = settings.LANGUAGE_CODE
    translation.activate(language)
    request.LANGUAGE_CODE = language


class SecondFactorMiddleware:
    """A clerk who has not shown a second factor in this session is sent to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let pass who needs none, who has shown one, and the few pages that lead to one."""
        if entrance_of(request.path_info) != "staff" or not isinstance(request.user, Account):
            return self.get_response(request)
        if second_factor_shown(request) or request.path_info.startswith(_OPEN_TO_PASSWORD):
            return self.get_response(request)
        if queries.has_second_factor(request.user):
            # Another session of hers has set one up meanwhile: this one has to show it, and may not
            # touch the factors before. A password alone must not take them away.
            request.session.flush()
            address = reverse("account_login")
        elif request.path_info.startswith(_OPEN_TO_ENROL):
            return self.get_response(request)
        else:
            address = reverse("mfa_index")
        return HttpResponseRedirect(
            f"{address}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
        )


def note_factor_given(request: HttpRequest, account: Account, by: str) -> None:
    """Keep in the session what stood for the second factor; it counts for this account only."""
    request.session[FACTOR_GIVEN] = {"account": account.public_id, "by": by}


def factor_given(request: HttpRequest, account: Account) -> str:
    """What stood for this account's second factor in the session, or ""."""
    given = request.session.get(FACTOR_GIVEN) or {}
    return str(given["by"]) if given.get("account") == account.public_id else ""


def second_factor_shown(request: HttpRequest) -> bool:
    """Whether this session rests on a second factor.

    That is: a code, a recovery code or a passkey was shown at sign-in; or it was set up in this very
    session; or the city's own provider says that it asked for one (RFC 8176: amr holds "mfa").
    """
    user = request.user if isinstance(request.user, Account) else None
    if user is not None and factor_given(request, user):
        return True
    return any(
        record.get("method") == "mfa" for record in get_authentication_records(request, user)
    )
