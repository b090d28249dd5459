"""What the worker does for metering: add up views, count events, read gauges, recount every night."""

from datetime import datetime, time, timedelta

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import JAPAN, japan
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import daily, enqueue_once, every, job
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.declare import Listener, Projection, Recorded
from tsunagari.kernel.metering.actions.absorb_views import absorb_views, note_reached
from tsunagari.kernel.metering.actions.begin import begin
from tsunagari.kernel.metering.actions.count_events import count_events, counted_names
from tsunagari.kernel.metering.actions.prune_recounts import prune_recounts
from tsunagari.kernel.metering.actions.read_gauges import read_gauges
from tsunagari.kernel.metering.actions.recompute import EVENTS, recompute
from tsunagari.kernel.metering.actions.recount import recount
from tsunagari.kernel.metering.declare import Counter, Loaded, MendingAsked
from tsunagari.kernel.metering.queries import DECLARED, current_recounts

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


AT_NIGHT = time(2, 30)


@daily(at=AT_NIGHT, title=N_("数値を記録から数え直す"))
def recount_every_meter() -> int:
    """Count the last days of every counter anew, and lay loaded figures beside their loadings; returns
    how many meters were gone over. After a crash it goes on with those that this night has not seen.

    A meter whose recount breaks holds up none of the others; the first fault is raised at the end.
    """
    begun = _begun_tonight(system_clock())
    seen = set(current_recounts(DECLARED.meters).filter(checked_at__gte=begun).values_list("meter", flat=True))  # fmt: skip
    faults: list[Exception] = []
    done = 0
    for meter in list(DECLARED.meters.values()):
        if isinstance(meter, Counter | Loaded) and meter.id not in seen:
            try:
                done += recount(meter=meter) is not None
            except Exception as fault:  # noqa: BLE001 - whatever one meter raises, the next has its turn
                faults.append(fault)
    prune_recounts()
    if faults:
        raise faults[0]
    return done


def _begun_tonight(now: datetime) -> datetime:
    """The last time at which the nightly recount was due."""
    begun = datetime.combine(japan(now).date(), AT_NIGHT, JAPAN)
    return begun if begun <= now else begun - timedelta(days=1)


@job(title=N_("合計を記録に合わせて直す"))
def mend_sums(meter: str) -> int:
    """Set the sums of one meter right by what was counted, and recount; returns how many differed. Safe
    to run twice: the second finds none."""
    found = DECLARED.meters.get(meter)
    if not isinstance(found, Counter):
        return 0
    mended = recompute(meter=found, mend=True)
    recount(meter=found)
    return mended


def _mend_when_asked(event: Recorded) -> None:
    enqueue_once(mend_sums, event.public_id, str(event.data["meter"]))


LISTENERS = (Listener(id="metering.mend_sums", to=(MendingAsked.name,), hear=_mend_when_asked),)
