"""A measure that is to be managed by an indicator it does not have yet says so, and nothing false."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Measure, Plan
from tsunagari.engines.plan.tests.conftest import CODE
from tsunagari.engines.plan.tests.test_heirs import grow, measure, new
from tsunagari.engines.plan.views.lists import bar_of_counts
from tsunagari.engines.plan.views.sentences import sentence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
PLAN = f"/plan/{CODE}/"


def made(kind: str = "indicator") -> Measure:
    """Something new in the running year."""
    (heir,) = grow(heirs=(new(indicators=(), kind=kind),), kind="continued", year=2026)
    return heir


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def board(now: datetime = datetime(2026, 11, 21, tzinfo=UTC)) -> api.PlanBoard:
    found = api.plan_board(CODE, now=now, language="ja")
    assert found is not None
    return found


def test_its_page_says_that_the_indicator_is_still_to_be_set() -> None:
    assert made().kind == "indicator"
    page = read(f"{PLAN}90/")
    assert "成果指標は検討中です" in page
    assert "随時対応" not in page.split("<main", 1)[1].split("</main>", 1)[0]
    assert "still to be set" in read(f"/en{PLAN}90/")


@pytest.mark.parametrize(
    "address",
    [
        PLAN,
        f"{PLAN}?status=indicator",
        f"{PLAN}measures.csv",
        "/plan/measures/",
        f"{PLAN}years/2026/",
        "/plan/compare/",
    ],
)
def test_lists_say_it_too(address: str) -> None:
    name = made().name
    page = read(address)
    assert "成果指標は検討中" in page
    assert name in page or "compare" in address


def test_it_is_counted_apart() -> None:
    before = api.counts(board().measures)
    made()
    counts = api.counts(board().measures)
    assert (counts.as_needed, counts.indicator) == (before.as_needed, before.indicator)
    assert (counts.without_indicator, counts.all) == (1, before.all + 1)
    said = sentence(board())
    assert f"成果指標あり{before.indicator}（" in said
    assert "成果指標は検討中 1、随時対応 1" in said
    bar = {each.title: each.number for each in bar_of_counts(board(), board().measures)}
    assert (bar["成果指標は検討中"], bar["随時対応"]) == (1, 1)
    told = Client().get(f"/api/plans/{CODE}").json()["counts"]
    assert (told["without_indicator"], told["as_needed"]) == (1, 1)


def test_of_a_plan_that_is_over_nobody_is_still_looking_for_an_indicator() -> None:
    made()
    Plan.objects.filter(code=CODE).update(last_year=2026)
    head = board(datetime(2027, 5, 1, tzinfo=UTC)).head
    assert api.mark_in(head, "indicator").title == "成果指標なし"


def test_how_an_heir_is_managed_can_be_chosen() -> None:
    origin = measure("8")
    halves = (
        new(origin, number="91", name="前の半分", kind="indicator"),
        new(origin, number="92", name="後の半分", kind="indicator", indicators=()),
        new(
            origin, number="93", name="別の", kind="elsewhere", indicators=(), managed_in="環境計画"
        ),
    )
    one, two, three = grow(origin, heirs=halves, kind="split")
    assert (one.kind, two.kind, two.indicators.count()) == ("indicator", "indicator", 0)
    assert (three.kind, three.managed_in) == ("elsewhere", "環境計画")


def test_stages_go_on_only_with_what_is_managed_by_them() -> None:
    origin = Measure.objects.filter(plan__code=CODE, kind="staged")[0]
    origin.stages.all().delete()
    origin.stages.create(column=2027, word="evaluate", text="試す", order=1)
    kept, left = (
        new(origin, number="91", name="段階で", kind="staged"),
        new(origin, number="92", name="随時に", kind="as_needed"),
    )
    one, two = grow(origin, heirs=(kept, left), kind="split")
    assert (one.stages.count(), two.stages.count()) == (1, 0)


def test_a_measure_of_stages_without_stages_says_so() -> None:
    made("staged")
    assert "段階は登録されていません" in read(f"{PLAN}90/")
