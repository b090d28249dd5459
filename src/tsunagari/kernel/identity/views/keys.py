"""Keys of divisions: made, renewed and stopped by a head or the secretariat."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api, queries, rules
from tsunagari.kernel.identity.declare import SCOPES, Actor
from tsunagari.kernel.identity.forms import KeyForm
from tsunagari.kernel.identity.models import DivisionKey
from tsunagari.kernel.identity.rules import Refused

State = Literal["works", "replaced", "expired", "revoked"]


@dataclass(frozen=True, kw_only=True)
class KeyRow:
    """One row of the list."""

    public_id: str
    division: str
    purpose: str
    scopes: tuple[str, ...]
    state: State
    expires_at: datetime
    used_at: datetime | None


def _row(key: DivisionKey, names: dict[str, str], now: datetime) -> KeyRow:
    return KeyRow(
        public_id=key.public_id,
        division=names[key.division.code],
        purpose=key.purpose,
        scopes=tuple(gettext(SCOPES[scope]) for scope in key.scopes if scope in SCOPES),
        state=_state(key, now),
        expires_at=key.expires_at,
        used_at=key.used_at,
    )


def _state(key: DivisionKey, now: datetime) -> State:
    if key.revoked_at is not None:
        return "revoked"
    if key.expires_at <= now:
        return "expired"
    return "replaced" if hasattr(key, "replaced_by") else "works"


def _may_choose(actor: Actor) -> list[tuple[str, str]]:
    now = api.divisions(FiscalYear.at(system_clock()), get_language() or "ja")
    return [(each.code, each.name) for each in now if api.can_manage_keys(actor, each.code)]


@never_cache
@api.requires_role("head", "secretariat")
def index(request: HttpRequest) -> HttpResponse:
    """The keys of the divisions one answers for."""
    actor, now = api.acting(request), system_clock()
    keys = list(queries.keys_of(None if actor.has_role("secretariat") else [actor.division]))
    names = api.names_of({key.division.code for key in keys})
    return render(request, "identity/keys.html", {"keys": [_row(key, names, now) for key in keys]})


@never_cache
@api.requires_role("head", "secretariat")
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a key and show it once."""
    actor = api.acting(request)
    form = KeyForm(
        request.POST or None, divisions=_may_choose(actor), initial={"division": actor.division}
    )
    if not form.is_valid():
        return render(request, "identity/key_form.html", {"form": form})
    try:
        key, written = api.make_key(
            division=form.cleaned_data["division"],
            purpose=form.cleaned_data["purpose"],
            scopes=form.cleaned_data["scopes"],
            now=system_clock(),
            actor=actor.public_id,
            acting_for=actor.division,
        )
    except Refused as fault:
        form.add_error(None, str(fault))
        return render(request, "identity/key_form.html", {"form": form})
    return _show_once(request, key, written)


def _show_once(request: HttpRequest, key: DivisionKey, written: str) -> HttpResponse:
    return render(
        request,
        "identity/key_made.html",
        {"key": key, "written": written, "overlap_days": rules.KEY_OVERLAP.days},
    )


def _key(request: HttpRequest, public_id: str) -> DivisionKey:
    key = queries.keys_of().filter(public_id=public_id).first()
    if key is None or not api.can_manage_keys(api.acting(request), key.division.code):
        raise Http404
    return key


@never_cache
@api.requires_role("head", "secretariat")
@require_POST
def renew(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the key's successor and show it once."""
    key, actor = _key(request, public_id), api.acting(request)
    try:
        made, written = api.renew_key(
            key, now=system_clock(), actor=actor.public_id, acting_for=actor.division
        )
    except Refused as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("identity_keys"))
    return _show_once(request, made, written)


@never_cache
@api.requires_role("head", "secretariat")
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then stop the key."""
    key, actor = _key(request, public_id), api.acting(request)
    if request.method != "POST":
        return render(request, "identity/key_revoke.html", {"key": key})
    api.revoke_key(key, now=system_clock(), actor=actor.public_id, acting_for=actor.division)
    messages.success(request, gettext("鍵「%(purpose)s」を止めました。") % {"purpose": key.purpose})
    return HttpResponseRedirect(reverse("identity_keys"))
