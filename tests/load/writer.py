"""Writers of the measurement, one per thread: python -m tests.load.writer THREADS SECONDS; prints JSON."""

import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import django


class Undone(Exception):
    """A change that was given up after its event was written: the event must vanish with it."""


def write(number: int, seconds: float) -> dict[str, int]:
    """Record events until the time is over: most at once, some late, some undone. Counts commits only."""
    from django.db import connection  # noqa: PLC0415 - settings are ready only now

    chance = random.Random(number)
    committed = amount = undone = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        size = chance.randrange(1, 10)
        try:
            record_one(f"c{number % 4}", size, chance.random())
        except Undone:
            undone += 1
        else:
            committed += 1
            amount += size
    connection.close()
    return {"committed": committed, "amount": amount, "undone": undone}


def record_one(channel: str, size: int, luck: float) -> None:
    """One change with its event. One in a hundred commits late, one in twenty is undone."""
    from django.db import transaction  # noqa: PLC0415

    from tests.load.service import Measured  # noqa: PLC0415
    from tsunagari.kernel.ids import new_public_id  # noqa: PLC0415
    from tsunagari.kernel.ledger.api import record  # noqa: PLC0415

    with transaction.atomic():
        record(Measured(subject=new_public_id(), channel=channel, amount=size))
        if luck < 0.01:
            time.sleep(luck * 20)
        elif luck < 0.06:
            raise Undone


def main(threads: int, seconds: float) -> None:
    """All threads of this process; the sum of what they committed."""
    django.setup()
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(lambda _: write(random.randrange(10**6), seconds), range(threads)))
    print(json.dumps({key: sum(each[key] for each in found) for key in found[0]}))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
