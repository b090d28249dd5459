"""Approval in steps: whose turn it is, deputies by days, sending back, and what nobody may do."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from tests.cast import make_clerk, signed_in
from wagtail.models import PageLogEntry, TaskState

from tsunagari.engines.content.actions.name_deputy import DeputyRefused, end_deputy, name_deputy
from tsunagari.engines.content.actions.tell_by_mail import tell_decision, tell_waiting
from tsunagari.engines.content.models import ArticlePage, Deputy, TopicPage
from tsunagari.engines.content.queries.approvals import sent_back_to, waiting_for
from tsunagari.engines.content.tests.conftest import write
from tsunagari.engines.content.tests.stewards import hand_of
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.models import Arrival

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(topic: TopicPage, clerk: Account) -> ArticlePage:
    """A draft of 市民課 for which a clerk has asked approval."""
    page: ArticlePage = write(topic, title="転出届", slug="tenshutsu")
    page.save_revision(user=clerk)
    page.get_workflow().start(page, clerk)
    return page


def _fresh(account: Account) -> Account:
    """The account as the next request reads it."""
    return Account.objects.get(pk=account.pk)


def _state(page: ArticlePage) -> Any:
    return ArticlePage.objects.get(pk=page.pk).current_workflow_task_state


def _decide(page: ArticlePage, account: Account, verb: str, **said: str) -> None:
    state = _state(page)
    state.task.specific.on_action(state, account, verb, **said)


def _mine(account: Account) -> int:
    return len(waiting_for(_fresh(account)))


def test_head_and_office_decide_one_after_the_other(
    asked: ArticlePage, clerk: Account, head: Account, other_clerk: Account
) -> None:
    stranger = make_clerk("joho", "柳沢 実", "joho-suishin", "head")
    assert [_mine(each) for each in (clerk, head, other_clerk, stranger)] == [0, 1, 0, 0]
    _decide(asked, head, "approve")
    assert [_mine(each) for each in (clerk, head, other_clerk, stranger)] == [0, 0, 1, 0]
    assert not ArticlePage.objects.get(pk=asked.pk).live
    _decide(asked, other_clerk, "approve")
    assert ArticlePage.objects.get(pk=asked.pk).live
    told = [each.data for each in Arrival.objects.filter(name="content.decided").order_by("pk")]
    assert [(each["decision"], each["capacity"]) for each in told] == [
        ("approved", "head"),
        ("approved", "site"),
    ]
    words = PageLogEntry.objects.filter(page=asked.pk, action="content.decided").order_by("pk")
    assert words[0].message == "課長として承認しました（市民課 主事）"


def test_each_who_decides_opens_the_page_with_the_buttons_to_do_it(
    asked: ArticlePage, head: Account, other_clerk: Account
) -> None:
    for account in (head, other_clerk):
        answer = signed_in(account).get(f"/console/pages/{asked.pk}/edit/")
        assert answer.status_code == 200
        assert "承認する" in answer.content.decode()
        assert "差し戻す" in answer.content.decode()
        _decide(asked, account, "approve")


def test_a_page_that_is_sent_back_says_why_and_comes_again(
    asked: ArticlePage, clerk: Account, head: Account
) -> None:
    _decide(asked, head, "reject", comment="日付を確かめてください")
    assert [each.comment for each in sent_back_to(clerk)] == ["日付を確かめてください"]
    assert "日付を確かめてください" in signed_in(clerk).get("/console/").content.decode()
    page = ArticlePage.objects.get(pk=asked.pk)
    page.current_workflow_state.resume(user=clerk)
    assert not list(sent_back_to(clerk))
    assert _mine(head) == 1


def test_a_deputy_decides_in_her_days_and_not_before_or_after(
    asked: ArticlePage, clerk: Account, head: Account
) -> None:
    today, day = japan_day(system_clock()), timedelta(days=1)
    row = Deputy.objects.create(
        account=clerk, division="shimin", begins=today + day, ends=today + day, named_by="x"
    )
    assert _mine(clerk) == 0
    Deputy.objects.filter(pk=row.pk).update(begins=today - day, ends=today - day)
    assert _mine(clerk) == 0
    Deputy.objects.filter(pk=row.pk).update(begins=today, ends=today)
    assert _mine(clerk) == 1
    _decide(asked, _fresh(clerk), "approve")
    assert Arrival.objects.get(name="content.decided").data["capacity"] == "deputy"


def test_only_a_head_or_the_office_names_a_deputy_of_the_same_division(
    clerk: Account, head: Account, other_clerk: Account, site: object
) -> None:
    today = japan_day(system_clock())
    days: dict[str, Any] = {
        "division": "shimin",
        "begins": today,
        "ends": today,
        "clock": system_clock,
    }
    with pytest.raises(PermissionError):
        name_deputy(clerk, hand=hand_of(clerk, "shimin"), **days)
    hand = hand_of(head, "shimin", head=True)
    for wrong in (other_clerk, head):
        with pytest.raises(DeputyRefused):
            name_deputy(wrong, hand=hand, **days)
    public_id = name_deputy(clerk, hand=hand, **days)
    with pytest.raises(DeputyRefused, match="もうなっています"):
        name_deputy(clerk, hand=hand, **days)
    assert end_deputy(public_id, hand=hand_of(other_clerk, "hisho-koho"), clock=system_clock)
    assert not Deputy.objects.exists()


def test_a_step_is_decided_once_though_two_press_at_once(asked: ArticlePage, head: Account) -> None:
    first = _state(asked)
    second = TaskState.objects.get(pk=first.pk)
    first.approve(user=head)
    with pytest.raises(PermissionDenied):
        TaskState.objects.get(pk=second.pk).approve(user=head)
    assert Arrival.objects.filter(name="content.decided").count() == 1


def test_mails_go_to_those_who_decide_and_to_who_asked_and_to_nobody_without_an_address(
    asked: ArticlePage, clerk: Account, head: Account
) -> None:
    state = _state(asked)
    assert tell_waiting(step=state.pk, clock=system_clock) == 1
    assert mail.outbox[-1].to == ["shimin-kacho@city.example.jp"]
    assert mail.outbox[-1].subject == "承認をお願いします：転出届"
    _decide(asked, head, "reject", comment="日付を確かめてください")
    assert tell_waiting(step=state.pk, clock=system_clock) == 0
    assert tell_decision(step=state.pk) == 1
    assert mail.outbox[-1].to == ["shimin@city.example.jp"]
    assert "日付を確かめてください" in mail.outbox[-1].body
    Account.objects.filter(pk=clerk.pk).update(work_email="")
    assert tell_decision(step=state.pk) == 0


def test_who_decides_opens_the_editor_and_is_offered_both_decisions(
    asked: ArticlePage, head: Account, other_clerk: Account
) -> None:
    """Wagtail also asks with the bare page, which knows no division."""
    for decider in (head, other_clerk):
        answer = signed_in(decider).get(f"/console/pages/{asked.pk}/edit/")
        assert answer.status_code == 200
        assert "承認する" in answer.content.decode() or "承認すると公開" in answer.content.decode()
        assert "差し戻す" in answer.content.decode()
        _decide(asked, decider, "approve")
