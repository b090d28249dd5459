"""`tsunagari worker`: runs jobs, daily jobs and tickers until it is asked to stop."""

import logging
import os
import signal
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand
from django_tasks import default_task_backend

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.jobs.api import discover_tasks
from tsunagari.kernel.jobs.management.shift import work_a_shift
from tsunagari.kernel.jobs.rules import GRACE

STOPS = (signal.SIGTERM, signal.SIGINT)
SAME_WORD = 1.0
"""Seconds in which further signals are the first word again: a terminal and a parent both tell it."""


class Command(BaseCommand):
    """One process, one job at a time; start several, on several machines with PostgreSQL, for more."""

    help = "Run jobs, daily jobs and tickers until SIGTERM or Ctrl-C; a second signal does not wait for the running job."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which queues, and how long a running job may go on when the worker is asked to stop."""
        known = sorted(default_task_backend.queues)
        parser.add_argument(
            "--queue",
            action="append",
            choices=known,
            help="Take jobs of this queue only; may be repeated.",
        )
        parser.add_argument(
            "--grace",
            type=float,
            default=GRACE.total_seconds(),
            help="Seconds a running job may go on after SIGTERM.",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Work until stopped."""
        _log_to_stderr()
        discover_tasks()
        stop, hurry = Event(), Event()
        _listen_for_signals(stop, hurry)
        ended = work_a_shift(
            queues=options["queue"] or sorted(default_task_backend.queues),
            clock=system_clock,
            grace=timedelta(seconds=options["grace"]),
            stop=stop,
            hurry=hurry,
        )
        for word in STOPS:  # a late one would kill the interpreter while it takes itself down
            signal.signal(word, signal.SIG_IGN)
        if not ended:
            _leave_at_once()


def _listen_for_signals(stop: Event, hurry: Event) -> None:
    """Words to stop go through a pipe to a thread that waits for them.

    A handler may run in the middle of another one, and Event.set takes a lock that it then would wait
    for in its own thread, for ever; a write to a pipe takes none.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)

    def asked_to_stop(_number: int, _frame: object) -> None:
        with suppress(BlockingIOError):  # the pipe is full of words nobody has read yet
            os.write(writing, b".")

    for word in STOPS:
        signal.signal(word, asked_to_stop)
    Thread(target=_hear, args=(reading, stop, hurry), name="await-stop", daemon=True).start()


def _hear(reading: int, stop: Event, hurry: Event) -> None:
    os.read(reading, 1)
    stop.set()
    time.sleep(SAME_WORD)
    os.set_blocking(reading, False)
    with suppress(BlockingIOError):
        while os.read(reading, 4096):
            pass
    os.set_blocking(reading, True)
    os.read(reading, 1)
    hurry.set()


def _leave_at_once() -> None:
    # A thread cannot be ended from outside; the job in it was given back, so the process goes without it.
    logging.shutdown()
    sys.stderr.flush()
    os._exit(0)


def _log_to_stderr() -> None:
    logger = logging.getLogger("tsunagari")
    if logger.hasHandlers():
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
