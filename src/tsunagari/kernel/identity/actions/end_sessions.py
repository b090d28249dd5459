"""End sessions: one, all others, or all."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from tsunagari.kernel.identity import rules
from tsunagari.kernel.identity.declare import SessionEnded
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def end_one(account: Account, handle: str) -> bool:
    """End the session that a page calls `handle`; False when it is not this account's or is gone."""
    for row in UserSession.objects.filter(user_id=account.pk):
        if rules.session_handle(row.session_key) == handle:
            _end([row], account, how="listed", actor=account.public_id)
            return True
    return False


@transaction.atomic
def end_others(account: Account, current_key: str) -> int:
    """End every session but the present one; returns how many."""
    rows = list(UserSession.objects.filter(user_id=account.pk).exclude(session_key=current_key))
    _end(rows, account, how="others", actor=account.public_id)
    return len(rows)


@transaction.atomic
def end_all(account: Account, *, how: str, actor: str) -> int:
    """End every session, for example when an administrator closes an account; returns how many."""
    rows = list(UserSession.objects.filter(user_id=account.pk))
    _end(rows, account, how=how, actor=actor)
    return len(rows)


def _end(rows: list[UserSession], account: Account, *, how: str, actor: str) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store.get_model_class().objects.filter(
        session_key__in=[row.session_key for row in rows]
    ).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    entrance = "staff" if account.is_staff else "residents"
    for _row in rows:
        record(SessionEnded(subject=account.public_id, actor=actor, entrance=entrance, how=how))
