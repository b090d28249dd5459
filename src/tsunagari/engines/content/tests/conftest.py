"""A small site for the tests: a home, a topic, and pages of two divisions."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests.cast import PACK
from tests.module_rows import module_rows

from tsunagari.engines.content.actions.prepare_site import Prepared, prepare_site
from tsunagari.engines.content.models import (
    ArticlePage,
    CityPage,
    ListPage,
    SiteHome,
    TopicPage,
)
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity

Write = Callable[..., Any]


@pytest.fixture(scope="module")
def prepared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A prepared site that the tests of a module share."""
    with module_rows(django_db_blocker) as rows:
        identity.load_divisions(PACK)
        prepare_site(clock=system_clock)
        rows.written()
        yield


@pytest.fixture
def site(prepared: None, db: None) -> Prepared:
    """Homes and lists in every language, the rights of the console, the steps of approval; the divisions of the cast."""
    homes = SiteHome.objects.select_related("locale")
    return Prepared(homes={each.locale.language_code: each for each in homes})


@pytest.fixture
def topic(site: Prepared) -> TopicPage:
    """くらし, published."""
    page = TopicPage(
        title="くらし", slug="kurashi", summary="くらしの手続き", division="hisho-koho", live=False
    )
    page.locale = site.homes["ja"].locale
    site.homes["ja"].add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def text(html: str) -> list[dict[str, Any]]:
    """A body with one text."""
    return [{"type": "text", "value": html, "id": "3f7a2c1e-0000-4000-8000-000000000001"}]


def write(parent: Any, kind: type[CityPage] = ArticlePage, **said: Any) -> Any:
    """A draft below a page; `body` is a raw stream."""
    parent.refresh_from_db()
    said.setdefault("division", "shimin")
    said.setdefault("summary", "だれが、いつ、どこですればよいかをまとめました。")
    body = said.pop("body", text("<p>住民票の写しは、市民課の窓口で取れます。</p>"))
    page = kind(live=False, locale=parent.locale, **said)
    page.body = kind.body.field.to_python(body)
    parent.add_child(instance=page)
    page.save_revision()
    return page


def published(parent: Any, kind: type[CityPage] = ArticlePage, **said: Any) -> Any:
    """A page that residents can read."""
    page = write(parent, kind, **said)
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def article(topic: TopicPage) -> ArticlePage:
    """A published page of 市民課."""
    found: ArticlePage = published(topic, title="住民票の写し", slug="juminhyo")
    return found


def the_list(site: Prepared, lists: str, language: str = "ja") -> ListPage:
    """The list of news, events or questions."""
    found: ListPage = ListPage.objects.child_of(site.homes[language]).get(lists=lists)
    return found
