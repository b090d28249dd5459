"""Publishing: what refuses it, and what it tells."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.declare import PagePublished, PageWithdrawn
from tsunagari.engines.content.models import ArticlePage, Published, TopicPage
from tsunagari.engines.content.models.city_page import PublishRefused
from tsunagari.engines.content.rules.kept_names import (
    below_name,
    changed_name,
    label_name,
    link_name,
    page_name,
)
from tsunagari.engines.content.tests.conftest import text, write
from tsunagari.kernel.edge.models import Purge
from tsunagari.kernel.ledger.models import Arrival

pytestmark = pytest.mark.django_db

FAULTY = text('<p>本文です。</p><p><a href="https://example.jp/"></a></p>')


def test_a_page_with_a_fault_of_level_a_is_not_published_on_any_way(topic: TopicPage) -> None:
    page = write(topic, title="証明書", slug="shomei", body=FAULTY)
    with pytest.raises(PublishRefused) as refused:
        page.get_latest_revision().publish()
    assert [fault.rule for fault in refused.value.faults] == ["link_empty"]
    page.refresh_from_db()
    assert not page.live
    assert not Published.objects.filter(page_id=page.pk).exists()


def test_a_live_page_keeps_its_wording_when_the_next_is_refused(article: ArticlePage) -> None:
    article.body = article.body.stream_block.to_python(FAULTY)
    revision = article.save_revision()
    with pytest.raises(PublishRefused):
        revision.publish()
    article.refresh_from_db()
    assert article.live
    assert "窓口で取れます" in article.body.raw_data[0]["value"]


def _recorded(name: str) -> list[dict[str, object]]:
    return [each.data for each in Arrival.objects.filter(name=name).order_by("pk")]


def test_it_is_recorded_as_an_event_without_words_of_the_page(article: ArticlePage) -> None:
    told = _recorded(PagePublished.name)[-1]
    assert told == {"kind": "page", "language": "ja", "first": True}
    article.unpublish()
    assert _recorded(PageWithdrawn.name) == [{"kind": "page", "language": "ja", "expired": False}]


def _purged_by(change: Callable[[], object]) -> set[str]:
    before = set(Purge.objects.values_list("pk", flat=True))
    change()
    return set(Purge.objects.exclude(pk__in=before).values_list("name", flat=True))


def test_a_new_wording_purges_the_page_and_lists_of_changes_alone(article: ArticlePage) -> None:
    article.body = article.body.stream_block.to_python(text("<p>市民課の3番窓口で取れます。</p>"))
    purged = _purged_by(lambda: article.save_revision().publish())
    assert purged == {page_name(article.public_id), changed_name("ja")}


def test_a_new_title_purges_what_shows_it(article: ArticlePage) -> None:
    article.title = "住民票の写しを取る"
    purged = _purged_by(lambda: article.save_revision().publish())
    assert {link_name(article.public_id), below_name("kurashi/", "ja")} <= purged


def test_a_new_life_event_purges_its_list(article: ArticlePage) -> None:
    article.life_events = ["moving"]
    purged = _purged_by(lambda: article.save_revision().publish())
    moving = label_name("life_event", "moving", "ja")
    assert purged == {page_name(article.public_id), changed_name("ja"), moving}


def test_a_slug_that_the_site_uses_itself_is_refused(site: Prepared) -> None:
    with pytest.raises(ValidationError, match="ほかのところで使っています"):
        write(site.homes["ja"], TopicPage, title="計画", slug="plan")
