"""The plan's pages as a resident meets them."""

from decimal import Decimal
from itertools import cycle

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.tests.conftest import CODE, NOW
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.declare import Loaded
from tsunagari.kernel.metering.tasks import add_up_views
from tsunagari.kernel.metering.tests.meters import (
    ALL,
    DONATED,
    PER_PLANTING,
    PLANTED,
    PLANTINGS,
    REGISTER,
    STANDING,
    VIEWS,
    declared,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

PLAN = f"/plan/{CODE}/"


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def _enter(number: str, year: int, value: int) -> None:
    api.set_value(
        indicator=Indicator.objects.get(measure__number=number),
        year=year,
        value=Decimal(value),
        origin="typed",
        status="final",
        source="test",
        now=NOW,
    )


def test_a_resident_finds_all_thirty_measures_in_the_citys_order(client: Client) -> None:
    page = _read(client, PLAN)
    places = [page.index(f'href="{PLAN}{number}/"') for number in range(1, 31)]
    assert places == sorted(places)
    assert "30件中 30件を表示" in page
    assert "随時対応 1、段階で管理 11、別計画で管理 2" in page


def test_she_narrows_by_links_and_the_address_keeps_it(client: Client) -> None:
    page = _read(client, f"{PLAN}?division=joho-suishin&status=staged")
    assert "段階で管理、情報推進課：30件中 8件を表示" in page
    assert f'href="{PLAN}18/"' in page
    assert f'href="{PLAN}20/"' not in page


def test_nothing_found_says_what_to_do(client: Client) -> None:
    page = _read(client, f"{PLAN}?division=kominkan&status=achieved")
    assert "この条件に合う取組はありません" in page
    assert "すべての取組を見る" in page


def test_a_plan_or_measure_that_is_not_there_is_a_404(client: Client) -> None:
    for address in ("/plan/other/", f"{PLAN}31/", f"{PLAN}2/9.csv", f"{PLAN}17/1.svg"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", range(1, 31))
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_measure_has_its_page(client: Client, number: int, language: str) -> None:
    page = _read(client, f"{language}{PLAN}{number}/")
    assert "%(" not in page


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_ask_the_database_a_bounded_number_of_times(client: Client, language: str) -> None:
    """Once the plan is in memory; what the first page after a write costs, test_snapshot.py holds."""
    _read(client, f"{language}{PLAN}")
    for address in (PLAN, f"{PLAN}2/", f"{PLAN}1/", f"{PLAN}15/", f"{PLAN}18/", f"{PLAN}2/live/"):
        with CaptureQueriesContext(connection) as asked:
            _read(client, f"{language}{address}")
        assert len(asked) <= 12, (address, len(asked))


ALL_KINDS = (PLANTED, PLANTINGS, VIEWS, STANDING, PER_PLANTING, DONATED, REGISTER, ALL)
"""Counters of events and of views, a gauge, a ratio, loaded figures and a sum: each by tables of its own."""


def _measure(indicators: list[Indicator]) -> None:
    """Let these indicators be measured, by meters of every kind in turns; the others by none."""
    Indicator.objects.update(meter="")
    for indicator, meter in zip(indicators, cycle(ALL_KINDS), strict=False):
        Indicator.objects.filter(pk=indicator.pk).update(meter=meter.id)
    api.turn_edition()


@pytest.mark.parametrize("language", ["", "/en"])
def test_sixteen_measured_indicators_cost_the_plan_no_more_queries_than_eight(
    client: Client, language: str
) -> None:
    own = Indicator.objects.filter(measure__plan__code=CODE)
    sixteen = list(own.order_by("measure__order", "order")[:16])
    asked = {}
    with declared():
        for number in (8, 16):
            _measure(sixteen[:number])
            _read(client, f"{language}{PLAN}")
            with CaptureQueriesContext(connection) as queries:
                _read(client, f"{language}{PLAN}")
            asked[number] = len(queries)
    assert asked[16] == asked[8]
    assert asked[16] <= 12


def test_a_page_view_moves_the_indicator_and_it_is_not_late(client: Client) -> None:
    metering.count_view(service="plan", page="plan", language="ja")
    metering.count_view(service="website", page="home", language="ja")
    metering.flush_views()
    add_up_views()
    page = _read(client, f"{PLAN}2/")
    assert '<span class="ts-figure__value">2</span>' in page
    assert "自動計測" in page
    assert "計測開始前・判定保留" in page
    assert "この数値は年度の途中から数え始めました" in page
    assert "/meters/website.page_views/" in page
    live = _read(client, f"{PLAN}2/live/")
    assert '<span class="ts-figure__value">2</span>' in live


def test_the_refreshed_part_counts_no_view(client: Client) -> None:
    assert client.get(PLAN).has_header("X-Tsunagari-View")
    assert not client.get(f"{PLAN}2/live/").has_header("X-Tsunagari-View")


def test_a_measure_without_results_shows_its_baseline_and_says_what_is_missing(
    client: Client,
) -> None:
    page = _read(client, f"{PLAN}3/")
    assert '<span class="ts-figure__value">820</span>' in page
    assert "実績の登録待ち" in page
    assert "その後の実績は、まだ登録されていません" in page
    assert "減るほど目標に近づきます" in page


def test_a_fallen_count_of_p3_is_on_the_way_down(client: Client) -> None:
    _enter("3", 2025, 796)
    page = _read(client, f"{PLAN}3/")
    assert "順調" in page


def test_p4_is_achieved_by_holding(client: Client) -> None:
    _enter("4", 2025, 170)
    assert "達成" in _read(client, f"{PLAN}4/")


def test_p12s_target_year_is_said(client: Client) -> None:
    assert "令和6年度</small> <b>3,900件</b>" in _read(client, PLAN)


def test_what_is_managed_elsewhere_or_as_needed_shows_no_figure(client: Client) -> None:
    assert "「行財政改革大綱アクションプラン」で管理されています" in _read(client, f"{PLAN}19/")
    assert "実績も目標も「随時対応」とされています" in _read(client, f"{PLAN}17/")


def test_figures_can_be_taken_away(client: Client) -> None:
    csv = client.get(f"{PLAN}15/2.csv")
    text = csv.content.decode("utf-8-sig")
    assert "RPA操作シナリオの作成件数(累計) (件)" in text
    assert any(
        line.startswith("令和7年度,2025,") and ",13,13," in line for line in text.splitlines()
    )
    everything = client.get(f"{PLAN}measures.csv").content.decode("utf-8-sig").splitlines()
    assert len(everything) == 1 + 31
    assert everything[3].startswith("3,情報発信力の強化【SNS等】,秘書広報課,")
    svg = client.get(f"{PLAN}15/2.svg")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<svg")


def test_loaded_cards_are_judged_at_the_end_of_their_last_month(client: Client) -> None:
    meter = metering.declared_meter("mynumber_card.issued")
    assert isinstance(meter, Loaded)
    metering.load_figures(
        meter=meter,
        figures=[
            metering.MonthFigure(month=NOW.date().replace(month=9, day=1), value=Decimal(182000))
        ],
        giver=metering.Giver(actor="", division="shimin", way="test"),
    )
    page = _read(client, f"{PLAN}1/")
    assert '<span class="ts-figure__value">182,000</span>' in page
    assert "令和8年9月30日までの数値" in page
    assert "取込" in page
    assert "順調" in page


def test_english_pages_show_english(client: Client) -> None:
    page = _read(client, f"/en{PLAN}")
    assert "Basic Policy, 30 measures: 16 with an outcome indicator" in page
    assert "Promoting My Number cards and their use" in page
    assert "Citizens Division" in page
