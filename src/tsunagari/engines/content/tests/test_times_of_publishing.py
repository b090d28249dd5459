"""Pages that appear and end at their time, and what is published before anybody approved it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.cast import signed_in
from wagtail.models import Revision

from tsunagari.engines.content.actions.publish_due import publish_due
from tsunagari.engines.content.actions.publish_in_emergency import (
    EmergencyRefused,
    check_later,
    publish_in_emergency,
)
from tsunagari.engines.content.models import ArticlePage, LaterCheck, RefusedSchedule, TopicPage
from tsunagari.engines.content.models.city_page import PublishRefused
from tsunagari.engines.content.queries.approvals import refused_schedules
from tsunagari.engines.content.rules.kept_names import page_name
from tsunagari.engines.content.tests.conftest import published, text, write
from tsunagari.engines.content.tests.stewards import OFFICE, hand_of
from tsunagari.kernel.edge.models import Purge
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.models import Arrival

pytestmark = pytest.mark.django_db

FAULTY = text('<p>本文です。</p><p><a href="https://example.jp/"></a></p>')


def _scheduled(page: ArticlePage) -> Revision:
    revision: Revision = page.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=system_clock() - timedelta(minutes=1)
    )
    return revision


def test_a_page_with_a_fault_stops_no_other_and_is_told_to_its_division(topic: TopicPage) -> None:
    faulty = write(topic, title="問題のあるページ", slug="faulty", body=FAULTY)
    right = write(topic, title="正しいページ", slug="right")
    for page in (faulty, right):
        _scheduled(page)
    assert publish_due(clock=system_clock) == 1
    assert ArticlePage.objects.get(pk=right.pk).live
    assert not ArticlePage.objects.get(pk=faulty.pk).live
    assert [each.page_id for each in refused_schedules("shimin")] == [faulty.pk]
    assert RefusedSchedule.objects.get().rules == ["link_empty"]
    assert publish_due(clock=system_clock) == 0
    faulty.body = faulty.body.stream_block.to_python(text("<p>直しました。</p>"))
    faulty.save_revision().publish()
    assert not refused_schedules("shimin").exists()


def test_a_page_ends_at_midnight_in_japan_and_its_kept_answer_is_dropped(topic: TopicPage) -> None:
    page = published(topic, title="募集", slug="boshu")
    midnight = datetime(2027, 3, 31, 15, tzinfo=UTC)
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=midnight)
    assert publish_due(clock=lambda: midnight - timedelta(seconds=1)) == 0
    Purge.objects.all().delete()
    assert publish_due(clock=lambda: midnight) == 1
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert Purge.objects.filter(name=page_name(page.public_id)).exists()
    assert publish_due(clock=lambda: midnight) == 0


def _at(begun: datetime, minutes: int) -> Clock:
    return lambda: begun + timedelta(minutes=minutes)


def _breaks(monkeypatch: pytest.MonkeyPatch, title: str) -> list[str]:
    """Publishing a page of this title breaks until the list is emptied."""
    breaking = [title]
    whole = Revision.publish

    def publish(self: Revision, *args: Any, **kwargs: Any) -> Any:
        if self.content["title"] in breaking:
            raise OSError("the disk is full")
        return whole(self, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", publish)
    return breaking


def test_a_page_that_breaks_is_told_once_and_tried_less_and_less_often(
    topic: TopicPage, monkeypatch: pytest.MonkeyPatch, clerk: Account
) -> None:
    breaking = _breaks(monkeypatch, "壊れたページ")
    broken = write(topic, title="壊れたページ", slug="broken")
    _scheduled(broken)
    begun = system_clock()
    tries = []
    for minute in range(200):
        before = RefusedSchedule.objects.values_list("attempts", flat=True).first() or 0
        publish_due(clock=_at(begun, minute))
        if RefusedSchedule.objects.get().attempts > before:
            tries.append(minute)
    assert tries == [0, 1, 3, 7, 15, 31, 63, 127]
    assert Arrival.objects.filter(name="content.schedule_failed").count() == 1
    said = signed_in(clerk).get("/console/").content.decode()
    assert "壊れたページ" in said
    assert "8回試しても" in said
    other = write(topic, title="正しいページ", slug="right")
    _scheduled(other)
    assert publish_due(clock=lambda: begun + timedelta(minutes=201)) == 1
    breaking.clear()
    assert publish_due(clock=lambda: begun + timedelta(minutes=255)) == 1
    assert ArticlePage.objects.get(pk=broken.pk).live
    assert not RefusedSchedule.objects.exists()


def test_a_new_time_is_not_kept_waiting_by_an_old_one(
    topic: TopicPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking = _breaks(monkeypatch, "壊れたページ")
    revision = _scheduled(write(topic, title="壊れたページ", slug="broken"))
    begun = system_clock()
    for minute in (0, 1, 3, 7):
        publish_due(clock=_at(begun, minute))
    breaking.clear()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=begun + timedelta(minutes=8))
    assert publish_due(clock=lambda: begun + timedelta(minutes=8)) == 1


def _publish(page: ArticlePage, account: Account, division: str = "shimin") -> str:
    return publish_in_emergency(
        page.pk,
        account=Account.objects.get(pk=account.pk),
        reason="断水を早く知らせるため",
        hand=hand_of(account, division),
        clock=system_clock,
    )


def test_an_emergency_cancels_what_waits_for_approval_and_leaves_a_duty(
    topic: TopicPage, clerk: Account
) -> None:
    page = write(topic, title="断水", slug="dansui")
    page.get_workflow().start(page, clerk)
    _publish(page, clerk)
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.live
    assert not page.workflow_in_progress
    assert LaterCheck.objects.get().checked_at is None
    with pytest.raises(EmergencyRefused, match="公開していない変更がありません"):
        _publish(page, clerk)


def test_a_fault_of_level_a_refuses_also_in_an_emergency(topic: TopicPage, clerk: Account) -> None:
    page = write(topic, title="断水", slug="dansui", body=FAULTY)
    with pytest.raises(PublishRefused):
        _publish(page, clerk)
    assert not LaterCheck.objects.exists()


def test_a_clerk_of_another_division_publishes_none_of_it(
    topic: TopicPage, secretariat: Account
) -> None:
    page = write(topic, title="断水", slug="dansui")
    with pytest.raises(PermissionError):
        _publish(page, secretariat, "joho-suishin")


def test_who_published_does_not_check_it_and_who_checks_may_take_it_away(
    topic: TopicPage, head: Account, other_clerk: Account
) -> None:
    page = write(topic, title="断水", slug="dansui")
    duty = _publish(page, head)
    said: dict[str, Any] = {
        "verdict": "withdrawn",
        "finding": "場所が違いました",
        "clock": system_clock,
    }
    with pytest.raises(EmergencyRefused, match="ほかの人"):
        check_later(duty, account=head, hand=hand_of(head, "shimin", head=True), **said)
    hand = hand_of(other_clerk, OFFICE)
    assert check_later(duty, account=other_clerk, hand=hand, **said)
    assert not check_later(duty, account=other_clerk, hand=hand, **said)
    assert not ArticlePage.objects.get(pk=page.pk).live
