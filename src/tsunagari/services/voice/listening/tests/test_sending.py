"""A resident writes to the city, without an account and without scripts."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tsunagari.kernel.jobs.api import run_due
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.models import Voice
from tsunagari.services.voice.listening.rules.choices import LONGEST
from tsunagari.services.voice.listening.rules.personal_numbers import holds_personal_number
from tsunagari.services.voice.listening.rules.receipts import plain_number
from tsunagari.services.voice.listening.tests.town import RECEIPT, SEND, filled, hidden, ticket

pytestmark = pytest.mark.usefixtures("divisions")


def sent(client: Client, **said: str) -> str:
    """The page after a letter was checked and sent."""
    check = client.post(SEND, filled(**said)).content.decode()
    assert "この内容で送りますか" in check
    return client.post(SEND, hidden(check) | {"step": "send"}).content.decode()


def test_she_sends_a_letter_and_takes_number_and_code_home(client: Client) -> None:
    page = sent(client)
    voice = Voice.objects.get()
    assert voice.number in page
    assert "確認コード" in page
    assert voice.text == "公園の水飲み場が、こわれています。"
    assert (voice.wants_answer, voice.may_publish, voice.mail) == (True, True, "hanako@example.jp")


def test_her_receipt_is_mailed_with_the_code_that_opens_it(client: Client) -> None:
    page = sent(client)
    while ledger.catch_up():
        pass
    run_due()
    run_due()
    (letter,) = mail.outbox
    assert letter.to == ["hanako@example.jp"]
    code = letter.body.split("確認コード：")[1].split("\n")[0]
    assert code in page
    number = Voice.objects.get().number
    answer = client.post(RECEIPT, {"number": number, "code": code.lower().replace("-", " ")})
    assert "受け付けました。担当の課を決めています。" in answer.content.decode()


def test_the_code_itself_stands_nowhere_in_the_database(client: Client) -> None:
    page = sent(client)
    voice = Voice.objects.get()
    code = page.split('listening-receipt__code">')[2].split("<")[0]
    assert len(code) == 14
    held = [str(getattr(voice, field.name)) for field in Voice._meta.fields]
    assert not [each for each in held if code in each or code.replace("-", "") in each]
    assert not [e for e in ledger.happened("listening.voice_received") if code in str(e.data)]


def test_a_double_click_is_one_letter_with_one_receipt(client: Client) -> None:
    check = client.post(SEND, filled()).content.decode()
    pages = [client.post(SEND, hidden(check) | {"step": "send"}) for _ in range(2)]
    codes = {each.content.decode().split('listening-receipt__code">')[2][:14] for each in pages}
    assert Voice.objects.count() == len(codes) == 1
    assert len(list(ledger.happened("listening.voice_received"))) == 1


def test_going_back_keeps_every_word_and_a_changed_letter_is_a_second_one(client: Client) -> None:
    check = client.post(SEND, filled(name="花子 & 太郎")).content.decode()
    form = client.post(SEND, hidden(check) | {"step": "back"}).content.decode()
    assert "公園の水飲み場が、こわれています。" in form
    assert 'value="花子 &amp; 太郎"' in form
    same = ticket()
    for text in ("ひとつめ", "ふたつめ"):
        client.post(SEND, filled(text=text, ticket=same, step="send"))
    assert Voice.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": ""}, "伝えたいことを書いてください。"),
        ({"text": "あ" * (LONGEST + 7)}, "7文字 多すぎます。"),
        ({"text": "番号は１２３４ー５６７８ー９０１８です"}, "マイナンバー"),
        ({"reply": ""}, "回答の受け取り方を選んでください。"),
        ({"mail": ""}, "メールで受け取るときは、メールアドレスを書いてください。"),
        ({"mail": "hanako"}, "メールアドレスの形で書いてください"),
        ({"may_publish": ""}, "公開してよいかを選んでください。"),
        ({"website": "http://spam.example"}, "この欄は空のままにしてください。"),
        ({"about": "nowhere"}, "どの課についてですか"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(
    client: Client, said: dict[str, str], words: str
) -> None:
    page = client.post(SEND, filled(name="西東京 花子", **said)).content.decode()
    assert words in page
    assert "西東京 花子" in page
    assert said.get("text", "公園の水飲み場が")[:20] in page
    assert not Voice.objects.exists()


def test_a_programme_is_too_quick_and_a_person_who_was_told_so_tries_again(client: Client) -> None:
    page = client.post(SEND, filled(ticket=ticket(seconds=0))).content.decode()
    assert "送信が早すぎました。" in page
    assert "公園の水飲み場が" in page
    page = client.post(SEND, filled(ticket="made-up")).content.decode()
    assert "送信が早すぎました。" in page
    assert "made-up" not in page


def test_two_thousand_emoji_are_two_thousand_letters(client: Client) -> None:
    text = "🐈" * LONGEST
    sent(client, text=text)
    assert Voice.objects.get().text == text


def test_strange_signs_come_through_and_unseen_ones_go(client: Client) -> None:
    sent(client, text="葛󠄀城の𠮷田\r\nです\u202e\x07👨‍👩‍👧<script>alert(1)</script>'; DROP TABLE")
    assert Voice.objects.get().text == (
        "葛󠄀城の𠮷田\nです👨‍👩‍👧<script>alert(1)</script>'; DROP TABLE"
    )


def test_a_telephone_number_is_pointed_out_on_the_check_page(client: Client) -> None:
    page = client.post(SEND, filled(text="０４２−４６４−１３１１に電話を")).content.decode()
    assert "電話番号のような数字があります" in page


def test_many_letters_from_one_place_wait_and_keep_their_words(client: Client) -> None:
    for at in range(31):
        answer = client.post(SEND, filled(text=f"{at}通目の声", step="send"))
    assert answer.status_code == 429
    assert "30通目の声" in answer.content.decode()
    assert "短い時間に多くの送信がありました。" in answer.content.decode()
    assert Voice.objects.count() == 30


def test_guessing_codes_is_slowed_down_also_for_the_right_one(client: Client) -> None:
    page = sent(client)
    number = Voice.objects.get().number
    code = page.split('listening-receipt__code">')[2].split("<")[0]
    for _ in range(5):
        answer = client.post(RECEIPT, {"number": number, "code": "2222-2222-2222"})
        assert "受付番号か確認コードが違います。" in answer.content.decode()
    answer = client.post(RECEIPT, {"number": number, "code": code})
    assert answer.status_code == 429
    assert "しばらく確かめられません" in answer.content.decode()


def test_looking_often_with_the_right_code_locks_nobody_out(client: Client) -> None:
    page = sent(client)
    number = Voice.objects.get().number
    code = page.split('listening-receipt__code">')[2].split("<")[0]
    for _ in range(8):
        answer = client.post(RECEIPT, {"number": number, "code": code})
        assert "担当の課を決めています" in answer.content.decode()


def test_no_words_of_hers_stand_in_the_ledger(client: Client) -> None:
    sent(client, name="西東京 花子")
    (event,) = ledger.happened("listening.voice_received")
    assert event.data == {"channel": "web", "about": "", "mailed": True}


@pytest.mark.parametrize(
    ("typed", "number"),
    [("２０２６ー１２", "2026-12"), ("p2026-0003", "P2026-3"), ("12", ""), ("x" * 999, "")],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: str) -> None:
    assert plain_number(typed) == number


def test_only_numbers_with_the_right_last_digit_are_personal_numbers() -> None:
    assert holds_personal_number("123456789018")
    assert not holds_personal_number("123456789012")
    assert not holds_personal_number("1234567890123456")


def test_pages_ask_little_and_speak_english(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for page in ("", "send/", "receipt/", "voices/", "comments/"):
        with django_assert_max_num_queries(8):
            answer = client.get(f"/en/services/listening/{page}")
        assert answer.status_code == 200
