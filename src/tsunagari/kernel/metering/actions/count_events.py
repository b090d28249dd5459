"""Count events: the projection that keeps the counters up with the ledger."""

from collections.abc import Iterator, Sequence

from tsunagari.kernel.ledger.api import as_text
from tsunagari.kernel.ledger.declare import Recorded
from tsunagari.kernel.metering.actions.add_up import Count, add_up
from tsunagari.kernel.metering.declare import Counter, Events
from tsunagari.kernel.metering.queries import DECLARED
from tsunagari.kernel.metering.rules import counters_of, slice_name


def counted_names() -> list[str]:
    """Names of the events that some counter counts."""
    return sorted(
        {
            meter.counts.name
            for meter in DECLARED.meters.values()
            if isinstance(meter, Counter) and isinstance(meter.counts, Events)
        }
    )


def count_events(events: Sequence[Recorded]) -> None:
    """Add a batch of events to the roll-ups; runs in the transaction that moves the cursor."""
    add_up(count for event in events for count in _counts(event))


def _counts(event: Recorded) -> Iterator[Count]:
    for meter in counters_of(DECLARED.meters.values(), event.name):
        if not all(_held(event, field) == value for field, value in _where(meter)):
            continue
        field = _amount_of(meter)
        amount = event.data.get(field) if field else 1
        yield Count(
            meter=meter.id,
            moment=event.recorded_at,
            slice=slice_name({name: _held(event, name) for name in meter.dimensions}),
            amount=int(amount or 0),
            slices_from=meter.slices_from,
        )


def _amount_of(meter: Counter) -> str:
    return meter.counts.amount if isinstance(meter.counts, Events) else ""


def _where(meter: Counter) -> tuple[tuple[str, str], ...]:
    return meter.counts.where if isinstance(meter.counts, Events) else ()


def _held(event: Recorded, dimension: str) -> str:
    return as_text(event.division if dimension == "division" else event.data.get(dimension))
