"""Leave a mark: this was done, now."""

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.marks.models import Mark


def leave_mark(name: str, *, clock: Clock = system_clock, **details: str | int) -> None:
    """Note when something was done, with plain facts; the mark before it is replaced."""
    Mark.objects.update_or_create(name=name, defaults={"at": clock(), "details": details})
