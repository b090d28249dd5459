"""A question without an answer: sent without a name, answered by a clerk, forgotten after a year."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from tsunagari.engines.content.actions.ask_question import ask_question
from tsunagari.engines.content.actions.forget_questions import forget_questions
from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import QuestionPage, UnansweredQuestion
from tsunagari.engines.content.rules.asked_text import refusal
from tsunagari.engines.content.tests.conftest import published, the_list
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.ledger.models import Arrival

pytestmark = pytest.mark.django_db

ASKED = "犬が死んだときは、どこに届け出ますか"
LIST = "/console/questions/"


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> None:
    cache.clear()


def ticket(seconds: int = 60) -> str:
    given = datetime.now(UTC) - timedelta(seconds=seconds)
    return signing.dumps(int(given.timestamp()), salt="content.question")


def send(client: Client, text: str, *, seconds: int = 60, **other: Any) -> Any:
    return client.post("/faq/ask/", {"text": text, "ticket": ticket(seconds), **other})


def ask(text: str = ASKED, language: str = "ja") -> str:
    return ask_question(text, language=language, clock=system_clock)


def test_a_question_is_taken_without_name_session_or_cookie(client: Client) -> None:
    page = client.get("/faq/ask/")
    assert page.status_code == 200
    assert not client.cookies
    answer = send(client, f"  {ASKED}\n")
    assert "質問を受け取りました" in answer.content.decode()
    assert not client.cookies
    row = UnansweredQuestion.objects.get()
    assert (row.text, row.language, row.state) == (ASKED, "ja", "waiting")
    (told,) = Arrival.objects.filter(name="content.question_sent")
    assert told.data == {"language": "ja"}
    assert not told.actor


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "もう少しくわしく"),
        ("   \u200b\u3000 ", "もう少しくわしく"),
        ("あ" * 301, "300文字まで"),
        ("番号は 1234-5678-9018 です", "マイナンバー"),
        ("番号は１２３４５６７８９０１８です", "マイナンバー"),
        ("090-1234-5678 に電話してください", "電話番号"),
        ("０４２（４６４）１３１１に電話してください", "電話番号"),
        ("+81 90 1234 5678 に電話してください", "電話番号"),
        ("hanako@example.jp に返事をください", "メールアドレス"),
    ],
)
def test_it_refuses_what_tells_who_asks_and_keeps_what_was_typed(
    client: Client, text: str, why: str
) -> None:
    page = send(client, text).content.decode()
    assert why in page
    assert not UnansweredQuestion.objects.exists()
    if text.strip() and len(text) < 300:
        assert text.split(maxsplit=1)[0] in page


@pytest.mark.parametrize(
    "text",
    [
        "令和8年度の保育料は 12,000円 ですか",
        "2026年11月22日に申し込めますか",
        "郵便番号 188-8666 への送り方を知りたい",
        "定員200人の催しはいつですか",
    ],
)
def test_it_takes_figures_that_are_nobodys(text: str) -> None:
    assert not refusal(text, longest=300)


def test_programmes_are_kept_out_without_asking_people_anything(client: Client) -> None:
    assert "早すぎました" in send(client, ASKED, seconds=1).content.decode()
    assert "空のままに" in send(client, ASKED, website="spam").content.decode()
    forged = client.post("/faq/ask/", {"text": ASKED, "ticket": "forged"})
    assert "早すぎました" in forged.content.decode()
    foreign = client.post(
        "/faq/ask/", {"text": ASKED, "ticket": ticket()}, HTTP_SEC_FETCH_SITE="cross-site"
    )
    assert foreign.status_code == 403
    assert not UnansweredQuestion.objects.exists()


def test_a_network_that_sends_many_is_asked_to_wait(client: Client) -> None:
    codes = [send(client, f"{ASKED} {number}").status_code for number in range(21)]
    assert codes == [200] * 20 + [429]


def test_the_same_words_wait_once(client: Client) -> None:
    assert ask() == ask()
    assert ask(language="easy") != ask()


def test_one_searches_the_questions_in_ones_own_words(client: Client, site: Prepared) -> None:
    place = the_list(site, "question")
    published(place, QuestionPage, title="犬の登録はどこでできますか", slug="inu")
    published(place, QuestionPage, title="住民票はどこで取れますか", slug="jumin")
    page = client.get("/faq/", {"q": "犬の登録をしたい"}).content.decode()
    assert "犬の登録はどこ" in page
    assert "住民票はどこ" not in page
    nothing = client.get("/faq/", {"q": "<b>火星</b>"}).content.decode()
    assert "&lt;b&gt;火星" in nothing
    assert 'href="/faq/ask/?q=' in nothing


def test_a_clerk_begins_an_answer_with_its_words_in_her_division(
    clerk_client: Client, site: Prepared
) -> None:
    asked = ask()
    assert ASKED in clerk_client.get(LIST).content.decode()
    answer = clerk_client.post(f"{LIST}{asked}/answer/")
    page = QuestionPage.objects.get(title=ASKED)
    assert answer.headers["Location"].endswith(f"/pages/{page.pk}/edit/")
    assert (page.live, page.division) == (False, "shimin")
    assert clerk_client.get(answer.headers["Location"]).status_code == 200
    clerk_client.post(f"{LIST}{asked}/answer/")
    assert QuestionPage.objects.filter(title=ASKED).count() == 1
    answered = clerk_client.get(f"{LIST}?state=answered").content.decode()
    assert "まだ下書きです" in answered


def test_an_english_question_is_answered_among_the_english_ones(
    clerk_client: Client, site: Prepared
) -> None:
    asked = ask("Where do I register my dog?", language="en")
    clerk_client.post(f"{LIST}{asked}/answer/")
    page = QuestionPage.objects.get()
    assert page.locale.language_code == "en"


def test_questions_that_ask_the_same_are_put_together(clerk_client: Client) -> None:
    first, second, third = ask(), ask("犬が死にました。どうすればいい？"), ask("ねこが死にました")
    clerk_client.post(f"{LIST}{second}/merge/", {"into": first})
    clerk_client.post(f"{LIST}{third}/merge/", {"into": second})
    rows = {each.public_id: each for each in UnansweredQuestion.objects.all()}
    assert rows[second].merged_into == rows[third].merged_into == rows[first]
    page = clerk_client.post(f"{LIST}{first}/merge/", {"into": third}, follow=True)
    assert "同じ質問どうし" in page.content.decode()
    assert "ほか2件" in clerk_client.get(LIST).content.decode()


def test_nobody_lays_a_question_aside_without_saying_why(clerk_client: Client) -> None:
    asked = ask()
    said = clerk_client.post(f"{LIST}{asked}/aside/", {"reason": "  "}, follow=True)
    assert "理由を200字まで" in said.content.decode()
    clerk_client.post(f"{LIST}{asked}/aside/", {"reason": "市の仕事ではないため"})
    row = UnansweredQuestion.objects.get()
    assert (row.state, row.reason) == ("aside", "市の仕事ではないため")
    late = clerk_client.post(f"{LIST}{asked}/answer/", follow=True)
    assert "ほかの職員が先に" in late.content.decode()


def test_residents_see_no_list_of_questions(everybody: dict[str, Client]) -> None:
    asked = ask()
    for name in ("outsider", "resident", "neighbour", "committee"):
        answer = everybody[name].post(f"{LIST}{asked}/aside/", {"reason": "x"})
        assert answer.status_code in (302, 403, 404), name
    assert UnansweredQuestion.objects.get().state == "waiting"


def test_the_office_of_the_website_hears_that_questions_wait(
    other_clerk_client: Client, clerk_client: Client
) -> None:
    ask()
    assert "答えのない質問が1件あります" in other_clerk_client.get("/console/").content.decode()
    assert "答えのない質問が1件あります" not in clerk_client.get("/console/").content.decode()


def test_after_a_year_its_words_are_gone() -> None:
    old, new = ask(), ask("ねこの登録はどこですか")
    year_ago = datetime.now(UTC) - timedelta(days=366)
    UnansweredQuestion.objects.filter(public_id=old).update(at=year_ago)
    assert forget_questions(clock=system_clock) == 1
    assert forget_questions(clock=system_clock) == 0
    assert [each.public_id for each in UnansweredQuestion.objects.all()] == [new]
    (told,) = Arrival.objects.filter(name="content.question_forgotten")
    assert told.subject == old


def test_words_sought_in_vain_begin_a_question_with_its_answer(
    site: Prepared, clerk_client: Client, resident_client: Client
) -> None:
    the_list(site, "question")
    address = "/console/questions/begin/"
    answer = clerk_client.post(address, {"words": "謄抄本", "language": "ja"})
    draft = QuestionPage.objects.get()
    assert answer.headers["Location"] == f"/console/pages/{draft.pk}/edit/"
    assert "謄抄本" in draft.title
    assert not draft.live
    assert clerk_client.get(address).status_code == 405
    assert resident_client.post(address, {"words": "謄抄本"}).status_code in (302, 403, 404)
    assert QuestionPage.objects.count() == 1
