"""The last second of a fiscal year and the first of the next; divisions that are gone in April; closed days."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml
from django.core.mail import EmailMessage
from tests.cast import make_clerk

from tsunagari.engines.cycle.actions.ask_reminder import ask_due_reminders, ask_reminder
from tsunagari.engines.cycle.actions.send_reminder import send_reminder
from tsunagari.engines.cycle.actions.write_sheet import NotYourSheet
from tsunagari.engines.cycle.models import Cycle, Deadline, Reminder, Sheet
from tsunagari.engines.cycle.queries.sheet_desk import sheet_desk
from tsunagari.engines.cycle.queries.waiting import matrix
from tsunagari.engines.cycle.queries.year_sheets import year_sheets
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.reminders import reminds_on
from tsunagari.engines.cycle.rules.steps import due_day
from tsunagari.engines.cycle.tests.workbooks import Open, loaded, previewed, written
from tsunagari.engines.cycle.tests.years import (
    NISHITOKYO,
    SHIMIN,
    YEAR,
    moved_to,
    opened,
    sheet_of,
    write,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import is_business_day
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.ids import new_public_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

LAST = datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)
"""31 March 2026 23:59:59 in Japan."""
FIRST = LAST + timedelta(seconds=1)


@pytest.fixture
def cycle(city: None, db: None) -> Cycle:
    """Fiscal 2025, in whose last second its check has begun."""
    return moved_to(opened(now=LAST), "checking", now=LAST)


def test_a_years_result_is_taken_from_the_first_second_of_the_next_and_is_final(
    cycle: Cycle,
) -> None:
    sheet = sheet_of(cycle, "6")
    book = Open.of(written(cycle, now=LAST))
    own = {key: cell for (owner, key), cell in book.cells().items() if owner == sheet.public_id}
    indicator = next(key for key in own if key.endswith(".source")).partition(".")[0]
    for part, value in {"value": 3, "numerator": 3, "denominator": 4, "source": "集計"}.items():
        if f"{indicator}.{part}" in own:
            own[f"{indicator}.{part}"].value = value
    data = book.saved()
    (fault,) = previewed(data, cycle, now=LAST).faults
    assert fault.sentence.startswith("この年度はまだ終わっていません")
    assert not loaded(data, cycle, now=FIRST).faults
    assert plan_api.figures_of_year([indicator], YEAR)[indicator].status == "final"


def test_a_day_ends_at_midnight_in_japan_for_reminders(cycle: Cycle) -> None:
    Deadline.objects.filter(cycle=cycle).update(day=date(2030, 4, 1))
    Deadline.objects.filter(cycle=cycle, step="q4").update(day=date(2026, 4, 1))
    assert ask_due_reminders(now=LAST)  # the day before it is due
    assert set(Reminder.objects.values_list("day", flat=True)) == {date(2026, 3, 31)}
    assert ask_due_reminders(now=FIRST) == ()  # the day itself asks nobody


def test_a_step_is_late_from_the_first_second_after_its_day(cycle: Cycle) -> None:
    Deadline.objects.filter(cycle=cycle, step="q4").update(day=date(2026, 3, 31))

    def state(now: datetime) -> str:
        row = next(
            row
            for row in matrix(year_sheets(cycle, now=now), language="ja").rows
            if row.code == "shimin"
        )
        return next(cell.state for cell in row.cells if cell.step == "q4")

    assert (state(LAST), state(FIRST)) == ("due", "late")


def _merged_in_april() -> None:
    """市民課 ends with fiscal 2025; 市民窓口課 does its work from April 2026."""
    said: dict[str, Any] = yaml.safe_load(
        (NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8")
    )
    for each in said["divisions"]:
        if each["code"] == "shimin":
            each["terms"][-1]["to"] = 2025
    said["divisions"].append(
        {"code": "shimin-madoguchi", "terms": [{"from": 2026, "name": "市民窓口課", "kana": "しみんまどぐちか", "en": "Citizens' Counter Division"}]}
    )  # fmt: skip
    said.setdefault("successions", []).append(
        {"year": 2026, "before": ["shimin"], "after": ["shimin-madoguchi"]}
    )
    identity.load_divisions(said)


def test_the_sheets_of_a_division_that_ended_are_its_heirs_from_the_first_second_of_april(
    cycle: Cycle,
) -> None:
    sheet = sheet_of(cycle, "6")
    assert sheet.division == "shimin"
    _merged_in_april()
    heir = Hand(actor=new_public_id(), division="shimin-madoguchi", role="member")
    assert write(sheet, SHIMIN, now=LAST, done="三月に書いた") == ("done",)
    with pytest.raises(NotYourSheet):
        write(sheet, heir, now=LAST, comment="まだ")
    assert write(sheet, heir, now=FIRST, comment="四月に書いた") == ("comment",)
    with pytest.raises(NotYourSheet):
        write(sheet, SHIMIN, now=FIRST, comment="もう")
    assert written(cycle, heir, now=FIRST)
    codes = {row.code for row in matrix(year_sheets(cycle, now=FIRST), language="ja").rows}
    assert "shimin-madoguchi" in codes
    assert "shimin" not in codes
    assert Sheet.objects.get(pk=sheet.pk).division == "shimin"  # what the year says of itself stays


def test_the_heir_is_reminded_of_what_the_division_left_open(cycle: Cycle) -> None:
    _merged_in_april()
    make_clerk("madoguchi", "田無 一郎", "shimin-madoguchi")
    due = datetime(2026, 6, 23, 0, tzinfo=UTC)
    ask_due_reminders(now=due)
    asked = set(Reminder.objects.filter(step="check").values_list("division", flat=True))
    assert "shimin-madoguchi" in asked
    assert "shimin" not in asked


def test_a_mail_that_waited_over_the_turn_of_the_year_goes_to_the_heir(
    cycle: Cycle, mailoutbox: list[EmailMessage]
) -> None:
    waiting = ask_reminder(cycle=cycle, step="check", division="shimin", asked_by="", now=LAST)
    _merged_in_april()
    make_clerk("shimin", "田無 一郎", "shimin")
    make_clerk("madoguchi", "保谷 花子", "shimin-madoguchi")
    assert send_reminder(reminder=waiting or "", clock=lambda: FIRST) == 1
    (mail,) = mailoutbox
    assert mail.to == ["madoguchi@city.example.jp"]
    assert "P/6 " in mail.body


@pytest.mark.parametrize(
    ("deadline", "counts", "asked"),
    [
        (date(2026, 5, 3), date(2026, 5, 7), [date(2026, 4, 30)]),  # Golden Week
        (date(2026, 12, 31), date(2027, 1, 4), [date(2026, 12, 28)]),  # the turn of the year
        (date(2026, 9, 20), date(2026, 9, 24), [date(2026, 9, 17)]),  # four days in September
        (date(2026, 11, 7), date(2026, 11, 9), [date(2026, 11, 2)]),  # a Saturday
    ],
)
def test_a_deadline_on_closed_days_counts_on_the_next_open_one(
    deadline: date, counts: date, asked: list[date]
) -> None:
    assert due_day(deadline) == counts
    assert is_business_day(counts)
    first = counts - timedelta(days=20)
    days = [first + timedelta(days=each) for each in range(20)]
    wanted = [day for day in days if reminds_on(deadline, day)]
    assert wanted[: len(asked)] == asked
    assert all(is_business_day(day) for day in wanted)


def test_what_a_year_had_reached_by_each_quarter_stays_on_its_sheet_after_march(
    cycle: Cycle,
) -> None:
    sheet = sheet_of(cycle, "6")
    (head,) = plan_api.measures_by_id([sheet.measure], "ja").values()
    for month in (4, 5, 6):
        typed = plan_api.Typed(
            period=plan_api.Period(year=YEAR, month=month),
            figure=plan_api.Figure(value=Decimal(10 * month)),
            status="final",
            source="月の集計",
            reason="",
            seen="",
        )
        plan_api.enter_figure(
            indicator=head.indicators[0].public_id,
            typed=typed,
            hand=plan_api.PlanHand(actor=SHIMIN.actor, division="shimin", secretariat=False),
            clock=lambda: LAST,
        )
    told = {now: sheet_desk(cycle, "6", SHIMIN, now=now, language="ja") for now in (LAST, FIRST)}
    quarters = {now: desk.actuals[0].quarters for now, desk in told.items() if desk}
    assert quarters == dict.fromkeys((LAST, FIRST), (Decimal(150), None, None, None))
