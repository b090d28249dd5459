"""A call for comments from its first draft to the published results."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.workbook import read_workbook, write_workbook
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.decide_call import (
    ask_call,
    ask_results,
    decide_call,
    decide_results,
    withdraw_call,
)
from tsunagari.services.voice.listening.actions.erase_senders import erase_senders
from tsunagari.services.voice.listening.actions.refused import (
    NotYours,
    Overtaken,
    Refused,
    TooLate,
)
from tsunagari.services.voice.listening.actions.sort_opinions import (
    gather,
    seen_print,
    split_letter,
    write_group,
)
from tsunagari.services.voice.listening.actions.write_call import write_call
from tsunagari.services.voice.listening.models import Call, Letter, Opinion
from tsunagari.services.voice.listening.queries.calls import phase_at
from tsunagari.services.voice.listening.rules.calendar import closing_event
from tsunagari.services.voice.listening.rules.typed import GroupTyped
from tsunagari.services.voice.listening.tests.town import (
    CLERK,
    HEAD,
    NOON,
    OTHER,
    PDF,
    RECEIPT,
    at,
    call,
    hidden,
    open_now,
    opinion,
    page_of,
    ticket,
    typed_call,
)

pytestmark = pytest.mark.usefixtures("divisions")
LIST = "/services/listening/comments/"
DESK = "/console/listening/calls/"
ANSWERED = GroupTyped(
    title="木を増やす", summary="木を増やしてほしい。", kind="adopted", answer="増やします。"
)


def results_of_june(about: Call) -> str:
    """Two people, three opinions, one group, asked for approval; the group's public id."""
    first = opinion(about, "木を増やして。\n\nベンチも。", name="西東京 花子", mail="h@example.jp")
    opinion(about, "木がほしい。")
    found = Letter.objects.get(public_id=first.public_id)
    after = at("2026-07-02 00:00")
    split_letter(
        letter=first.public_id,
        pieces=["木を増やして。", "ベンチも。"],
        seen=seen_print(found),
        hand=CLERK,
        clock=after,
    )
    group = write_group(
        call=about.public_id, group="", typed=ANSWERED, version=0, hand=CLERK, clock=after
    )
    gather(
        call=about.public_id,
        group=group,
        opinions=[each.public_id for each in Opinion.objects.all()],
        put=True,
        hand=CLERK,
        clock=after,
    )
    ask_results(call=about.public_id, hand=CLERK, clock=after)
    return group


def publish(about: Call) -> None:
    decide_results(
        call=about.public_id,
        approve=True,
        comment="",
        publish_at=None,
        hand=HEAD,
        clock=at("2026-07-10 00:00"),
    )


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        ("2026-05-31 14:59:59", "announced"),
        ("2026-05-31 15:00:00", "open"),
        ("2026-06-30 14:59:59", "open"),
        ("2026-06-30 15:00:00", "sorting"),
    ],
)
def test_it_opens_and_closes_by_itself_at_midnight_in_japan(moment: str, phase: str) -> None:
    about = call(clock=at("2026-05-20 03:00"))
    assert phase_at(about, at(moment)()) == phase


def test_nobody_sees_it_before_the_head_has_approved(client: Client, head_client: Client) -> None:
    about = call(approved=False)
    assert client.get(f"{LIST}{about.public_id}/").status_code == 404
    with pytest.raises(NotYours):
        decide_call(
            call=about.public_id, version=1, approve=True, comment="", hand=CLERK, clock=NOON
        )


def test_a_head_does_not_approve_what_changed_behind_her_back() -> None:
    about = call(approved=False)
    ask_call(call=about.public_id, publish_at=None, hand=CLERK, clock=NOON)
    write_call(
        call=about.public_id, typed=typed_call(title="べつの案"), version=1, hand=CLERK, clock=NOON
    )
    ask_call(call=about.public_id, publish_at=None, hand=CLERK, clock=NOON)
    with pytest.raises(Overtaken):
        decide_call(
            call=about.public_id, version=1, approve=True, comment="", hand=HEAD, clock=NOON
        )


def test_two_clerks_who_write_a_call_at_once_lose_no_word() -> None:
    about = call(approved=False)
    key, clock = about.public_id, NOON
    write_call(call=key, typed=typed_call(summary="わたしの"), version=1, hand=CLERK, clock=clock)
    with pytest.raises(Overtaken) as told:
        write_call(call=key, typed=typed_call(summary="別の"), version=1, hand=CLERK, clock=clock)
    assert told.value.theirs["summary"] == "わたしの"
    assert Call.objects.get().summary == "わたしの"


def test_a_short_period_needs_a_reason() -> None:
    with pytest.raises(Refused, match="30日より短いとき"):
        call(closes=date(2026, 6, 29))
    assert call(closes=date(2026, 6, 29), short_reason="国の期限のため").short_reason


def test_it_is_taken_back_until_it_opens_and_not_after(client: Client) -> None:
    about = call(clock=at("2026-05-20 03:00"))
    withdraw_call(call=about.public_id, hand=CLERK, clock=at("2026-05-31 14:59"))
    assert client.get(f"{LIST}{about.public_id}/").status_code == 404
    again = call()
    with pytest.raises(Refused, match="募集が始まる前"):
        withdraw_call(call=again.public_id, hand=CLERK, clock=NOON)


def test_she_sends_an_opinion_and_looks_at_it_by_her_receipt(client: Client) -> None:
    about = open_now()
    address = f"{LIST}{about.public_id}/send/"
    typed = {"text": "木を増やして。", "part": "第2章 公園", "ticket": ticket()}
    check = client.post(address, typed).content.decode()
    assert "この内容で送りますか" in check
    for _ in range(2):  # a double click
        page = client.post(address, hidden(check) | {"step": "send"}).content.decode()
    held = Letter.objects.get()
    assert (held.text, held.part, held.number in page) == ("木を増やして。", "第2章 公園", True)
    code = page.split('listening-receipt__code">')[2].split("<")[0]
    told = client.post(RECEIPT, {"number": held.number, "code": code}).content.decode()
    assert "木を増やして。" in told
    assert "結果の公表をお待ちください" in told


def test_whoever_still_types_at_midnight_keeps_her_words(client: Client) -> None:
    today = japan_day(system_clock())
    about = call(
        clock=at("2026-01-05 03:00"), opens=date(2026, 1, 5), closes=today - timedelta(days=1)
    )
    typed = {"text": "もうすこしで書き終わる意見です。", "ticket": ticket(), "step": "send"}
    answer = client.post(f"{LIST}{about.public_id}/send/", typed)
    page = answer.content.decode()
    assert "募集は終わりました" in page
    assert "もうすこしで書き終わる意見です。" in page
    assert "市民課 窓口" in page
    assert not Letter.objects.exists()
    with pytest.raises(TooLate):
        opinion(about, "おそい", clock=system_clock)


def test_a_name_is_asked_for_where_the_call_says_so(client: Client) -> None:
    about = open_now(asks_name=True, asks_address=True)
    typed = {"text": "木を増やして。", "ticket": ticket()}
    page = client.post(f"{LIST}{about.public_id}/send/", typed).content.decode()
    assert "名前を書いてください。" in page
    assert "住所を書いてください。" in page
    assert "木を増やして。" in page


def test_results_tell_people_opinions_and_answers_to_all_and_to_each(client: Client) -> None:
    about = call()
    results_of_june(about)
    publish(about)
    page = page_of(client, f"{LIST}{about.public_id}/")
    assert "2人から、3件の意見がありました。" in page
    assert "増やします。" in page
    assert "西東京 花子" not in page
    table = client.get(f"{LIST}{about.public_id}/results.csv").content.decode("utf-8-sig")
    assert "木を増やす,木を増やしてほしい。,3,案に反映します,増やします。" in table
    (event,) = ledger.happened("listening.results_published")
    assert event.data == {"people": 2, "opinions": 3, "answered": 3}
    assert "結果公表" in page_of(client, LIST)


def test_results_wait_until_every_opinion_is_answered() -> None:
    about = call()
    opinion(about, "まだ読まれていない")
    with pytest.raises(Refused, match="まとまりに入っていない意見が1件"):
        ask_results(call=about.public_id, hand=CLERK, clock=at("2026-07-02 00:00"))


def test_what_is_sorted_while_the_head_reads_needs_her_approval_anew() -> None:
    about = call()
    group = results_of_june(about)
    write_group(
        call=about.public_id,
        group=group,
        typed=ANSWERED,
        version=1,
        hand=CLERK,
        clock=at("2026-07-03 00:00"),
    )
    with pytest.raises(Refused, match="承認を待っていません"):
        publish(about)


def test_two_clerks_who_split_or_answer_at_once_lose_no_word() -> None:
    about = call()
    receipt = opinion(about, "木と、ベンチと、水")
    seen = seen_print(Letter.objects.get())
    key = receipt.public_id
    split_letter(letter=key, pieces=["木", "ベンチと水"], seen=seen, hand=CLERK, clock=NOON)
    with pytest.raises(Overtaken) as told:
        split_letter(letter=key, pieces=["木と", "ほか"], seen=seen, hand=CLERK, clock=NOON)
    assert told.value.theirs["pieces"] == "木\n---\nベンチと水"
    group = write_group(
        call=about.public_id, group="", typed=ANSWERED, version=0, hand=CLERK, clock=NOON
    )
    with pytest.raises(Overtaken):
        write_group(
            call=about.public_id, group=group, typed=ANSWERED, version=0, hand=CLERK, clock=NOON
        )


def test_senders_of_opinions_are_erased_and_their_words_stay() -> None:
    about = call()
    results_of_june(about)
    publish(about)
    assert erase_senders(clock=at("2027-01-05 00:00")) == 0
    assert erase_senders(clock=at("2027-01-07 00:00")) == 2
    held = Letter.objects.exclude(text="木がほしい。").get()
    assert (held.name, held.mail, held.text[:7]) == ("", "", "木を増やして。")


def test_paper_is_typed_in_and_a_table_is_loaded_once(clerk_client: Client) -> None:
    about = open_now()
    day = japan_day(system_clock()) - timedelta(days=1)
    when = {"came_on_0": "", "came_on_1": day.year, "came_on_2": day.month, "came_on_3": day.day}
    typed = {"channel": "fax", "text": "ファクスの意見", "part": "", **when}
    answer = clerk_client.post(f"{DESK}{about.public_id}/typing/", typed)
    assert answer.status_code == 302, answer.content.decode()[:200]
    headers = ["届き方", "届いた日", "意見", "名前"]
    rows: list[list[str | date]] = [
        ["郵便", day, "=1+1 は式ではない", "東 花子"],
        ["窓口", day, "二通め", ""],
    ]
    data = write_workbook(headers, rows, title="意見")
    for _ in range(2):
        upload = SimpleUploadedFile("iken.xlsx", data)
        clerk_client.post(f"{DESK}{about.public_id}/loading/", {"file": upload})
    channels = sorted(Letter.objects.values_list("channel", flat=True))
    assert channels == ["counter", "fax", "paper"]
    wrong = write_workbook(headers, [["伝書鳩", day, "x", ""]], title="意見")
    page = clerk_client.post(
        f"{DESK}{about.public_id}/loading/", {"file": SimpleUploadedFile("x.xlsx", wrong)}
    ).content.decode()
    assert "2行目「届き方」" in page


def test_an_exported_table_reads_back_in_and_adds_nothing(clerk_client: Client) -> None:
    about = open_now()
    opinion(about, "木を増やして。", clock=system_clock, name="西東京 花子")
    answer = clerk_client.post(f"{DESK}{about.public_id}/export/")
    table = read_workbook(answer.content)
    assert table.rows[0].text("意見") == "木を増やして。"
    assert table.rows[0].text("名前") == ""
    upload = SimpleUploadedFile("back.xlsx", answer.content)
    clerk_client.post(f"{DESK}{about.public_id}/loading/", {"file": upload})
    assert Letter.objects.count() == 1


def test_documents_are_told_by_content_and_handed_out_as_files(
    clerk_client: Client, client: Client
) -> None:
    about = call(approved=False)
    desk = f"{DESK}{about.public_id}/"
    page = clerk_client.post(
        desk, {"do": "document", "file": SimpleUploadedFile("a.pdf", b"<html>")}
    ).content.decode()
    assert "登録できません" in page
    shown = open_now(title="みどり")
    document = shown.documents.get()
    answer = client.get(f"{LIST}{shown.public_id}/documents/{document.public_id}/")
    assert b"".join(answer) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    hiding = about.documents.get().public_id
    assert client.get(f"{LIST}{about.public_id}/documents/{hiding}/").status_code == 404
    assert client.get(f"{LIST}{shown.public_id}/documents/{hiding}/").status_code == 404


def test_a_clerk_makes_a_call_by_the_screens_and_her_head_approves(
    clerk_client: Client, head_client: Client, secretariat_client: Client
) -> None:
    today = japan_day(system_clock())
    last = today + timedelta(days=40)
    typed = {
        "title": "図書館の計画（案）",
        "summary": "あらまし",
        "contact": "窓口",
        "kept_days": "180",
        "version": "0",
        **_day("opens", today),
        **_day("closes", last),
    }
    made = clerk_client.post(f"{DESK}new/", typed)
    assert made.status_code == 302, made.content.decode()[-3000:]
    desk = made.headers["Location"]
    key = Call.objects.get().public_id
    assert "案の資料を1件以上" in clerk_client.post(desk, {"do": "ask"}).content.decode()
    clerk_client.post(desk, {"do": "document", "file": SimpleUploadedFile("an.pdf", PDF)})
    clerk_client.post(desk, {"do": "ask"})
    version = Call.objects.get().version
    assert clerk_client.post(desk, {"do": "approve", "version": version}).status_code == 403
    head_client.post(desk, {"do": "approve", "version": version})
    assert phase_at(Call.objects.get(), system_clock()) == "open"
    for screen in ("", "opinions/", "typing/", "loading/", "results/", "groups/new/", "table/"):
        assert clerk_client.get(f"{DESK}{key}/{screen}").status_code == 200, screen
        assert secretariat_client.get(f"{DESK}{key}/{screen}").status_code == 404, screen
    assert clerk_client.get(DESK).status_code == 200


def _day(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_0": "", f"{name}_1": day.year, f"{name}_2": day.month, f"{name}_3": day.day}


def test_opinions_are_grouped_and_answered_by_the_screens(
    clerk_client: Client, head_client: Client
) -> None:
    about = call()
    opinion(about, "木を増やして。")
    held = Call.objects.get()
    held.closes = japan_day(system_clock()) - timedelta(days=1)
    held.save()
    desk = f"{DESK}{about.public_id}/"
    group = {
        "title": "木",
        "summary": "木を。",
        "kind": "adopted",
        "answer": "はい。",
        "version": 0,
    }
    clerk_client.post(f"{desk}groups/new/", group)
    made = about.groups.get().public_id
    chosen = Opinion.objects.get().public_id
    put = clerk_client.post(f"{desk}opinions/", {"to": made, "opinion": [chosen], "do": "in"})
    assert put.status_code == 302
    letter = Letter.objects.get().public_id
    assert "木を増やして。" in page_of(clerk_client, f"{desk}letters/{letter}/")
    assert clerk_client.get(f"{desk}groups/{made}/").status_code == 200
    words = {"do": "write", "results_text": "ありがとうございました。", "version": 1}
    assert clerk_client.post(f"{desk}results/", words).status_code == 302
    clerk_client.post(f"{desk}results/", {"do": "ask"})
    head_client.post(f"{desk}results/", {"do": "approve"})
    assert phase_at(Call.objects.get(), system_clock()) == "published"


def test_a_call_of_another_division_is_not_hers() -> None:
    about = call()
    with pytest.raises(NotYours):
        write_group(
            call=about.public_id, group="", typed=ANSWERED, version=0, hand=OTHER, clock=NOON
        )


def test_a_calendar_line_is_no_longer_than_75_octets_and_holds_the_last_day() -> None:
    text = closing_event(
        uid="x@y", title="長い;名前," * 20, day=date(2026, 6, 30), address="/", made_at=NOON()
    )
    assert "DTSTART;VALUE=DATE:20260630" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "長い\\;名前\\," in text.replace("\r\n ", "")


def test_pages_of_a_call_ask_little(client: Client, django_assert_max_num_queries: Any) -> None:
    about = open_now()
    for page in ("", "send/", "closing.ics"):
        with django_assert_max_num_queries(10):
            assert client.get(f"{LIST}{about.public_id}/{page}").status_code == 200
    assert about.title in client.get(f"{LIST}feed.atom").content.decode()
