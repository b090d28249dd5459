"""What other rooms may ask of identity: who acts, divisions by year, and who holds a key."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, gettext
from ninja.errors import HttpError
from ninja.security import HttpBearer

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.identity import queries
from tsunagari.kernel.identity.actions.demo_accounts import (
    DEMO_PASSWORD,
    demo_actor,
    demo_code,
    demo_people,
    make_demo_accounts,
)
from tsunagari.kernel.identity.actions.load_divisions import load_divisions
from tsunagari.kernel.identity.actions.manage_keys import make_key, note_use, renew_key, revoke_key
from tsunagari.kernel.identity.actions.sync_groups import group_name
from tsunagari.kernel.identity.declare import (
    ROLES,
    Actor,
    ActorPost,
    DivisionNow,
    KeyHolder,
    Role,
)
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.queries import (
    accounts_of_a_trial,
    administrators_without_second_factor,
    clerks_in,
    division_book,
    division_names,
    heirs,
    mail_addresses,
    names_of_heirs,
    people_names,
    successors,
)
from tsunagari.kernel.identity.rules import Refused, entrance_of
from tsunagari.kernel.identity.rules.division_book import DivisionBook
from tsunagari.kernel.identity.rules.divisions_file import divisions_in

__all__ = [
    "DEMO_PASSWORD",
    "ROLES",
    "Actor",
    "ActorPost",
    "DivisionBook",
    "DivisionKey",
    "DivisionNow",
    "KeyHolder",
    "Refused",
    "Role",
    "accounts_of_a_trial",
    "acting",
    "actor_for",
    "actor_of",
    "administrators_without_second_factor",
    "can_manage_keys",
    "can_manage_staff",
    "clerks_in",
    "demo_actor",
    "demo_code",
    "demo_people",
    "division_book",
    "division_names",
    "divisions",
    "divisions_in",
    "group_name",
    "heirs",
    "holder_of_key",
    "load_divisions",
    "mail_addresses",
    "make_demo_accounts",
    "make_key",
    "names_of",
    "names_of_heirs",
    "people_names",
    "renew_key",
    "requires_role",
    "revoke_key",
    "staff_only",
    "successors",
]

POST = "identity.post"
"""Session key: public id of the post a clerk has chosen to act as."""

P = ParamSpec("P")


def actor_of(request: HttpRequest, *, clock: Clock = system_clock) -> Actor | None:
    """Who acts in this request; None for somebody not signed in. Read once a request."""
    if not hasattr(request, "tsunagari_actor"):
        user = getattr(request, "user", None)
        chosen = (
            request.session.get(POST, "") if isinstance(user, Account) and user.is_staff else ""
        )
        actor = actor_for(user, chosen=chosen, clock=clock) if isinstance(user, Account) else None
        request.tsunagari_actor = actor  # type: ignore[attr-defined]  # kept for the rest of the request
    kept: Actor | None = request.tsunagari_actor  # type: ignore[attr-defined]
    return kept


def acting(request: HttpRequest) -> Actor:
    """Who acts in this request, for views that only somebody signed in reaches (`staff_only`).

    Raises PermissionDenied for anybody else, so that a view whose guard was forgotten stays shut.
    """
    actor = actor_of(request)
    if actor is None:
        raise PermissionDenied
    return actor


def actor_for(account: Account, *, chosen: str = "", clock: Clock = system_clock) -> Actor:
    """The actor that an account is now, acting as the post `chosen` or else as the main one."""
    posts: tuple[ActorPost, ...] = ()
    if account.is_staff:
        posts = queries.actor_posts(account, japan_day(clock()), get_language() or "ja")
    posts = tuple(sorted(posts, key=lambda post: post.public_id != chosen))
    return Actor(
        public_id=account.public_id,
        kind=account.of_kind,
        name=account.get_full_name(),
        division=posts[0].division if posts else "",
        posts=posts,
    )


def staff_only(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """A view for clerks. Signed out: to the staff entrance. At the residents' entrance: not found."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request = args[0]
        assert isinstance(request, HttpRequest)  # noqa: S101 - a view's first argument
        if entrance_of(request.path_info) != "staff":
            raise Http404
        if actor_of(request) is None:
            query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
        return view(*args, **kwargs)

    return guarded


def requires_role(
    *roles: Role,
) -> Callable[[Callable[P, HttpResponseBase]], Callable[P, HttpResponseBase]]:
    """A view for clerks whose post carries one of `roles`; others are refused with 403."""

    def decorate(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = args[0]
            assert isinstance(request, HttpRequest)  # noqa: S101 - a view's first argument
            actor = actor_of(request)
            if actor is None or not any(actor.has_role(role) for role in roles):
                raise PermissionDenied(
                    gettext(
                        "このページは%(roles)sが使います。担当を切り替えるか、担当者に頼んでください。"
                    )
                    % {"roles": gettext("・").join(gettext(ROLES[role]) for role in roles)}
                )
            return view(*args, **kwargs)

        return staff_only(guarded)

    return decorate


def can_manage_keys(actor: Actor, division: str) -> bool:
    """Keys of a division: its head, and the plan's secretariat for every division."""
    return actor.has_role("secretariat") or actor.has_role("head", division)


def can_manage_staff(actor: Actor) -> bool:
    """Accounts and posts of clerks: system administrators."""
    return actor.has_role("administrator")


def divisions(year: FiscalYear, language: str = "ja") -> list[DivisionNow]:
    """The divisions of a fiscal year, in the city's order; `parent` gives the tree."""
    return queries.divisions(year, language)


def holder_of_key(raw: str, clock: Clock = system_clock) -> KeyHolder | None:
    """Who holds the key that a request brought; None when it is unknown, wrong, stopped or over."""
    now = clock()
    key = queries.key_by_secret(raw, now)
    if key is None:
        return None
    note_use(key, now)
    return queries.holder(key)


def names_of(codes: Iterable[str], clock: Clock = system_clock) -> dict[str, str]:
    """Names of divisions now, in the language of the page."""
    return division_names(codes, FiscalYear.at(clock()), get_language() or "ja")


class DivisionKey(HttpBearer):
    """What an endpoint asks for: a division's key as `Authorization: Bearer …`; it then finds the
    KeyHolder as `request.auth`."""

    def __call__(self, request: HttpRequest) -> KeyHolder:
        """The holder; without one a refusal that says what to do, in place of the library's one word."""
        holder: KeyHolder | None = super().__call__(request)
        if holder is None:
            raise HttpError(
                401,
                gettext(
                    "鍵がないか、使えない鍵です。「Authorization: Bearer 鍵」と書いてあるか、鍵の期限が切れていないかを確かめてください。"
                ),
            )
        return holder

    def authenticate(self, _request: HttpRequest, token: str) -> KeyHolder | None:
        """The holder, or None for a key that is wrong, over or withdrawn."""
        return holder_of_key(token, system_clock)
