"""A city's plan in a workbook: written out, filled in by hand, taken in whole, and told again without a change."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tsunagari.engines.plan import api
from tsunagari.engines.plan.actions.add_thing import add_thing
from tsunagari.engines.plan.actions.edit_things import Editor, Root, Wanted, edit_things
from tsunagari.engines.plan.actions.import_plan import Imported, import_plan
from tsunagari.engines.plan.forms.plan_book import plan_workbook
from tsunagari.engines.plan.models import Indicator, Measure, Plan, Section, Stage, Target, Value
from tsunagari.engines.plan.queries.plan_book import book_of, names
from tsunagari.engines.plan.rules.plan_book import SHEETS, Book
from tsunagari.engines.plan.rules.plan_book_reading import read_book
from tsunagari.engines.plan.tests.conftest import CODE, NOW, THIRD, load
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.workbook import read_sheets
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.models import Arrival
from tsunagari.kernel.metering import api as metering

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
EVEN_LATER = NOW + timedelta(hours=2)
CLERK = new_public_id()


def written(code: str, now: datetime = NOW) -> bytes:
    """The workbook of a plan as the command writes it."""
    book = book_of(code, written_at=now)
    assert book
    first_year = int(book["plan"][0].cells["first_year"])
    with override("ja"):
        return plan_workbook(book, names=names(running=FiscalYear.at(now), first_year=first_year))


def taken_in(data: bytes, now: datetime = LATER, *, check: bool = False) -> Imported:
    """What the command does with a workbook."""
    meters = {meter.id for meter in metering.declared()}
    return import_plan(read_sheets(data), meters=meters, check=check, clock=lambda: now)


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(book: Any, sheet: str, header: str, *key: str) -> Any:
    """The cell under a header in the row that begins with these texts."""
    table = book[sheet]
    top = next(row for row in table.iter_rows() if header in [each.value for each in row])
    column = next(each.column for each in top if each.value == header)
    for row in table.iter_rows(min_row=top[0].row + 1):
        if tuple(str(each.value) for each in row[: len(key)]) == key:
            return row[column - 1]
    raise AssertionError((sheet, header, key))


def texts(book: Book | None) -> dict[str, list[dict[str, str]]]:
    """Every cell that is kept, but for when it was written."""
    assert book
    return {
        kind: [{k: v for k, v in row.cells.items() if k != "written_at"} for row in rows]
        for kind, rows in book.items()
    }


def shown(code: str) -> Any:
    """What residents see of a plan, without the ids that each installation makes."""
    boards = [api.plan_board(code, language=language, now=EVEN_LATER) for language in ("ja", "en")]
    return [_plain(board) for board in boards]


def _plain(thing: Any) -> Any:
    if hasattr(thing, "__dataclass_fields__"):
        return {
            name: _plain(getattr(thing, name))
            for name in thing.__dataclass_fields__
            if name not in ("public_id", "recorded_at", "set_at", "known_at", "known_since")
        }
    if isinstance(thing, tuple | list):
        return [_plain(each) for each in thing]
    return {k: _plain(v) for k, v in thing.items()} if isinstance(thing, dict) else thing


def edited(thing: Any, kind: str, texts: dict[str, str], now: datetime) -> None:
    """What a clerk of the secretariat does in the console."""
    top = thing if kind == "measure" else thing.measure
    edit_things(
        root=Root(kind="measure", public_id=top.public_id, version=top.version),
        wanted=[Wanted(kind=kind, thing=thing.public_id, texts=texts)],
        by=Editor(actor="", division="joho-suishin", reason="見直し", now=now),
    )


def test_both_plans_come_into_an_empty_city_as_they_left_the_other(both_plans: None) -> None:
    books = {code: written(code) for code in (THIRD, CODE)}
    before = {code: (texts(book_of(code)), shown(code)) for code in books}
    for code in (CODE, THIRD):
        Measure.objects.filter(plan__code=code).delete()
        Section.objects.filter(plan__code=code).delete()
        Plan.objects.filter(code=code).delete()
    assert not Indicator.objects.exists()
    for data in books.values():
        done = taken_in(data)
        assert (done.is_new, bool(done.kept)) == (True, False)
    assert {code: (texts(book_of(code)), shown(code)) for code in books} == before


def test_a_workbook_that_nobody_touched_changes_nothing(both_plans: None) -> None:
    events = Arrival.objects.count()
    told = Measure.objects.get(plan__code=CODE, number="2").version
    for code in (THIRD, CODE):
        done = taken_in(written(code))
        assert not done.changes
        assert not done.kept
    assert Arrival.objects.count() == events
    assert Measure.objects.get(plan__code=CODE, number="2").version == told


def test_a_plan_filled_in_by_hand_is_taken_in_and_a_second_time_changes_nothing(
    both_plans: None,
) -> None:
    data = by_hand()
    first = taken_in(data)
    assert first.is_new
    assert {kind: len(rows) for kind, rows in first.changes.new.items()} == {
        "plan": 1, "section": 1, "viewpoint": 1, "measure": 2, "stage": 1, "indicator": 1,
        "target": 2, "value": 2, "lineage": 1, "action_plan": 1, "action": 1,
    }  # fmt: skip
    board = api.plan_board("dx-2027", language="ja", now=EVEN_LATER)
    assert board
    assert [each.number for each in board.measures] == ["1", "2-1"]
    indicator = Indicator.objects.get(measure__plan__code="dx-2027")
    assert (indicator.accumulate, indicator.direction, indicator.baseline_year) == (
        "stock",
        "up",
        2024,
    )
    assert [(each.fiscal_year, each.value) for each in indicator.targets.all()] == [
        (2027, Decimal(1200)),
        (2029, Decimal(1500)),
    ]
    assert Measure.objects.get(plan__code="dx-2027", number="1").divisions == [
        "shimin",
        "joho-suishin",
    ]
    again = taken_in(data, EVEN_LATER)
    assert not again.is_new
    assert not again.changes
    assert not again.kept


def by_hand(change: Callable[[Any], None] = lambda _book: None) -> bytes:
    """The empty workbook, filled in as an office types: eras, wide digits, units, names."""
    with override("ja"):
        book = opened(plan_workbook(None, names=names(running=FiscalYear.at(NOW))))
    for item, words in {
        "記号": "dx-2027", "引用の文字": "D", "種類": "計画", "計画の名前": "第4期DX計画",
        "短い名前": "DX計画", "出典": "第4期DX計画（令和9年3月）", "一覧の名前": "取組一覧",
        "はじめの年度": "令和9年度", "終わりの年度": "Ｒ１１", "前の計画": "基本方針",
    }.items():  # fmt: skip
        cell(book, "計画", "内容", item).value = words
    book["分野"].append(["windows", "窓口", None, None])
    book["視点"].append(["people", "人にやさしい"])
    book["取組"].append(
        [
            "１",
            "書かない窓口",
            None,
            "窓口",
            "成果指標で管理",
            "市民課，情報推進課",
            "○",
            "人にやさしい",
        ]
    )
    book["取組"].append(
        ["2-1", "AIの活用", "Using AI", "windows", "staged", "情報推進課、関係各課"]
    )
    book["段階"].append(["2-1", "適用検討", None, "適用検討", "2027年度"])
    fill(book, "指標", {
        "取組の番号": "1", "指標の順": 1, "指標の名前": "利用者", "単位": "人", "数値の足し方": "累計",
        "目指す向き": "増やす", "基準の年度": "R6", "基準の数値": "１，０００人", "基準は見込み": "はい",
    })  # fmt: skip
    book["目標値"].append(["1", "1", "令和9年度", "1,200"])
    book["目標値"].append(["1", 1.0, datetime(2029, 4, 1), 1500.0])  # noqa: DTZ001 - Excel has no zones
    book["実績値"].append(["1", "1", 2025, None, 1100])
    book["実績値"].append(["1", "1", "令和8", "4月", 90])
    book["もとになった取組"].append(["1", CODE, "7", "引き継ぎ"])
    book["年度のアクションプラン"].append([2027, "令和9年度アクションプラン"])
    book["年度の取組"].append(["1", "R9", "4つの窓口で始める"])
    change(book)
    return saved(book)


def fill(book: Any, sheet: str, cells: dict[str, Any]) -> None:
    """A new row with texts by header."""
    table = book[sheet]
    top = next(row for row in table.iter_rows() if next(iter(cells)) in [e.value for e in row])
    headers = [each.value for each in top]
    table.append([cells.get(header) for header in headers])


def test_what_was_corrected_in_the_file_is_taken_in_and_nothing_else(both_plans: None) -> None:
    book = opened(written(CODE))
    cell(book, "取組", "目的", "1").value = "別の目的"
    cell(book, "目標値", "目標の数値", "1", "1").value = 201000
    cell(book, "取組", "目的（英語）", "2").value = None
    before = texts(book_of(CODE))
    done = taken_in(saved(book))
    assert [(each.kind, each.row, each.key, each.after) for each in done.changes.cells] == [
        ("measure", ("1",), "purpose", "別の目的"),
        ("measure", ("2",), "purpose.en", ""),
        ("target", ("1", "1", "2028"), "value", "201000"),
    ]
    assert (done.changes.new, done.changes.gone, bool(done.kept)) == ({}, {}, False)
    after = texts(book_of(CODE))
    assert after["value"] == before["value"]
    old, new = Target.objects.filter(indicator__measure__number="1").order_by("id")
    assert (old.superseded_by, new.value) == (new, Decimal(201000))


def test_a_target_row_taken_out_withdraws_the_target_and_a_new_row_adds_one(
    both_plans: None,
) -> None:
    book = opened(written(CODE))
    gone = cell(book, "目標値", "年度", "1", "1")
    gone.value = 2027
    done = taken_in(saved(book))
    assert done.changes.new == {"target": (("1", "1", "2027"),)}
    assert done.changes.gone == {"target": (("1", "1", "2028"),)}


def test_what_people_changed_after_the_import_stands_when_the_file_comes_again(
    both_plans: None,
) -> None:
    data = by_hand()
    taken_in(data)
    measure = Measure.objects.get(plan__code="dx-2027", number="1")
    edited(measure, "measure", {"name": "書かない・待たない窓口"}, EVEN_LATER)
    indicator = measure.indicators.get()
    api.set_value(
        indicator=indicator, year=2025, value=Decimal(1111), origin="typed", status="final",
        source="市民課", now=EVEN_LATER,
    )  # fmt: skip
    again = taken_in(data, EVEN_LATER)
    assert not again.changes
    assert {(each.kind, each.key) for each in again.kept.cells} == {
        ("measure", "name"), ("value", "value"), ("value", "origin"), ("value", "source"),
    }  # fmt: skip
    measure.refresh_from_db()
    assert measure.name == "書かない・待たない窓口"
    assert indicator.values.get(fiscal_year=2025, superseded_at=None).value == 1111


def test_an_older_file_overwrites_nothing_that_is_newer(both_plans: None) -> None:
    """The file was written out after a clerk's first edit, and before the second."""
    measure = Measure.objects.get(plan__code=CODE, number="1")
    indicator = measure.indicators.get()
    entered = {"indicator": indicator, "origin": "typed", "status": "final", "source": "市民課"}
    edited(measure, "measure", {"note": "一つ目", "note.en": "first"}, NOW)
    api.set_value(year=2024, value=Decimal(170000), now=NOW, **entered)  # type: ignore[arg-type]
    api.set_value(year=2023, value=Decimal(163012), now=NOW, **entered)  # type: ignore[arg-type]
    old = opened(written(CODE, LATER))
    cell(old, "取組", "概要", "1").value = "ファイルの概要"
    measure.refresh_from_db()
    edited(measure, "measure", {"note": "二つ目", "note.en": "second"}, EVEN_LATER)
    api.set_value(year=2024, value=Decimal(171000), now=EVEN_LATER, **entered)  # type: ignore[arg-type]
    done = taken_in(saved(old), EVEN_LATER + timedelta(hours=1))
    assert [(each.key, each.after) for each in done.changes.cells] == [
        ("outline", "ファイルの概要")
    ]
    assert {(each.kind, each.key, each.after) for each in done.kept.cells} == {
        ("measure", "note", "二つ目"),
        ("measure", "note.en", "second"),
        ("value", "value", "171000"),
    }
    baseline = indicator.values.get(fiscal_year=2023, superseded_at=None)
    assert (baseline.value, baseline.origin, baseline.source) == (
        Decimal(163012),
        "typed",
        "市民課",
    )


def test_a_check_tells_everything_and_writes_nothing(both_plans: None) -> None:
    done = taken_in(by_hand(), check=True)
    assert (done.is_new, len(done.changes.new["measure"])) == (True, 2)
    assert not Plan.objects.filter(code="dx-2027").exists()
    assert not Arrival.objects.filter(name="plan.loaded", data__code="dx-2027").exists()


def test_moved_rows_and_columns_a_title_above_and_sheets_of_ones_own_are_understood(
    both_plans: None,
) -> None:
    book = opened(written(CODE))
    book.create_sheet("メモ", 0).append(["あとで聞く"])
    book["指標"].insert_rows(1, 3)
    book["指標"]["A1"] = "指標の一覧（情報推進課）"
    book["目標値"].insert_cols(1, 2)
    book["目標値"]["A9"] = "自分用のメモ"
    book["実績値"].title = "実績"
    goals = book["取組"]
    goals.move_range(f"A5:A{goals.max_row}", cols=40)
    goals["A4"], goals["AO4"] = None, "番号"
    book["段階"].sheet_state = "visible"
    done = taken_in(saved(book))
    assert not done.changes
    assert not done.kept
    assert done.left == ("メモ",)


def test_a_cell_that_spans_rows_counts_for_each_of_them(both_plans: None) -> None:
    def merge(book: Any) -> None:
        book["目標値"].merge_cells("A5:A6")

    done = taken_in(by_hand(merge))
    assert len(done.changes.new["target"]) == 2


def test_a_formula_counts_with_the_value_last_shown_and_a_percentage_as_it_is_shown(
    both_plans: None, tmp_path: Path
) -> None:
    book = opened(written(THIRD))
    percent = cell(book, "目標値", "目標の数値", "S5", "1")
    assert percent.value == 40
    percent.value, percent.number_format = 0.4, "0%"
    assert not taken_in(saved(book)).changes
    percent.value = "=20+20"
    with pytest.raises(ValueError, match="計算式の結果が入っていません"):
        taken_in(saved(book))


def test_the_command_writes_reads_and_tells_in_both_languages(
    both_plans: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "計画.xlsx"
    call_command("plan", "template", "--code", CODE, "--output", str(file))
    book = opened(file.read_bytes())
    cell(book, "取組", "取組の名前", "1").value = "新しい名前"
    file.write_bytes(saved(book))
    call_command("plan", "import", str(file), "--check")
    assert Measure.objects.get(plan__code=CODE, number="1").name != "新しい名前"
    call_command("plan", "import", str(file))
    said = capsys.readouterr().out
    assert "何も書き込んでいません" in said
    assert "Nothing was written" in said
    assert (
        "取組 1「取組の名前」：「マイナンバーカードの普及促進・利用の推進」 → 「新しい名前」"
        in said
    )
    assert Measure.objects.get(plan__code=CODE, number="1").name == "新しい名前"
    call_command("plan", "import", str(file))
    assert "変わったところはありません" in capsys.readouterr().out
    call_command("plan", "template", "--output", str(tmp_path / "空.xlsx"))
    assert opened((tmp_path / "空.xlsx").read_bytes()).sheetnames[:2] == ["はじめに", "計画"]


def test_the_command_refuses_in_both_languages(both_plans: None, tmp_path: Path) -> None:
    file = tmp_path / "計画.xlsx"
    with pytest.raises(CommandError, match="開けません"):
        call_command("plan", "import", str(file))
    with pytest.raises(CommandError, match="という計画はありません"):
        call_command("plan", "template", "--code", "none", "--output", str(file))
    file.write_bytes(by_hand(lambda book: book["分野"].append(["b", None])))
    with pytest.raises(CommandError) as refused:
        call_command("plan", "import", str(file))
    said = str(refused.value)
    assert (
        "「分野」シート 6行目 B列「分野・一覧の名前」：分野・一覧の名前を入力してください。" in said
    )
    assert 'Sheet "分野", row 6, column B' in said
    assert not Plan.objects.filter(code="dx-2027").exists()


def test_the_empty_workbook_offers_choices_and_says_how_to_write(both_plans: None) -> None:
    with override("ja"):
        book = opened(plan_workbook(None, names=names(running=FiscalYear.at(NOW))))
    assert book.sheetnames == [
        "はじめに", "計画", "分野", "視点", "中心課題", "評価の記号", "取組", "段階", "指標", "目標値",
        "実績値", "もとになった取組", "年度のアクションプラン", "年度の取組", "選択肢",
    ]  # fmt: skip
    offered = {
        str(each.sqref): each.formula1 for each in book["取組"].data_validations.dataValidation
    }
    assert any("分野" in formula for formula in offered.values())
    choices = [[each.value for each in column if each.value] for column in book["選択肢"].columns]
    assert ["成果指標で管理", "随時対応", "別の計画で管理", "段階で管理"] in choices
    assert len(book["計画"].data_validations.dataValidation) == 4
    assert book["取組"].column_dimensions["A"].number_format == "@"
    assert book["取組"].freeze_panes == "A5"


WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf", "Co", "Cn")
    ),
    min_size=1,
    max_size=40,
)
FIGURES = st.integers(0, 10**9).map(str)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("measure"), st.integers(0, 29), st.sampled_from(["purpose", "outline", "note", "name"]), WORDS),
        st.tuples(st.just("measure"), st.integers(0, 29), st.sampled_from(["purpose.en", "name.en", "outline.en"]), WORDS),
        st.tuples(st.just("measure"), st.integers(0, 29), st.just("viewpoints"), st.sampled_from(["", "town", "technology,town"])),
        st.tuples(st.just("target"), st.integers(0, 15), st.just("value"), FIGURES),
        st.tuples(st.just("indicator"), st.integers(0, 15), st.just("baseline.value"), FIGURES),
        st.tuples(st.just("indicator"), st.integers(0, 15), st.sampled_from(["unit", "reason", "target_words"]), WORDS.map(lambda each: each[:20])),
        st.tuples(st.just("section"), st.integers(0, 1), st.sampled_from(["name", "outline"]), WORDS),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda edit: edit[:3],
)  # fmt: skip


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edits=EDITS)
def test_whatever_cells_are_altered_exactly_these_change_and_the_next_workbook_is_the_same(
    both_plans: None, edits: list[tuple[str, int, str, str]]
) -> None:
    with transaction.atomic():
        before = book_of(CODE)
        assert before
        altered = {kind: list(rows) for kind, rows in before.items()}
        wanted = set()
        for kind, place, key, text in edits:
            rows = altered[kind]
            row = rows[place % len(rows)]
            rows[place % len(rows)] = type(row)(cells={**row.cells, key: text})
        for kind, rows in altered.items():
            for old, new in zip(before[kind], rows, strict=True):
                wanted |= {
                    (kind, key, *_key(kind, old))
                    for key in old.cells
                    if old.cells[key] != new.cells[key]
                }
        with override("ja"):
            data = plan_workbook(altered, names=names(running=FiscalYear.at(NOW), first_year=2024))
        done = taken_in(data)
        assert {(each.kind, each.key, *each.row) for each in done.changes.cells} == wanted
        assert (done.changes.new, done.changes.gone, bool(done.kept)) == ({}, {}, False)
        assert texts(book_of(CODE)) == texts(altered)
        assert not taken_in(written(CODE, LATER), EVEN_LATER).changes
        transaction.set_rollback(True)


MOVES = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(sorted(api.STAGE_WORDS)), st.integers(2024, 2028)),
    min_size=1,
    max_size=6,
)


def moved(places: list[tuple[int, str, int]]) -> None:
    """Measures that a decision moves to another stage, one after the other."""
    staged = list(Measure.objects.filter(plan__code=CODE, kind="staged").order_by("order"))
    for place, word, year in places:
        by = Editor(actor=CLERK, division="joho-suishin", reason="令和8年度の見直し", now=NOW)
        api.move_stage(measure=staged[place % len(staged)].public_id, word=word, year=year, by=by)


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves=MOVES, more=MOVES)
@example(moves=[(0, "introduce", 2025)], more=[(0, "introduce", 2027), (0, "introduce", 2025)])
@example(moves=[(0, "other", 2025), (0, "research", 2027)], more=[(0, "evaluate", 2026)])
def test_whatever_stages_decisions_moved_the_workbook_brings_them_back_as_they_were(
    both_plans: None, moves: list[tuple[int, str, int]], more: list[tuple[int, str, int]]
) -> None:
    with transaction.atomic():
        for each in (moves, more):
            moved(each)
            before = rows_of_stages()
            events = Arrival.objects.count()
            for _ in range(2):
                done = taken_in(written(CODE, LATER), EVEN_LATER)
                assert not done.changes
                assert not done.kept
            assert rows_of_stages() == before
            assert Arrival.objects.count() == events
        transaction.set_rollback(True)


def rows_of_stages() -> list[Any]:
    return list(Stage.objects.order_by("pk").values())


def test_a_stage_that_was_moved_after_the_workbook_was_written_stands(both_plans: None) -> None:
    data = written(CODE, NOW - timedelta(hours=1))
    moved([(0, "introduce", 2025)])
    before = rows_of_stages()
    done = taken_in(data, EVEN_LATER)
    assert not done.changes
    assert rows_of_stages() == before


def test_a_moved_stage_is_corrected_and_one_more_added_in_the_workbook(both_plans: None) -> None:
    staged = Measure.objects.filter(plan__code=CODE, kind="staged").order_by("order")[0]
    moved([(0, "introduce", 2025)])
    added = staged.stages.get(told={})
    book = opened(written(CODE, LATER))
    place = list(staged.stages.order_by("order")).index(added) + 1
    rows = [r for r in book["段階"].iter_rows() if str(r[0].value) == staged.number]
    text = next(each for each in rows[place - 1] if each.value == added.text)
    text.value = "先に導入する"
    book["段階"].append([staged.number, "運用", None, "その他の段階", "2028年度"])
    done = taken_in(saved(book), EVEN_LATER)
    assert [(each.kind, each.after) for each in done.changes.cells] == [("stage", "先に導入する")]
    assert done.changes.new == {"stage": ((staged.number, str(place + 1)),)}
    assert not done.kept
    added.refresh_from_db()
    assert (added.text, added.word) == ("先に導入する", "introduce")
    assert not taken_in(written(CODE, EVEN_LATER), EVEN_LATER + timedelta(hours=1)).changes


def test_what_people_added_beside_the_pack_is_told_by_the_workbook_and_stays_theirs(
    both_plans: None,
) -> None:
    parent = Measure.objects.get(plan__code=CODE, number="1")
    by = Editor(actor=CLERK, division="joho-suishin", reason="見直し", now=NOW)
    given = {
        "name": "申請の件数", "unit": "件", "digits": "0", "accumulate": "flow",
        "direction": "up", "factor": "1", "phase": "use",
    }  # fmt: skip
    add_thing(kind="indicator", parent=parent, texts=given, by=by)
    assert [each.order for each in parent.indicators.order_by("order")] == [1, 101]
    done = taken_in(written(CODE, LATER), EVEN_LATER)
    assert not done.changes
    assert not done.kept
    own = parent.indicators.get(order=101)
    assert (own.name, own.told) == ("申請の件数", {})
    load()  # the pack, which never knew of it, comes again


def _key(kind: str, row: Any) -> tuple[str, ...]:
    return tuple(row.cells[name] for name in SHEETS[kind].identity)


def test_what_is_written_reads_back_as_the_same_rows(both_plans: None) -> None:
    for code in (CODE, THIRD):
        read = read_book(read_sheets(written(code)), names=names(running=FiscalYear.at(NOW)))
        assert texts(read.book) == texts(book_of(code))


def test_a_plan_is_written_out_with_a_bounded_number_of_queries(
    both_plans: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        book_of(CODE)
    assert Value.objects.exists()
