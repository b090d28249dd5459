"""What is read and what helped counts for the page's service, division and for the page itself."""

import pytest
from django.test import Client

from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.declare import Answered
from tsunagari.engines.content.models import (
    ArticlePage,
    QuestionPage,
    TopicPage,
    Usefulness,
)
from tsunagari.engines.content.tests.conftest import published, the_list
from tsunagari.kernel.ledger.models import Arrival
from tsunagari.kernel.service.declare import VIEW_HEADER

pytestmark = pytest.mark.django_db


def test_a_view_names_kind_language_division_and_page(client: Client, article: ArticlePage) -> None:
    seen = client.get("/kurashi/juminhyo/")[VIEW_HEADER]
    assert seen == f"content;page;ja;shimin;{article.public_id}"


def test_a_page_of_a_section_counts_for_its_service(client: Client, site: Prepared) -> None:
    children = published(site.homes["ja"], TopicPage, title="子育て", slug="children")
    published(children, title="児童手当", slug="jido-teate")
    assert client.get("/children/jido-teate/")[VIEW_HEADER].startswith("childcare_info;page;ja;")


def test_a_question_counts_for_the_service_that_it_is_about(client: Client, site: Prepared) -> None:
    asked = the_list(site, "question")
    question = published(
        asked,
        QuestionPage,
        title="手帳はどこで申請しますか",
        slug="techo",
        life_events=["disability"],
    )
    assert client.get("/faq/techo/")[VIEW_HEADER].startswith("disability_info;question;ja;")
    client.post(f"/useful/{question.public_id}/", {"helped": "yes"})
    told = Arrival.objects.get(name=Answered.name)
    assert told.subject == question.public_id
    assert told.actor == ""
    assert told.data == {
        "kind": "question", "language": "ja", "helped": "yes", "service": "disability_info",
    }  # fmt: skip


def test_she_says_that_a_page_did_not_help_and_nobody_learns_who(
    client: Client, article: ArticlePage
) -> None:
    for helped in ("no", "no", "yes"):
        answer = client.post(f"/useful/{article.public_id}/", {"helped": helped})
        assert answer.status_code == 200
    row = Usefulness.objects.get(public_id=article.public_id)
    assert (row.helped, row.not_helped) == (1, 2)


@pytest.mark.parametrize("said", [{}, {"helped": "perhaps"}])
def test_it_rejects_an_answer_that_is_none(
    client: Client, article: ArticlePage, said: dict[str, str]
) -> None:
    assert client.post(f"/useful/{article.public_id}/", said).status_code == 404
    assert not Usefulness.objects.exists()


def test_it_rejects_an_answer_from_another_site(client: Client, article: ArticlePage) -> None:
    answer = client.post(
        f"/useful/{article.public_id}/", {"helped": "yes"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not Usefulness.objects.exists()


def test_an_unknown_page_takes_no_answer(client: Client, site: Prepared) -> None:
    assert client.post("/useful/nobodyknowsthispageid0/", {"helped": "yes"}).status_code == 404
