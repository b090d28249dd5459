"""Name a deputy of a division's head, by days; end her time early."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from tsunagari.engines.content.declare import DeputyEnded, DeputyNamed
from tsunagari.engines.content.models import Deputy
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.ledger.api import record

LONGEST = timedelta(days=366)


class DeputyRefused(ValueError):
    """Somebody who cannot be deputy, or days that cannot be hers; the message is a marked sentence."""


@transaction.atomic
def name_deputy(
    account: Any, *, division: str, begins: date, ends: date, hand: Hand, clock: Clock
) -> str:
    """Let an account decide for a division's head between two days, both included; gives the row's public id.

    Raises DeputyRefused, or PermissionError for somebody who is neither the head nor of the office.
    """
    if not hand.heads(division):
        raise PermissionError
    if ends < begins:
        raise DeputyRefused(N_("終わりの日は、はじめの日からあとにしてください。"))
    if ends < japan_day(clock()):
        raise DeputyRefused(N_("終わりの日が過ぎています。今日からあとの日にしてください。"))
    if ends - begins > LONGEST:
        raise DeputyRefused(N_("代理の期間は1年までです。"))
    posts = identity.actor_for(account, clock=clock).posts
    if not account.is_active or not any(post.division == division for post in posts):
        raise DeputyRefused(N_("代理は、同じ課の職員から選んでください。"))
    if any(post.division == division and post.role == "head" for post in posts):
        raise DeputyRefused(N_("課長は、代理でなくても承認できます。ほかの職員を選んでください。"))
    if _overlapping(account, division, begins, ends):
        raise DeputyRefused(N_("この職員は、その期間の代理にもうなっています。"))
    row = Deputy.objects.create(
        account=account, division=division, begins=begins, ends=ends, named_by=hand.actor
    )
    record(
        DeputyNamed(
            subject=row.public_id,
            actor=hand.actor,
            division=hand.division,
            of=division,
            deputy=account.public_id,
            begins=begins.isoformat(),
            ends=ends.isoformat(),
        )
    )
    return row.public_id


def _overlapping(account: Any, division: str, begins: date, ends: date) -> bool:
    standing = Deputy.objects.select_for_update().filter(account=account, division=division)
    return standing.filter(begins__lte=ends, ends__gte=begins).exists()


@transaction.atomic
def end_deputy(public_id: str, *, hand: Hand, clock: Clock) -> bool:
    """End a deputy's time now: yesterday is her last day, or she never begins; whether she was one still.

    Raises Deputy.DoesNotExist, or PermissionError for somebody who is neither the head nor of the office.
    """
    row = Deputy.objects.select_for_update().get(public_id=public_id)
    if not hand.heads(row.division):
        raise PermissionError
    yesterday = japan_day(clock()) - timedelta(days=1)
    if row.ends <= yesterday:
        return False
    if row.begins > yesterday:
        row.delete()
    else:
        row.ends = yesterday
        row.save(update_fields=["ends"])
    record(
        DeputyEnded(subject=public_id, actor=hand.actor, division=hand.division, of=row.division)
    )
    return True
