"""Two clerks release in the same moment: one announcement goes out, and the other clerk is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tsunagari.engines.content.actions.begin_emergency import begin_emergency
from tsunagari.engines.content.models import Emergency
from tsunagari.engines.content.rules.announcing import AlreadyAnnounced
from tsunagari.engines.content.tests.emergencies import NOBODY, announcement
from tsunagari.kernel.i18n.clock import system_clock


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_clerks_who_release_in_the_same_moment_announce_once() -> None:
    together = Barrier(2)

    def release(_: int) -> bool:
        together.wait(20)
        try:
            begin_emergency(announcement(), by=NOBODY, clock=system_clock)
        except AlreadyAnnounced:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(release, range(2))) == [False, True]
    assert Emergency.objects.filter(ended_at__isnull=True).count() == 1
