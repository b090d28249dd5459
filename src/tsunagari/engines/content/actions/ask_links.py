"""Ask every outward link of published pages whether it lives: a few hosts at once, one question at a time for each."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, QuerySet

from tsunagari.engines.content.actions.ask_address import Answer, ask_address
from tsunagari.engines.content.actions.ask_round import end_round
from tsunagari.engines.content.models import CheckedLink, LinkUse, Round
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import day_start, japan_day

BATCH: Final = 60
HOSTS_AT_ONCE: Final = 4
PAUSE: Final = 1.0
"""Seconds between two questions to the same host."""

_LIVING: Final = (401, 402, 403, 405, 406, 407, 429, 451)
"""Refusals of a page that is there: it wants a name, or takes us for a robot."""

Ask = Callable[[str], Answer]


def ask_links(held: Round, *, clock: Clock, ask: Ask = ask_address, pause: float = PAUSE) -> int:
    """Ask what was not asked today; how many addresses were. After a crash it goes on with the rest."""
    if held.state == Round.States.DONE:
        return held.done
    keep_addresses()
    held.state, held.total = Round.States.RUNNING, held.done + _due(clock).count()
    held.save(update_fields=["state", "total"])
    while rows := list(_due(clock)[:BATCH]):
        answers = _asked([row.address for row in rows], ask, pause)
        _note(held, rows, answers, clock)
    with transaction.atomic():
        dead = CheckedLink.objects.filter(failures__gte=CheckedLink.DEAD_AFTER).count()
        end_round(held, changed=dead, skipped=0, clock=clock)
    return held.done


@transaction.atomic
def keep_addresses() -> None:
    """Have a row for each outward address that pages lead to, and none for others."""
    used = LinkUse.objects.filter(outward=True)
    CheckedLink.objects.exclude(address__in=used.values("address")).delete()
    known = CheckedLink.objects.values("address")
    new = used.exclude(address__in=known).values_list("address", flat=True).distinct()
    CheckedLink.objects.bulk_create(
        (CheckedLink(address=address) for address in new), ignore_conflicts=True
    )


def _due(clock: Clock) -> QuerySet[CheckedLink]:
    today = day_start(japan_day(clock()))
    return CheckedLink.objects.filter(Q(asked_at__isnull=True) | Q(asked_at__lt=today)).order_by(
        "asked_at", "pk"
    )


def _asked(addresses: Sequence[str], ask: Ask, pause: float) -> dict[str, Answer]:
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        by_host.setdefault(urlsplit(address).netloc.lower(), []).append(address)

    def politely(of_host: list[str]) -> list[tuple[str, Answer]]:
        found = []
        for place, address in enumerate(of_host):
            if place and pause:
                time.sleep(pause)
            found.append((address, ask(address)))
        return found

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        return dict(chain.from_iterable(pool.map(politely, by_host.values())))


@transaction.atomic
def _note(
    held: Round, rows: Sequence[CheckedLink], answers: dict[str, Answer], clock: Clock
) -> None:
    now = clock()
    for row in rows:
        note_answer(row, answers[row.address], clock=clock)
    CheckedLink.objects.bulk_update(rows, ["status", "failures", "asked_at", "failed_since"])
    held.done += len(rows)
    held.reached = int(now.timestamp())
    held.save(update_fields=["done", "reached"])


def note_answer(row: CheckedLink, answer: Answer, *, clock: Clock) -> None:
    """Put an answer into a row; a failure counts once a day in Japan, and one good answer forgives all."""
    now = clock()
    failed = answer.status == 0 or (
        answer.status is not None and answer.status >= 400 and answer.status not in _LIVING
    )
    again = row.asked_at is not None and japan_day(row.asked_at) == japan_day(now)
    if not failed:
        row.failures, row.failed_since = 0, None
    elif not (again and row.failures):
        row.failures += 1
        row.failed_since = row.failed_since or now
    row.status, row.asked_at = answer.status, now
