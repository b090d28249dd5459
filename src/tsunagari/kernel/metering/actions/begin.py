"""Begin: note when this installation begins to count each declared meter."""

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.metering.actions.recompute import recompute
from tsunagari.kernel.metering.declare import Counter, Gauge
from tsunagari.kernel.metering.models import Began
from tsunagari.kernel.metering.queries import DECLARED


def begin(*, clock: Clock = system_clock) -> int:
    """Write down every counter and gauge that is new; returns how many were.

    A counter that joins later counts what was written down before it, so that its sums are the same
    whether they were kept or recomputed.
    """
    counting = [
        name for name, meter in DECLARED.meters.items() if isinstance(meter, Counter | Gauge)
    ]
    known = set(Began.objects.filter(meter__in=counting).values_list("meter", flat=True))
    new = [Began(meter=name, at=clock()) for name in counting if name not in known]
    if new:
        _begin(new, clock)
    return len(new)


@transaction.atomic
def _begin(new: list[Began], clock: Clock) -> None:
    Began.objects.bulk_create(new, ignore_conflicts=True)
    for meter in (DECLARED.meters[began.meter] for began in new):
        if isinstance(meter, Counter):
            recompute(meter=meter, mend=True, clock=clock)
