"""What the login library says, put into the ledger; its signals are heard here and nowhere else."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import user_logged_in, user_logged_out, user_signed_up
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.http import HttpRequest

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.identity.actions.make_account import note_resident
from tsunagari.kernel.identity.actions.note_sign_in import (
    note_factor,
    note_refusal,
    note_sign_in,
    note_sign_out,
)
from tsunagari.kernel.identity.actions.sync_groups import sync_groups
from tsunagari.kernel.identity.entrance.middleware import factor_given, note_factor_given
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.queries import FACTORS
from tsunagari.kernel.identity.rules import entrance_of

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - the column may not be empty; this is no address anybody has
_METHODS = {"socialaccount": "oidc", "mfa": "passkey"}


def connect() -> None:
    """Begin to listen. Safe to call twice."""
    name = "tsunagari.identity"
    user_logged_in.connect(_on_signed_in, dispatch_uid=name)
    user_logged_out.connect(_on_signed_out, dispatch_uid=name)
    user_signed_up.connect(_on_signed_up, dispatch_uid=name)
    authenticator_added.connect(_on_factor_added, dispatch_uid=name)
    authenticator_removed.connect(_on_factor_removed, dispatch_uid=name)
    authentication_failed.connect(_on_factor_wrong, dispatch_uid=name)
    pre_save.connect(_forget_address, sender=UserSession, dispatch_uid=name)


def _on_signed_in(request: HttpRequest, user: Account, **_rest: Any) -> None:
    records = get_authentication_records(request, user)
    first = records[0]["method"] if records else "code"
    factor = next((each.get("type", "") for each in records if each["method"] == "mfa"), "")
    note_sign_in(
        entrance_of(request.path_info),
        user.public_id,
        method=_METHODS.get(first, first),
        second_factor=factor or factor_given(request, user),
    )
    if user.is_staff:
        sync_groups(user, japan_day(system_clock()))


def _on_signed_out(request: HttpRequest | None, user: Any, **_rest: Any) -> None:
    if request is not None and isinstance(user, Account):
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        note_sign_out(entrance_of(request.path_info), user.public_id)


def _on_signed_up(user: Account, **_rest: Any) -> None:
    note_resident(user)


def _on_factor_added(request: HttpRequest, user: Account, authenticator: Any, **_rest: Any) -> None:
    note_factor(user.public_id, authenticator.type, added=True)
    if authenticator.type in FACTORS:
        # She has just shown that she holds it: this session needs no second sign-in.
        note_factor_given(request, user, "enrolled")


def _on_factor_removed(user: Account, authenticator: Any, **_rest: Any) -> None:
    note_factor(user.public_id, authenticator.type, added=False)


def _on_factor_wrong(request: HttpRequest, user: Account, **_rest: Any) -> None:
    note_refusal(entrance_of(request.path_info), "wrong_code", user.public_id)


def _forget_address(instance: UserSession, **_rest: Any) -> None:
    instance.ip = NO_ADDRESS
