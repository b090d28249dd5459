"""A division's key sends figures for its own measures, once each, and is told in words what does not fit."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tsunagari.engines.plan.endpoints import entering
from tsunagari.engines.plan.models import Value
from tsunagari.engines.plan.tests.conftest import CODE, NOW, THIRD
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.ledger.api import happened
from tsunagari.kernel.metering import api as metering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
FIGURE = {"year": 2024, "value": 45, "source": "相談システムの年次集計"}
HEALTH = "kenko"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 20 November 2026; no key has sent anything yet."""
    cache.clear()
    monkeypatch.setattr(entering, "system_clock", lambda: NOW)


def _key(division: str = HEALTH, scopes: tuple[str, ...] = ("figures:load",)) -> str:
    return identity.make_key(
        division=division, purpose="年次集計", scopes=list(scopes), now=system_clock()
    )[1]


def _send(told: Any, *, key: str = "", number: str = "8", code: str = CODE, **more: Any) -> Any:
    return Client().post(
        f"/api/plans/{code}/measures/{number}/indicators/1/values",
        told,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key or _key()}", **more},
    )


def _standing(number: str = "8", year: int = 2024, month: int | None = None) -> Value:
    return Value.objects.get(
        indicator__measure__number=number, fiscal_year=year, month=month, superseded_at=None
    )


def test_a_figure_is_taken_in_and_shown_at_once(client: Client) -> None:
    client.get(f"/api/plans/{CODE}/measures/8")
    answer = _send(FIGURE)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["changed"], answer.json()["figure"]["value"]) == (True, "45")
    (indicator,) = client.get(f"/api/plans/{CODE}/measures/8").json()["indicators"]
    assert (indicator["latest"]["year"], indicator["latest"]["value"]) == (2024, "45")
    assert (indicator["latest"]["origin"], indicator["how"]) == ("loaded", "entered")
    assert indicator["latest"]["source"] == FIGURE["source"]


def test_the_key_that_sent_a_figure_is_kept_with_it() -> None:
    key, written = identity.make_key(
        division=HEALTH, purpose="年次集計", scopes=["figures:load"], now=system_clock()
    )
    _send(FIGURE, key=written)
    assert _standing().actor == key.public_id
    (event,) = happened("plan.figure_entered")
    assert (event.actor, event.division) == (key.public_id, HEALTH)


def test_the_same_again_changes_nothing() -> None:
    key = _key()
    _send(FIGURE, key=key)
    rows = Value.objects.count()
    again = _send({**FIGURE, "value": "45.0"}, key=key)
    assert (again.status_code, again.json()["changed"]) == (200, False)
    assert Value.objects.count() == rows


def test_another_figure_needs_a_reason_and_keeps_the_first(client: Client) -> None:
    key = _key()
    first = _send(FIGURE, key=key).json()["figure"]["public_id"]
    refused = _send({**FIGURE, "value": 46}, key=key)
    assert refused.status_code == 422
    assert "reason" in refused.json()["detail"]
    taken = _send({**FIGURE, "value": 46, "reason": "数え直し", "supersedes": first}, key=key)
    assert taken.json()["changed"] is True
    old = Value.objects.get(public_id=first)
    assert old.value == 45
    assert old.superseded_by == _standing()
    assert [each.name for each in happened("plan.figure_superseded")] == ["plan.figure_superseded"]
    listed = client.get(f"/api/plans/{CODE}/measures/8/history").json()["figures"]
    assert {each["value"]: each["until"] is None for each in listed} == {"46": True, "45": False}


def test_who_saw_a_figure_that_no_longer_stands_is_told_which_does() -> None:
    key = _key()
    seen = _send(FIGURE, key=key).json()["figure"]["public_id"]
    more = {"reason": "数え直し", "supersedes": seen}
    _send({**FIGURE, "value": 46, **more}, key=key)
    late = _send({**FIGURE, "value": 47, **more}, key=key)
    assert late.status_code == 409
    assert late.json()["standing"]["public_id"] == _standing().public_id
    assert _standing().value == 46
    repeated = _send({**FIGURE, "value": 46, **more}, key=key)
    assert (repeated.status_code, repeated.json()["changed"]) == (200, False)


def test_it_rejects_a_key_of_another_division() -> None:
    answer = _send(FIGURE, key=_key("hisho-koho"))
    assert answer.status_code == 403
    assert "担当する課の鍵" in answer.json()["detail"]
    assert not Value.objects.filter(fiscal_year=2024).exists()


def test_it_rejects_a_key_that_may_only_read() -> None:
    assert _send(FIGURE, key=_key(scopes=("figures:read",))).status_code == 403


def test_a_division_merged_in_april_is_followed_by_its_heir() -> None:
    identity.load_divisions(MERGED)
    assert _send(FIGURE, key=_key("kenko-kosodate")).status_code == 200


def test_the_key_of_a_division_that_is_no_more_enters_nothing() -> None:
    key = _key(HEALTH)
    identity.load_divisions(MERGED)
    assert _send(FIGURE, key=key).status_code == 403


def test_it_rejects_who_brings_no_key() -> None:
    answer = Client().post(
        f"/api/plans/{CODE}/measures/8/indicators/1/values", FIGURE, content_type="application/json"
    )
    assert answer.status_code == 401
    assert "Authorization: Bearer" in answer.json()["detail"]
    english = _send(FIGURE, key="wrong", **{"Accept-Language": "en"})
    assert english.status_code == 401
    assert "has not expired" in english.json()["detail"]


@pytest.mark.parametrize(("code", "number"), [(CODE, "99"), ("none", "8"), (CODE, "17")])
def test_it_says_that_there_is_no_such_indicator(code: str, number: str) -> None:
    assert _send(FIGURE, code=code, number=number).status_code == 404


def test_a_month_needs_no_whole_year() -> None:
    answer = _send({**FIGURE, "year": 2026, "month": 10, "value": 4})
    assert answer.status_code == 200, answer.content
    assert _standing(year=2026, month=10).value == 4


def test_a_ratio_is_divided_here() -> None:
    told = {"year": 2014, "numerator": 5000, "denominator": 18000, "source": "電子申請の集計"}
    answer = _send(told, code=THIRD, number="S1", key=_key("joho-suishin"))
    assert answer.status_code == 200, answer.content
    assert answer.json()["figure"]["value"] == "27.7778"
    again = _send(told, code=THIRD, number="S1", key=_key("joho-suishin"))
    assert again.json()["changed"] is False


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"[]", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[" * 15_000, "JSON"),
        ({**FIGURE, "colour": 1}, "colour"),
        ({**FIGURE, "year": None}, "year"),
        ({**FIGURE, "year": True}, "year"),
        ({**FIGURE, "year": "2024"}, "year"),
        ({**FIGURE, "year": 2024.5}, "year"),
        ({**FIGURE, "year": 2023}, "2024から2028まで"),
        ({**FIGURE, "year": 2029}, "2024から2028まで"),
        ({**FIGURE, "year": 2027}, "まだ始まっていない年度"),
        ({**FIGURE, "year": 2026}, "月ごとの数値"),
        ({**FIGURE, "year": 2026, "month": 12}, "まだ来ていない月"),
        ({**FIGURE, "year": 2026, "month": 3}, "まだ来ていない月"),
        ({**FIGURE, "year": 2026, "month": 11}, "provisional"),
        ({**FIGURE, "month": 13}, "1から12まで"),
        ({**FIGURE, "month": 0}, "1から12まで"),
        ({**FIGURE, "value": None}, "0ではなく"),
        ({**FIGURE, "value": "四十五"}, "数値ではありません"),
        ({**FIGURE, "value": "４５"}, "数値ではありません"),
        ({**FIGURE, "value": "1,234"}, "数値ではありません"),
        ({**FIGURE, "value": ""}, "数値ではありません"),
        ({**FIGURE, "value": [45]}, "数値ではありません"),
        ({**FIGURE, "value": True}, "数値ではありません"),
        (b'{"year": 2024, "value": NaN, "source": "x"}', "数値ではありません"),
        (b'{"year": 2024, "value": -Infinity, "source": "x"}', "数値ではありません"),
        (b'{"year": 2024, "value": 1e99999999999999999999, "source": "x"}', "桁が多すぎます"),
        ({**FIGURE, "value": "e"}, "数値ではありません"),
        ({**FIGURE, "value": "1-1"}, "数値ではありません"),
        ({**FIGURE, "value": "sNaN"}, "数値ではありません"),
        (b'{"year": 2024, "value": 1e999999999, "source": "x"}', "桁が多すぎます"),
        (b'{"year": 2024, "value": 1e-99999, "source": "x"}', "桁が多すぎます"),
        (b'{"year": 2024, "value": ' + b"9" * 5000 + b', "source": "x"}', "桁が多すぎます"),
        ({**FIGURE, "value": "1e99999999999999999999"}, "桁が多すぎます"),
        ({**FIGURE, "value": 10**15}, "桁が多すぎます"),
        ({**FIGURE, "value": "1.00001"}, "桁が多すぎます"),
        ({**FIGURE, "value": "45.5"}, "小数を使いません"),
        (b'{"year": 2024, "value": 45, "value": 46, "source": "x"}', "2回書かれています"),
        ({**FIGURE, "value": -1}, "0以上"),
        ({**FIGURE, "numerator": 1, "denominator": 2}, "割合ではありません"),
        ({**FIGURE, "status": "done"}, "provisional, final, revised"),
        ({**FIGURE, "status": ["final"]}, "provisional, final, revised"),
        ({**FIGURE, "source": ""}, "出どころ"),
        ({**FIGURE, "source": " "}, "出どころ"),
        ({**FIGURE, "source": 5}, "1行の文字"),
        ({**FIGURE, "source": "x\u0000y"}, "1行の文字"),
        (b'{"year": 2024, "value": 1, "source": "\\ud800"}', "1行の文字"),
        ({**FIGURE, "source": "出" * 301}, "300文字まで"),
        ({**FIGURE, "reason": "出" * 301}, "300文字まで"),
    ],
)
def test_it_says_what_does_not_fit(told: Any, words: str) -> None:
    answer = _send(told)
    assert answer.status_code == 422, answer.content
    assert words in answer.json()["detail"]
    assert not Value.objects.filter(fiscal_year__gte=2024).exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"value": 30}, "両方"),
        ({"numerator": 5000}, "両方"),
        ({"numerator": 5000, "denominator": 0}, "計算できません"),
        ({"numerator": -5, "denominator": 10}, "0以上"),
        ({"numerator": 10**14, "denominator": "0.0001"}, "割合が大きすぎます"),
        ({"numerator": 5000, "denominator": 18000, "value": 30}, "合いません"),
    ],
)
def test_it_says_what_does_not_fit_of_a_ratio(told: dict[str, Any], words: str) -> None:
    told = {"year": 2014, "source": "電子申請の集計", **told}
    answer = _send(told, code=THIRD, number="S1", key=_key("joho-suishin"))
    assert answer.status_code == 422
    assert words in answer.json()["detail"]


def test_refusals_are_in_the_senders_language() -> None:
    answer = _send({**FIGURE, "value": "x"}, **{"Accept-Language": "en"})
    assert "value is not a number" in answer.json()["detail"]


def test_it_rejects_a_message_that_is_too_large() -> None:
    answer = _send(b" " * (entering.LARGEST + 1))
    assert answer.status_code == 413
    assert "16KB" in answer.json()["detail"]


def test_a_metered_year_is_replaced_whole_and_with_a_reason_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meter = metering.declared_meter("mynumber_card.issued")
    assert isinstance(meter, metering.Loaded)
    metering.load_figures(
        meter=meter,
        figures=[metering.MonthFigure(month=date(2026, 9, 1), value=Decimal(165_000))],
        giver=metering.Giver(actor="k" * 22, division="shimin", way="api"),
        clock=lambda: NOW,
    )
    told = {"year": 2026, "value": 165500, "status": "provisional", "source": "住民記録"}
    asked = {"number": "1", "key": _key("shimin")}
    assert "自動計測か取込の数値" in _send(told, **asked).json()["detail"]
    month = {**told, "month": 9, "reason": "数え直し"}
    assert "月ごとには替えられません" in _send(month, **asked).json()["detail"]
    assert _send({**told, "reason": "数え直し"}, **asked).status_code == 200
    free = {**told, "year": 2024, "status": "final"}
    assert _send(free, **asked).status_code == 200


def test_a_key_sends_so_many_messages_a_minute() -> None:
    key = _key()
    *taken, refused = [_send(FIGURE, key=key) for _ in range(61)]
    assert {each.status_code for each in taken} == {200}
    assert refused.status_code == 429
    assert f"{refused['Retry-After']}秒待って" in refused.json()["detail"]
    english = _send(FIGURE, key=key, **{"Accept-Language": "en"})
    assert english.json()["detail"].startswith("Too much was sent")


def test_entering_asks_the_database_a_bounded_number_of_times(
    django_assert_max_num_queries: Any,
) -> None:
    key = _key()
    with django_assert_max_num_queries(31):
        _send(FIGURE, key=key)


MERGED = {
    "divisions": [
        {"code": "kenko", "terms": [{"from": 2014, "to": 2025, "name": "健康課", "en": "Health"}]},
        {
            "code": "kenko-kosodate",
            "terms": [{"from": 2026, "name": "健康子育て課", "en": "Health"}],
        },
    ],
    "successions": [{"year": 2026, "before": ["kenko"], "after": ["kenko-kosodate"]}],
}
