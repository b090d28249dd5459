"""A worker's shift: sign on, work with hand, pulse and tickers, stop in order, sign off."""

import logging
import os
import socket
from collections.abc import Collection
from datetime import timedelta
from threading import Event

from django.db import Error

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.jobs.actions.give_back import give_back
from tsunagari.kernel.jobs.actions.sign_off import sign_off
from tsunagari.kernel.jobs.actions.sign_on import sign_on
from tsunagari.kernel.jobs.declare import TICKERS
from tsunagari.kernel.jobs.management.hand import Hand
from tsunagari.kernel.jobs.management.pulse import pulse
from tsunagari.kernel.jobs.management.tickers import start_tickers
from tsunagari.kernel.jobs.models import Worker
from tsunagari.kernel.jobs.rules import BEAT, POLL

logger = logging.getLogger("tsunagari.jobs")


def work_a_shift(
    *, queues: Collection[str], clock: Clock, grace: timedelta, stop: Event, hurry: Event
) -> bool:
    """Work until `stop` is set; then no new job is taken and the running one has `grace` to end.

    After the grace, or at once when `hurry` is set, it is given back for another worker without
    counting the attempt. True if everything came to its end, False if a thread still runs and the
    process has to be left.
    """
    worker = sign_on(host=socket.gethostname(), pid=os.getpid(), now=clock())
    logger.info(
        "worker.on worker=%s queues=%s tickers=%d", worker.public_id, ",".join(queues), len(TICKERS)
    )
    hand = Hand(worker=worker.public_id, queues=queues, clock=clock, poll=POLL, stop=stop)
    hand.start()
    tickers = start_tickers(tickers=TICKERS.values(), worker=worker, clock=clock, stop=stop)
    while not stop.is_set():
        pulse(worker=worker, hand=hand, clock=clock)
        stop.wait(BEAT.total_seconds())
    logger.info("worker.stopping worker=%s", worker.public_id)
    ended = _wait_for(hand, worker, clock, grace, hurry)
    for ticker in tickers:
        ticker.join(1)
    _leave(hand, worker, clock)
    return ended


def _wait_for(hand: Hand, worker: Worker, clock: Clock, grace: timedelta, hurry: Event) -> bool:
    left = grace
    while left > timedelta() and not hurry.is_set():
        if hand.finished(min(BEAT, left)):
            return True
        pulse(worker=worker, hand=hand, clock=clock)
        left -= BEAT
    return hand.finished(timedelta())


def _leave(hand: Hand, worker: Worker, clock: Clock) -> None:
    held = hand.job
    try:
        if held is not None and give_back(job=held, now=clock()):
            logger.warning("job.given_back job=%s task=%s", held.public_id, held.task)
        sign_off(worker=worker, now=clock())
    except Error as error:
        logger.warning(
            "worker.database_away worker=%s error=%s", worker.public_id, type(error).__name__
        )
    logger.info("worker.off worker=%s", worker.public_id)
