"""The secretariat closes a year: what is missing is named, what is sealed stays, and the plan says the same."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.freeze_year import StillLacking, freeze_year
from tsunagari.engines.cycle.actions.move_year import move_year
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.models import Cycle, Frozen
from tsunagari.engines.cycle.queries.yearbook import yearbook, yearbooks
from tsunagari.engines.cycle.rules.seal import canonical
from tsunagari.engines.cycle.rules.yearbook import Yearbook
from tsunagari.engines.cycle.tests.closing_years import (
    CLERK,
    CODE,
    NOW,
    SECRETARIAT,
    YEAR,
    acting_year,
    add_voices,
    clock,
    enter,
    freeze,
    load_city,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.ledger import api as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans of Nishitokyo, read once."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        rows.written()
        yield


def _events(name: str) -> list[Any]:
    while ledger.catch_up():
        pass
    return [each for each in ledger.between(0, 10**9) if each.name == name]


def test_a_closed_year_is_sealed_and_its_hash_stands_in_the_ledger() -> None:
    cycle = acting_year()
    public_id = freeze(cycle)
    frozen = Frozen.objects.get(public_id=public_id)
    cycle.refresh_from_db()
    assert cycle.phase == "frozen"
    assert frozen.sha256 == sha256(frozen.content.encode()).hexdigest()
    assert canonical(json.loads(frozen.content)) == frozen.content
    held = {language: Yearbook.of_plain(v) for language, v in json.loads(frozen.content).items()}
    assert set(held) == {"ja", "en"}
    assert len(held["ja"].measures) == 30
    (event,) = _events("cycle.year_frozen")
    assert (event.data["sha256"], event.data["version"]) == (frozen.sha256, 1)
    assert cycle.moves.get(after="frozen").actor == SECRETARIAT.actor


def test_the_plans_live_pages_say_what_was_done() -> None:
    cycle = acting_year()
    freeze(cycle)
    actions = plan_api.year_actions(CODE, YEAR, "ja")
    assert actions["2"].done == cycle.sheets.get(order=2).done
    assert plan_api.year_actions(CODE, YEAR, "en")["2"].done == actions["2"].done


def test_a_year_with_gaps_is_refused_by_number_and_closed_with_a_reason() -> None:
    cycle = acting_year(decided=False)
    cycle.sheets.filter(order=3).update(check_state="submitted")
    with pytest.raises(StillLacking) as lacking:
        freeze(cycle)
    assert "点検・評価を受理していない取組が1件（3）" in str(lacking.value)
    assert "見直しの決定がない取組が30件" in str(lacking.value)
    assert [each.number for each in lacking.value.gaps.unchecked] == ["3"]
    assert not Frozen.objects.exists()
    freeze(cycle, reason="課の事情で来月に正誤として公表するため。")
    assert cycle.moves.get(after="frozen").comment.startswith("課の事情")


def test_a_decision_that_is_not_carried_out_is_told() -> None:
    cycle = acting_year()
    cycle.decisions.filter(sheets__order=5).update(carried_at=None)
    with pytest.raises(StillLacking, match="決定を計画に反映していない取組が1件（5）"):
        freeze(cycle)


@pytest.mark.parametrize("phase", ["planning", "running", "checking", "committee"])
def test_only_a_year_that_is_being_decided_is_closed(phase: str) -> None:
    cycle = acting_year()
    Cycle.objects.update(phase=phase)
    with pytest.raises(YearRefused, match="「見直し」の段階だけ"):
        freeze(cycle)


def test_a_clerk_of_a_division_closes_no_year() -> None:
    cycle = acting_year()
    with pytest.raises(NotSecretariat):
        freeze(cycle, hands=[CLERK])


def test_a_second_secretary_is_told_that_the_year_is_closed_and_where_errata_go() -> None:
    cycle = acting_year()
    freeze(cycle)
    with pytest.raises(YearRefused, match="もう確定しています.*正誤として公表"):
        freeze(cycle)
    assert Frozen.objects.count() == 1


def test_a_closed_year_does_not_go_back() -> None:
    cycle = acting_year()
    freeze(cycle)
    with pytest.raises(YearRefused, match="正誤として公表"):
        move_year(
            cycle=cycle.public_id, seen="frozen", back=True, comment="戻したい", hand=SECRETARIAT,
            clock=clock,
        )  # fmt: skip


def test_a_year_that_another_process_closed_meanwhile_is_told_by_the_table() -> None:
    cycle = acting_year()
    Frozen.objects.create(cycle=cycle, version=1, content="{}", sha256="", frozen_at=NOW)
    with pytest.raises(YearRefused, match="もう確定しています"):
        freeze(cycle)


def test_figures_of_the_year_stand_in_the_yearbook_and_later_ones_do_not() -> None:
    enter("8", 2025, "41.50")
    enter("8", 2026, "99")
    cycle = acting_year()
    add_voices(cycle, "8")
    book = yearbook(cycle, language="ja", now=NOW)
    measure = book.measure("8")
    assert measure is not None
    (indicator,) = measure.indicators
    result = indicator.result_of(2025)
    assert result is not None
    assert (result.value, result.status) == (Decimal("41.5"), "revised")
    assert indicator.result_of(2026) is None
    assert indicator.quarters[1] == Decimal("12.5")
    assert [each.text for each in measure.opinions] == ["高齢者への案内を増やしてはどうか。"]
    assert [each.text for each in book.opinions] == ["全体に進みがよい。"]
    assert measure.general == 600_000
    assert measure.decision is not None
    assert (measure.decision.title, measure.decision.from_year) == ("継続", 2026)


def test_the_judgement_is_that_of_the_year_and_not_of_the_running_one() -> None:
    enter("8", 2025, "41.5")
    cycle = acting_year()
    before = yearbook(cycle, language="ja", now=NOW).measure("8")
    enter("8", 2026, "99999")
    after = yearbook(cycle, language="ja", now=NOW).measure("8")
    assert before is not None
    assert after is not None
    assert (before.status, before.indicators[0].rate) == (after.status, after.indicators[0].rate)


def test_both_languages_are_whole_and_come_back_from_json_as_they_were() -> None:
    books = yearbooks(acting_year(), now=NOW)
    english = books["en"].measure("2")
    japanese = books["ja"].measure("2")
    assert english is not None
    assert japanese is not None
    assert english.name != japanese.name
    assert english.done == japanese.done
    assert english.status_title.isascii()
    for book in books.values():
        assert Yearbook.of_plain(book.plain()) == book


def test_building_a_yearbook_asks_the_database_a_bounded_number_of_times(
    django_assert_max_num_queries: Any,
) -> None:
    cycle = acting_year()
    yearbooks(cycle, now=NOW)
    with django_assert_max_num_queries(25):
        yearbooks(cycle, now=NOW)


def test_a_year_may_be_closed_on_the_last_day_in_japan() -> None:
    cycle = acting_year()
    last = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)
    freeze_year(cycle=cycle.public_id, reason="", hand=SECRETARIAT, clock=lambda: last)
    held = json.loads(Frozen.objects.get().content)
    assert held["ja"]["closed_on"] == "2027-03-31"
