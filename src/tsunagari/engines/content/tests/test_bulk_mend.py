"""One mend for many pages: looked at before, made as versions of the clerk, never over somebody else's work."""

from datetime import timedelta

import pytest
from wagtail.admin.models import EditingSession
from wagtail.models import PageLogEntry

from tsunagari.engines.content.actions.apply_mends import apply_mends
from tsunagari.engines.content.actions.choose_mends import (
    NotReady,
    begin_mends,
    choose_mends,
    drop_mends,
)
from tsunagari.engines.content.models import PAGE_TYPES, ArticlePage, Round, TopicPage
from tsunagari.engines.content.rules.difference import stretches
from tsunagari.engines.content.tests.conftest import published, text, write
from tsunagari.engines.content.tests.stewards import OFFICE, checked_all, made, planned
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.models import Account

pytestmark = pytest.mark.django_db

KANA = text("<p>ｺﾋﾟｰの<b>料金</b>は、10円です。ｶﾞｽの検針は別です。</p>")
MENDED = "<p>コピーの<b>料金</b>は、10円です。ガスの検針は別です。</p>"
RULE = "half_width_kana"


@pytest.fixture
def copy_page(topic: TopicPage) -> ArticlePage:
    """A published page of 市民課 with half-width kana."""
    page: ArticlePage = published(topic, title="コピー", slug="copy", body=KANA)
    checked_all()
    return page


def _html(page: ArticlePage, *, draft: bool = False) -> str:
    page = ArticlePage.objects.get(pk=page.pk)
    version = page.get_latest_revision_as_object() if draft else page
    html: str = version.body.raw_data[0]["value"]
    return html


def test_the_preview_shows_each_field_before_and_after_and_changes_nothing(
    copy_page: ArticlePage, clerk: Account
) -> None:
    row = planned(clerk, "shimin", rule=RULE).mends.get()
    marked = [(each.kind, each.text) for each in stretches(row.was, row.becomes)]
    assert ("gone", "ｺﾋﾟｰ") in marked
    assert ("new", "コピー") in marked
    assert _html(copy_page) == KANA[0]["value"]


def test_a_clerk_mends_her_divisions_pages_as_drafts_of_her_own(
    copy_page: ArticlePage, clerk: Account
) -> None:
    held = planned(clerk, "shimin", rule=RULE)
    assert made(held, publishes=True) == {copy_page.pk: "draft"}
    assert _html(copy_page) == KANA[0]["value"]
    assert _html(copy_page, draft=True) == MENDED
    latest = ArticlePage.objects.get(pk=copy_page.pk).get_latest_revision()
    assert latest.user == clerk
    told = PageLogEntry.objects.get(page=copy_page.pk, action="content.mended")
    assert told.message == "「半角カナ」を1か所まとめて直しました"


def test_the_office_mends_every_divisions_pages_and_publishes_them(
    copy_page: ArticlePage, other_clerk: Account
) -> None:
    held = planned(other_clerk, OFFICE, rule=RULE)
    assert made(held, publishes=True) == {copy_page.pk: "published"}
    assert _html(copy_page) == MENDED


def test_another_divisions_pages_are_not_in_a_clerks_plan(
    copy_page: ArticlePage, topic: TopicPage, clerk: Account
) -> None:
    other = published(topic, title="ガス", slug="gas", body=KANA, division="joho-suishin")
    checked_all()
    pages = set(planned(clerk, "shimin", rule=RULE).mends.values_list("page_id", flat=True))
    assert pages == {copy_page.pk}
    assert other.pk not in pages


def test_a_second_time_changes_nothing(copy_page: ArticlePage, other_clerk: Account) -> None:
    held = planned(other_clerk, OFFICE, rule=RULE)
    made(held, publishes=True)
    versions = copy_page.revisions.count()
    apply_mends(Round.objects.get(pk=held.pk), clock=system_clock)
    assert planned(other_clerk, OFFICE, rule=RULE).mends.count() == 0
    with pytest.raises(NotReady):
        begin_mends(held, publishes=True)
    assert copy_page.revisions.count() == versions


def test_a_page_that_changed_since_the_preview_is_left_alone_and_named(
    copy_page: ArticlePage, clerk: Account, other_clerk: Account
) -> None:
    first, second = planned(clerk, "shimin", rule=RULE), planned(other_clerk, OFFICE, rule=RULE)
    assert made(first) == {copy_page.pk: "draft"}
    assert made(second, publishes=True) == {copy_page.pk: "changed"}
    assert copy_page.revisions.count() == 2


def test_what_was_unticked_is_not_made(copy_page: ArticlePage, clerk: Account) -> None:
    held = planned(clerk, "shimin", rule=RULE)
    shown = list(held.mends.values_list("pk", flat=True))
    choose_mends(held, shown=shown, ticked=[])
    assert made(held) == {copy_page.pk: ""}
    assert _html(copy_page, draft=True) == KANA[0]["value"]


def test_a_dropped_plan_is_never_made(copy_page: ArticlePage, clerk: Account) -> None:
    held = planned(clerk, "shimin", rule=RULE)
    drop_mends(held)
    with pytest.raises(NotReady):
        begin_mends(held, publishes=False)


def test_a_page_that_somebody_locked_is_left_alone(
    copy_page: ArticlePage, clerk: Account, head: Account
) -> None:
    held = planned(clerk, "shimin", rule=RULE)
    ArticlePage.objects.filter(pk=copy_page.pk).update(locked=True, locked_by=head)
    assert made(held) == {copy_page.pk: "locked"}


def test_a_page_that_somebody_is_writing_is_left_alone(
    copy_page: ArticlePage, clerk: Account, head: Account
) -> None:
    held = planned(clerk, "shimin", rule=RULE)
    session = EditingSession.objects.create(
        user=head,
        content_type=copy_page.cached_content_type,
        object_id=str(copy_page.pk),
        last_seen_at=system_clock(),
    )
    assert made(held) == {copy_page.pk: "edited"}
    session.last_seen_at -= timedelta(minutes=30)
    session.save()
    assert made(planned(clerk, "shimin", rule=RULE)) == {copy_page.pk: "draft"}


def test_a_page_in_approval_is_left_alone(copy_page: ArticlePage, clerk: Account) -> None:
    copy_page.save_revision(user=clerk)
    copy_page.get_workflow().start(copy_page, clerk)
    assert made(planned(clerk, "shimin", rule=RULE)) == {copy_page.pk: "approval"}


def test_a_draft_that_is_not_finished_is_mended_and_not_published(
    copy_page: ArticlePage, other_clerk: Account
) -> None:
    copy_page.title = "コピーのとり方"
    copy_page.save_revision()
    held = planned(other_clerk, OFFICE, rule=RULE)
    assert made(held, publishes=True) == {copy_page.pk: "unfinished"}
    assert _html(copy_page, draft=True) == MENDED
    assert ArticlePage.objects.get(pk=copy_page.pk).title == "コピー"


def test_a_page_with_another_fault_that_refuses_is_saved_as_a_draft(
    topic: TopicPage, other_clerk: Account
) -> None:
    page = published(topic, title="コピー", slug="copy", body=KANA)
    ArticlePage.objects.filter(pk=page.pk).update(
        body=page.body.stream_block.to_python(
            text(KANA[0]["value"] + '<p><a href="https://example.jp/"></a></p>')
        )
    )
    ArticlePage.objects.filter(pk=page.pk).update(latest_revision=None, live_revision=None)
    checked_all()
    held = planned(other_clerk, OFFICE, rule=RULE)
    assert made(held, publishes=True) == {page.pk: "refused"}
    assert "コピー" in _html(page, draft=True)
    assert "ｺﾋﾟｰ" in _html(page)


def test_an_address_gives_way_to_another_on_every_page_that_leads_there(
    topic: TopicPage, other_clerk: Account
) -> None:
    old, new = "https://old.example.jp/a?b=1&c=2", "https://new.example.jp/?q=<市>"
    html = '<p><a href="https://old.example.jp/a?b=1&amp;c=2#top">案内</a> <a href="https://old.example.jp/ab">別</a></p>'
    page = published(topic, title="案内", slug="annai", body=text(html))
    checked_all()
    held = planned(other_clerk, OFFICE, before=old, after=new)
    assert made(held, publishes=True) == {page.pk: "published"}
    assert 'href="https://new.example.jp/?q=&lt;市&gt;"' in _html(page)
    assert 'href="https://old.example.jp/ab"' in _html(page)


def test_every_kind_of_page_can_be_read_back_after_a_round(copy_page: ArticlePage) -> None:
    write(copy_page, title="下書きのｺﾋﾟｰ", slug="draft")
    held = checked_all()
    assert held.done == sum(kind.objects.count() for kind in PAGE_TYPES)
