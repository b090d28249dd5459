"""What the search finds of the plans."""

from datetime import UTC, datetime

import pytest

from tsunagari.engines.plan.queries.search_entries import entries, plan_above
from tsunagari.kernel.search import api as search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


def test_every_measure_is_given_in_both_languages_at_an_address_that_answers() -> None:
    found = list(entries(clock=lambda: NOW))
    assert len({(each.kind, each.public_id, each.language) for each in found}) == len(found)
    measures = [each for each in found if each.kind == "plan.measure"]
    assert {each.language for each in measures} == {"ja", "en"}
    assert all(each.address.startswith("/en/") == (each.language == "en") for each in found)
    running = next(each for each in measures if each.address == "/plan/policy-2024-2028/2/")
    ended = next(each for each in measures if each.address.startswith("/plan/third-plan"))
    assert running.weight > ended.weight


def test_a_measure_is_found_by_its_name_below_its_plan() -> None:
    source = next(each for each in search.declared() if each.id == "plan")
    assert search.rebuild(source) > 100
    assert search.rebuild(source) == 0
    wanted = next(
        each for each in entries(clock=lambda: NOW) if each.address == "/plan/policy-2024-2028/2/"
    )
    hits = search.find(wanted.title, language="ja", at=NOW).hits
    assert wanted.address in [hit.address for hit in hits[:3]]
    above = plan_above([wanted.address, "/plan/policy-2024-2028/"], "ja", clock=lambda: NOW)
    assert list(above) == [wanted.address]
