"""Switch read-only mode on or off for all processes of the installation."""

from django.db import transaction

from tsunagari.kernel.edge.models import ReadOnlySwitch
from tsunagari.kernel.i18n.clock import Clock, system_clock


@transaction.atomic
def switch_read_only(*, on: bool, clock: Clock = system_clock) -> bool:
    """Every server process follows within a second; says whether anything changed."""
    if ReadOnlySwitch.objects.filter(on=True).exists() == on:
        return False
    ReadOnlySwitch.objects.update_or_create(pk=1, defaults={"on": on, "since": clock()})
    return True
