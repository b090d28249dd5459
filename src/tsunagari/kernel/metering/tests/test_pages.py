"""Everyone follows a figure from the year down to the hour, in Japanese and English."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tsunagari.kernel.metering.actions.absorb_views import absorb_views
from tsunagari.kernel.metering.actions.begin import begin
from tsunagari.kernel.metering.actions.count_views import ViewCounter
from tsunagari.kernel.metering.views import _short_title

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
PAGE = "/meters/website.page_views/"


@pytest.fixture
def counted() -> None:
    """Three views of the home page at 12:30 on 20 November 2026 in Japan."""
    begin(clock=lambda: NOON)
    counter = ViewCounter(now=NOON.timestamp)
    for _ in range(3):
        counter.count("website", "home", "ja")
    counter.flush()
    absorb_views(clock=lambda: NOON)


@pytest.mark.usefixtures("counted")
def test_the_way_down_from_the_year_to_the_hour(outsider_client: Client) -> None:
    ways = {
        "2026/": ("令和8年度", "2026-11/"),
        "2026-11/": ("令和8年11月", "2026-11-20/"),
        "2026-11-20/": ("令和8年11月20日（金）", "2026-11-20T12/"),
    }
    for address, (title, deeper) in ways.items():
        page = outsider_client.get(PAGE + address).content.decode()
        assert title in page
        assert f'href="{PAGE}{deeper}"' in page
    hour = outsider_client.get(f"{PAGE}2026-11-20T12/").content.decode()
    assert "12時台" in hour
    assert "その合計は3です" in hour
    assert "一致しています" in hour


@pytest.mark.usefixtures("counted")
def test_the_trace_in_english(outsider_client: Client) -> None:
    page = outsider_client.get(f"/en{PAGE}2026-11-20T12/").content.decode()
    assert "How this figure is counted" in page
    assert "They agree with the figure above." in page


@pytest.mark.parametrize(("language", "april"), [("ja", "4月"), ("en", "Apr")])
def test_months_under_a_chart_are_short(language: str, april: str) -> None:
    with translation.override(language):
        assert _short_title("month", datetime(2026, 4, 1, tzinfo=UTC)) == april


@pytest.mark.usefixtures("counted")
def test_the_rows_as_a_file_for_excel(outsider_client: Client) -> None:
    answer = outsider_client.get(f"{PAGE}2026-11.csv")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert "令和8年11月20日（金）,3" in text.splitlines()
    assert "令和8年11月19日（木）," in text.splitlines()


@pytest.mark.parametrize(
    "name",
    [
        "2026-13/",
        "2026-02-30/",
        "2026-11-20T24/",
        "no.such/",
        "9999/",
        "9999-12/",
        "9999-12-31/",
        "0001-01-01/",
        "0000/",
    ],
)
def test_a_period_that_does_not_exist_is_not_found(outsider_client: Client, name: str) -> None:
    address = PAGE + name if name[0].isdigit() else f"/meters/{name}"
    assert outsider_client.get(address).status_code == 404


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("name", ["", "2026-11/", "2026-11-20T12/"])
def test_a_trace_costs_few_queries(
    outsider_client: Client, django_assert_max_num_queries: Any, name: str
) -> None:
    asks = 8 + 1  # the last: whether there is an emergency to announce
    with django_assert_max_num_queries(asks):
        outsider_client.get(PAGE + name)
