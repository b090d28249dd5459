"""A division's workbook leaves, is filled in offline, and comes back as what was shown."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tsunagari.engines.cycle.actions.load_sheets import LoadRefused, load_sheets
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.rules.sheet_values import actual_key
from tsunagari.engines.cycle.rules.workbook_reading import read_book
from tsunagari.engines.cycle.tests.workbooks import (
    Open,
    changed,
    grid,
    loaded,
    previewed,
    told,
    written,
    year_in_check,
)
from tsunagari.engines.cycle.tests.years import (  # fmt: skip
    KOHO,
    NOW,
    SECRETARIAT,
    SHIMIN,
    at,
    opened,
    sheet_of,
    write,
)
from tsunagari.engines.plan import api as plan_api

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cycle(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cycle]:
    """The year in its check, loaded once."""
    with year_in_check(django_db_blocker) as found:
        yield found


def figure(cycle: Cycle, number: str) -> plan_api.YearValue | None:
    """What stands for a measure's first indicator in the year."""
    head = plan_api.measures_by_id([sheet_of(cycle, number).measure], "ja")
    indicator = next(iter(head.values())).indicators[0].public_id
    return plan_api.figures_of_year([indicator], cycle.fiscal_year).get(indicator)


def indicator_of(cycle: Cycle, number: str) -> str:
    """The public id of a measure's first indicator."""
    head = plan_api.measures_by_id([sheet_of(cycle, number).measure], "ja")
    return next(iter(head.values())).indicators[0].public_id


def test_a_clerk_gets_the_sheets_on_which_her_division_works(cycle: Cycle) -> None:
    book = Open.of(written(cycle)).book
    visible = [each.title for each in book.worksheets if each.sheet_state == "visible"]
    assert visible[0] == "はじめに"
    assert [each.split(" ")[0] for each in visible[1:]] == ["P-1", "P-6", "P-7", "P-10"]
    assert len(Open.of(written(cycle, SECRETARIAT)).book.worksheets) == 30 + 2


def test_cells_to_be_written_are_open_white_and_framed_and_all_others_locked(cycle: Cycle) -> None:
    book = Open.of(written(cycle))
    settled = {(each.public_id, "criteria") for each in cycle.sheets.all()}
    cells = book.cells()
    assert {cell.protection.locked for key, cell in cells.items() if key in settled} == {True}
    fillable = {key: cell for key, cell in cells.items() if key not in settled}
    assert {cell.protection.locked for cell in fillable.values()} == {False}
    assert {cell.fill.start_color.rgb for cell in fillable.values()} == {"00FFFFFF"}
    assert {cell.border.left.style for cell in fillable.values()} == {"medium"}
    open_places = {(cell.parent.title, cell.coordinate) for cell in fillable.values()}
    for sheet in book.book.worksheets[1:-1]:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.column_dimensions["A"].hidden
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("portrait", 1)
        strays = {
            cell.coordinate
            for row in sheet.iter_rows(max_col=3)
            for cell in row
            if not cell.protection.locked and (sheet.title, cell.coordinate) not in open_places
        }
        assert not strays


def test_a_part_that_is_closed_is_grey_and_locked(cycle: Cycle) -> None:
    sheet = sheet_of(cycle, "6")
    type(sheet).objects.filter(pk=sheet.pk).update(plan_state="accepted")
    cells = Open.of(written(cycle)).cells()
    assert cells[sheet.public_id, "planned"].protection.locked
    assert not cells[sheet.public_id, "done"].protection.locked


def test_choices_are_offered_in_japanese(cycle: Cycle) -> None:
    sheet = sheet_of(cycle, "6")
    book = Open.of(written(cycle))
    tab, cell = book.tab(sheet), book.cells()[sheet.public_id, "way"]
    rule = next(r for r in tab.data_validations.dataValidation if cell.coordinate in r.sqref)
    name, area = rule.formula1.split("!")
    offered = [row[0].value for row in book.book[name][area.replace("$", "")]]
    assert offered == ["直営", "委託", "指定管理", "補助", "貸付", "その他"]


def test_the_same_content_gives_the_same_bytes(cycle: Cycle) -> None:
    assert written(cycle) == written(cycle)


def test_a_file_that_nobody_touched_changes_nothing(cycle: Cycle) -> None:
    write(sheet_of(cycle, "6"), planned="窓口を\n一つに", budget="1200000", way="entrusted", staff_years="0.25")  # fmt: skip
    before = written(cycle)
    outcome = previewed(before, cycle)
    assert (outcome.changes, outcome.conflicts, outcome.faults, outcome.sheets) == ((), (), (), 4)
    resaved = Open.of(before).saved()
    assert previewed(resaved, cycle) == outcome
    assert loaded(resaved, cycle).changes == ()
    assert grid(written(cycle)) == grid(before)


def test_what_was_written_is_shown_then_taken_in_and_twice_changes_nothing(cycle: Cycle) -> None:
    sheet = sheet_of(cycle, "6")
    data = changed(
        written(cycle),
        lambda book: book.put(
            sheet,
            done="おくやみ窓口を開いた。\n予約もできる。",
            settled="１，２００，０００円",
            way="委託",
            grade="Ａ",
            staff_years="0.50",
        ),
    )
    shown = {each.key: (each.before, each.after) for each in previewed(data, cycle).changes}
    assert shown == {
        "done": ("", "おくやみ窓口を開いた。\n予約もできる。"),
        "settled": ("", "1200000"),
        "way": ("", "entrusted"),
        "grade": ("", "A"),
        "staff_years": ("", "0.5"),
    }
    sheet.refresh_from_db()
    assert sheet.done == ""
    loaded(data, cycle)
    sheet.refresh_from_db()
    assert (sheet.settled, sheet.way, sheet.grade) == (1_200_000, "entrusted", "A")
    assert sheet.staff_years == Decimal("0.50")
    assert set(sheet.changes.values_list("way", flat=True)) == {"carried", "workbook"} - (
        set() if sheet.changes.filter(way="carried").exists() else {"carried"}
    )
    kept = sheet.changes.count()
    assert previewed(data, cycle).changes == ()
    assert loaded(data, cycle).changes == ()
    assert sheet.changes.count() == kept


def test_an_old_file_overwrites_nothing_newer_and_both_versions_are_shown(cycle: Cycle) -> None:
    sheet = sheet_of(cycle, "6")
    old = written(cycle)
    write(sheet, done="画面で書いた", comment="画面の理由")
    data = changed(old, lambda book: book.put(sheet, done="ファイルで書いた", settled=0))
    outcome = previewed(data, cycle)
    assert [(each.key, each.after) for each in outcome.changes] == [("settled", "0")]
    assert [(each.key, each.before, each.after) for each in outcome.conflicts] == [
        ("done", "画面で書いた", "ファイルで書いた")
    ]
    loaded(data, cycle)
    sheet.refresh_from_db()
    assert (sheet.done, sheet.comment, sheet.settled) == ("画面で書いた", "画面の理由", 0)


def test_sheets_renamed_rows_and_columns_moved_and_rows_deleted_are_understood(
    cycle: Cycle,
) -> None:
    sheet = sheet_of(cycle, "6")
    write(sheet, planned="残るはず", q1_plan="これも残る")

    def rearrange(book: Open) -> None:
        book.put(sheet, done="動かしても読める", settled=5)
        tab, cells = book.tab(sheet), book.cells()
        for each in list(tab.merged_cells.ranges):
            tab.unmerge_cells(str(each))
        tab.delete_rows(cells[sheet.public_id, "planned"].row)
        tab.insert_cols(2)
        tab.insert_rows(cells[sheet.public_id, "settled"].row)
        tab["B9"] = "課のメモ"
        tab.title = "うちの課のシート"
        del book.book[book.book.worksheets[0].title]

    data = changed(written(cycle), rearrange)
    outcome = previewed(data, cycle)
    assert not told(outcome)
    assert {each.key for each in outcome.changes} == {"done", "settled"}
    loaded(data, cycle)
    sheet.refresh_from_db()
    assert (sheet.planned, sheet.q1_plan, sheet.settled) == ("残るはず", "これも残る", 5)


def test_a_result_is_entered_with_its_source_and_replaced_only_with_a_reason(cycle: Cycle) -> None:
    sheet, indicator = sheet_of(cycle, "6"), indicator_of(cycle, "6")
    value, source, reason = (actual_key(indicator, p) for p in ("value", "source", "reason"))
    data = changed(written(cycle), lambda book: book.put(sheet, **{value: "７１０件"}))
    faults = told(previewed(data, cycle))
    assert len(faults) == 1
    assert "出どころを入力" in faults[0]
    data = changed(
        written(cycle), lambda book: book.put(sheet, **{value: 710, source: "窓口の集計"})
    )
    loaded(data, cycle)
    found = figure(cycle, "6")
    assert found is not None
    assert (found.value, found.source, found.status) == (Decimal(710), "窓口の集計", "final")
    assert loaded(data, cycle).changes == ()
    again = changed(written(cycle), lambda book: book.put(sheet, **{value: 700}))
    assert "替える理由を入力" in told(previewed(again, cycle))[0]
    again = changed(
        written(cycle), lambda book: book.put(sheet, **{value: 700, reason: "数え直し"})
    )
    loaded(again, cycle)
    found = figure(cycle, "6")
    assert found is not None
    assert (found.value, found.source, found.status) == (Decimal(700), "窓口の集計", "revised")


def test_a_result_changed_on_both_sides_is_left_alone_as_a_whole(cycle: Cycle) -> None:
    sheet, indicator = sheet_of(cycle, "6"), indicator_of(cycle, "6")
    value, source = actual_key(indicator, "value"), actual_key(indicator, "source")
    old = written(cycle)
    loaded(changed(old, lambda book: book.put(sheet, **{value: 690, source: "画面"})), cycle)
    data = changed(old, lambda book: book.put(sheet, **{value: 710, source: "窓口の集計"}))
    outcome = previewed(data, cycle)
    assert outcome.changes == ()
    assert {each.key for each in outcome.conflicts} == {value, source}


def test_a_quarters_figure_is_kept_in_the_sheet(cycle: Cycle) -> None:
    sheet, indicator = sheet_of(cycle, "6"), indicator_of(cycle, "6")
    keys = [key for public_id, key in Open.of(written(cycle)).cells() if public_id == sheet.public_id]  # fmt: skip
    key = f"{indicator}.q2"
    assert key in keys
    loaded(changed(written(cycle), lambda book: book.put(sheet, **{key: "３５０"})), cycle)
    assert sheet.quarter_figures.get(quarter=2).value == 350
    wrong = changed(written(cycle), lambda book: book.put(sheet, **{key: "3.5"}))
    assert "整数で入力" in told(previewed(wrong, cycle))[0]


def test_a_closed_part_may_stand_in_the_file_but_not_be_changed(cycle: Cycle) -> None:
    sheet = sheet_of(cycle, "6")
    data = written(cycle)
    edited = changed(data, lambda book: book.put(sheet, planned="あとから"))
    type(sheet).objects.filter(pk=sheet.pk).update(plan_state="accepted")
    assert not previewed(data, cycle).faults
    place = Open.of(data).cells()[sheet.public_id, "planned"].coordinate
    (sentence,) = told(previewed(edited, cycle))
    assert sentence.startswith("シート「P-6 ")
    assert f"の{place}：提出したあとは直せません" in sentence


def test_sheets_of_another_division_are_not_written(cycle: Cycle) -> None:
    sheet = sheet_of(cycle, "6")
    data = changed(written(cycle), lambda book: book.put(sheet, done="よその課"))
    assert "ほかの課のもの" in told(previewed(data, cycle, KOHO))[0]
    with pytest.raises(LoadRefused):
        loaded(data, cycle, KOHO)
    sheet.refresh_from_db()
    assert sheet.done == ""


def test_a_file_of_another_year_or_city_is_refused_in_words(cycle: Cycle) -> None:
    other = opened(2026)
    with pytest.raises(LoadRefused, match="令和7年度（2025）の調書です"):
        previewed(written(cycle), other)
    data = written(cycle)
    Cycle.objects.filter(pk=cycle.pk).delete()
    with pytest.raises(LoadRefused, match="この年度にない調書"):
        previewed(data, other)


def test_nothing_is_taken_in_where_one_cell_is_wrong(cycle: Cycle) -> None:
    sixth, seventh = sheet_of(cycle, "6"), sheet_of(cycle, "7")

    def fill(book: Open) -> None:
        book.put(sixth, settled="120千円")
        book.put(seventh, done="正しい")

    data = changed(written(cycle), fill)
    (sentence,) = told(previewed(data, cycle))
    assert "千円や万円の額は、円に直して入力してください" in sentence
    with pytest.raises(LoadRefused):
        loaded(data, cycle)
    seventh.refresh_from_db()
    assert seventh.done == ""


def test_what_is_not_what_was_shown_is_not_taken_in(cycle: Cycle) -> None:
    sheet = sheet_of(cycle, "6")
    data = changed(written(cycle), lambda book: book.put(sheet, done="した"))
    shown = previewed(data, cycle)
    write(sheet, done="ほかの人")
    with pytest.raises(LoadRefused, match="もう一度ファイルを選んで"):
        load_sheets(
            read_book(data).cells,
            cycle=cycle.public_id,
            shown=lambda outcome: outcome == shown,
            hand=SHIMIN,
            clock=at(NOW),
        )


def test_the_workbook_can_be_written_in_english_and_read_in_japanese(cycle: Cycle) -> None:
    from django.utils import translation  # noqa: PLC0415 - this test alone

    sheet = sheet_of(cycle, "6")
    write(sheet, way="entrusted")
    with translation.override("en"):
        data = written(cycle, language="en")
    assert previewed(data, cycle).changes == ()
