"""Everyone reads closed years over the API; answers are as described, whatever is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker
from tests.described_api import CHECKS, answered, drawn
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.rules.corrections import Correction
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    SECRETARIAT,
    YEAR,
    acting_year,
    add_voices,
    clock,
    enter,
    freeze,
    load_city,
)

pytestmark = pytest.mark.django_db
PLACE = f"/api/reports/{CODE}/{YEAR}"
OPEN = ["/api/reports/", PLACE, f"{PLACE}/versions/1", f"{PLACE}/measures/8"]
REAL = {"plan": CODE, "year": YEAR, "version": 1, "number": "8"}


@pytest.fixture(scope="module", autouse=True)
def closed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A year of the policy, closed, with one erratum."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        enter("8", YEAR, "41.5")
        cycle = acting_year()
        add_voices(cycle, "8")
        freeze(cycle)
        correct_year(
            cycle=Cycle.objects.get().public_id,
            corrections=[Correction(measure="8", place="settled", text="2000000")],
            reason="転記の誤り",
            seen=1,
            hand=SECRETARIAT,
            clock=clock,
        )
        rows.written()
        yield


def _read(client: Client, address: str, **asked: str) -> Any:
    answer = client.get(address, query_params=asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_closed_years_are_listed_with_their_versions(client: Client) -> None:
    (head,) = _read(client, "/api/reports/")
    assert (head["plan"], head["fiscal_year"]) == (CODE, YEAR)
    assert [each["version"] for each in head["versions"]] == [2, 1]
    newest, first = head["versions"]
    assert (newest["reason"], first["reason"]) == ("転記の誤り", None)
    assert newest["corrections"][0]["before"] == "1000000"
    assert _read(client, "/api/reports/", plan="none") == []


def test_each_version_reads_as_it_was_sealed(client: Client) -> None:
    now = _read(client, f"{PLACE}/measures/8")
    assert (now["settled"], now["general"], now["staff_years"]) == (2_000_000, 1_600_000, "0.5")
    old = _read(client, f"{PLACE}/versions/1")["content"]
    (eight,) = [each for each in old["measures"] if each["number"] == "8"]
    assert eight["settled"] == 1_000_000
    assert eight["indicators"][0]["results"][-1]["value"] == "41.5"
    assert _read(client, PLACE)["version"]["version"] == 2


def test_names_are_in_the_readers_language(client: Client) -> None:
    english = _read(client, f"{PLACE}/measures/8", lang="en")
    assert english["decision"]["title"] == "Continue"
    assert _read(client, PLACE, lang="en")["content"]["language"] == "en"


@pytest.mark.parametrize(
    "address",
    [
        f"{PLACE}/versions/9",
        f"{PLACE}/measures/99",
        "/api/reports/none/2025",
        f"/api/reports/{CODE}/1999",
    ],
)
def test_what_is_not_there_is_said_in_words(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "年次報告は公表されていません" in answer.json()["detail"]


@pytest.mark.parametrize("address", OPEN)
def test_reading_is_open_and_sends_nothing_twice(client: Client, address: str) -> None:
    first = client.get(address)
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", OPEN)
def test_reading_asks_the_database_a_bounded_number_of_times(
    client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    client.get(address)
    with django_assert_max_num_queries(6):
        client.get(address)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "/api/reports/",
        "/api/reports/{plan}/{year}",
        "/api/reports/{plan}/{year}/versions/{version}",
        "/api/reports/{plan}/{year}/measures/{number}",
    ],
)
def test_every_answer_is_as_described(path: str) -> None:
    operation = drawn("/reports", path, "GET")

    @settings(
        max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def ask(case: Any, *, real: bool) -> None:
        cache.clear()
        if real:
            case.path_parameters = {name: REAL[name] for name in case.path_parameters or {}}
        case.validate_response(answered(case), checks=CHECKS)

    ask()
