"""Read gauges: keep the state of now as the value of today."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.metering.declare import Gauge
from tsunagari.kernel.metering.models import GaugeValue
from tsunagari.kernel.metering.queries import DECLARED
from tsunagari.kernel.metering.rules import WHOLE, slice_name

Reading = Callable[[], Mapping[tuple[tuple[str, str], ...], int]]
"""Gives the state now by dimensions; {(): 12} when there are none."""

READINGS: dict[str, Reading] = {}


def read_gauges(*, clock: Clock = system_clock) -> int:
    """Read every gauge and keep it as the value of the day in Japan; returns how many were read.

    A clock that was set back never changes a day's later reading. A reading that breaks holds up none
    of the others; its fault (the first one) is raised at the end.
    """
    now = clock()
    gauges = [meter for meter in DECLARED.meters.values() if isinstance(meter, Gauge)]
    faults: list[Exception] = []
    for meter in gauges:
        try:
            _read(meter, now)
        except Exception as fault:  # noqa: BLE001 - whatever one reading raises, the next has its turn
            faults.append(fault)
    if faults:
        raise faults[0]
    return len(gauges)


@transaction.atomic
def _read(meter: Gauge, now: datetime) -> None:
    state = READINGS[meter.reads]()
    values = {slice_name(dict(key)): value for key, value in state.items()}
    values[WHOLE] = sum(state.values())
    today = GaugeValue.objects.filter(meter=meter.id, day=japan_day(now))
    today.filter(read_at__lte=now).exclude(slice__in=values).update(value=0, read_at=now)
    for name, value in values.items():
        held, made = GaugeValue.objects.select_for_update().get_or_create(
            meter=meter.id,
            day=japan_day(now),
            slice=name,
            defaults={"value": value, "read_at": now},
        )
        if not made and held.read_at <= now:
            held.value, held.read_at = value, now
            held.save(update_fields=["value", "read_at"])
