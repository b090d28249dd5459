"""A division's key loads its own figures and nobody else's; figures are open to everyone."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import make_key
from tsunagari.kernel.metering.models import LoadedFigure, Loading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions")]
ADDRESS = "/api/meters/mynumber_card.issued/figures"
FILE = "年月,交付枚数(累計)\n2026年9月,165000\n".encode()


def _key(division: str = "shimin", **more: Any) -> str:
    now = system_clock()
    return make_key(
        division=division, purpose="月次集計", scopes=["figures:load"], now=now, **more
    )[1]


def _send(key: str, data: bytes = FILE, address: str = ADDRESS) -> HttpResponse:
    headers = {"Authorization": f"Bearer {key}"}
    answer: Any = Client().post(address, data, content_type="text/csv", headers=headers)
    return answer  # type: ignore[no-any-return] # the test client's own kind of answer


def test_the_divisions_key_loads_its_figures() -> None:
    key = _key()
    first = _send(key)
    assert (first.status_code, first.json()["changed"]) == (200, 1)  # type: ignore[attr-defined] # test client
    again = _send(key)
    assert again.json()["changed"] == 0  # type: ignore[attr-defined] # test client
    assert "すでに取り込まれています" in again.json()["message"]  # type: ignore[attr-defined] # test client
    assert Loading.objects.get().way == "api"


def test_it_rejects_a_key_of_another_division() -> None:
    answer = _send(_key("hisho-koho"))
    assert answer.status_code == 403
    assert "担当する課の鍵" in answer.json()["detail"]  # type: ignore[attr-defined] # test client
    assert not LoadedFigure.objects.exists()


@pytest.mark.parametrize("key", ["", "wrong", "x" * 60])
def test_it_rejects_a_wrong_key(key: str) -> None:
    answer = _send(key)
    assert answer.status_code == 401
    assert "鍵の期限が切れていないか" in answer.json()["detail"]  # type: ignore[attr-defined] # test client


def test_it_says_that_a_key_is_missing() -> None:
    answer: Any = Client().post(ADDRESS, FILE, content_type="text/csv")
    assert answer.status_code == 401
    assert "Authorization: Bearer" in answer.json()["detail"]


def test_it_rejects_a_key_that_is_over() -> None:
    assert _send(_key(expires_at=system_clock() - timedelta(seconds=1))).status_code == 401


def test_it_says_what_is_wrong_with_a_file() -> None:
    answer = _send(_key(), "年月,交付枚数(累計)\n2026年9月,x\n".encode())
    assert answer.status_code == 422
    assert "2行目" in answer.json()["detail"]  # type: ignore[attr-defined] # test client


def test_it_rejects_figures_for_a_meter_that_counts_itself() -> None:
    answer = _send(_key(), address="/api/meters/website.page_views/figures")
    assert answer.status_code == 422


def test_everyone_reads_meters_and_figures(outsider_client: Client) -> None:
    _send(_key())
    meters = outsider_client.get("/api/meters/").json()
    assert {"mynumber_card.issued", "website.page_views"} <= {each["id"] for each in meters}
    window = {"start": "2026-04-01T00:00:00+09:00", "end": "2027-04-01T00:00:00+09:00"}
    months = outsider_client.get(ADDRESS, {"grain": "month", **window}).json()
    assert [month["value"] for month in months][5:7] == ["165000", None]
    assert outsider_client.get("/api/meters/no.such/figures", {"grain": "month", **window}).status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-04-01T00:00:00", "2026-04-02T00:00:00"),
        ("2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"),
    ],
)
def test_it_rejects_a_window_without_zone_too_long_or_backwards(
    outsider_client: Client, start: str, end: str
) -> None:
    asked = {"grain": "hour", "start": start, "end": end}
    assert outsider_client.get(ADDRESS, asked).status_code == 422
