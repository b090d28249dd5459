"""Changes the kept page again and again while strangers read it: python -m tests.load.kept_here PORT TIMES.

Prints, change by change, for how many seconds after its commit a request was still sent that got the version
before, and how often; 0 where none.
"""

import http.client
import json
import re
import sys
import time
from threading import Event, Thread

import django

READERS = 12
GAP = 1.6
"""Seconds between two changes: longer than anything may be stale."""


class Reader(Thread):
    """Opens a connection for each request, so that it meets every process; notes when it sent and what it got."""

    def __init__(self, port: int, over: Event) -> None:
        super().__init__(daemon=True)
        self.port, self.over = port, over
        self.seen: list[tuple[float, int]] = []

    def run(self) -> None:
        """Read until it is over."""
        while not self.over.is_set():
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            sent = time.monotonic()
            try:
                line.request("GET", "/kept/")
                found = re.search(rb"version (\d+)", line.getresponse().read(200))
            except OSError:
                continue
            finally:
                line.close()
            if found:
                self.seen.append((sent, int(found[1])))
            time.sleep(0.01)


def main(port: int, times: int) -> None:
    """Change, let them read, and reckon."""
    from tests.load.kept_page import change  # noqa: PLC0415 - models are ready only now

    over = Event()
    readers = [Reader(port, over) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    committed: list[float] = []
    for version in range(1, times + 1):
        change(version)
        committed.append(time.monotonic())
        time.sleep(GAP)
    over.set()
    for reader in readers:
        reader.join(30)
    seen = [each for reader in readers for each in reader.seen]
    late = [
        max((sent - moment for sent, version in seen if version < number and sent > moment), default=0.0)
        for number, moment in enumerate(committed, start=1)
    ]  # fmt: skip
    print(json.dumps({"late": late, "read": len(seen)}))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
