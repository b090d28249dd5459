"""A clerk writes her page in another language: a draft bound to it, in the same place."""

import pytest
from tests.cast import signed_in

from tsunagari.engines.content.models import ArticlePage, TopicPage
from tsunagari.engines.content.tests.conftest import write
from tsunagari.kernel.identity.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def english_topic(topic: TopicPage) -> TopicPage:
    """The topic in English."""
    locale = topic.get_parent().get_translations().get(locale__language_code="en").locale
    found: TopicPage = topic.copy_for_translation(locale)
    return found


def _address(page: ArticlePage) -> str:
    return f"/console/page-languages/{page.pk}/"


def test_a_clerk_begins_the_english_page_once_and_finds_it_again(
    article: ArticlePage, english_topic: TopicPage, clerk: Account
) -> None:
    client = signed_in(clerk)
    assert _address(article) in client.get(f"/console/pages/{article.pk}/edit/").content.decode()
    answer = client.post(_address(article), {"language": "en"})
    draft = ArticlePage.objects.child_of(english_topic).get()
    assert answer["Location"] == f"/console/pages/{draft.pk}/edit/"
    assert (draft.live, draft.division, draft.owner) == (False, "shimin", clerk)
    assert draft.translation_key == article.translation_key
    assert draft.public_id != article.public_id
    assert client.get(answer["Location"]).status_code == 200
    again = client.post(_address(article), {"language": "en"})
    assert again["Location"] == answer["Location"]
    assert f"/console/pages/{draft.pk}/edit/" in client.get(_address(article)).content.decode()


def test_where_the_topic_is_not_there_she_is_told_and_nothing_is_made(
    article: ArticlePage, clerk: Account
) -> None:
    answer = signed_in(clerk).post(_address(article), {"language": "easy"})
    assert "上のページが、まだこの言語で書かれていません" in answer.content.decode()
    assert ArticlePage.objects.count() == 1


def test_a_draft_that_was_never_published_can_be_begun_too(
    topic: TopicPage, english_topic: TopicPage, clerk: Account
) -> None:
    page = write(topic, title="転出届", slug="tenshutsu")
    signed_in(clerk).post(_address(page), {"language": "en"})
    assert ArticlePage.objects.child_of(english_topic).get().title == "転出届"


def test_another_divisions_page_is_not_hers(
    article: ArticlePage, english_topic: TopicPage, secretariat: Account
) -> None:
    assert signed_in(secretariat).get(_address(article)).status_code == 404
    assert signed_in(secretariat).post(_address(article), {"language": "en"}).status_code == 404
    assert not ArticlePage.objects.child_of(english_topic).exists()
