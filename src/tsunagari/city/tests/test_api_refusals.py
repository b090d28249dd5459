"""Who asks the API for what cannot be is told what is wrong and what would be right, in one shape."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import path
from ninja.errors import Throttled

from tsunagari.city import addresses
from tsunagari.kernel.answers import refusals
from tsunagari.kernel.answers.api import LANGUAGES

pytestmark = pytest.mark.django_db
FIGURES = "/api/meters/website.page_views/figures"
WINDOW = {"grain": "month", "start": "2026-04-01T00:00:00Z", "end": "2027-04-01T00:00:00Z"}


def _crash(_request: Any) -> Any:
    raise RuntimeError


urlpatterns = [*addresses.residents(), path("api/crash", _crash)]


def _refused(client: Client, address: str, code: int, **asked: str) -> tuple[str, str]:
    """The sentence in Japanese and in English; every refusal is an object with `detail` alone."""
    said = []
    for language in LANGUAGES:
        answer = client.get(address, query_params={**asked, "lang": language})
        assert answer.status_code == code
        assert answer["Content-Type"].startswith("application/json")
        assert answer["Content-Language"] == language
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert list(answer.json()) == ["detail"]
        said.append(answer.json()["detail"])
    return said[0], said[1]


def test_what_is_missing_is_named_each(client: Client) -> None:
    assert _refused(client, FIGURES, 422, grain="month") == (
        "start がありません。アドレスに ?start=… と書いてください。end がありません。アドレスに ?end=… と書いてください。",
        "start is missing: write ?start=… into the address. end is missing: write ?end=… into the address.",
    )


def test_a_word_that_does_not_exist_is_answered_with_those_that_do(client: Client) -> None:
    assert _refused(client, FIGURES, 422, **{**WINDOW, "grain": "week"}) == (
        "grain に書けるのは hour, day, month, fiscal_year のどれかです。",
        "grain has to be one of hour, day, month, fiscal_year.",
    )
    japanese, english = _refused(client, "/api/plans/none/measures", 422, status="good")
    assert "status に書けるのは" in japanese
    assert "on_track" in english


@pytest.mark.parametrize("moment", ["2026-04-01T00:00:00 09:00", "yesterday", ""])
def test_a_moment_is_answered_with_its_form(client: Client, moment: str) -> None:
    japanese, english = _refused(client, FIGURES, 422, **{**WINDOW, "start": moment})
    assert japanese.startswith("start には時刻を 2026-04-01T00:00:00%2B09:00 のように")
    assert english.startswith("Write start as 2026-04-01T00:00:00%2B09:00")


def test_a_language_that_is_not_ours_is_answered_with_ours(client: Client) -> None:
    answer = client.get("/api/meters/", {"lang": "fr"}, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()) == (422, {"detail": "lang has to be one of ja, en."})


def test_anything_else_leads_to_the_description() -> None:
    said = refusals.what_is_wrong({"type": "string_too_long", "loc": ("query", "code")})
    assert "code" in said
    assert "/api/openapi.json" in said


@pytest.mark.parametrize("address", ["/api/nothing", "/api/plans/a/b/c", "/api/meters/x/y/z"])
def test_no_such_address_is_no_page_for_people(client: Client, address: str) -> None:
    japanese, english = _refused(client, address, 404)
    assert "openapi.json" in japanese
    assert english == "The API has no such address: see the addresses in /api/openapi.json."


def test_no_such_method_says_which_there_are(client: Client) -> None:
    answer = client.delete("/api/plans/", query_params={"lang": "en"})
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json() == {"detail": "DELETE cannot be used at this address; GET can."}
    assert "GET, POST です" in client.delete(FIGURES).json()["detail"]


@pytest.mark.urls(__name__)
def test_a_fault_of_ours_is_told_in_words(client: Client) -> None:
    client.raise_request_exception = False
    japanese, english = _refused(client, "/api/crash", 500)
    assert japanese.startswith("こちらの不具合")
    assert english.startswith("A fault of ours")


def test_an_address_without_its_stroke_still_leads_on(client: Client) -> None:
    answer = client.get("/api/plans")
    assert (answer.status_code, answer["Location"]) == (301, "/api/plans/")


@pytest.mark.parametrize(("left", "seconds"), [(11.2, "12"), (None, "60")])
def test_who_sends_too_often_is_told_how_long_to_wait(
    rf: Any, left: int | None, seconds: str
) -> None:
    answer = addresses.api().on_exception(rf.post("/api/plans/"), Throttled(left))
    assert (answer.status_code, answer["Retry-After"]) == (429, seconds)
    assert f"{seconds}秒待って" in json.loads(answer.content)["detail"]
