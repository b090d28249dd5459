"""A fiscal year as far as it is lived for the pictures of the handbook: run inside the installation.

    site.run("shell", "-c", "…; from tests.e2e.year_lived import checked; checked()")

What stands in the sheets is made up.
"""

from datetime import UTC, datetime
from typing import Final

from tsunagari.engines.cycle import api as cycle
from tsunagari.engines.cycle.actions.freeze_year import freeze_year
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.kernel.identity.models import Account

PLAN: Final = "policy-2024-2028"
STEPS: Final = (
    "窓口で聞き取りをします",
    "案内の下書きを作ります",
    "3つの窓口で試します",
    "結果をまとめます",
)
DONE: Final = ("120人に聞きました。", "案内を2種類作りました。", "3つの窓口で試しました。", "")


def clock() -> datetime:
    """Now."""
    return datetime.now(UTC)


def secretariat() -> cycle.Hand:
    """The trial's secretariat."""
    account = Account.objects.get(login_name="jimukyoku")
    return cycle.Hand(actor=account.public_id, division="joho-suishin", role="secretariat")


def _write(sheet: Sheet, **texts: str) -> None:
    typed = {
        key: cycle.Typed(text=text, seen=cycle.print_of(str(getattr(sheet, key) or "")))
        for key, text in texts.items()
    }
    cycle.write_sheet(sheet=sheet.public_id, typed=typed, hand=secretariat(), clock=clock)
    sheet.refresh_from_db()


def _on(year: Cycle) -> None:
    year.refresh_from_db()
    cycle.move_year(
        cycle=year.public_id,
        seen=year.phase,
        back=False,
        comment="残りは会議で確かめました。",
        hand=secretariat(),
        clock=clock,
    )


def checked() -> None:
    """This year is open for planning; last year is being checked, some sheets are late."""
    for number in (2026, 2025):
        cycle.open_year(plan=PLAN, year=number, hand=secretariat(), clock=clock)
    year = Cycle.objects.get(plan=PLAN, fiscal_year=2025)
    for place, sheet in enumerate(year.sheets.all()):
        plans = {f"q{quarter}_plan": text for quarter, text in enumerate(STEPS, start=1)}
        _write(
            sheet,
            planned="使う人の声を聞き、手続の案内を読みやすくします。",
            budget="1200000",
            **plans,
        )
        cycle.submit_part(sheet=sheet.public_id, part="plan", hand=secretariat(), clock=clock)
        if place % 9:
            cycle.accept_part(
                sheet=sheet.public_id, part="plan", comment="", hand=secretariat(), clock=clock
            )
    _on(year)
    _on(year)
    for place, sheet in enumerate(year.sheets.all()):
        notes = {f"q{quarter}_note": text for quarter, text in enumerate(DONE, start=1)}
        _write(sheet, **notes)
        if place % 3 == 0:
            _check(sheet)


def _check(sheet: Sheet) -> None:
    _write(
        sheet,
        done="窓口で聞き取りをし、案内を2種類作って試しました。",
        settled="980000",
        staff_years="0.5",
        grade="B",
        comment="案内は読みやすくなりましたが、待ち時間が残りました。",
        missing_reason="集計の途中です。",
        next_planned="待ち時間を数え、窓口の開き方を見直します。",
    )
    cycle.submit_part(sheet=sheet.public_id, part="check", hand=secretariat(), clock=clock)
    cycle.accept_part(
        sheet=sheet.public_id, part="check", comment="", hand=secretariat(), clock=clock
    )


def acting() -> None:
    """Last year is at the decisions."""
    year = Cycle.objects.get(plan=PLAN, fiscal_year=2025)
    for sheet in year.sheets.exclude(check_state="accepted"):
        _check(sheet)
    _on(year)
    _on(year)


def closed() -> None:
    """Last year is closed."""
    year = Cycle.objects.get(plan=PLAN, fiscal_year=2025)
    freeze_year(
        cycle=year.public_id,
        reason="見直しは会議で決めました。",
        hand=secretariat(),
        clock=clock,
    )
