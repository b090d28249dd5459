"""A city's files are loaded again after a year was closed: what was published stays, byte for byte."""

from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.actions.keep_file import keep_file
from tsunagari.engines.cycle.models import Cycle, Frozen, FrozenFile
from tsunagari.engines.cycle.queries.files import KINDS
from tsunagari.engines.cycle.rules.corrections import Correction
from tsunagari.engines.cycle.rules.yearbook import LANGUAGES
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    NISHITOKYO,
    SECRETARIAT,
    YEAR,
    acting_year,
    clock,
    enter,
    freeze,
    indicator_of,
    load_city,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.metering import api as metering

pytestmark = pytest.mark.django_db
BASELINE = "baseline: { year: 2023, value: 38, estimated: true }"
FILES = [(kind, language) for kind in KINDS for language in LANGUAGES if kind != "report.pdf"]


@pytest.fixture(scope="module", autouse=True)
def closed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A year of the policy, closed."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        enter("8", YEAR, "41.5")
        freeze(acting_year())
        rows.written()
        yield


def loaded(tmp_path: Path, old: str = "", new: str = "") -> plan_api.Loaded:
    """The policy's file loaded again, with something in it changed."""
    text = (NISHITOKYO / "plan" / f"{CODE}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    divisions = yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
    (done,) = plan_api.load_plans(
        [path],
        divisions={each["code"] for each in divisions["divisions"]},
        meters={meter.id for meter in metering.declared()},
        clock=clock,
    )
    return done


def refusal(tmp_path: Path, old: str, new: str) -> str:
    """Why a file is not loaded."""
    with pytest.raises(plan_api.PackRefused) as refused:
        loaded(tmp_path, old, new)
    return str(refused.value)


def published() -> dict[tuple[str, str], str]:
    """The hash of every file of the year, made anew from what is sealed, and of what is sealed."""
    FrozenFile.objects.all().delete()
    held = Frozen.objects.latest("version")
    made = {
        (kind, language): keep_file(
            version=held.public_id, kind=kind, language=language, clock=clock
        ).sha256
        for kind, language in FILES
    }
    return made | {("content", ""): sha256(held.content.encode()).hexdigest()}


def standing(number: str = "8") -> Decimal | None:
    """The year's result on the plan's live pages."""
    indicator = indicator_of(number).public_id
    return plan_api.figures_of_year([indicator], YEAR)[indicator].value


def test_a_file_that_changes_a_closed_years_result_is_refused_and_says_what_to_do(
    tmp_path: Path,
) -> None:
    before = published()
    said = refusal(
        tmp_path, BASELINE, f"{BASELINE}\n        values: [{{ year: {YEAR}, value: 99 }}]"
    )
    assert (
        "2025 is closed and published; its result of measure 8, indicator 1, would be 99 instead of 41.5"
        in said
    )
    assert "corrected by an erratum" in said
    assert standing() == Decimal("41.5")
    assert published() == before


def test_a_result_that_was_published_as_unknown_is_not_slipped_in_by_a_file(tmp_path: Path) -> None:
    said = refusal(
        tmp_path,
        "baseline_words: 38件",
        f"baseline_words: 38件\n        values: [{{ year: {YEAR}, month: 6, value: 4 }}]",
    )
    assert "would be 4 instead of nothing" in said


def test_a_target_and_the_words_of_a_closed_year_are_not_rewritten_either(tmp_path: Path) -> None:
    said = refusal(
        tmp_path, "targets: [{ year: 2025, value: 15 }]", "targets: [{ year: 2025, value: 16 }]"
    )
    assert "its target of measure 15, indicator 1, would be 16 instead of 15" in said
    said = refusal(
        tmp_path,
        "    divisions: [kenko]\n",
        "    divisions: [kenko]\n    actions: [{ year: 2025, done: { ja: 別のことをした。, en: Something else. } }]\n",
    )
    assert "2025 is closed and published; what measure 8 done in it would read otherwise" in said
    said = refusal(
        tmp_path,
        "targets: [{ year: 2025, value: 15 }]",
        "targets: [{ year: 2026, value: 15 }]",
    )
    assert "would be nothing instead of 15" in said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("ja: オンライン相談実施件数(単年度)", "ja: 相談の件数"),
        ("targets: [{ year: 2028, value: 70 }]", "targets: [{ year: 2028, value: 75 }]"),
        (BASELINE, f"{BASELINE}\n        values: [{{ year: 2026, value: 12 }}]"),
    ],
)
def test_everything_else_of_a_plan_may_change_and_nothing_published_does(
    tmp_path: Path, old: str, new: str
) -> None:
    before = published()
    assert bool(loaded(tmp_path, old, new).changed) is bool(old)
    assert published() == before


def test_the_report_as_pdf_is_the_same_after_a_load(tmp_path: Path) -> None:
    version = Frozen.objects.get().public_id

    def made() -> str:
        FrozenFile.objects.all().delete()
        return keep_file(version=version, kind="report.pdf", language="ja", clock=clock).sha256

    before = made()
    loaded(tmp_path, "ja: オンライン相談実施件数(単年度)", "ja: 相談の件数")
    assert made() == before


def test_a_file_may_say_what_an_erratum_has_published(tmp_path: Path) -> None:
    cycle, indicator = Cycle.objects.get(), indicator_of("8").public_id
    correct_year(
        cycle=cycle.public_id,
        corrections=[Correction(measure="8", place=f"{indicator}.{YEAR}", text="43")],
        reason="数え直したため",
        seen=1,
        hand=SECRETARIAT,
        clock=clock,
    )
    before = published()
    loaded(tmp_path, BASELINE, f"{BASELINE}\n        values: [{{ year: {YEAR}, value: 43 }}]")
    assert standing() == Decimal(43)
    assert published() == before


def test_a_new_measure_may_bring_its_figures_of_a_closed_year(tmp_path: Path) -> None:
    """It was in no report: its years before its own are what it begins from."""
    number = '  - number: "8"\n'
    new = f"""  - number: "8-2"
    section: introduction
    kind: indicator
    from_year: 2026
    name: {{ ja: 新しい相談 }}
    divisions: [kenko]
    indicators:
      - name: {{ ja: 件数 }}
        unit: {{ ja: 件 }}
        accumulate: flow
        direction: up
        baseline: {{ year: {YEAR}, value: 3 }}

{number}"""
    before = published()
    assert loaded(tmp_path, number, new).measures == 31
    assert published() == before


def test_a_workbook_that_changes_a_closed_year_is_refused_in_japanese(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    call_command("plan", "template", code=CODE, output=path)
    book: Any = load_workbook(path)
    sheet = book["実績値"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row}
    row = next(
        each[0].row
        for each in sheet.iter_rows(min_row=5)
        if str(each[0].value) == "8" and "41.5" in {str(cell.value) for cell in each}
    )
    sheet.cell(row=row, column=heads["実績の数値"]).value = 99
    book.save(path)
    with pytest.raises(CommandError) as refused:
        call_command("plan", "import", str(path))
    assert "2025年度は確定して公表しているため、取組 8 の1番目の指標の実績を変えられません" in str(refused.value)  # fmt: skip
    assert "年次報告の正誤として公表します" in str(refused.value)
    assert standing() == Decimal("41.5")
