"""A measure that ends before its plan says when, why and what goes on in its place; earlier years stay."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Edit, Measure
from tsunagari.engines.plan.tests.conftest import CODE, NOW
from tsunagari.engines.plan.tests.test_heirs import editor, grow, measure, new
from tsunagari.engines.plan.views.lists import bar_of_counts
from tsunagari.engines.plan.views.sentences import sentence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
NEXT = datetime(2027, 4, 1, tzinfo=UTC)
WHY = "ほかの取組と一体で進めるため。"


def end(number: str = "2", year: int = 2026) -> Measure:
    found = measure(number)
    assert api.end_measure(measure=found.public_id, year=year, reason=WHY, by=editor())
    return found


def board(now: datetime = NOW) -> api.PlanBoard:
    found = api.plan_board(CODE, now=now, language="ja")
    assert found is not None
    return found


def test_an_ended_measure_says_when_why_and_what_goes_on() -> None:
    origin = measure("2")
    grow(origin, heirs=(new(origin, name="あとを継ぐ取組"),))
    end()
    page = Client().get(f"/plan/{CODE}/2/").content.decode()
    for words in ("令和8年度で終了", WHY, "P/90 あとを継ぐ取組", "引き継いだ取組"):
        assert words in page, words
    english = Client().get(f"/en/plan/{CODE}/2/").content.decode()
    assert "Ended with" in english


def test_it_counts_until_its_last_year_is_over() -> None:
    before = api.counts(board().measures).all
    end()
    assert api.counts(board().measures).all == before
    assert f"{before}取組" in sentence(board())
    assert f"{before - 1}取組" in sentence(board(NEXT))
    counted = {
        now: sum(c.number for c in bar_of_counts(b, b.measures))
        for now in (NOW, NEXT)
        for b in [board(now)]
    }
    assert counted == {NOW: before, NEXT: before - 1}
    assert "令和8年度で終了" in Client().get(f"/plan/{CODE}/").content.decode()


def test_each_year_shows_the_measures_of_that_year() -> None:
    origin = end()
    (heir,) = grow(origin, heirs=(new(origin, name="あとを継ぐ取組"),))
    for year in (2026, 2027):
        origin.plan.action_plans.get_or_create(fiscal_year=year, defaults={"name": f"{year}年度"})
    api.turn_edition()
    shown = {
        year: Client().get(f"/plan/{CODE}/years/{year}/").content.decode() for year in (2026, 2027)
    }
    assert origin.name in shown[2026]
    assert heir.name not in shown[2026]
    assert origin.name not in shown[2027]
    assert heir.name in shown[2027]


def test_the_board_of_an_earlier_year_stays_as_it_was() -> None:
    was = [(each.number, each.status, each.standing) for each in board().measures]
    origin = end()
    grow(origin, heirs=(new(origin),))
    now = [(each.number, each.status, each.standing) for each in board().measures]
    assert [each for each in now if each[2] == "running"] == was


def test_no_result_of_a_later_year_is_its_own() -> None:
    found = Measure.objects.filter(plan__code=CODE, kind="indicator", indicators__meter="")[0]
    indicator = found.indicators.filter(meter="")[0]
    for year in (2026, 2027):
        api.set_value(
            indicator=indicator, year=year, value=Decimal(5), origin="typed", status="final",
            source="試験", now=NOW,
        )  # fmt: skip
    end(found.number)
    page = api.measure_page(CODE, found.number, now=datetime(2029, 1, 1, tzinfo=UTC), language="ja")
    assert page is not None
    (state,) = [each for each in page.measure.indicators if each.public_id == indicator.public_id]
    reached = [each.year for each in state.results]
    assert 2026 in reached
    assert 2027 not in reached


def test_the_api_tells_its_years() -> None:
    end()
    answer = Client().get(f"/api/plans/{CODE}/measures/2").json()
    assert (answer["from_year"], answer["until_year"], answer["until_reason"]) == (None, 2026, WHY)


def test_the_same_end_twice_changes_nothing() -> None:
    found = end()
    edits = Edit.objects.count()
    assert not api.end_measure(measure=found.public_id, year=2026, reason=WHY, by=editor())
    assert Edit.objects.count() == edits


@pytest.mark.parametrize(
    ("year", "reason", "says"),
    [(2040, WHY, "計画の期間の中の年度"), (2026, "", "終わる理由を入力してください")],
)
def test_an_end_that_cannot_be_is_refused_in_words(year: int, reason: str, says: str) -> None:
    with pytest.raises(api.TextsRefused, match=says):
        api.end_measure(measure=measure("2").public_id, year=year, reason=reason, by=editor())


def test_a_measure_cannot_end_before_it_begins() -> None:
    origin = measure("2")
    (heir,) = grow(origin, heirs=(new(origin),), year=2028)
    with pytest.raises(api.TextsRefused, match="はじまる年度より前"):
        api.end_measure(measure=heir.public_id, year=2027, reason=WHY, by=editor())
