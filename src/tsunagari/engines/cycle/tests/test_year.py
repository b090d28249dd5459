"""A year is opened, planned, run, checked and moved on, by whom it may and not otherwise."""

from datetime import date

import pytest

from tsunagari.engines.cycle.actions.move_part import accept_part, return_part, submit_part
from tsunagari.engines.cycle.actions.move_year import move_year
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused, open_year
from tsunagari.engines.cycle.actions.set_year import YearSettings, set_year
from tsunagari.engines.cycle.actions.write_sheet import (
    NotYourSheet,
    SheetOvertaken,
    SheetRefused,
    Typed,
    write_sheet,
)
from tsunagari.engines.cycle.models import Change, Cycle, Sheet
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.cycle.tests.years import (
    CHECKED,
    COMMITTEE,
    KOHO,
    PLAN,
    SECRETARIAT,
    SHIMIN,
    YEAR,
    accepted,
    at,
    moved_to,
    opened,
    sheet_of,
    write,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.ledger import api as ledger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def numbers_of(division: str) -> list[str]:
    return [
        head.number
        for head in plan_api.measure_heads(PLAN, "ja")
        if head.divisions and head.divisions[0] == division
    ]


def ours(cycle: Cycle) -> Sheet:
    """A sheet of 市民課."""
    return sheet_of(cycle, numbers_of("shimin")[0])


def test_opening_a_year_makes_a_sheet_for_each_measure_and_a_day_for_each_step() -> None:
    cycle = opened()
    assert cycle.sheets.count() == 30
    assert {each.step: each.day for each in cycle.deadlines.all()}["check"] == date(2026, 6, 30)
    assert [each.data["sheets"] for each in ledger.told("cycle.year_opened")] == [30]


def test_only_the_secretariat_opens_a_year_and_only_once() -> None:
    with pytest.raises(NotSecretariat):
        open_year(plan=PLAN, year=YEAR, hand=SHIMIN, clock=at())
    opened()
    with pytest.raises(YearRefused, match="もう開かれて"):
        open_year(plan=PLAN, year=YEAR, hand=SECRETARIAT, clock=at())
    with pytest.raises(YearRefused, match="計画にない年度"):
        open_year(plan=PLAN, year=2040, hand=SECRETARIAT, clock=at())


def test_what_was_written_for_the_next_year_is_in_its_sheet_already() -> None:
    before = ours(moved_to(opened(2024), "checking"))
    write(before, SHIMIN, next_planned="証明書のオンライン申請を広げます。")
    after = ours(opened(2025))
    assert after.planned == "証明書のオンライン申請を広げます。"
    assert [each.way for each in after.changes.filter(field="planned")] == ["carried"]


def test_a_division_writes_its_own_sheet_and_no_other() -> None:
    sheet = ours(opened())
    assert write(sheet, SHIMIN, planned="窓口を見直します。", budget="１，２００，０００円") == (
        "planned",
        "budget",
    )
    sheet.refresh_from_db()
    assert (sheet.planned, sheet.budget) == ("窓口を見直します。", 1_200_000)
    for hand in (KOHO, COMMITTEE):
        with pytest.raises(NotYourSheet):
            write(sheet, hand, planned="書き換えます。")


def test_the_same_again_changes_nothing_and_leaves_no_trace() -> None:
    sheet = ours(opened())
    write(sheet, SHIMIN, planned="窓口を見直します。")
    count = Change.objects.count()
    assert write(sheet, SHIMIN, planned="  窓口を見直します。\r\n") == ()
    assert Change.objects.count() == count


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("budget", "十二万", "数字だけで入力"),
        ("budget", "-5", "0以上の整数"),
        ("budget", "1200.5", "0以上の整数"),
        ("budget", "99999999999999", "大きすぎます"),
        ("way", "dance", "選べるもの"),
        ("planned", "あ" * 2001, "2000文字まで"),
        ("nobody.q1", "3", "この取組にない項目"),
        ("password", "x", "この取組にない項目"),
    ],
)
def test_it_rejects_what_does_not_fit_and_says_what_to_do(key: str, text: str, says: str) -> None:
    sheet = ours(opened())
    with pytest.raises(SheetRefused) as refused:
        write_sheet(
            sheet=sheet.public_id,
            typed={
                key: Typed(text=text, seen=print_of("")),
                "legal_basis": Typed(text="条例", seen=print_of("")),
            },
            hand=SHIMIN,
            clock=at(),
        )
    assert says in refused.value.faults[key]
    sheet.refresh_from_db()
    assert not sheet.legal_basis


def test_two_who_write_different_fields_both_win_and_the_same_field_asks_the_second() -> None:
    sheet = ours(opened())
    seen = {key: print_of(str(getattr(sheet, key))) for key in ("planned", "legal_basis")}
    write(sheet, SHIMIN, planned="先に書いた人")
    write_sheet(
        sheet=sheet.public_id,
        typed={"legal_basis": Typed(text="住民基本台帳法", seen=seen["legal_basis"])},
        hand=SHIMIN,
        clock=at(),
    )
    with pytest.raises(SheetOvertaken) as overtaken:
        write_sheet(
            sheet=sheet.public_id,
            typed={"planned": Typed(text="後から書いた人", seen=seen["planned"])},
            hand=SHIMIN,
            clock=at(),
        )
    assert overtaken.value.theirs == {"planned": "先に書いた人"}
    sheet.refresh_from_db()
    assert (sheet.planned, sheet.legal_basis) == ("先に書いた人", "住民基本台帳法")


def test_a_plan_is_handed_in_returned_with_a_comment_mended_and_accepted() -> None:
    sheet = ours(opened())
    sheet.planned = ""
    sheet.save(update_fields=["planned"])
    with pytest.raises(SheetRefused) as refused:
        submit_part(sheet=sheet.public_id, part="plan", hand=SHIMIN, clock=at())
    assert set(refused.value.faults) == {"planned"}
    write(sheet, SHIMIN, planned="窓口を見直します。")
    submit_part(sheet=sheet.public_id, part="plan", hand=SHIMIN, clock=at())
    with pytest.raises(SheetRefused, match="提出したあとは直せません"):
        write(sheet, SHIMIN, planned="こっそり直す")
    with pytest.raises(SheetRefused, match="差し戻す理由"):
        return_part(sheet=sheet.public_id, part="plan", comment=" ", hand=SECRETARIAT, clock=at())
    return_part(sheet=sheet.public_id, part="plan", comment="時期も", hand=SECRETARIAT, clock=at())
    write(sheet, SHIMIN, planned="10月から窓口を見直します。")
    accepted(sheet, "plan")
    assert [each.after for each in sheet.moves.all()] == [
        "accepted",
        "submitted",
        "returned",
        "submitted",
    ]


def test_a_division_does_not_accept_its_own_sheet() -> None:
    sheet = ours(opened())
    write(sheet, SHIMIN, planned="窓口を見直します。")
    submit_part(sheet=sheet.public_id, part="plan", hand=SHIMIN, clock=at())
    with pytest.raises(NotSecretariat):
        accept_part(sheet=sheet.public_id, part="plan", comment="", hand=SHIMIN, clock=at())


def test_accepted_plans_are_public_once_the_year_runs() -> None:
    cycle = opened()
    sheet = ours(cycle)
    write(sheet, SHIMIN, planned="10月から窓口を見直します。")
    accepted(sheet, "plan")
    number = numbers_of("shimin")[0]
    assert "10月から" not in str(plan_api.year_actions(PLAN, YEAR, "ja").get(number))
    moved_to(cycle, "running")
    assert plan_api.year_actions(PLAN, YEAR, "ja")[number].planned == "10月から窓口を見直します。"


def test_a_year_does_not_go_on_over_sheets_that_are_out_without_a_reason() -> None:
    cycle = opened()
    with pytest.raises(YearRefused, match="30件"):
        move_year(
            cycle=cycle.public_id,
            seen="planning",
            back=False,
            comment="",
            hand=SECRETARIAT,
            clock=at(),
        )
    assert moved_to(cycle, "running").moves.get().comment == "試験のため"


def test_of_two_who_move_a_year_the_second_is_told() -> None:
    cycle = opened()
    moved_to(cycle, "running")
    with pytest.raises(YearRefused, match="ほかの人が先に"):
        move_year(
            cycle=cycle.public_id,
            seen="planning",
            back=False,
            comment="急ぎ",
            hand=SECRETARIAT,
            clock=at(),
        )


def test_a_check_asks_for_results_or_the_reason_why_there_are_none() -> None:
    cycle = moved_to(opened(), "checking")
    sheet = ours(cycle)
    write(sheet, SHIMIN, **{**CHECKED, "missing_reason": ""})
    with pytest.raises(SheetRefused) as refused:
        submit_part(sheet=sheet.public_id, part="check", hand=SHIMIN, clock=at())
    assert "実績のない指標" in refused.value.faults["missing_reason"]
    write(sheet, SHIMIN, missing_reason="集計が7月に終わるため")
    submit_part(sheet=sheet.public_id, part="check", hand=SHIMIN, clock=at())
    sheet.refresh_from_db()
    assert sheet.check_state == "submitted"


def test_funds_do_not_come_to_more_than_the_cost() -> None:
    sheet = ours(moved_to(opened(), "checking"))
    write(sheet, SHIMIN, **CHECKED, settled="1000", from_state="800", from_tokyo="300")
    with pytest.raises(SheetRefused) as refused:
        submit_part(sheet=sheet.public_id, part="check", hand=SHIMIN, clock=at())
    assert "決算額より大きく" in refused.value.faults["settled"]


def test_a_division_that_was_merged_in_april_hands_its_sheets_on() -> None:
    cycle = opened()
    sheet = ours(cycle)
    identity.load_divisions(
        {
            "divisions": [
                {"code": "shimin", "terms": [{"from": 2014, "to": 2025, "name": "市民課"}]},
                {"code": "madoguchi", "terms": [{"from": 2026, "name": "窓口課"}]},
            ],
            "successions": [{"year": 2026, "before": ["shimin"], "after": ["madoguchi"]}],
        }
    )
    heirs = SHIMIN.__class__(actor=SHIMIN.actor, division="madoguchi", role="member")
    assert write(sheet, heirs, planned="窓口課が引き継ぎます。") == ("planned",)
    with pytest.raises(NotYourSheet):
        write(sheet, SHIMIN, planned="もうない課")


def test_settings_are_kept_and_the_same_again_is_no_change() -> None:
    cycle = opened()
    wanted = YearSettings(days={"plan": date(2025, 5, 4)}, minutes_an_item=30, staff_cost=8_000_000)
    assert set_year(cycle=cycle.public_id, wanted=wanted, hand=SECRETARIAT) == 3
    assert set_year(cycle=cycle.public_id, wanted=wanted, hand=SECRETARIAT) == 0
    with pytest.raises(NotSecretariat):
        set_year(cycle=cycle.public_id, wanted=wanted, hand=SHIMIN)
