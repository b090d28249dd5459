"""Everyone reads plans, measures and what surrounds them over the API, in her language, and cheaply."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tsunagari.engines.plan import api
from tsunagari.engines.plan.endpoints import reading
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.tests.conftest import CODE, NOW, THIRD
from tsunagari.kernel.i18n.clock import system_clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
MEASURES = f"/api/plans/{CODE}/measures"
OPEN = [
    "/api/plans/",
    "/api/plans/measures",
    "/api/plans/lineage",
    "/api/plans/drivers",
    "/api/plans/assets",
    "/api/plans/series",
    f"/api/plans/{CODE}",
    MEASURES,
    f"{MEASURES}/2",
    f"{MEASURES}/2/history",
    f"{MEASURES}/2/indicators/1/values",
    f"/api/plans/{THIRD}/measures",
    f"/api/plans/{THIRD}/measures/S1",
]


def _read(client: Client, address: str, **more: Any) -> Any:
    answer = client.get(address, **more)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_plans_are_listed_newest_first_with_their_predecessors(client: Client) -> None:
    listed = _read(client, "/api/plans/")
    assert [(each["code"], each["predecessor"], each["ended"]) for each in listed] == [
        (CODE, THIRD, False),
        (THIRD, None, True),
    ]


def test_a_plan_comes_with_its_words_its_parts_and_its_counts(client: Client) -> None:
    plan = _read(client, f"/api/plans/{CODE}")
    assert plan["labels"]["divisions"] == "所管課"
    assert plan["scale"]["on_track"] == "0.95"
    assert plan["counts"]["all"] == 30
    assert plan["counts"]["indicator"] == sum(plan["counts"]["by_status"].values()) == 16
    assert [each["year"] for each in plan["action_plans"]] == [2024, 2025, 2026, 2027, 2028]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"division": "hisho-koho"}, ["2", "3"]),
        ({"status": "no_result", "division": "sports-shinko"}, ["11"]),
        ({"how": "metered"}, ["2"]),
        ({"how": "loaded"}, ["1"]),
        ({"section": "study", "division": "kominkan"}, ["24"]),
        ({"division": "nobody"}, []),
    ],
)
def test_measures_are_narrowed(client: Client, asked: dict[str, str], numbers: list[str]) -> None:
    assert [each["number"] for each in _read(client, MEASURES, query_params=asked)] == numbers


def test_measures_of_a_viewpoint_bear_it(client: Client) -> None:
    found = _read(client, MEASURES, query_params={"viewpoint": "technology"})
    assert 0 < len(found) < 30
    assert all("technology" in each["viewpoints"] for each in found)


def test_a_measure_tells_every_input_of_its_judgement(client: Client) -> None:
    (indicator,) = _read(client, f"{MEASURES}/3")["indicators"]
    progress = indicator["progress"]
    assert (progress["baseline"], progress["baseline_year"]) == ("820", 2023)
    assert (progress["target"], progress["target_year"]) == ("760", 2028)
    assert (progress["status"], progress["actual"], progress["share"]) == ("no_result", None, None)
    assert (progress["on_track"], progress["slightly_behind"]) == ("0.95", "0.6")
    assert indicator["baseline"]["origin"] == "estimated"
    assert indicator["direction"] == "down"


def test_a_ratio_comes_with_both_parts_and_exact_digits(client: Client) -> None:
    (indicator,) = _read(client, f"/api/plans/{THIRD}/measures/S1")["indicators"]
    baseline, (target,) = indicator["baseline"], indicator["targets"]
    assert (baseline["value"], baseline["numerator"], baseline["denominator"]) == (
        "26.6",
        "4779",
        "17950",
    )
    assert (target["value"], target["basis"], target["change"]) == ("31.6", "points", "5")


def test_a_measure_tells_what_it_grew_from(client: Client) -> None:
    measure = _read(client, f"{MEASURES}/2")
    names = {each["public_id"]: each["quoted"] for each in measure["lineage"]["measures"]}
    ways = [(names[way["origin"]], names[way["heir"]]) for way in measure["lineage"]["ways"]]
    assert ("3/7-1", "P/2") in ways
    (line,) = measure["series"]
    assert [part["quoted"] for part in line["parts"]] == ["3/7-1", "P/2"]


def test_a_series_has_gaps_where_nothing_is_known(client: Client) -> None:
    heads = _read(client, "/api/plans/series")
    head = next(each for each in heads if {"quoted": "P/2", "order": 1} in each["indicators"])
    parts = _read(client, f"/api/plans/series/{head['code']}")["parts"]
    years = [result["year"] for part in parts for result in part["results"]]
    assert years[:2] == [2012, 2023]


def test_all_measures_stand_in_one_table_with_their_services(client: Client) -> None:
    rows = _read(client, "/api/plans/measures")
    assert len(rows) == 60
    assert len(_read(client, "/api/plans/measures", query_params={"plan": THIRD})) == 30
    website = next(row for row in rows if row["quoted"] == "P/2")
    assert "website" in [each["id"] for each in website["services"]]
    assert [each["how"] for each in website["indicators"]] == ["metered"]


def test_the_history_holds_figures_that_were_replaced(client: Client) -> None:
    assert _read(client, f"{MEASURES}/8/history") == {"figures": [], "edits": []}
    indicator = Indicator.objects.get(measure__number="8", measure__plan__code=CODE)
    for value in (Decimal(40), Decimal(41)):
        api.set_value(
            indicator=indicator, year=2024, value=value, origin="typed", status="final",
            source="test", reason="数え直し", now=system_clock(),
        )  # fmt: skip
    figures = _read(client, f"{MEASURES}/8/history")["figures"]
    assert [(each["value"], each["until"] is None) for each in figures] == [
        ("41", True),
        ("40", False),
    ]


@pytest.mark.parametrize(
    ("asked", "headers", "name"),
    [
        ({}, {}, "秘書広報課"),
        ({"lang": "en"}, {}, "Mayor's Office and Public Relations Division"),
        ({}, {"Accept-Language": "en-GB,ja;q=0.5"}, "Mayor's Office and Public Relations Division"),
        ({"lang": "ja"}, {"Accept-Language": "en"}, "秘書広報課"),
        ({}, {"Accept-Language": "fr"}, "秘書広報課"),
    ],
)
def test_texts_are_in_the_readers_language(
    client: Client, asked: dict[str, str], headers: dict[str, str], name: str
) -> None:
    answer = client.get(f"{MEASURES}/2", query_params=asked, headers=headers)
    assert answer.json()["divisions"][0]["name"] == name
    assert answer["Content-Language"] == ("ja" if name == "秘書広報課" else "en")
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("address", [f"{MEASURES}/99", f"{MEASURES}/99/history", "/api/plans/none",
    "/api/plans/none/measures", "/api/plans/series/none", f"{MEASURES}/2/indicators/9/values"])  # fmt: skip
def test_what_is_not_there_is_said_in_words(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "番号を確かめてください" in answer.json()["detail"]
    assert "Check its number" in client.get(address, query_params={"lang": "en"}).json()["detail"]


@pytest.mark.parametrize("address", OPEN)
def test_reading_is_open_and_sends_nothing_twice(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "system_clock", lambda: NOW)
    first = client.get(address)
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_changed_figure_changes_the_etag(client: Client) -> None:
    before = client.get(f"{MEASURES}/8")["ETag"]
    indicator = Indicator.objects.get(measure__number="8", measure__plan__code=CODE)
    api.set_value(
        indicator=indicator, year=2024, value=Decimal(40), origin="typed", status="final", source="test",
        now=system_clock(),
    )  # fmt: skip
    assert client.get(f"{MEASURES}/8", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("address", OPEN)
def test_reading_asks_the_database_a_bounded_number_of_times(
    client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    client.get(address)
    with django_assert_max_num_queries(10):
        client.get(address)


def test_the_words_of_an_ended_plan_wait_for_no_result(client: Client) -> None:
    measure = client.get("/api/plans/third-plan-2014-2018/measures/S1").json()
    assert measure["status"] == "no_result"
    assert {measure["words"], measure["indicators"][0]["progress"]["words"]} == {"実績の資料なし"}
    assert measure["indicators"][0]["how"] == "ended"
