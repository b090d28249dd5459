"""What the worker does for the ledger: follow it, seal it now and then, empty it once its time is over."""

from datetime import time

from django.conf import settings

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import daily, every
from tsunagari.kernel.ledger import api
from tsunagari.kernel.ledger.actions.retain import retain
from tsunagari.kernel.ledger.rules import kept_from

BATCHES_AT_ONCE = 20
"""In one transaction; a batch holds at most a thousand events."""


@every(seconds=0.5, title=N_("記録に番号を付けて集計する"))
def follow_ledger() -> None:
    """Bring positions and followers up to what has been committed, in batches until nothing is left."""
    while api.catch_up():
        pass


@every(seconds=30, title=N_("記録を封印する"))
def seal_ledger() -> None:
    """Close full batches, and a part-filled one after ten minutes."""
    while api.seal():
        pass


@daily(at=time(3, 40), title=N_("保存期間の終わった記録の削除"))
def retain_ledger() -> int:
    """Empty the batches whose retention (settings.LEDGER_YEARS) is over, a few at a time. Safe to run
    twice: the second finds none."""
    before = kept_from(system_clock(), settings.LEDGER_YEARS)
    emptied = 0
    while before is not None and (step := retain(before=before, limit=BATCHES_AT_ONCE)):
        emptied += step
    return emptied
