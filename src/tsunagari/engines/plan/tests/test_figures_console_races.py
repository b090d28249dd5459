"""Two clerks enter one figure in the same moment: exactly one stands, and the other is told."""

from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier, Thread

import pytest
import yaml
from django.db import IntegrityError, connection, transaction

from tsunagari.engines.plan.actions.enter_figure import FigureOvertaken, Typed, enter_figure
from tsunagari.engines.plan.models import Indicator, Value
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.typed_figure import Figure, Period
from tsunagari.engines.plan.tests.conftest import CODE, NISHITOKYO, load_all
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.ids import new_public_id

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
HAND = Hand(actor=new_public_id(), division="shimin", secretariat=False)


@pytest.fixture
def row() -> Indicator:
    """The bereavement desk's indicator, in tables that other connections see."""
    identity.load_divisions(
        yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
    )
    load_all()
    return Indicator.objects.get(measure__plan__code=CODE, measure__number="6")


def typed(value: int, seen: str = "") -> Typed:
    """A figure of fiscal 2025."""
    return Typed(
        period=Period(year=2025),
        figure=Figure(value=Decimal(value)),
        status="final",
        source="窓口の集計",
        reason="再集計" if seen else "",
        seen=seen,
    )


def together(row: Indicator, seen: str) -> list[str]:
    """Four clerks enter four figures at once; what each was told."""
    barrier, told = Barrier(4), []

    def enter(value: int) -> None:
        barrier.wait()
        try:
            enter_figure(
                indicator=row.public_id, typed=typed(value, seen), hand=HAND, clock=lambda: NOW
            )
            told.append("entered")
        except FigureOvertaken:
            told.append("overtaken")
        finally:
            connection.close()

    threads = [Thread(target=enter, args=(value,)) for value in (701, 702, 703, 704)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_one_first_figure_stands_and_the_others_are_told(row: Indicator) -> None:
    assert together(row, "") == ["entered", "overtaken", "overtaken", "overtaken"]
    assert Value.objects.filter(indicator=row, fiscal_year=2025).count() == 1


def test_one_successor_stands_and_the_others_are_told(row: Indicator) -> None:
    first = enter_figure(indicator=row.public_id, typed=typed(700), hand=HAND, clock=lambda: NOW)
    assert together(row, first.value) == ["entered", "overtaken", "overtaken", "overtaken"]
    standing = Value.objects.filter(indicator=row, fiscal_year=2025, superseded_at=None)
    assert standing.count() == 1
    assert Value.objects.filter(indicator=row, fiscal_year=2025).count() == 2


def test_the_table_itself_lets_one_figure_stand(row: Indicator) -> None:
    enter_figure(indicator=row.public_id, typed=typed(700), hand=HAND, clock=lambda: NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Value.objects.create(
            indicator=row,
            fiscal_year=2025,
            value=1,
            origin="typed",
            status="final",
            recorded_at=NOW,
        )
