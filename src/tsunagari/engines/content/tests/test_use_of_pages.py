"""What is read, sought and given up stands on one screen, from figures that know no reader."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tsunagari.engines.content.models import ArticlePage, TopicPage, Usefulness
from tsunagari.engines.content.queries.page_reads import reads
from tsunagari.engines.content.queries.reviews import views_of
from tsunagari.engines.content.queries.use_of_pages import pages_used, use_of_pages
from tsunagari.engines.content.rules.periods import Days, period, spans
from tsunagari.engines.content.tests.conftest import published
from tsunagari.engines.content.tests.stewards import OFFICE
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import day_start, japan_day
from tsunagari.kernel.i18n.workbook import read_workbook
from tsunagari.kernel.metering.actions.absorb_views import absorb_views
from tsunagari.kernel.metering.actions.count_views import write_batch
from tsunagari.kernel.metering.models import Began
from tsunagari.kernel.search import api as search

TODAY = date(2028, 2, 20)


def read(page: Any, day: date, times: int) -> None:
    """So many views of a page at noon of a day in Japan."""
    hour = int(day_start(day).timestamp()) // 3600 + 12
    seen = ("website", "page", page.locale.language_code, page.division, page.public_id)
    write_batch(process=f"{page.slug}{day:%m%d}"[:22], sequence=1, counts={(hour, *seen): times})
    while absorb_views():
        pass


def counting_since(day: date) -> None:
    Began.objects.update_or_create(meter="website.page_reads", defaults={"at": day_start(day)})


@pytest.fixture
def other(topic: TopicPage) -> ArticlePage:
    """A page of another division."""
    found: ArticlePage = published(topic, title="市報", slug="shiho", division=OFFICE)
    return found


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (Days(first=date(2028, 2, 3), last=date(2028, 2, 9)), [("day", 3, 9)]),
        (
            Days(first=date(2028, 1, 21), last=date(2028, 4, 2)),
            [("day", 21, 31), ("month", 1, 1), ("day", 1, 2)],
        ),
        (Days(first=date(2027, 4, 1), last=date(2027, 6, 30)), [("month", 1, 1)]),
        (Days(first=date(2027, 4, 1), last=date(2027, 4, 5)), [("day", 1, 5)]),
    ],
)
def test_days_are_summed_as_months_where_they_are_whole(
    days: Days, expected: list[tuple[str, int, int]]
) -> None:
    assert [(grain, first.day, last.day) for grain, first, last in spans(days)] == expected


def test_a_period_ends_yesterday_and_is_laid_beside_as_many_days() -> None:
    week = period("7", TODAY)
    assert (week.now.first, week.now.last) == (date(2028, 2, 13), date(2028, 2, 19))
    assert (week.before.first, week.before.last) == (date(2028, 2, 6), date(2028, 2, 12))
    year = period("year", TODAY)
    assert (year.now.first, year.before.first) == (date(2027, 4, 1), date(2026, 4, 1))
    assert year.before.number == year.now.number
    assert period("year", date(2028, 4, 1)).now.last == date(2028, 3, 31)
    assert period("anything", TODAY).key == "30"


@pytest.mark.django_db
def test_reads_of_a_year_are_those_of_its_months_and_days(article: ArticlePage) -> None:
    for day, times in ((date(2027, 4, 1), 2), (date(2027, 9, 30), 3), (date(2028, 2, 19), 5)):
        read(article, day, times)
    read(article, TODAY, 100)
    assert reads(period("year", TODAY).now) == {article.public_id: 10}
    assert reads(period("7", TODAY).now) == {article.public_id: 5}
    assert views_of([article.public_id], TODAY) == {article.public_id: 10}


@pytest.mark.django_db
def test_the_most_read_page_comes_first_with_its_change_and_the_unread_one_is_named(
    article: ArticlePage, other: ArticlePage
) -> None:
    counting_since(date(2028, 1, 1))
    read(article, date(2028, 2, 14), 30)
    read(article, date(2028, 2, 7), 20)
    week = period("7", TODAY)
    found = use_of_pages(week)
    assert [(row.title, row.reads, row.before) for row in found.most] == [("住民票の写し", 30, 20)]
    assert (found.reads, found.before) == (30, 20)
    assert found.hardly[0].reads == 0
    other.published.first_published_at = datetime(2028, 2, 15, tzinfo=UTC)  # within the week
    other.published.save()
    within = use_of_pages(week)
    assert "市報" not in [row.title for row in within.hardly]
    assert (within.unread, within.lasting) == (found.unread - 1, found.lasting - 1)
    assert not use_of_pages(week, division=OFFICE).most


@pytest.mark.django_db
def test_what_was_not_yet_counted_is_compared_with_nothing(article: ArticlePage) -> None:
    counting_since(date(2028, 2, 10))
    read(article, date(2028, 2, 14), 30)
    found = use_of_pages(period("7", TODAY))
    assert found.before is None
    assert found.most[0].before is None


@pytest.mark.django_db
def test_people_give_up_where_three_were_not_helped_and_fewer_were(
    article: ArticlePage, other: ArticlePage
) -> None:
    day = date(2028, 2, 15)
    for page, helped, not_helped in ((article, 1, 3), (other, 9, 4)):
        Usefulness.objects.create(
            public_id=page.public_id, language="ja", day=day, helped=helped, not_helped=not_helped
        )
    found = use_of_pages(period("7", TODAY))
    said = [(row.title, row.share, row.gives_up) for row in found.not_helped]
    assert said == [("市報", 31, False), ("住民票の写し", 75, True)]
    assert (found.answers, found.not_helped_answers) == (17, 7)
    assert use_of_pages(period("7", date(2028, 3, 20))).not_helped == ()


@pytest.mark.django_db
def test_a_clerk_sees_her_division_then_all_and_takes_it_away(
    article: ArticlePage, other: ArticlePage, clerk_client: Client
) -> None:
    yesterday = japan_day(system_clock()) - timedelta(days=1)
    read(article, yesterday, 1234)
    read(other, yesterday, 56)
    search.note_sought("住民票", "ja", 3, clock=lambda: day_start(yesterday))
    search.note_sought("いのしし", "ja", 0, clock=lambda: day_start(yesterday))
    said = clerk_client.get("/console/page-use/").content.decode()
    assert "1,234" in said
    assert "市報" not in said
    assert "いのしし" in said
    everything = clerk_client.get("/console/page-use/?division=all&period=7").content.decode()
    assert "市報" in everything
    file = clerk_client.get("/console/page-use/?division=all&export=pages").content
    table = read_workbook(file)
    assert [row.text("題名") for row in table.rows][:2] == ["住民票の写し", "市報"]
    words = read_workbook(clerk_client.get("/console/page-use/?export=words").content)
    assert {row.text("探された言葉") for row in words.rows} == {"住民票", "いのしし"}


@pytest.mark.django_db
def test_a_division_that_is_none_and_a_visitor_see_nothing(
    article: ArticlePage, clerk_client: Client, outsider_client: Client
) -> None:
    assert clerk_client.get("/console/page-use/?division=nowhere").status_code == 404
    assert outsider_client.get("/console/page-use/").status_code == 302
    assert clerk_client.get("/console/page-use/?period=x&language=xx").status_code == 200


@pytest.mark.django_db
def test_the_screen_costs_no_more_with_more_pages(
    topic: TopicPage, clerk_client: Client, django_assert_max_num_queries: Any
) -> None:
    yesterday = japan_day(system_clock()) - timedelta(days=1)
    for number in range(12):
        read(published(topic, title=f"手続き{number}", slug=f"p{number}"), yesterday, number + 1)
    clerk_client.get("/console/page-use/")
    with django_assert_max_num_queries(25), override("ja"):
        answer = clerk_client.get("/console/page-use/?period=year&division=all")
    assert "手続き11" in answer.content.decode()


@pytest.mark.django_db
def test_every_page_has_its_line_once_however_often_it_was_read(
    article: ArticlePage, other: ArticlePage
) -> None:
    for day in (14, 15, 16):
        read(article, date(2028, 2, day), 2)
    rows = pages_used(period("7", TODAY), language="ja")
    assert [row.reads for row in rows if row.public_id == article.public_id] == [6]
    assert len({row.public_id for row in rows}) == len(rows)
