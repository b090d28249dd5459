"""Who may touch which article."""

import pytest
from django.test import Client
from tests.cast import make_clerk, signed_in

from tsunagari.engines.content.models import ArticlePage, TopicPage
from tsunagari.engines.content.tests.conftest import published, write
from tsunagari.kernel.identity.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(divisions: None) -> Account:
    """A clerk of 情報推進課, which answers for no page here."""
    return make_clerk("joho", "柳沢 実", "joho-suishin")


def test_a_clerk_edits_the_pages_of_her_division(clerk: Account, article: ArticlePage) -> None:
    assert article.permissions_for_user(clerk).can_edit()
    assert signed_in(clerk).get(f"/console/pages/{article.pk}/edit/").status_code == 200


def test_a_clerk_of_another_division_edits_none_of_them(
    stranger: Account, article: ArticlePage
) -> None:
    assert not article.permissions_for_user(stranger).can_edit()
    answer = signed_in(stranger).get(f"/console/pages/{article.pk}/edit/")
    assert answer.status_code in (302, 403)
    assert signed_in(stranger).post(f"/console/pages/{article.pk}/delete/").status_code in (
        302,
        403,
    )
    article.refresh_from_db()
    assert article.live


def test_the_office_of_the_website_edits_and_publishes_all(
    other_clerk: Account, article: ArticlePage
) -> None:
    rights = article.permissions_for_user(other_clerk)
    assert rights.can_edit()
    assert rights.can_publish()
    assert rights.can_move()


def test_a_clerk_publishes_nothing_by_herself(clerk: Account, article: ArticlePage) -> None:
    rights = article.permissions_for_user(clerk)
    assert not rights.can_publish()
    assert not rights.can_unpublish()
    assert not rights.can_delete()
    assert not rights.can_move()


def test_a_head_takes_a_page_of_her_division_away(head: Account, article: ArticlePage) -> None:
    assert article.permissions_for_user(head).can_unpublish()
    assert not article.permissions_for_user(head).can_publish()


def test_a_draft_that_nobody_read_may_be_deleted_by_its_division(
    clerk: Account, stranger: Account, topic: TopicPage
) -> None:
    draft = write(topic, title="下書き", slug="draft")
    assert draft.permissions_for_user(clerk).can_delete()
    assert not draft.permissions_for_user(stranger).can_delete()


def test_every_clerk_may_write_below_a_topic(
    clerk: Account, stranger: Account, topic: TopicPage
) -> None:
    for who in (clerk, stranger):
        assert topic.permissions_for_user(who).can_add_subpage()
        assert not topic.permissions_for_user(who).can_edit()


def test_nobody_hides_a_page_behind_a_password(other_clerk: Account, article: ArticlePage) -> None:
    assert not article.permissions_for_user(other_clerk).can_set_view_restrictions()


def test_a_resident_does_not_reach_the_console(
    resident_client: Client, article: ArticlePage
) -> None:
    assert resident_client.get(f"/console/pages/{article.pk}/edit/").status_code in (302, 404)


def test_a_copy_is_a_page_of_its_own(other_clerk: Account, topic: TopicPage) -> None:
    page = published(topic, title="転出届", slug="tenshutsu")
    copy = page.copy(update_attrs={"slug": "copy"}, user=other_clerk)
    assert copy.public_id != page.public_id
    assert copy.get_latest_revision_as_object().public_id == copy.public_id
