"""What the worker does for the edge: old purges go at night."""

from datetime import time

from tsunagari.kernel.edge.actions.prune_purges import prune_purges
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import daily


@daily(at=time(3, 20), title=N_("古くなった消去の印を片付ける"))
def prune() -> int:
    """Remove what every process has heard; safe to run twice."""
    removed = 0
    while step := prune_purges():
        removed += step
    return removed
