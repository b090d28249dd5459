"""Divisions are reminded of what they still have to do: on stated days, once a day, and by real mail."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import make_clerk

from tsunagari.engines.cycle.actions.ask_reminder import ask_due_reminders, ask_reminder
from tsunagari.engines.cycle.actions.send_reminder import send_reminder
from tsunagari.engines.cycle.models import Cycle, Deadline, Reminder
from tsunagari.engines.cycle.queries.waiting import matrix
from tsunagari.engines.cycle.queries.year_sheets import year_sheets
from tsunagari.engines.cycle.rules.reminders import reminds_on
from tsunagari.engines.cycle.rules.steps import due_day, usual_deadlines
from tsunagari.engines.cycle.tests.years import (
    SECRETARIAT,
    SHIMIN,
    at,
    moved_to,
    opened,
    sheet_of,
    write,
)
from tsunagari.kernel.i18n.days import FiscalYear, is_business_day
from tsunagari.kernel.ledger import api as ledger

DUE = date(2026, 6, 30)
MORNING = datetime(2026, 6, 23, 0, tzinfo=UTC)
"""A week before the check of 2025 is due, 09:00 in Japan."""


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(2026, 6, 22), False),
        (date(2026, 6, 23), True),
        (date(2026, 6, 29), True),
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), False),
        (date(2026, 7, 7), True),
        (date(2026, 7, 14), True),
        (date(2026, 7, 15), False),
    ],
)
def test_the_calendar_asks_a_week_and_a_day_before_and_weekly_after(
    day: date, *, asked: bool
) -> None:
    assert reminds_on(DUE, day) is asked


def test_a_deadline_on_a_holiday_moves_to_the_next_open_day() -> None:
    assert due_day(date(2026, 5, 3)) == date(2026, 5, 7)
    assert due_day(usual_deadlines(FiscalYear(2026))["q3"]) == date(2027, 2, 1)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-20, 60))
def test_nobody_is_reminded_on_a_day_without_an_office(deadline: date, later: int) -> None:
    day = date.fromordinal(deadline.toordinal() + later)
    if reminds_on(deadline, day):
        assert is_business_day(day)


@pytest.fixture
def checking(city: None, db: None) -> Cycle:
    """A year in which divisions check."""
    return moved_to(opened(), "checking")


@pytest.fixture
def clerks(city: None, db: None) -> None:
    """A clerk of 市民課, its head, a member of the committee."""
    make_clerk("shimin", "田無 一郎", "shimin")
    make_clerk("shimin-kacho", "谷戸 久", "shimin", "head")
    make_clerk("iin", "住吉 学", "joho-suishin", "committee")


def test_a_division_is_asked_once_a_day_whoever_asks(checking: Cycle) -> None:
    first = ask_reminder(cycle=checking, step="check", division="shimin", asked_by="", now=MORNING)
    again = ask_reminder(
        cycle=checking, step="check", division="shimin", asked_by=SECRETARIAT.actor, now=MORNING
    )
    assert first
    assert again is None
    asked = ask_due_reminders(now=MORNING)
    assert first not in asked
    assert Reminder.objects.filter(division="shimin", step="check").count() == 1
    assert ask_due_reminders(now=MORNING) == ()


@pytest.mark.usefixtures("clerks")
def test_the_mail_names_the_year_the_day_and_the_measures_that_are_out(
    checking: Cycle, mailoutbox: list[EmailMessage]
) -> None:
    asked = ask_reminder(cycle=checking, step="check", division="shimin", asked_by="", now=MORNING)
    assert send_reminder(reminder=asked or "", clock=at(MORNING)) == 2
    (mail,) = mailoutbox
    assert sorted(mail.to) == ["shimin-kacho@city.example.jp", "shimin@city.example.jp"]
    assert mail.subject == "令和7年度「点検・評価」の期限のお知らせ"
    assert "令和8年6月30日" in mail.body
    assert "P/6 " in mail.body
    assert "/console/year/policy-2024-2028/2025/" in mail.body
    assert send_reminder(reminder=asked or "", clock=at(MORNING)) == 0
    assert len(mailoutbox) == 1
    assert [each.data["receivers"] for each in ledger.told("cycle.reminder_sent")] == [2]


@pytest.mark.usefixtures("clerks")
def test_who_has_finished_meanwhile_gets_no_mail(
    checking: Cycle, mailoutbox: list[EmailMessage]
) -> None:
    asked = ask_reminder(cycle=checking, step="q1", division="shimin", asked_by="", now=MORNING)
    for sheet in checking.sheets.filter(division="shimin"):
        write(sheet, SHIMIN, q1_note="案内を見直しました。")
    assert send_reminder(reminder=asked or "", clock=at(MORNING)) == 0
    assert mailoutbox == []


@pytest.mark.usefixtures("clerks")
def test_the_committee_is_reminded_of_its_opinions(
    checking: Cycle, mailoutbox: list[EmailMessage]
) -> None:
    cycle = moved_to(checking, "committee")
    Deadline.objects.filter(cycle=cycle, step="opinion").update(day=DUE)
    (asked,) = [
        each
        for each in ask_due_reminders(now=MORNING)
        if Reminder.objects.get(public_id=each).step == "opinion"
    ]
    assert send_reminder(reminder=asked, clock=at(MORNING)) == 1
    assert mailoutbox[0].to == ["iin@city.example.jp"]


def test_the_matrix_says_who_is_late_and_when_they_were_reminded(checking: Cycle) -> None:
    later = datetime(2026, 7, 6, 0, tzinfo=UTC)
    ask_reminder(cycle=checking, step="check", division="shimin", asked_by="", now=MORNING)
    write(sheet_of(checking, "6"), SHIMIN, q1_note="案内を見直しました。")
    rows = {row.code: row for row in matrix(year_sheets(checking, now=later), language="ja").rows}
    cells = {cell.step: cell for cell in rows["shimin"].cells}
    assert (cells["check"].state, cells["check"].reminded) == ("late", date(2026, 6, 23))
    assert (cells["q1"].done, cells["q1"].total) == (1, 4)


def test_a_reminder_that_reached_nobody_reminded_nobody_and_is_asked_again(
    checking: Cycle, mailoutbox: list[EmailMessage]
) -> None:
    first = ask_reminder(cycle=checking, step="check", division="shimin", asked_by="", now=MORNING)
    assert send_reminder(reminder=first or "", clock=at(MORNING)) == 0
    rows = {row.code: row for row in matrix(year_sheets(checking, now=MORNING), language="ja").rows}
    assert {cell.reminded for cell in rows["shimin"].cells} == {None}
    make_clerk("shimin", "田無 一郎", "shimin")
    again = ask_reminder(cycle=checking, step="check", division="shimin", asked_by="", now=MORNING)
    assert send_reminder(reminder=again or "", clock=at(MORNING)) == 1
    assert len(mailoutbox) == 1


def test_what_nobody_can_write_any_more_is_no_longer_late(checking: Cycle) -> None:
    cycle = moved_to(checking, "committee")
    found = matrix(year_sheets(cycle, now=MORNING), language="ja")
    states = {cell.step: cell.state for cell in found.rows[0].cells}
    assert {states[f"q{quarter}"] for quarter in (1, 2, 3, 4)} == {"missed"}
    assert states["check"] == "due"


def test_the_matrix_costs_a_bounded_number_of_queries(
    checking: Cycle, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        matrix(year_sheets(checking, now=MORNING), language="ja")
