"""Two of the secretariat decide on one measure in the same moment: exactly one of them wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tsunagari.engines.cycle.actions.decide import DecisionOvertaken, decide
from tsunagari.engines.cycle.models import Decision
from tsunagari.engines.cycle.tests.deciding_years import acting_year, wanted
from tsunagari.engines.cycle.tests.years import SECRETARIAT, at


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_exactly_one_wins(policy: None) -> None:
    cycle = acting_year()
    both = Barrier(2)
    given = {kind: wanted(cycle, kind, "2") for kind in ("expand", "abolish")}

    def write(kind: str) -> str:
        try:
            both.wait(timeout=60)
            decide(cycle=cycle.public_id, wanted=given[kind], hand=SECRETARIAT, clock=at())
        except DecisionOvertaken:
            return ""
        else:
            return kind
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as people:
        won = list(people.map(write, ["expand", "abolish"]))
    assert sorted(bool(each) for each in won) == [False, True]
    assert [each.kind for each in Decision.objects.all()] == ["".join(won)]
