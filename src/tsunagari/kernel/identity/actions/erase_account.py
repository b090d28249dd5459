"""Erase an account: the mapping from a public id to a person goes, what happened stays."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from tsunagari.kernel.identity.actions.end_sessions import end_all
from tsunagari.kernel.identity.declare import AccountErased
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def erase_account(account: Account, *, actor: str, reason: str) -> None:
    """Delete the account with its addresses, factors, posts and sessions.

    Events in the ledger keep the random public id, which from now on belongs to nobody. `reason` is
    a word: "asked", "left_service".
    """
    public_id, kind = account.public_id, account.kind
    end_all(account, how="erased", actor=actor)
    UserSession.objects.filter(user_id=account.pk).delete()
    account.delete()
    record(
        AccountErased(
            subject=public_id, actor="" if actor == public_id else actor, kind=kind, reason=reason
        )
    )
