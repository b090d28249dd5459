"""People who work in the same moment: nothing is lost silently, and a year is closed and mended once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from django.db import connection

from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.actions.freeze_year import freeze_year
from tsunagari.engines.cycle.actions.load_sheets import LoadRefused, SheetsOutcome, load_sheets
from tsunagari.engines.cycle.actions.move_part import submit_part
from tsunagari.engines.cycle.actions.open_year import YearRefused
from tsunagari.engines.cycle.actions.write_sheet import (
    SheetOvertaken,
    SheetRefused,
    Typed,
    write_sheet,
)
from tsunagari.engines.cycle.models import Cycle, Frozen, Sheet
from tsunagari.engines.cycle.queries.published import books_of
from tsunagari.engines.cycle.rules.corrections import Correction
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.cycle.rules.workbook_reading import read_book
from tsunagari.engines.cycle.tests.closing_years import (
    NOW,
    SECRETARIAT,
    YEAR,
    acting_year,
    clock,
    indicator_of,
)
from tsunagari.engines.cycle.tests.workbooks import Open, written
from tsunagari.engines.cycle.tests.years import SHIMIN, at, moved_to, opened, sheet_of
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.ledger import api as ledger

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]

REFUSALS = (YearRefused, SheetRefused, SheetOvertaken, LoadRefused)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Each deed in a thread and a transaction of its own, begun together: what it gave, or its refusal.
    Any other exception is the test's."""
    together = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=60)
            return deed()
        except REFUSALS as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(deeds)) as people:
        return list(people.map(do, deeds))


def refusals(given: Sequence[Any]) -> list[Any]:
    """Those of the answers that are refusals."""
    return [each for each in given if isinstance(each, REFUSALS)]


def writing(sheet: Sheet, **texts: str) -> Callable[[], tuple[str, ...]]:
    """A clerk who saw empty fields and writes into some."""
    typed = {key: Typed(text=text, seen=print_of("")) for key, text in texts.items()}
    return lambda: write_sheet(sheet=sheet.public_id, typed=typed, hand=SHIMIN, clock=at())


@pytest.fixture
def checking(policy: None) -> Cycle:
    """A year in which everything can be written."""
    return moved_to(opened(), "checking")


def test_of_two_who_write_one_field_the_second_is_shown_what_the_first_wrote(
    checking: Cycle,
) -> None:
    sheet = sheet_of(checking, "6")
    given = at_once(writing(sheet, done="一人目"), writing(sheet, done="二人目"))
    (late,) = refusals(given)
    sheet.refresh_from_db()
    assert isinstance(late, SheetOvertaken)
    assert late.theirs == {"done": sheet.done}
    assert sheet.done in ("一人目", "二人目")
    assert [each.after for each in sheet.changes.filter(field="done")] == [sheet.done]


def test_two_who_write_different_fields_both_find_their_words(checking: Cycle) -> None:
    sheet = sheet_of(checking, "6")
    given = at_once(
        *(writing(sheet, **{key: key}) for key in ("done", "comment", "q1_note", "q2_note"))
    )
    assert refusals(given) == []
    sheet.refresh_from_db()
    assert [sheet.done, sheet.comment, sheet.q1_note, sheet.q2_note] == [
        "done",
        "comment",
        "q1_note",
        "q2_note",
    ]


def test_what_is_written_while_the_sheet_is_handed_in_is_in_it_or_refused(
    checking: Cycle,
) -> None:
    sheet = sheet_of(checking, "6")
    Sheet.objects.filter(pk=sheet.pk).update(
        done="した", grade="B", comment="順調", missing_reason="集計中", q1_note="した"
    )

    def hand_in() -> None:
        submit_part(sheet=sheet.public_id, part="check", hand=SHIMIN, clock=at())

    given = at_once(hand_in, writing(sheet, next_planned="続ける"))
    sheet.refresh_from_db()
    assert sheet.check_state == "submitted"
    refused = refusals(given)
    assert sheet.next_planned == ("" if refused else "続ける")
    assert all("提出したあとは直せません" in str(each) for each in refused)


def closing(cycle: Cycle) -> Callable[[], str]:
    """Somebody of the secretariat who closes the year."""
    return lambda: freeze_year(
        cycle=cycle.public_id, reason="急ぐため", hand=SECRETARIAT, clock=clock
    )


def test_of_two_who_close_a_year_at_once_one_does(policy: None) -> None:
    cycle = acting_year()
    given = at_once(closing(cycle), closing(cycle))
    (late,) = refusals(given)
    assert "もう確定しています" in str(late)
    assert [each.version for each in Frozen.objects.all()] == [1]
    assert cycle.moves.filter(after="frozen").count() == 1
    while ledger.catch_up():
        pass
    assert len(list(ledger.told("cycle.year_frozen"))) == 1


@pytest.mark.parametrize("turn", range(3))
def test_what_is_saved_while_a_year_is_closed_is_in_the_report_or_refused(
    policy: None, turn: int
) -> None:
    cycle = acting_year()
    sheet = cycle.sheets.get(order=6)
    Sheet.objects.filter(pk=sheet.pk).update(check_state="returned", comment="")
    given = at_once(closing(cycle), writing(sheet, comment="間に合ったか"))
    sheet.refresh_from_db()
    held = books_of(Frozen.objects.get().content)["ja"].measure("6")
    assert held is not None
    assert held.comment == sheet.comment
    refused = refusals(given)
    assert sheet.comment == ("" if refused else "間に合ったか")
    assert all("確定しています" in str(each) for each in refused)


def test_of_two_who_mend_a_closed_year_at_once_one_makes_the_version(policy: None) -> None:
    cycle = acting_year()
    closing(cycle)()

    def mending(text: str) -> Callable[[], str | None]:
        return lambda: correct_year(
            cycle=cycle.public_id,
            corrections=[Correction(measure="2", place="done", text=text)],
            reason="転記の誤り",
            seen=1,
            hand=SECRETARIAT,
            clock=clock,
        )

    given = at_once(mending("一つ目"), mending("二つ目"))
    (late,) = refusals(given)
    assert "先に正誤を公表しました" in str(late)
    newest = Frozen.objects.get(version=2)
    held = books_of(newest.content)["ja"].measure("2")
    live = plan_api.year_actions(cycle.plan, YEAR, "ja")["2"]
    assert held is not None
    assert held.done == live.done == newest.corrections[0]["after"]
    assert Frozen.objects.count() == 2


def loading(cycle: Cycle, data: bytes, hand: Hand = SHIMIN) -> Callable[[], SheetsOutcome]:
    """A clerk who takes a workbook in that she saw empty of conflicts."""
    cells = read_book(data).cells
    return lambda: load_sheets(
        cells,
        cycle=cycle.public_id,
        shown=lambda outcome: not outcome.conflicts,
        hand=hand,
        clock=at(),
    )


def test_two_workbooks_taken_in_at_once_both_stand_where_they_do_not_meet(
    checking: Cycle,
) -> None:
    sheets = [sheet_of(checking, number) for number in ("6", "7")]
    data = written(checking)
    books = [
        Open.of(data).put(sheets[0], done="一冊目", settled=1200).saved(),
        Open.of(data).put(sheets[0], comment="二冊目").put(sheets[1], done="二冊目").saved(),
    ]
    given = at_once(*(loading(checking, each) for each in books))
    assert refusals(given) == []
    for each in sheets:
        each.refresh_from_db()
    assert (sheets[0].done, sheets[0].settled, sheets[0].comment, sheets[1].done) == (
        "一冊目",
        1200,
        "二冊目",
        "二冊目",
    )


def test_two_workbooks_that_say_one_field_differently_are_not_both_taken_in(
    checking: Cycle,
) -> None:
    sheet = sheet_of(checking, "6")
    data = written(checking)
    books = [
        Open.of(data).put(sheet, done=text, comment=text).saved() for text in ("一冊目", "二冊目")
    ]
    given = at_once(*(loading(checking, each) for each in books))
    (late,) = refusals(given)
    assert "もう一度ファイルを選んで" in str(late)
    sheet.refresh_from_db()
    assert sheet.done == sheet.comment
    assert sheet.done in ("一冊目", "二冊目")


def test_a_workbook_and_a_screen_at_once_lose_nothing(checking: Cycle) -> None:
    sheet = sheet_of(checking, "6")
    data = Open.of(written(checking)).put(sheet, done="ファイル", comment="ファイル").saved()
    given = at_once(loading(checking, data), writing(sheet, done="画面", q1_note="画面"))
    assert len(refusals(given)) == 1
    sheet.refresh_from_db()
    assert (sheet.done, sheet.comment, sheet.q1_note) in (
        ("ファイル", "ファイル", ""),
        ("画面", "", "画面"),
    )


def test_whoever_enters_a_figure_while_a_year_is_being_closed_comes_too_late(
    policy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So both languages, which are read one after the other, say the same, and the plan says it too."""
    cycle = acting_year()
    indicator = indicator_of("8").public_id
    read = plan_api.closed_years
    people = ThreadPoolExecutor(max_workers=1)

    def enter_now() -> None:
        try:
            plan_api.enter_figure(
                indicator=indicator,
                typed=plan_api.Typed(
                    period=plan_api.Period(year=YEAR),
                    figure=plan_api.Figure(value=Decimal(41), numerator=None, denominator=None),
                    status="final",
                    source="課の集計",
                    reason="",
                    seen="",
                ),
                hand=plan_api.PlanHand(
                    actor=SECRETARIAT.actor, division=SECRETARIAT.division, secretariat=True
                ),
                clock=clock,
            )
        finally:
            connection.close()

    entered: list[Any] = []

    def slowly(*which: Any, **given: Any) -> Any:
        entered.append(people.submit(enter_now))
        # A person is given a second; one who has to wait waits until the year is closed.
        with suppress(TimeoutError):
            entered[0].result(timeout=1)
        return read(*which, **given)

    monkeypatch.setattr(plan_api, "closed_years", slowly)
    closing(cycle)()
    with pytest.raises(plan_api.FigureRefused, match="令和7年度は確定して公表している"):
        entered[0].result(timeout=60)
    people.shutdown()
    books = books_of(Frozen.objects.get().content)
    for book in books.values():
        measure = book.measure("8")
        assert measure is not None
        assert measure.indicators[0].result_of(YEAR) is None
    assert not plan_api.figures_of_year([indicator], YEAR)


def test_a_workbook_of_results_and_a_figure_from_elsewhere_do_not_stop_each_other(
    checking: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook enters one figure after the other; somebody enters its last one in the plan meanwhile."""
    book = Open.of(written(checking, SECRETARIAT))
    results: list[str] = []
    for (_sheet, key), cell in book.cells().items():
        indicator, _dot, part = key.partition(".")
        if part in ("value", "numerator", "denominator", "source"):
            cell.value = {"denominator": 20, "source": "集計"}.get(part, 10)
            results += [indicator] if part == "source" else []
    data = book.saved()
    first = Event()
    enter = plan_api.enter_figure

    def entered(**given: Any) -> Any:
        done = enter(**given)
        first.set()
        sleep(0.2)  # long enough for the other to take what comes last here
        return done

    monkeypatch.setattr(plan_api, "enter_figure", entered)

    def elsewhere() -> bool:
        assert first.wait(timeout=60)
        return plan_api.correct_result(
            indicator=results[-1],
            year=YEAR,
            value=Decimal(7),
            source="課の集計",
            reason="",
            actor=SECRETARIAT.actor,
            division=SECRETARIAT.division,
            now=NOW,
        )

    given = at_once(loading(checking, data, SECRETARIAT), elsewhere)
    assert refusals(given) == []
    assert len(results) > 5
    assert len(plan_api.figures_of_year(results, YEAR)) == len(results)
