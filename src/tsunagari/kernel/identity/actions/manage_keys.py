"""Make, renew and revoke a division's key."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from tsunagari.kernel.identity import rules
from tsunagari.kernel.identity.declare import SCOPES, KeyMade, KeyRevoked
from tsunagari.kernel.identity.models import Division, DivisionKey
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def make_key(
    *,
    division: str,
    purpose: str,
    scopes: Sequence[str],
    now: datetime,
    expires_at: datetime | None = None,
    actor: str = "",
    acting_for: str = "",
    replaces: DivisionKey | None = None,
) -> tuple[DivisionKey, str]:
    """Make a key for the division of code `division`; returns it and its text, which is never stored.

    Raises Refused for an unknown division, no purpose, or a scope that does not exist.
    """
    holder = Division.objects.filter(code=division).first()
    if holder is None:
        raise Refused(
            gettext("%(code)s という課はありません。一覧から選んでください。") % {"code": division}
        )
    if not purpose.strip():
        raise Refused(gettext("使い道を入力してください（例：マイナンバーカードの月次集計）"))
    if not scopes or any(scope not in SCOPES for scope in scopes):
        raise Refused(gettext("鍵でできることを、一覧から一つ以上選んでください。"))
    secret = rules.new_secret()
    key = DivisionKey.objects.create(
        division=holder,
        purpose=purpose.strip(),
        hashed=rules.key_hash(secret),
        scopes=list(scopes),
        made_at=now,
        made_by=actor,
        expires_at=expires_at or now + rules.KEY_LIFE,
        replaces=replaces,
    )
    record(
        KeyMade(
            subject=key.public_id,
            actor=actor,
            division=acting_for,
            of=division,
            replaces=replaces.public_id if replaces else "",
        )
    )
    return key, rules.written_key(key.public_id, secret)


@transaction.atomic
def renew_key(
    key: DivisionKey, *, now: datetime, actor: str = "", acting_for: str = ""
) -> tuple[DivisionKey, str]:
    """Make a new key like `key`; the old one works for a few days more (rules.KEY_OVERLAP).

    Raises Refused when the key was revoked or renewed before.
    """
    key = DivisionKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is not None:
        raise Refused(gettext("この鍵は止めてあります。新しい鍵を作ってください。"))
    if DivisionKey.objects.filter(replaces=key).exists():
        raise Refused(gettext("この鍵は、すでに新しい鍵に替えてあります。"))
    made = make_key(
        division=key.division.code,
        purpose=key.purpose,
        scopes=key.scopes,
        now=now,
        actor=actor,
        acting_for=acting_for,
        replaces=key,
    )
    key.expires_at = min(key.expires_at, now + rules.KEY_OVERLAP)
    key.save(update_fields=["expires_at"])
    return made


@transaction.atomic
def revoke_key(key: DivisionKey, *, now: datetime, actor: str = "", acting_for: str = "") -> None:
    """Stop a key at once; stopping it twice changes nothing."""
    if key.revoked_at is not None:
        return
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    record(
        KeyRevoked(subject=key.public_id, actor=actor, division=acting_for, of=key.division.code)
    )


def note_use(key: DivisionKey, now: datetime) -> None:
    """Remember when the key was last used, at most once a minute."""
    if key.used_at is None or (now - key.used_at).total_seconds() >= 60:
        DivisionKey.objects.filter(pk=key.pk).update(used_at=now)
