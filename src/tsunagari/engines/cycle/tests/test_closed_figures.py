"""A year that was closed stays as it was published, on the plan's live pages too: an erratum is the only way."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.rules.corrections import Correction
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    SECRETARIAT,
    YEAR,
    acting_year,
    clock,
    enter,
    freeze,
    indicator_of,
    load_city,
)
from tsunagari.engines.plan import api as plan_api

pytestmark = pytest.mark.django_db
LIST = "/console/plan-figures/"
HAND = plan_api.PlanHand(actor="s" * 22, division="joho-suishin", secretariat=True)


@pytest.fixture(scope="module", autouse=True)
def closed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A year of the policy, closed: measure 6 without a result, measure 8 with one of an erratum."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        enter("8", YEAR, "40")
        cycle = acting_year()
        freeze(cycle)
        place = f"{indicator_of('8').public_id}.{YEAR}"
        correct_year(
            cycle=cycle.public_id,
            corrections=[Correction(measure="8", place=place, text="43")],
            reason="数え直したため",
            seen=1,
            hand=SECRETARIAT,
            clock=clock,
        )
        rows.written()
        yield


def typed(value: str, *, year: int = YEAR, seen: str = "") -> plan_api.Typed:
    """A year's figure as somebody types it."""
    return plan_api.Typed(
        period=plan_api.Period(year=year),
        figure=plan_api.Figure(value=Decimal(value), numerator=None, denominator=None),
        status="final",
        source="窓口の集計",
        reason="数え直した",
        seen=seen,
    )


def test_a_clerk_slips_no_figure_into_a_closed_year(clerk_client: Client) -> None:
    indicator = indicator_of("6").public_id
    address = f"{LIST}{indicator}/{YEAR}/"
    assert "この年度は確定しています" in clerk_client.get(address).content.decode()
    filled = {"value": "700", "status": "final", "source": "窓口の集計", "seen": ""}
    answer = clerk_client.post(address, filled)
    assert "令和7年度は確定して公表しているため、実績を変えられません" in answer.content.decode()
    assert not plan_api.figures_of_year([indicator], YEAR)


def test_what_an_erratum_set_is_not_replaced_and_the_way_to_the_next_one_is_named(
    secretariat_client: Client,
) -> None:
    indicator = indicator_of("8").public_id
    standing = plan_api.figures_of_year([indicator], YEAR)[indicator]
    assert standing.value == 43
    with pytest.raises(plan_api.FigureRefused, match="年次報告の正誤として公表します"):
        plan_api.enter_figure(
            indicator=indicator, typed=typed("44", seen=standing.public_id), hand=HAND, clock=clock
        )
    page = secretariat_client.get(f"{LIST}{indicator}/{YEAR}/").content.decode()
    assert f'href="/console/year/{CODE}/{YEAR}/errata/"' in page
    assert f'href="{plan_api.reports_of(CODE)[0].address}"' in page


def test_a_target_of_a_closed_year_is_not_revised_and_a_later_one_is() -> None:
    indicator = indicator_of("8").public_id
    more = {"reason": "見直し", "hand": HAND, "clock": clock}
    with pytest.raises(plan_api.FigureRefused, match="令和7年度は確定して公表しているため、目標値"):
        plan_api.revise_target(
            indicator=indicator,
            year=YEAR,
            old=None,
            new=Decimal(50),
            **more,  # type: ignore[arg-type]
        )
    assert plan_api.revise_target(
        indicator=indicator,
        year=YEAR + 1,
        old=None,
        new=Decimal(50),
        **more,  # type: ignore[arg-type]
    )


def test_other_years_are_entered_as_before() -> None:
    indicator = indicator_of("8").public_id
    assert plan_api.enter_figure(
        indicator=indicator, typed=typed("39", year=YEAR - 1), hand=HAND, clock=clock
    ).changed


def test_what_was_done_is_mended_by_an_erratum_alone() -> None:
    measure = next(e for e in plan_api.measure_heads(CODE, "ja") if e.number == "3").public_id
    with pytest.raises(
        plan_api.TextsRefused, match="令和7年度は確定して公表しているため、取組内容"
    ):
        plan_api.write_year(
            plan=CODE,
            year=YEAR,
            texts={measure: {"done": "別のことをした。"}},
            actor="",
            division="",
            reason="",
            now=clock(),
        )
    correct_year(
        cycle=Cycle.objects.get().public_id,
        corrections=[Correction(measure="3", place="done", text="別のことをした。")],
        reason="誤りのため",
        seen=2,
        hand=SECRETARIAT,
        clock=clock,
    )
    assert plan_api.year_actions(CODE, YEAR, "ja")["3"].done == "別のことをした。"
