"""Gives the next receipt number of a fiscal year."""

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.services.voice.listening.models import Serial
from tsunagari.services.voice.listening.rules.receipts import number_of


def next_number(kind: str, *, clock: Clock) -> str:
    """The next number, in the caller's transaction: two who ask at once wait for each other.

    `kind` is "" for letters to the city, "P" for opinions on a call.
    """
    year = FiscalYear.at(clock()).year
    Serial.objects.get_or_create(kind=kind, year=year)
    held = Serial.objects.select_for_update().get(kind=kind, year=year)
    held.last += 1
    held.save(update_fields=["last"])
    return number_of(kind, year, held.last)
