"""Tickers go on, each at its pace, whatever one of them does."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event, Timer

import pytest

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.jobs.actions.sign_on import sign_on
from tsunagari.kernel.jobs.declare import TICKERS, Ticker, add_ticker
from tsunagari.kernel.jobs.management.shift import work_a_shift
from tsunagari.kernel.jobs.management.tickers import start_tickers
from tsunagari.kernel.jobs.models import Job, State, TickerState, Worker
from tsunagari.kernel.jobs.tests import samples

pytestmark = pytest.mark.django_db(transaction=True)


def run_until_enough(*runs: Callable[[Event], None]) -> None:
    enough = Event()
    worker = sign_on(host="machine", pid=1, now=system_clock())
    tickers = [
        Ticker(name=str(number), seconds=0.01, run=partial(run, enough))
        for number, run in enumerate(runs)
    ]
    threads = start_tickers(tickers=tickers, worker=worker, clock=system_clock, stop=enough)
    assert enough.wait(20)
    for thread in threads:
        thread.join(20)


def test_a_ticker_that_fails_ticks_on_and_shows_its_error_without_the_message() -> None:
    calls = []

    def fails(enough: Event) -> None:
        calls.append(1)
        if len(calls) >= 3:
            enough.set()
        raise LookupError("西東京花子")

    run_until_enough(fails)
    state = TickerState.objects.get()
    assert len(calls) >= 3
    assert state.error_class == "builtins.LookupError"
    assert "西東京花子" not in state.error_place
    assert state.last_ok_at is None


def test_a_ticker_that_hangs_delays_no_other() -> None:
    calls = []

    def hangs(enough: Event) -> None:
        enough.wait(20)

    def quick(enough: Event) -> None:
        calls.append(1)
        if len(calls) >= 5:
            enough.set()

    run_until_enough(hangs, quick)
    assert TickerState.objects.get(name="1").last_ok_at is not None


def test_a_shift_runs_what_waits_and_signs_off() -> None:
    samples.plain.enqueue()
    stop = Event()
    Timer(1.5, stop.set).start()
    ended = work_a_shift(
        queues=["default"], clock=system_clock, grace=timedelta(seconds=5), stop=stop, hurry=Event()
    )
    assert ended
    assert Job.objects.get(task=samples.plain.module_path).state == State.DONE
    assert Worker.objects.get().stopped_at is not None


def test_two_tickers_of_one_name_are_refused() -> None:
    ticker = Ticker(name="twice", seconds=1, run=lambda: None)
    try:
        add_ticker(ticker)
        with pytest.raises(ValueError, match="declared twice"):
            add_ticker(ticker)
    finally:
        TICKERS.pop("twice")
