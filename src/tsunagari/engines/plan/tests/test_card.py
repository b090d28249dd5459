"""A school, a club or a newspaper puts an indicator into a page of its own."""

import re
from html import unescape

import pytest
from django.test import Client

from tsunagari.engines.plan.tests.conftest import CODE, THIRD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

MEASURE = f"/plan/{CODE}/2/"
CARD = f"{MEASURE}1/card/"


def _policy(client: Client, address: str) -> dict[str, str]:
    said = client.get(address).headers["Content-Security-Policy"]
    return dict(rule.strip().partition(" ")[::2] for rule in said.split(";"))


@pytest.mark.parametrize("address", [CARD, f"/en{CARD}", f"{MEASURE}9/card/"])
def test_any_site_may_frame_the_card_and_nothing_in_it_runs(client: Client, address: str) -> None:
    answer = client.get(address)
    policy = _policy(client, address)
    assert "X-Frame-Options" not in answer.headers
    assert policy["frame-ancestors"] == "*"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'none'"
    assert policy["default-src"] == "'none'"
    page = answer.content.decode()
    assert "<script" not in page
    assert "<form" not in page
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "address", ["/", "/plan/", f"/plan/{CODE}/", MEASURE, f"/plan/{CODE}/data/", "/account/login/"]
)
def test_no_other_page_may_be_framed(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert _policy(client, address)["frame-ancestors"] == "'none'"


def test_the_card_says_figure_date_status_city_and_leads_to_the_measure(client: Client) -> None:
    page = client.get(f"/plan/{CODE}/12/1/card/").content.decode()
    for words in ("西東京市 基本方針", "ts-figure__value", "ts-status", "ts-bullet"):
        assert words in page
    link = re.search(r'<a class="ts-link" href="([^"]+)" target="_blank" rel="noopener">', page)
    assert link
    assert link[1] == f"/plan/{CODE}/12/"
    assert '<meta name="robots" content="noindex">' in page
    assert "新しいタブで開きます" in page


def test_a_card_speaks_english(client: Client) -> None:
    page = client.get(f"/en{CARD}").content.decode()
    assert "Nishitokyo City Basic Policy" in page
    assert "opens in a new tab" in page


@pytest.mark.parametrize(
    "address", [f"{MEASURE}9/card/", f"/plan/{CODE}/no-such/1/card/", "/plan/none/1/1/card/"]
)
def test_a_card_that_is_not_there_says_so_in_its_frame(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "この指標は見つかりません" in answer.content.decode()
    assert "X-Frame-Options" not in answer.headers


def test_a_card_on_another_site_is_no_view_of_this_one(client: Client) -> None:
    assert "X-Tsunagari-View" not in client.get(CARD).headers
    assert "X-Tsunagari-View" in client.get(MEASURE).headers


def test_the_measures_page_gives_the_html_to_paste(client: Client) -> None:
    page = client.get(MEASURE).content.decode()
    given = re.search(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert given
    frame = unescape(given[1])
    assert f'src="http://testserver{CARD}"' in frame
    assert re.fullmatch(r'<iframe src="[^"]+" title="[^"]+"[^<>]*></iframe>', frame.strip())
    assert f'href="{CARD}"' in page


@pytest.mark.parametrize("plan", [CODE, THIRD])
def test_every_indicator_has_its_card(client: Client, plan: str) -> None:
    measures = client.get(f"/api/plans/{plan}/measures").json()
    addresses = [
        f"/plan/{plan}/{measure['number']}/{each['order']}/card/"
        for measure in measures
        for each in measure["indicators"]
    ]
    assert len(addresses) > 15
    assert {client.get(address).status_code for address in addresses} == {200}
