"""What the worker does for metering: add up views, count events, read gauges."""

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import every
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.declare import Projection
from tsunagari.kernel.metering.actions.absorb_views import absorb_views, note_reached
from tsunagari.kernel.metering.actions.begin import begin
from tsunagari.kernel.metering.actions.count_events import count_events, counted_names
from tsunagari.kernel.metering.actions.read_gauges import read_gauges
from tsunagari.kernel.metering.actions.recompute import EVENTS

PROJECTIONS = (Projection(id=EVENTS, names=counted_names, apply=count_events),)


@every(seconds=1, title=N_("閲覧数を足し合わせる"))
def add_up_views() -> None:
    """Put what the server processes have flushed into the sums, and note up to when all is counted."""
    begin()
    while absorb_views():
        pass
    now = system_clock()
    lag = ledger.lag()
    if not lag.waiting and lag.behind.get(EVENTS) == 0:
        note_reached("events", clock=lambda: now)


@every(seconds=600, title=N_("今の状態を記録する"))
def keep_gauges() -> None:
    """Keep the state of now as today's value."""
    read_gauges()
