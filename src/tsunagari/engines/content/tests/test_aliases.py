"""What Wagtail copies is a page of its own, with a public id of its own, also where it only mirrors another."""

import pytest
from django.test import Client
from wagtail.models import Locale

from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import ArticlePage, Published, TopicPage

pytestmark = pytest.mark.django_db


def test_a_translation_brings_its_topic_along_as_an_alias_with_an_id_of_its_own(
    site: Prepared, topic: TopicPage, article: ArticlePage
) -> None:
    english = Locale.objects.get(language_code="en")
    copy = article.copy_for_translation(english, copy_parents=True)
    alias = TopicPage.objects.get(alias_of=topic)
    assert alias.locale == english
    assert copy.get_parent().pk == alias.pk
    assert len({alias.public_id, topic.public_id}) == 2
    assert len({copy.public_id, article.public_id}) == 2


def test_a_published_translation_brings_the_mirrored_topic_to_readers_too(
    client: Client, topic: TopicPage, article: ArticlePage
) -> None:
    copy = article.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    alias = TopicPage.objects.get(alias_of=topic)
    assert not Published.objects.filter(page_id=alias.pk).exists()
    copy.title = "Copy of a certificate"
    copy.save_revision().publish()
    assert client.get(f"/en/{Published.objects.get(page_id=alias.pk).path}").status_code == 200
    assert (
        topic.title
        in client.get(f"/en/{Published.objects.get(page_id=copy.pk).path}").content.decode()
    )


def test_an_alias_keeps_its_id_when_what_it_mirrors_changes(
    site: Prepared, topic: TopicPage, article: ArticlePage
) -> None:
    article.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    before = TopicPage.objects.get(alias_of=topic).public_id
    topic.refresh_from_db()
    topic.title = "くらしの手続き"
    topic.save_revision().publish()
    alias = TopicPage.objects.get(alias_of=topic)
    assert (alias.title, alias.public_id) == ("くらしの手続き", before)
    assert Published.objects.get(page_id=alias.pk).title == "くらしの手続き"


def test_an_alias_among_its_siblings_has_an_id_of_its_own(
    topic: TopicPage, article: ArticlePage
) -> None:
    alias = article.create_alias(parent=topic, update_slug="mou-hitotsu")
    assert alias.public_id != article.public_id
    assert ArticlePage.objects.get(pk=alias.pk).public_id == alias.public_id
