"""A page with ten thousand versions: the editor and the history open as with a few."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.cast import signed_in
from wagtail.models import PageLogEntry, Revision

from tsunagari.engines.content.models import ArticlePage
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.models import Account

pytestmark = pytest.mark.django_db

MANY = 10_000


def _versions(page: ArticlePage, clerk: Account, number: int) -> None:
    """That many versions with their lines in the log, all like the newest one."""
    newest = page.save_revision(user=clerk)
    now = system_clock()
    Revision.objects.bulk_create(
        [
            Revision(
                content_type=newest.content_type,
                base_content_type=newest.base_content_type,
                object_id=newest.object_id,
                created_at=now,
                user=clerk,
                object_str=newest.object_str,
                content={"title": page.title, "pk": page.pk},
            )
            for _each in range(number)
        ],
        batch_size=2000,
    )
    PageLogEntry.objects.bulk_create(
        [
            PageLogEntry(
                page=page,
                content_type=newest.content_type,
                label=page.title,
                action="wagtail.edit",
                timestamp=now,
                user=clerk,
                revision=newest,
                content_changed=True,
            )
            for _each in range(number)
        ],
        batch_size=2000,
    )
    page.save_revision(user=clerk)


@pytest.mark.parametrize("screen", ["edit", "history"])
def test_they_open_with_as_few_questions_as_ever(
    screen: str,
    article: ArticlePage,
    clerk: Account,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = signed_in(clerk)
    address = f"/console/pages/{article.pk}/{screen}/"
    article.save_revision(user=clerk)
    client.get(address)
    with django_assert_max_num_queries(110) as few:
        assert client.get(address).status_code == 200
    _versions(article, clerk, MANY)
    with django_assert_max_num_queries(len(few) + 20) as many:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000
    everything = [each for each in many.captured_queries if "wagtailcore_revision" in each["sql"]]
    assert len(everything) < 20
