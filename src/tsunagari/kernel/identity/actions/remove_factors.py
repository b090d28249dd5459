"""Remove factors: a clerk lost phone and recovery codes, and an administrator lets her begin anew."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from tsunagari.kernel.identity.actions.end_sessions import end_all
from tsunagari.kernel.identity.declare import FactorRemoved
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def remove_factors(account: Account, *, actor: str, acting_for: str = "") -> int:
    """Take every factor away and end every session; at her next sign-in she must set one up."""
    kinds = list(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))
    Authenticator.objects.filter(user_id=account.pk).delete()
    end_all(account, how="factors_removed", actor=actor)
    for kind in kinds:
        record(
            FactorRemoved(subject=account.public_id, actor=actor, division=acting_for, factor=kind)
        )
    return len(kinds)
