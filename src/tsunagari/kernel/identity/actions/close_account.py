"""Close an account for sign-in, and open it again."""

from django.db import transaction

from tsunagari.kernel.identity.actions.end_sessions import end_all
from tsunagari.kernel.identity.declare import AccountClosed, AccountOpened
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def close_account(account: Account, *, actor: str, acting_for: str = "") -> None:
    """Nobody signs in with it any more; its sessions end at once."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_all(account, how="closed", actor=actor)
    record(AccountClosed(subject=account.public_id, actor=actor, division=acting_for))


@transaction.atomic
def open_account(account: Account, *, actor: str, acting_for: str = "") -> None:
    """Sign-in works again."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(AccountOpened(subject=account.public_id, actor=actor, division=acting_for))
