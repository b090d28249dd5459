"""A letter is assigned, answered, approved, sent and published; and nobody does what is not hers."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from tsunagari.kernel.jobs.api import run_due
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.assign_voice import assign_voice
from tsunagari.services.voice.listening.actions.decide_answer import decide_answer
from tsunagari.services.voice.listening.actions.draft_answer import draft_answer
from tsunagari.services.voice.listening.actions.erase_senders import erase_senders
from tsunagari.services.voice.listening.actions.merge_voice import merge_voice
from tsunagari.services.voice.listening.actions.publish_voice import publish_voice
from tsunagari.services.voice.listening.actions.refused import NotYours, Overtaken, Refused
from tsunagari.services.voice.listening.actions.send_answer import close_voice, send_answer
from tsunagari.services.voice.listening.models import PublishedVoice, Voice
from tsunagari.services.voice.listening.queries import public_entries
from tsunagari.services.voice.listening.rules.typed import PublishedTyped
from tsunagari.services.voice.listening.tests.town import (
    CLERK,
    HEAD,
    NOON,
    OFFICE,
    OTHER,
    RECEIPT,
    answered,
    assigned,
    at,
    letter,
    page_of,
)

pytestmark = pytest.mark.usefixtures("divisions")
DESK = "/console/listening/"
WORDS = PublishedTyped(
    title="公園の水飲み場",
    question="水飲み場が使えないという声がありました。",
    answer="直しました。",
    category="town",
)


def desk(voice: Voice) -> str:
    return f"{DESK}letters/{voice.public_id}/"


def test_from_the_inbox_to_the_answer(
    other_clerk_client: Client, clerk_client: Client, head_client: Client, client: Client
) -> None:
    receipt = letter(mail="hanako@example.jp", name="西東京 花子")
    voice = Voice.objects.get()
    assert "割り振りを待つ市民の声が1件あります" in page_of(other_clerk_client, "/console/")
    assert receipt.number in page_of(other_clerk_client, DESK)
    given = {"do": "assign", "division": "shimin", "category": "town", "days": "14"}
    assert other_clerk_client.post(desk(voice), given).status_code == 302
    assert "回答を書く市民の声が1件あります" in page_of(clerk_client, "/console/")
    clerk_client.post(desk(voice), {"do": "ask", "text": "直しました。", "base": ""})
    assert "承認を待つ回答が1件あります" in page_of(head_client, "/console/")
    newest = voice.drafts.get().public_id
    head_client.post(desk(voice), {"do": "approve", "draft": newest})
    clerk_client.post(desk(voice), {"do": "send"})
    while ledger.catch_up():
        pass
    run_due()
    run_due()
    subjects = [each.subject.split("（")[0] for each in mail.outbox]
    assert subjects == ["市民の声を受け付けました", "市民の声への回答"]
    assert "直しました。" in mail.outbox[1].body
    told = client.post(RECEIPT, {"number": receipt.number, "code": receipt.code})
    assert "直しました。" in told.content.decode()
    (event,) = ledger.happened("listening.voice_answered")
    assert event.data == {"mailed": True, "on_time": 1}


def test_the_due_day_skips_the_days_on_which_the_office_is_closed() -> None:
    voice = assigned(letter(), clock=at("2026-12-25 03:00"), days=3)
    assert str(voice.due) == "2027-01-05"


def test_an_answer_after_the_due_day_is_counted_as_late() -> None:
    receipt = letter()
    voice = assigned(receipt, days=1)
    draft_answer(
        voice=voice.public_id, text="遅れました。", base="", ask=True, hand=CLERK, clock=NOON
    )
    newest = voice.drafts.get().public_id
    decide_answer(
        voice=voice.public_id, draft=newest, approve=True, comment="", hand=HEAD, clock=NOON
    )
    send_answer(voice=voice.public_id, hand=CLERK, clock=at("2026-06-11 15:00"))
    (event,) = ledger.happened("listening.voice_answered")
    assert event.data["on_time"] == 0


def test_two_clerks_who_answer_at_once_lose_no_word(clerk_client: Client) -> None:
    voice = assigned(letter())
    clerk_client.post(desk(voice), {"do": "save", "text": "わたしの案", "base": ""})
    answer = clerk_client.post(desk(voice), {"do": "save", "text": "もうひとりの案", "base": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先に、ほかの人が回答案を保存しました" in page
    assert "わたしの案" in page
    assert "もうひとりの案" in page
    base = page.split('name="base" value="')[1].split('"')[0]
    clerk_client.post(desk(voice), {"do": "save", "text": "もうひとりの案", "base": base})
    assert [each.text for each in voice.drafts.all()] == ["もうひとりの案", "わたしの案"]


def test_a_head_approves_what_she_has_read_and_nothing_newer() -> None:
    voice = assigned(letter())
    key = voice.public_id
    draft_answer(voice=key, text="一つめ", base="", ask=True, hand=CLERK, clock=NOON)
    read = voice.drafts.get().public_id
    draft_answer(voice=key, text="二つめ", base=read, ask=True, hand=CLERK, clock=NOON)
    with pytest.raises(Overtaken):
        decide_answer(voice=key, draft=read, approve=True, comment="", hand=HEAD, clock=NOON)
    assert Voice.objects.get().state == "asked"


def test_a_head_gives_back_with_a_word_and_the_clerk_reads_it(clerk_client: Client) -> None:
    voice = assigned(letter())
    key = voice.public_id
    draft_answer(voice=key, text="案", base="", ask=True, hand=CLERK, clock=NOON)
    newest = voice.drafts.get().public_id
    with pytest.raises(Refused, match="どこを直すか"):
        decide_answer(voice=key, draft=newest, approve=False, comment="", hand=HEAD, clock=NOON)
    decide_answer(
        voice=key, draft=newest, approve=False, comment="いつ直すかを", hand=HEAD, clock=NOON
    )
    page = page_of(clerk_client, desk(voice))
    assert "課長から差し戻されています" in page
    assert "いつ直すかを" in page


def test_a_clerk_of_another_division_gets_404(
    secretariat_client: Client, resident_client: Client, outsider_client: Client
) -> None:
    voice = assigned(letter())
    assert secretariat_client.get(desk(voice)).status_code == 404
    assert secretariat_client.post(desk(voice), {"do": "sender"}).status_code == 404
    assert "公園の水飲み場" not in page_of(secretariat_client, f"{DESK}?state=all")
    assert resident_client.get(desk(voice)).status_code in (302, 404)
    assert outsider_client.get(desk(voice)).status_code == 302


@pytest.mark.parametrize(
    "deed",
    [
        lambda key: draft_answer(voice=key, text="x", base="", ask=False, hand=OTHER, clock=NOON),
        lambda key: send_answer(voice=key, hand=OTHER, clock=NOON),
        lambda key: close_voice(voice=key, hand=OTHER, clock=NOON),
        lambda key: merge_voice(voice=key, into="2026-1", hand=CLERK),
        lambda key: publish_voice(voice=key, typed=WORDS, hand=CLERK, clock=NOON),
        lambda key: assign_voice(
            voice=key, division="shimin", category="town", days=1, hand=CLERK, clock=NOON
        ),
        lambda key: decide_answer(
            voice=key, draft="", approve=True, comment="", hand=OFFICE, clock=NOON
        ),
    ],
)
def test_it_rejects_the_wrong_hand(deed: Callable[[str], object]) -> None:
    voice = assigned(letter())
    with pytest.raises(NotYours):
        deed(voice.public_id)


def test_who_sent_it_is_shown_on_a_click_that_is_recorded(clerk_client: Client) -> None:
    voice = assigned(letter(name="西東京 花子", mail="hanako@example.jp"))
    page = page_of(clerk_client, desk(voice))
    assert "西東京 花子" not in page
    assert "hanako@example.jp" not in page
    shown = clerk_client.post(desk(voice), {"do": "sender"}).content.decode()
    assert "西東京 花子" in shown
    (event,) = ledger.happened("listening.sender_read")
    assert (event.subject, event.division) == (voice.public_id, "shimin")


def test_an_export_with_senders_is_recorded_and_one_without_holds_none(
    clerk_client: Client,
) -> None:
    assigned(letter(name="西東京 花子"))
    plain = clerk_client.post(f"{DESK}export/?state=all")
    assert plain.status_code == 200
    assert not list(ledger.happened("listening.sender_read"))
    clerk_client.post(f"{DESK}export/?state=all", {"senders": "1"})
    (event,) = ledger.happened("listening.sender_read")
    assert event.data == {"people": 1, "exported": True}


def test_a_letter_that_came_twice_gets_the_same_answer(client: Client) -> None:
    first, second = letter("同じこと"), letter("同じことを、もう一度", mail="hanako@example.jp")
    merge_voice(voice=second.public_id, into=first.number, hand=OFFICE)
    answered(first)
    told = client.post(RECEIPT, {"number": second.number, "code": second.code})
    assert "直しました。" in told.content.decode()
    assert len(list(ledger.happened("listening.voice_answered"))) == 2


def test_it_refuses_to_merge_with_itself_or_with_nothing() -> None:
    only = letter()
    with pytest.raises(Refused, match="自分自身"):
        merge_voice(voice=only.public_id, into=only.number, hand=OFFICE)
    with pytest.raises(Refused, match="ありません"):
        merge_voice(voice=only.public_id, into="2026-999", hand=OFFICE)


def test_a_letter_that_wants_no_answer_is_read_and_closed() -> None:
    wants, none = assigned(letter("答えて")), assigned(letter("読むだけで", wants_answer=False))
    with pytest.raises(Refused, match="回答を望んでいる"):
        close_voice(voice=wants.public_id, hand=CLERK, clock=NOON)
    close_voice(voice=none.public_id, hand=CLERK, clock=NOON)
    assert Voice.objects.get(pk=none.pk).state == "closed"


def test_only_rewritten_words_are_published_and_only_with_leave(client: Client) -> None:
    voice = answered(letter())
    with pytest.raises(Refused, match="届いた文のまま"):
        publish_voice(
            voice=voice.public_id,
            typed=PublishedTyped(title="x", question=voice.text, answer="y", category="town"),
            hand=OFFICE,
            clock=NOON,
        )
    secret = answered(letter("ないしょで", may_publish=False))
    with pytest.raises(Refused, match="公開を望んでいません"):
        publish_voice(voice=secret.public_id, typed=WORDS, hand=OFFICE, clock=NOON)
    key = publish_voice(voice=voice.public_id, typed=WORDS, hand=OFFICE, clock=NOON)
    page = page_of(client, f"/services/listening/voices/{key}/")
    assert "水飲み場が使えないという声がありました。" in page
    assert voice.text not in page
    assert WORDS.title in page_of(client, "/services/listening/voices/?category=town&year=2026")
    assert WORDS.title not in page_of(client, "/services/listening/voices/?category=city")
    feed = client.get("/services/listening/voices/feed.atom")
    assert WORDS.title in feed.content.decode()
    assert [each.title for each in public_entries(now=NOON())] == [WORDS.title]


def test_the_office_publishes_by_the_form_and_takes_it_down_again(
    other_clerk_client: Client, client: Client
) -> None:
    voice = answered(letter())
    typed = {
        "title": "</script><b>水</b>",
        "question": "声",
        "answer": "答え",
        "category": "town",
    }
    assert other_clerk_client.post(f"{desk(voice)}publish/", typed).status_code == 302
    address = f"/services/listening/voices/{PublishedVoice.objects.get().public_id}/"
    assert "</script><b>" not in page_of(client, address)
    other_clerk_client.post(desk(voice), {"do": "withdraw"})
    assert client.get(address).status_code == 404


def test_a_year_after_the_end_who_wrote_what_is_gone_and_the_published_stays(
    client: Client,
) -> None:
    voice = answered(letter(name="西東京 花子", mail="hanako@example.jp"))
    key = publish_voice(voice=voice.public_id, typed=WORDS, hand=OFFICE, clock=NOON)
    assert erase_senders(clock=at("2027-06-09 00:00")) == 0
    assert erase_senders(clock=at("2027-06-11 00:00")) == 1
    assert erase_senders(clock=at("2027-06-11 00:00")) == 0
    held = Voice.objects.get()
    assert (held.text, held.name, held.mail, held.answer) == ("", "", "", "")
    assert not held.drafts.exists()
    assert "直しました。" in page_of(client, f"/services/listening/voices/{key}/")


def test_the_screens_of_letters_open_for_everybody_whose_they_are(
    other_clerk_client: Client, clerk_client: Client
) -> None:
    voice = answered(letter())
    for screen in (DESK, f"{DESK}?state=late&q=公園&category=town&year=2026", desk(voice)):
        assert clerk_client.get(screen).status_code == 200
        assert other_clerk_client.get(screen).status_code == 200
    assert other_clerk_client.get(f"{desk(voice)}publish/").status_code == 200
    assert clerk_client.get(f"{desk(voice)}publish/").status_code == 403
