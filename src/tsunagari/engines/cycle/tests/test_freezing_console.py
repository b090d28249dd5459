"""The secretariat closes a year on the screen, looks at an erratum before it is published, and loses nothing typed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.models import Cycle, Frozen
from tsunagari.engines.cycle.queries.published import report
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    YEAR,
    acting_year,
    enter,
    freeze,
    indicator_of,
    load_city,
)
from tsunagari.engines.plan import api as plan_api

pytestmark = pytest.mark.django_db
PLACE = f"/console/year/{CODE}/{YEAR}"


@pytest.fixture(scope="module", autouse=True)
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans of Nishitokyo, and a year that waits to be closed."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        enter("8", YEAR, "40")
        acting_year()
        rows.written()
        yield


def _read(client: Client, address: str, status: int = 200, **data: Any) -> str:
    answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def test_closing_shows_the_counts_and_asks_twice(secretariat_client: Client) -> None:
    page = _read(secretariat_client, f"{PLACE}/freeze/")
    assert "足りないものはありません" in page
    assert "決算額の合計は30,000,000円です" in page
    again = _read(secretariat_client, f"{PLACE}/freeze/", reason="")
    assert "確かめたら、印を付けてください" in again
    assert not Frozen.objects.exists()
    answer = secretariat_client.post(f"{PLACE}/freeze/", {"sure": "on"})
    assert (answer.status_code, answer["Location"]) == (302, f"{PLACE}/errata/")
    assert Frozen.objects.count() == 1
    assert "この年度は確定しています" in _read(secretariat_client, f"{PLACE}/freeze/")


def test_gaps_are_named_with_the_way_to_their_sheets(secretariat_client: Client) -> None:
    cycle = Cycle.objects.get()
    cycle.sheets.filter(order=3).update(check_state="submitted")
    page = _read(secretariat_client, f"{PLACE}/freeze/")
    assert "点検・評価を受理していない取組（1件）" in page
    assert 'sheets/3/"' in page
    refused = _read(secretariat_client, f"{PLACE}/freeze/", sure="on", reason="")
    assert "理由を入力してください" in refused
    answer = secretariat_client.post(f"{PLACE}/freeze/", {"sure": "on", "reason": "災害対応のため"})
    assert answer.status_code == 302


def test_what_is_not_decided_is_named_in_the_readers_language_with_the_way_to_its_decision(
    secretariat_client: Client,
) -> None:
    cycle = Cycle.objects.get()
    sheet = cycle.sheets.get(order=3)
    cycle.decisions.filter(sheets=sheet).delete()
    secretariat_client.cookies["django_language"] = "en"
    page = _read(secretariat_client, f"{PLACE}/freeze/")
    (head,) = plan_api.measures_by_id([sheet.measure], "en").values()
    assert f'<a href="{PLACE}/decisions/measures/3/">3 {head.name}</a>' in page
    assert head.name.isascii()


def test_what_is_not_carried_out_has_the_way_to_its_decision_and_to_carrying_out(
    secretariat_client: Client,
) -> None:
    cycle = Cycle.objects.get()
    cycle.decisions.filter(sheets__order=3).update(carried_at=None)
    page = _read(secretariat_client, f"{PLACE}/freeze/")
    assert "決定を計画に反映していない取組（1件）" in page
    assert f'href="{PLACE}/decisions/measures/3/"' in page
    assert f'href="{PLACE}/decisions/carry-out/"' in page


def test_two_who_close_at_once_one_is_told(secretariat_client: Client) -> None:
    freeze(Cycle.objects.get())
    page = _read(secretariat_client, f"{PLACE}/freeze/", 409, sure="on", reason="")
    assert "もう確定しています" in page


def test_a_year_in_another_phase_says_what_to_do(secretariat_client: Client) -> None:
    Cycle.objects.update(phase="checking")
    page = _read(secretariat_client, f"{PLACE}/freeze/")
    assert "まだ確定できません" in page
    assert "確定して公表する</button>" not in page
    assert "まだ確定していません" in _read(secretariat_client, f"{PLACE}/errata/")


@pytest.mark.parametrize("screen", ["freeze/", "errata/", "errata/new/?measure=2"])
def test_a_clerk_is_sent_away_in_words(clerk_client: Client, screen: str) -> None:
    assert "事務局が行います" in _read(clerk_client, f"{PLACE}/{screen}", 403)


def _standing(number: str) -> dict[str, Any]:
    held = report(CODE, YEAR, language="ja")
    assert held is not None
    measure = held.book.measure(number)
    assert measure is not None
    return {"done": measure.done, "comment": measure.comment, "settled": str(measure.settled)}


def test_an_erratum_is_typed_looked_at_and_published(secretariat_client: Client) -> None:
    freeze(Cycle.objects.get())
    place = f"{PLACE}/errata/new/"
    assert "第1版の内容です" in _read(secretariat_client, f"{place}?measure=2")
    typed = {**_standing("2"), "settled": "２，０００，０００円"}
    look = _read(secretariat_client, place, step="look", measure="2", seen="1", draft="[]", **typed)
    assert "1,000,000円" in look
    assert "2,000,000円" in look
    held = report(CODE, YEAR, language="ja")
    measure = held.book.measure("2") if held else None
    assert measure is not None
    assert f"<div>2 {measure.name}</div>" in look
    assert "1年間に実施したこと" not in look
    assert Frozen.objects.count() == 1
    draft = '[["2", "settled", "2000000"]]'
    unsaid = _read(secretariat_client, place, step="publish", seen="1", draft=draft, reason="")
    assert "訂正する理由を入力してください" in unsaid
    assert "2,000,000円" in unsaid
    answer = secretariat_client.post(
        place, {"step": "publish", "seen": "1", "draft": draft, "reason": "転記の誤り"}
    )
    assert answer.status_code == 302
    listed = _read(secretariat_client, f"{PLACE}/errata/")
    assert "第2版" in listed
    assert "転記の誤り" in listed
    assert "2,000,000円" in listed
    sheet = _read(secretariat_client, f"{PLACE}/sheets/2/")
    assert "この調書は、確定したときのままです" in sheet
    assert "1,000,000円 → 2,000,000円" in sheet
    assert "替えられます" not in sheet
    assert "確定したときのまま" not in _read(secretariat_client, f"{PLACE}/sheets/3/")


@pytest.mark.parametrize(
    ("spoken", "wanted"),
    [
        ("ja", ("（令和7年度）", "B 目標どおり", "A 目標を上回った", "1,234")),
        ("en", ("(FY2025)", "B On target", "A Above target", "1,234")),
    ],
)
def test_an_erratum_is_shown_in_the_words_of_the_report(
    secretariat_client: Client, spoken: str, wanted: tuple[str, ...]
) -> None:
    freeze(Cycle.objects.get())
    secretariat_client.cookies["django_language"] = spoken
    typed = {**_standing("8"), "grade": "A", f"{indicator_of('8').public_id}.{YEAR}": "1234"}
    look = _read(
        secretariat_client, f"{PLACE}/errata/new/", step="look", measure="8", seen="1", draft="[]", **typed,
    )  # fmt: skip
    table = look.split("<tbody>")[1].split("</tbody>")[0]
    for words in wanted:
        assert words in table
    if spoken == "en":
        assert table.isascii()


def test_the_measure_that_is_corrected_is_chosen_by_whoever_corrects_it(
    secretariat_client: Client,
) -> None:
    freeze(Cycle.objects.get())
    page = _read(secretariat_client, f"{PLACE}/errata/")
    assert re.search(r'<select name="measure"[^>]*> ?<option value="">', page)
    answer = secretariat_client.get(f"{PLACE}/errata/new/?measure=", follow=True)
    assert '<a href="#id_measure">直す取組を選んでください。</a>' in answer.content.decode()
    draft = '[["2", "comment", "改めた。"]]'
    page = _read(
        secretariat_client, f"{PLACE}/errata/new/", step="edit", measure="", draft=draft, seen="1", reason="誤り",
    )  # fmt: skip
    assert 'id="id_measure_error"' in page
    assert "改めた。" in page
    assert "誤り</textarea>" in page


def test_corrections_of_several_measures_make_one_erratum(secretariat_client: Client) -> None:
    freeze(Cycle.objects.get())
    place = f"{PLACE}/errata/new/"
    draft = '[["2", "settled", "2000000"]]'
    form = _read(
        secretariat_client, place, step="edit", measure="3", seen="1", draft=draft, reason="誤り"
    )
    assert "3 " in form
    typed = {**_standing("3"), "comment": "改めた。"}
    look = _read(
        secretariat_client, place, step="look", measure="3", seen="1", draft=draft, reason="誤り", **typed,
    )  # fmt: skip
    assert "改めた。" in look
    assert "2000000" in look
    assert "誤り</textarea>" in look


def test_what_cannot_be_stands_beside_its_field_and_nothing_typed_is_lost(
    secretariat_client: Client,
) -> None:
    freeze(Cycle.objects.get())
    indicator = f"{indicator_of('8').public_id}.{YEAR}"
    typed = {**_standing("8"), "comment": "書き直した文章", indicator: "四十"}
    page = _read(
        secretariat_client, f"{PLACE}/errata/new/", step="look", measure="8", seen="1", draft="[]", **typed,
    )  # fmt: skip
    assert "書き直した文章" in page
    assert "四十" in page
    assert "error-summary" in page


def test_nothing_changed_is_said(secretariat_client: Client) -> None:
    freeze(Cycle.objects.get())
    page = _read(
        secretariat_client, f"{PLACE}/errata/new/", step="look", measure="2", seen="1", draft="[]", **_standing("2"),
    )  # fmt: skip
    assert "変わったところがありません" in page


def test_an_erratum_on_an_old_version_is_told_with_what_was_typed(
    secretariat_client: Client,
) -> None:
    freeze(Cycle.objects.get())
    place = f"{PLACE}/errata/new/"
    first = {
        "step": "publish",
        "seen": "1",
        "draft": '[["2", "comment", "一つ目"]]',
        "reason": "誤り",
    }
    assert secretariat_client.post(place, first).status_code == 302
    page = _read(
        secretariat_client, place, 409, step="publish", seen="1", draft='[["2", "comment", "二つ目"]]', reason="別の誤り",
    )  # fmt: skip
    assert "ほかの人が先に正誤を公表しました" in page
    assert "二つ目" in page
    assert "別の誤り" in page


@pytest.mark.parametrize(
    "draft", ["", "x", "[1]", "{}", '[["99", "done", "x"]]', '[["2", "nowhere", "x"]]']
)
def test_a_draft_that_no_screen_wrote_does_no_harm(secretariat_client: Client, draft: str) -> None:
    freeze(Cycle.objects.get())
    answer = secretariat_client.post(
        f"{PLACE}/errata/new/", {"step": "publish", "seen": "1", "draft": draft, "reason": "x"}
    )
    assert answer.status_code in (302, 409)
    assert Frozen.objects.count() == 1
