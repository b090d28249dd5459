"""Note sign-ins: who came in and who was refused, by random public ids only."""

from django.db import transaction

from tsunagari.kernel.identity.declare import (
    FactorAdded,
    FactorRemoved,
    SessionEnded,
    SignedIn,
    SignInRefused,
)
from tsunagari.kernel.identity.rules import Entrance
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def note_sign_in(entrance: Entrance, account: str, *, method: str, second_factor: str) -> None:
    """Somebody came in."""
    record(
        SignedIn(
            subject=account,
            actor=account,
            entrance=entrance,
            method=method,
            second_factor=second_factor,
        )
    )


@transaction.atomic
def note_refusal(entrance: Entrance, reason: str, account: str) -> None:
    """Somebody was not let in; `account` is "" where none is known."""
    record(SignInRefused(subject=account, entrance=entrance, reason=reason))


@transaction.atomic
def note_sign_out(entrance: Entrance, account: str) -> None:
    """Somebody signed out."""
    record(SessionEnded(subject=account, actor=account, entrance=entrance, how="signed_out"))


@transaction.atomic
def note_factor(account: str, factor: str, *, added: bool) -> None:
    """A factor was added or removed by its owner."""
    kind = FactorAdded if added else FactorRemoved
    record(kind(subject=account, actor=account, factor=factor))
