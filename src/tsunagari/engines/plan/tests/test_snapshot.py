"""Plans are read once and kept: what it costs, that a write is seen at once, and that nobody sees another's."""

from datetime import UTC, datetime
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator, Measure
from tsunagari.engines.plan.queries.snapshot import snapshot
from tsunagari.engines.plan.tests.conftest import CODE, NOW, THIRD

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 21, tzinfo=UTC)


def _board(language: str = "ja") -> api.PlanBoard:
    board = api.plan_board(CODE, now=NOW, language=language)
    assert board is not None
    return board


def _enter(number: str, value: int, year: int = 2024) -> None:
    api.set_value(
        indicator=Indicator.objects.get(measure__number=number, measure__plan__code=CODE),
        year=year,
        value=Decimal(value),
        origin="typed",
        status="final",
        source="試験",
        now=LATER,
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_second_reading_costs_the_word_divisions_and_meters_only(
    policy: None, language: str
) -> None:
    api.boards(now=NOW, language=language)
    with CaptureQueriesContext(connection) as asked:
        boards = api.boards(now=NOW, language=language)
    assert [len(board.measures) for board in boards] == [30, 30]
    assert len(asked) <= 7


def test_a_first_reading_costs_the_same_with_twice_the_measures(policy: None) -> None:
    def cold() -> int:
        api.turn_edition()
        with CaptureQueriesContext(connection) as asked:
            snapshot("en")
        return len(asked)

    before = cold()
    for measure in Measure.objects.filter(plan__code=THIRD):
        measure.pk, measure.number, measure.public_id = (
            None,
            f"x{measure.number}",
            measure.public_id[::-1],
        )
        measure.save()
    assert cold() == before
    assert before <= 20


def test_a_figure_is_seen_by_the_next_page(policy: None) -> None:
    assert _board().measures[2].indicators[0].latest is None
    _enter("3", 790)
    latest = _board().measures[2].indicators[0].latest
    assert latest is not None
    assert latest.value == 790
    english = _board("en").measures[2].indicators[0].latest
    assert english == latest


def test_what_was_rolled_back_is_never_shown(policy: None) -> None:
    with transaction.atomic():
        _enter("3", 1)
        transaction.set_rollback(True)
    assert _board().measures[2].indicators[0].latest is None


@pytest.mark.django_db(transaction=True)
def test_an_open_transaction_is_not_seen_by_others(policy: None) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets nobody read and write the same file in two threads of one test")
    seen: list[Decimal | None] = []

    def look() -> None:
        latest = _board().measures[2].indicators[0].latest
        seen.append(latest.value if latest else None)
        connection.close()

    def another() -> None:
        thread = Thread(target=look)
        thread.start()
        thread.join()

    with transaction.atomic():
        _enter("3", 790)
        another()
    another()
    assert seen == [None, Decimal(790)]


def test_a_new_year_ends_a_plan_without_any_write(policy: None) -> None:
    heads = api.plan_heads("ja", now=datetime(2029, 3, 31, 14, 59, tzinfo=UTC))
    assert [head.ended for head in heads] == [False, True]
    heads = api.plan_heads("ja", now=datetime(2029, 3, 31, 15, tzinfo=UTC))
    assert [head.ended for head in heads] == [True, True]
