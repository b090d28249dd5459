"""The year's screens: each sees what is hers, nothing typed is lost, and a page costs a bounded number of queries."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tsunagari.engines.cycle.actions.move_part import submit_part
from tsunagari.engines.cycle.models import Cycle, Deadline, Opinion
from tsunagari.engines.cycle.tests.years import (
    PLAN,
    SHIMIN,
    YEAR,
    at,
    moved_to,
    opened,
    sheet_of,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

HERE = f"/console/year/{PLAN}/{YEAR}/"
OURS = f"{HERE}sheets/6/"


def words(response: Any) -> str:
    return str(response.content.decode())


def base_of(page: str) -> str:
    """What the form remembers of the texts as they were shown."""
    found = re.search(r'name="base" value="([^"]*)"', page)
    assert found
    return found[1].replace("&quot;", '"')


@pytest.fixture
def year(city: None, db: None) -> Cycle:
    """An open year."""
    return opened()


def test_a_clerk_sees_the_sheets_of_her_division_and_no_others(
    year: Cycle, clerk_client: Client, other_clerk_client: Client
) -> None:
    page = words(clerk_client.get(HERE))
    assert "おくやみ窓口" in page
    assert "全4件のうち 4件" in page
    assert "課ごとの進み具合" not in page
    assert other_clerk_client.get(OURS).status_code == 404


def test_the_committee_reads_every_sheet_and_writes_none(
    year: Cycle, committee_client: Client
) -> None:
    assert "全30件のうち 30件" in words(committee_client.get(HERE))
    page = committee_client.get(OURS)
    assert page.status_code == 200
    assert ">保存する</button>" not in page.content.decode()
    assert committee_client.post(OURS, {"planned": "書き換え"}).status_code == 403


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/console/year/open/", {"year": f"{PLAN}/2026"}),
        (f"{HERE}move/", {"seen": "planning", "comment": "急ぐため"}),
        (f"{HERE}remind/", {"step": "plan", "division": "shimin"}),
        (f"{HERE}settings/", {}),
        (f"{OURS}review/", {"part": "plan"}),
    ],
)
def test_what_is_the_secretariats_is_refused_to_a_clerk(
    year: Cycle, clerk_client: Client, address: str, data: dict[str, str]
) -> None:
    assert clerk_client.post(address, data).status_code == 403


def test_a_division_without_clerks_is_not_reminded_and_the_secretariat_is_told(
    year: Cycle, secretariat_client: Client
) -> None:
    data = {"step": "plan", "division": year.sheets.exclude(division="joho-suishin")[0].division}
    answer = secretariat_client.post(f"{HERE}remind/", data, follow=True)
    assert "お知らせを受け取る職員が登録されていません" in words(answer)
    assert not year.reminders.exists()


def test_a_fault_stands_beside_its_field_and_nothing_typed_is_lost(
    year: Cycle, clerk_client: Client
) -> None:
    page = words(clerk_client.get(OURS))
    answer = words(
        clerk_client.post(
            OURS, {"base": base_of(page), "planned": "窓口を広げます。", "budget": "たくさん"}
        )
    )
    assert "窓口を広げます。" in answer
    assert 'value="たくさん"' in answer
    assert 'id="id_budget_error"' in answer


def test_criteria_are_settled_before_the_check(year: Cycle, clerk_client: Client) -> None:
    sheet = sheet_of(year, "6")
    write(sheet, SHIMIN, criteria="費用の見通しがある")
    assert 'name="criteria"' in words(clerk_client.get(OURS))
    moved_to(year, "checking")
    page = words(clerk_client.get(OURS))
    assert 'name="planned"' in page
    assert 'name="criteria"' not in page
    assert "費用の見通しがある" in page
    answer = words(clerk_client.post(OURS, {"base": base_of(page), "criteria": "いつでもよい"}))
    assert "点検の前に決めておくものです" in answer
    assert "いつでもよい" in answer
    sheet.refresh_from_db()
    assert sheet.criteria == "費用の見通しがある"


def test_a_target_of_another_year_names_its_year(year: Cycle, secretariat_client: Client) -> None:
    page = words(secretariat_client.get(OURS))
    row = page.split('id="actuals"')[1].split("</table>")[0]
    assert "770件" in row
    assert "令和10年度" in row


def test_of_two_on_one_field_the_second_sees_both_and_saves_knowingly(
    year: Cycle, clerk_client: Client
) -> None:
    page = words(clerk_client.get(OURS))
    write(sheet_of(year, "6"), SHIMIN, planned="先に書いた人")
    answer = clerk_client.post(OURS, {"base": base_of(page), "planned": "後から書いた人"})
    assert answer.status_code == 409
    assert "先に書いた人" in words(answer)
    assert "後から書いた人" in words(answer)
    again = clerk_client.post(OURS, {"base": base_of(words(answer)), "planned": "後から書いた人"})
    assert again.status_code == 302
    assert sheet_of(year, "6").planned == "後から書いた人"


def test_a_base_that_was_meddled_with_breaks_nothing(year: Cycle, clerk_client: Client) -> None:
    for base in ("", "{", json.dumps([1]), json.dumps({"planned": 5})):
        answer = clerk_client.post(OURS, {"base": base, "planned": "窓口を広げます。"})
        assert answer.status_code in (302, 409)


def refused_at(page: str, field: str) -> bool:
    """Whether a page says in its summary and at the field that something is wrong there."""
    return f'<a href="#{field}">' in page and f'id="{field}_error"' in page and "autofocus" in page


def test_an_opinion_that_is_refused_is_shown_again_with_what_was_typed(
    year: Cycle, committee_client: Client
) -> None:
    moved_to(year, "committee")
    for here in (HERE, OURS):
        long = "長" * 2001
        page = words(committee_client.post(f"{here}opinion/", {"text": long}, follow=True))
        assert refused_at(page, "id_opinion")
        assert long in page
        assert not refused_at(words(committee_client.get(here)), "id_opinion")
        empty = words(committee_client.post(f"{here}opinion/", {"text": " "}, follow=True))
        assert refused_at(empty, "id_opinion")
    assert not Opinion.objects.exists()


def test_an_empty_answer_is_told_at_its_field_which_is_open(
    year: Cycle, secretariat_client: Client, committee_client: Client
) -> None:
    moved_to(year, "committee")
    for here in (HERE, OURS):
        committee_client.post(f"{here}opinion/", {"text": "続けてください。"})
        row = Opinion.objects.latest("made_at")
        sent = {"answer": row.public_id, "text": ""}
        page = words(secretariat_client.post(f"{here}opinion/", sent, follow=True))
        field = f"id_answer_{row.public_id}"
        assert refused_at(page, field)
        assert page.count('<details class="ts-disclosure" open>') == 1
        sent["text"] = "続けます。"
        done = secretariat_client.post(f"{here}opinion/", sent, follow=True)
        assert done.redirect_chain == [(here, 302)]
        assert "保存しました。" in words(done)


def test_giving_back_without_a_reason_is_told_at_the_field(
    year: Cycle, secretariat_client: Client
) -> None:
    write(sheet_of(year, "6"), SHIMIN, planned="窓口を広げます。")
    submit_part(sheet=sheet_of(year, "6").public_id, part="plan", hand=SHIMIN, clock=at())
    sent = {"part": "plan", "return": "", "comment": ""}
    page = words(secretariat_client.post(f"{OURS}review/", sent, follow=True))
    assert refused_at(page, "id_comment_plan")
    assert sheet_of(year, "6").plan_state == "submitted"


def test_moving_on_or_back_without_a_reason_is_told_at_the_field(
    year: Cycle, secretariat_client: Client
) -> None:
    page = words(secretariat_client.post(f"{HERE}move/", {"seen": "planning"}, follow=True))
    assert refused_at(page, "id_comment")
    sent = {"seen": "checking", "comment": "もう進んだはず"}
    page = words(secretariat_client.post(f"{HERE}move/", sent, follow=True))
    assert refused_at(page, "id_comment")
    assert "もう進んだはず</textarea>" in page


def test_a_year_that_cannot_be_opened_is_told_at_the_field(
    year: Cycle, secretariat_client: Client
) -> None:
    page = words(secretariat_client.post("/console/year/open/", {"year": ""}, follow=True))
    assert refused_at(page, "id_year")


@pytest.mark.parametrize(("address", "most"), [(HERE, 20), (OURS, 25), ("/console/year/", 22)])
def test_each_screen_costs_a_bounded_number_of_queries(
    year: Cycle,
    secretariat_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    most: int,
) -> None:
    secretariat_client.get(address)
    with django_assert_max_num_queries(most):
        assert secretariat_client.get(address).status_code == 200


def test_a_members_start_page_names_the_year_its_plan_and_the_next_day(
    year: Cycle, clerk_client: Client
) -> None:
    Deadline.objects.filter(cycle=year, step="plan").update(day=date(2027, 5, 14))
    page = words(clerk_client.get("/console/year/"))
    assert "書く調書が4件あります" in page
    assert "基本方針 令和7年度、期限は令和9年5月14日（金）" in page
    assert "急ぎ" not in page
    Deadline.objects.filter(cycle=year, step="plan").update(day=date(2025, 5, 14))
    page = words(clerk_client.get("/console/year/"))
    assert "期限の令和7年5月14日（水）を過ぎています" in page
    assert "急ぎ" in page


def test_a_day_that_is_over_is_said_while_somebody_still_has_it_to_do(
    year: Cycle, secretariat_client: Client
) -> None:
    Deadline.objects.filter(cycle=year).update(day=date(2025, 5, 14))
    assert words(secretariat_client.get(HERE)).count("過ぎています") == 1
    year.sheets.update(plan_state="accepted")
    assert "過ぎています" not in words(secretariat_client.get(HERE))


def test_a_closed_year_promises_no_mails(year: Cycle, secretariat_client: Client) -> None:
    assert "自動でメールを送ります" in words(secretariat_client.get(HERE))
    Cycle.objects.filter(pk=year.pk).update(phase="frozen")
    assert "自動でメールを送ります" not in words(secretariat_client.get(HERE))


def test_what_is_missing_to_hand_in_is_announced_before_it_is_listed(
    year: Cycle, clerk_client: Client
) -> None:
    page = words(clerk_client.get(OURS))
    sent = {"base": base_of(page), "budget": "1200000", "submit": "plan", "planned": ""}
    answer = words(clerk_client.post(OURS, sent))
    assert answer.index("入力した内容は保存しました") < answer.index('id="error-summary"')


def test_what_others_saved_stands_beside_hers_as_people_read_it(
    year: Cycle, clerk_client: Client
) -> None:
    page = words(clerk_client.get(OURS))
    write(sheet_of(year, "6"), SHIMIN, budget="1200000")
    sent = {"base": base_of(page), "budget": "９８００００"}
    answer = words(clerk_client.post(OURS, sent))
    table = answer.split('id="conflict"')[1].split("</section>")[0]
    assert '<a href="#id_budget">' in table
    assert ">1,200,000円<" in table
    assert ">980,000円<" in table
    assert "令和8年11月20日" in table


def test_the_committee_is_asked_for_its_opinions_alone_and_in_its_phase(
    year: Cycle, committee_client: Client
) -> None:
    assert "いま対応が必要なものはありません" in words(committee_client.get("/console/year/"))
    moved_to(year, "committee")
    assert "意見を書ける調書が30件あります" in words(committee_client.get("/console/year/"))
    assert "実績が" not in words(committee_client.get("/console/"))
