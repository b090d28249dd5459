"""Note how a ticker's run ended."""

from datetime import datetime

from tsunagari.kernel.jobs.models import TickerState, Worker
from tsunagari.kernel.logs.api import error_name, place_of


def note_ticker(*, worker: Worker, name: str, error: BaseException | None, now: datetime) -> None:
    """Write the last good run, or the last error by its class and place in the code."""
    if error is None:
        noted: dict[str, datetime | str] = {"last_ok_at": now}
    else:
        noted = {
            "last_error_at": now,
            "error_class": error_name(error),
            "error_place": place_of(error.__traceback__),
        }
    TickerState.objects.update_or_create(worker=worker, name=name, defaults=noted)
