"""What the worker does for the ledger: follow it all the time, seal it now and then."""

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import every
from tsunagari.kernel.ledger import api


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
