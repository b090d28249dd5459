"""A decision revises an indicator itself: kept with its reason, told by field, carried out only as it stood."""

import io
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from tsunagari.engines.cycle.actions.carry_out import preview
from tsunagari.engines.cycle.actions.carrying import CarryRefused
from tsunagari.engines.cycle.actions.decide import DecisionRefused
from tsunagari.engines.cycle.actions.freeze_year import freeze_year
from tsunagari.engines.cycle.console.decision_words import decision_lines, outcome_words
from tsunagari.engines.cycle.models import Cycle, Decision
from tsunagari.engines.cycle.queries.published import report
from tsunagari.engines.cycle.queries.year_workbook import year_workbook
from tsunagari.engines.cycle.queries.yearbook import yearbooks
from tsunagari.engines.cycle.rules.text_revisions import WantedTextRevision
from tsunagari.engines.cycle.rules.yearbook import Yearbook
from tsunagari.engines.cycle.tests.deciding_years import (  # noqa: F401 - a fixture is used by its name
    acting_year,
    carried,
    decided,
    head,
    heir,
    reviewed,
    revision,
    state,
)
from tsunagari.engines.cycle.tests.test_deciding_console import HERE, form, get
from tsunagari.engines.cycle.tests.years import NOW, PLAN, SECRETARIAT, YEAR, at
from tsunagari.engines.plan import api as plan_api

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]
WHY = "世帯で数えるほうが正確なため"
NUMBER = "8"


def indicator(number: str = NUMBER) -> str:
    return head(number).indicators[0].public_id


def text(key: str = "name", number: str = NUMBER) -> str:
    return plan_api.indicator_texts([indicator(number)])[indicator(number)][key]


def revised(new: str, key: str = "name", number: str = NUMBER, **more: str) -> WantedTextRevision:
    given = {"old": text(key, number), "reason": WHY, **more}
    return WantedTextRevision(indicator=indicator(number), key=key, new=new, **given)


def rename_by_hand(name: str) -> None:
    plan_api.revise_indicator(
        indicator=indicator(),
        old={"name": text()},
        new={"name": name},
        by=plan_api.Editor(actor=SECRETARIAT.actor, division="", reason="訂正", now=NOW),
    )


def refused(cycle: Cycle, *texts: WantedTextRevision, **more: Any) -> dict[str, str]:
    with pytest.raises(DecisionRefused) as fault:
        decided(cycle, more.pop("kind", "improve"), NUMBER, texts=texts, **more)
    return dict(fault.value.faults)


def test_what_is_wrong_is_told_by_field() -> None:
    cycle = acting_year()
    assert "text-0-reason" in refused(cycle, revised("新しい名前", reason=""))
    assert "同じです" in refused(cycle, revised(text()))["text-0-new"]
    assert "ほかの人" in refused(cycle, revised("新", old="別の名前"))["text-0-new"]
    assert "入力してください" in refused(cycle, revised(""))["text-0-new"]
    wrong = refused(cycle, revised("新しい名前"), revised("長" * 21, "unit"))
    assert list(wrong) == ["text-1-new"]
    assert "texts" in refused(cycle, revised("新しい名前"), kind="abolish")
    assert "ない指標" in refused(cycle, replace(revised("新"), key="meter"))["text-0-new"]
    left = refused(cycle, revised("新"), kind="split", heirs=(heir("91", NUMBER, indicators=()), heir("92", NUMBER, indicators=())))  # fmt: skip
    assert "引き継がれません" in left["text-0-new"]


def test_it_is_kept_shown_and_carried_out_with_its_reason(client: Client) -> None:
    cycle = acting_year()
    old, unit = text(), text("unit")
    decided(cycle, "improve", NUMBER, texts=(revised("改めた指標"), revised("世帯", "unit")))
    row = Decision.objects.get()
    assert [(e.key, e.old, e.new, e.reason) for e in row.text_revisions.all()] == [
        ("name", old, "改めた指標", WHY),
        ("unit", unit, "世帯", WHY),
    ]
    told = dict(decision_lines(row))["指標の見直し"]
    assert f"「{old}」の指標の名前：{old} → 改めた指標（{WHY}）" in told
    shown = preview(cycle=cycle.public_id, hand=SECRETARIAT, clock=at())
    assert text() == old
    (done,) = outcome_words(shown)
    assert (
        f"指標「{old}」の「指標の名前」が、「{old}」から「改めた指標」に変わります。" in done.lines
    )
    with translation.override("en"):
        (english,) = outcome_words(preview(cycle=cycle.public_id, hand=SECRETARIAT, clock=at()))
    assert "changes from" in english.lines[0]
    carried(cycle)
    assert (text(), text("unit")) == ("改めた指標", "世帯")
    row.refresh_from_db()
    assert dict(decision_lines(row))["指標の見直し"] == told
    assert WHY in client.get(f"/plan/{PLAN}/{NUMBER}/").content.decode()


def test_where_another_text_stands_by_now_nothing_is_carried_out() -> None:
    cycle = acting_year()
    broken = decided(cycle, "improve", NUMBER, texts=(revised("改めた指標"),))
    rename_by_hand("ほかの人の名前")
    shown = preview(cycle=cycle.public_id, hand=SECRETARIAT, clock=at())
    assert [each.decision for each in shown.wrong] == [broken]
    with pytest.raises(CarryRefused, match="決定のあとに変わっています"):
        carried(cycle)
    assert text() == "ほかの人の名前"


def test_of_a_merger_the_heirs_indicator_is_revised() -> None:
    cycle = acting_year()
    old = text()
    decided(
        cycle,
        "merge",
        NUMBER,
        "2",
        heirs=(heir("90", NUMBER, "2"),),
        texts=(revised("改めた指標"),),
    )
    carried(cycle)
    assert "改めた指標" in [each.name for each in state("90").indicators]
    assert text() == old


def test_indicators_that_become_one_are_not_revised_in_two_ways(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cycle = acting_year()
    make = plan_api.make_heirs

    def of_one_meter(**given: Any) -> tuple[plan_api.MadeMeasure, ...]:
        """As where both count by one meter: they go on once."""
        (made,) = make(**given)
        only = made.indicators[indicator()]
        return (replace(made, indicators=dict.fromkeys(made.indicators, only)),)

    monkeypatch.setattr(plan_api, "make_heirs", of_one_meter)
    texts = (revised("一つ目"), revised("二つ目", "name", "2"))
    decided(cycle, "merge", NUMBER, "2", heirs=(heir("90", NUMBER, "2"),), texts=texts)
    with pytest.raises(CarryRefused, match="二通りに見直されています"):
        carried(cycle)


def test_the_years_report_keeps_the_names_of_the_year_and_tells_what_changes() -> None:
    cycle = acting_year()
    number, changed = revision(Decimal(777))
    name, unit = text("name", number), text("unit", number)
    texts = (revised("改めた指標", "name", number), revised("世帯", "unit", number), revised("Renamed", "name.en", number))  # fmt: skip
    decided(cycle, "improve", number, revisions=(changed,), texts=texts)
    before = yearbooks(cycle, now=NOW)
    carried(cycle)
    books = yearbooks(cycle, now=NOW)
    for language, book in books.items():
        measure, was = book.measure(number), before[language].measure(number)
        assert measure is not None
        assert was is not None
        assert [(i.name, i.unit) for i in measure.indicators] == [
            (i.name, i.unit) for i in was.indicators
        ]
        assert measure.decision is not None
        rows = [(each.part, each.old, each.new) for each in measure.decision.text_revisions]
        assert ("name", name, "改めた指標") in rows
        assert ("unit", unit, "世帯") in rows
        assert Yearbook.of_plain(book.plain()) == book
    told = books["ja"].measure(number)
    assert told is not None
    assert told.decision is not None
    assert {each.indicator for each in told.decision.text_revisions} == {name}
    assert {each.indicator for each in told.decision.revisions} == {name}


def test_a_later_year_bears_the_new_name() -> None:
    cycle = acting_year()
    decided(cycle, "improve", NUMBER, texts=(revised("改めた指標"),))
    carried(cycle)
    cycle.fiscal_year = YEAR + 1
    measure = yearbooks(cycle, now=NOW)["ja"].measure(NUMBER)
    assert measure is not None
    assert measure.indicators[0].name == "改めた指標"


def test_page_workbook_and_api_of_a_closed_year_tell_it(client: Client) -> None:
    cycle = acting_year()
    old = text()
    decided(cycle, "improve", NUMBER, texts=(revised("改めた指標"),))
    carried(cycle)
    freeze_year(cycle=cycle.public_id, reason="試験のため", hand=SECRETARIAT, clock=at())
    place = f"/reports/{PLAN}/{YEAR}/{NUMBER}/"
    page = client.get(place).content.decode()
    for words in ("指標の見直し", "改めた指標", WHY):
        assert words in page
    assert f">{old}</h2>" in page
    assert client.get(f"/en{place}").status_code == 200
    told = client.get(f"/api/reports/{PLAN}/{YEAR}/measures/{NUMBER}").json()
    assert told["decision"]["text_revisions"] == [
        {"indicator": old, "part": "name", "old": old, "new": "改めた指標", "reason": WHY}
    ]
    held = report(PLAN, YEAR, language="ja")
    assert held is not None
    assert _rows(year_workbook(held)) == [(NUMBER, old, "指標の名前", old, "改めた指標", WHY)]


def _rows(data: bytes) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(data))
    return list(book["目標と指標の変更"].iter_rows(min_row=2, values_only=True))


def test_a_year_that_was_sealed_before_is_still_read() -> None:
    cycle = acting_year()
    decided(cycle, "continue", NUMBER)
    carried(cycle)
    plain = json.loads(json.dumps(yearbooks(cycle, now=NOW)["ja"].plain()))
    for each in plain["measures"]:
        if each["decision"]:
            del each["decision"]["text_revisions"]
    held = Yearbook.of_plain({**plain, "format": 1}).measure(NUMBER)
    assert held is not None
    assert held.decision is not None
    assert held.decision.text_revisions == ()


def test_the_form_is_filled_with_what_stands_and_asks_for_a_reason(
    secretariat_client: Client,
) -> None:
    acting_year()
    address, key = f"{HERE}measures/{NUMBER}/", f"says-{indicator()}-name"
    page = get(secretariat_client, address)
    assert "指標を見直す" in page
    held = {**form(page), "kind": "improve", "reason": "見直す"}
    assert held[key] == text()
    secretariat_client.post(address, held)
    assert not Decision.objects.get().text_revisions.exists()
    kept = f"{HERE}kept/{Decision.objects.get().public_id}/"
    held = {**form(get(secretariat_client, kept)), key: "改めた\r\n指標"}
    page = secretariat_client.post(kept, held).content.decode()
    assert "指標を見直す理由を入力してください" in page
    assert '<details class="ts-disclosure" open' in page
    again = {**form(page), f"says-why-{indicator()}": WHY}
    assert secretariat_client.post(kept, again).status_code == 302
    row = Decision.objects.get().text_revisions.get()
    assert (row.old, row.new, row.reason) == (text(), "改めた 指標", WHY)
    back = get(secretariat_client, kept)
    assert form(back)[key] == "改めた 指標"
    assert f"いまの計画では「{text()}」" in back


def test_two_secretaries_see_each_others_revisions(secretariat_client: Client) -> None:
    cycle = acting_year()
    address, key = f"{HERE}measures/{NUMBER}/", f"says-{indicator()}-name"
    mine = {**form(get(secretariat_client, address)), "kind": "improve", "reason": "私の理由"}
    mine |= {key: "私の名前", f"says-why-{indicator()}": WHY}
    decided(cycle, "improve", NUMBER, texts=(revised("相手の名前"),))
    answer = secretariat_client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "相手の名前" in page
    assert form(page)[key] == "私の名前"


def test_what_the_plan_forbids_stands_beside_its_field(secretariat_client: Client) -> None:
    acting_year()
    address = f"{HERE}measures/{NUMBER}/"
    held = {**form(get(secretariat_client, address)), "kind": "improve", "reason": "見直す"}
    held |= {f"says-{indicator()}-name": "", f"says-why-{indicator()}": WHY}
    page = secretariat_client.post(address, held).content.decode()
    assert "指標の名前を入力してください" in page
    assert f'id="id_says-{indicator()}-name_error"' in page
    assert not Decision.objects.exists()
