"""Once a day what the city need not keep any longer goes, by whole sealed batches, and the ledger says so."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from tsunagari.kernel.jobs.declare import DAILIES
from tsunagari.kernel.ledger import api, queries, rules, tasks
from tsunagari.kernel.ledger.actions.seal import seal
from tsunagari.kernel.ledger.actions.sequence import sequence
from tsunagari.kernel.ledger.models import Entry, Seal
from tsunagari.kernel.ledger.tests.happenings import plant

LAST_MOMENT = datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)
"""The last second of fiscal year 2025 in Japan."""
NEW_YEAR = datetime(2026, 3, 31, 15, tzinfo=UTC)


def _batches(*sealed_at: datetime) -> None:
    for moment in sealed_at:
        plant()
        sequence()
        seal(at_once=True, clock=lambda moment=moment: moment)  # type: ignore[misc] # a clock of this turn


@pytest.fixture(autouse=True)
def no_followers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever follows has seen everything."""
    monkeypatch.setattr(queries, "PROJECTIONS", {})
    monkeypatch.setattr(queries, "LISTENERS", {})


def test_five_years_are_counted_from_the_april_after_the_fiscal_year_of_sealing() -> None:
    over = datetime(2020, 3, 31, 15, tzinfo=UTC)
    assert rules.kept_from(LAST_MOMENT, 5) == over
    assert rules.kept_from(NEW_YEAR, 5) == datetime(2021, 3, 31, 15, tzinfo=UTC)
    assert rules.kept_from(NEW_YEAR, 0) is None


@pytest.mark.django_db
def test_the_daily_job_empties_what_is_over_and_records_each_batch(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEDGER_YEARS = 5
    monkeypatch.setattr(tasks, "system_clock", lambda: NEW_YEAR)
    monkeypatch.setattr(tasks, "BATCHES_AT_ONCE", 2)
    old = [datetime(2020, month, 1, tzinfo=UTC) for month in (5, 6, 7)]
    _batches(*old, datetime(2021, 4, 1, tzinfo=UTC))
    assert tasks.retain_ledger.call() == 3
    assert list(Entry.objects.values_list("position", flat=True)) == [4]
    assert [kept.data["batch"] for kept in api.happened("ledger.batch_emptied")] == [1, 2, 3]
    assert api.verify().broken == ""
    assert tasks.retain_ledger.call() == 0


@pytest.mark.django_db
def test_a_city_that_keeps_everything_loses_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEDGER_YEARS = 0
    monkeypatch.setattr(tasks, "system_clock", lambda: NEW_YEAR)
    _batches(datetime(1990, 1, 1, tzinfo=UTC))
    assert tasks.retain_ledger.call() == 0
    assert not Seal.objects.filter(emptied_at__isnull=False).exists()


def test_it_is_a_daily_job() -> None:
    assert tasks.retain_ledger.module_path in DAILIES


@pytest.mark.django_db
def test_the_audit_screen_says_how_long_records_are_kept(
    settings: Settings, secretariat_client: Client
) -> None:
    settings.LEDGER_YEARS = 5
    assert "年度が終わってから5年" in secretariat_client.get("/console/audit/").content.decode()
    settings.LEDGER_YEARS = 0
    assert "期限なし" in secretariat_client.get("/console/audit/").content.decode()
