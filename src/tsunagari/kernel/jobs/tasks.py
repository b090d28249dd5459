"""The room's own housekeeping."""

from datetime import time

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.actions.prune import prune
from tsunagari.kernel.jobs.api import daily


@daily(at=time(3, 10), title=N_("古い仕事の記録の削除"))
def prune_finished_jobs() -> int:
    """Delete jobs whose time of keeping is over. Safe to run twice: the second finds nothing."""
    return prune(now=system_clock())
