"""Everyone takes a closed year home: files made once, of the sealed content, with the same bytes for ever."""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.actions.keep_file import keep_file
from tsunagari.engines.cycle.models import Cycle, Frozen, FrozenFile
from tsunagari.engines.cycle.queries.files import KINDS, make_file
from tsunagari.engines.cycle.queries.published import report
from tsunagari.engines.cycle.rules.corrections import Correction
from tsunagari.engines.cycle.rules.yearbook import LANGUAGES
from tsunagari.engines.cycle.tasks import keep_files
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    SECRETARIAT,
    YEAR,
    acting_year,
    add_voices,
    clock,
    enter,
    freeze,
    load_city,
)

pytestmark = pytest.mark.django_db
PLACE = f"/reports/{CODE}/{YEAR}"


@pytest.fixture(scope="module", autouse=True)
def closed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A year of the policy, closed."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        enter("8", YEAR, "41.5")
        cycle = acting_year()
        add_voices(cycle, "8")
        freeze(cycle)
        rows.written()
        yield


def _made(kind: str, language: str = "ja", version: int | None = None) -> bytes:
    held = report(CODE, YEAR, language=language, version=version)
    assert held is not None
    return make_file(held, kind)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", [each for each in KINDS if each != "report.pdf"])
def test_a_file_made_twice_has_the_same_bytes(kind: str, language: str) -> None:
    assert _made(kind, language) == _made(kind, language)


def test_the_worker_makes_every_file_of_a_sealed_year_and_makes_none_twice() -> None:
    frozen = Frozen.objects.get()
    assert keep_files.func(frozen.public_id) == len(KINDS) * len(LANGUAGES)
    made = {each.pk: each.made_at for each in frozen.files.all()}
    assert len(made) == len(KINDS) * len(LANGUAGES)
    keep_files.func(frozen.public_id)
    assert {each.pk: each.made_at for each in frozen.files.all()} == made


def test_whoever_hashes_the_json_gets_the_seal() -> None:
    frozen = Frozen.objects.get()
    assert sha256(_made("data.json")).hexdigest() == frozen.sha256
    assert _made("data.json", "en") == _made("data.json")


def test_figures_are_in_the_shape_of_the_plans_own_open_table() -> None:
    rows = list(csv.DictReader(io.StringIO(_made("figures.csv").decode("utf-8-sig"))))
    (row,) = [r for r in rows if r["取組番号"] == "8" and r["年度（西暦）"] == str(YEAR) and r["数値の種類"] == "actual"]  # fmt: skip
    assert (row["数値"], row["数値の状態"], row["年度全体の数値か"]) == ("41.5", "revised", "true")
    described = json.loads(_made("figures.csv-metadata.json"))
    assert [each["titles"][0] for each in described["tableSchema"]["columns"]] == list(rows[0])
    keys = [
        tuple(r[t] for t in ("取組番号", "指標番号", "年度（西暦）", "数値の種類")) for r in rows
    ]
    assert len(keys) == len(set(keys))


def test_measures_are_a_line_each_with_money_and_decision() -> None:
    rows = list(csv.DictReader(io.StringIO(_made("measures.csv", "en").decode("utf-8-sig"))))
    assert len(rows) == 30
    described = json.loads(_made("measures.csv-metadata.json", "en"))
    columns = {c["name"]: c["titles"][0] for c in described["tableSchema"]["columns"]}
    assert list(columns.values()) == list(rows[0])
    first = rows[0]
    assert (first[columns["settled"]], first[columns["general"]]) == ("1000000", "600000")
    assert (first[columns["staff_years"]], first[columns["decision"]]) == ("0.5", "continue")


def test_the_workbook_opens_and_runs_no_formula() -> None:
    cycle = Cycle.objects.get()
    correct_year(
        cycle=cycle.public_id,
        corrections=[Correction(measure="2", place="done", text="=1+1")],
        reason="転記の誤り",
        seen=1,
        hand=SECRETARIAT,
        clock=clock,
    )
    book = load_workbook(io.BytesIO(_made("report.xlsx")))
    assert book.sheetnames == ["概要", "取組", "指標", "指標の推移", "意見", "正誤"]
    measures = [[cell.value for cell in row] for row in book["取組"].iter_rows()]
    done = measures[0].index("1年間に実施したこと")
    two = next(row for row in measures if row[3] == "2")
    assert two[done] == "=1+1"
    cell = book["取組"].cell(measures.index(two) + 1, done + 1)
    assert cell.data_type == "s"
    errata = [[cell.value for cell in row] for row in book["正誤"].iter_rows(min_row=2)]
    assert errata[0][1:3] == ["転記の誤り", "2"]
    indicators = [[cell.value for cell in row] for row in book["指標"].iter_rows(min_row=2)]
    assert next(row for row in indicators if row[0] == "8")[7] == pytest.approx(Decimal("41.5"))
    assert [row[0].value for row in book["意見"].iter_rows(min_row=2)] == [None, "8"]


def test_a_file_is_made_once_and_kept_whatever_its_maker_becomes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = Frozen.objects.get().public_id
    first = keep_file(version=version, kind="measures.csv", language="ja", clock=clock)
    monkeypatch.setattr(
        "tsunagari.engines.cycle.actions.keep_file.make_file", lambda *_: b"another"
    )
    again = keep_file(version=version, kind="measures.csv", language="ja", clock=clock)
    assert again == first
    assert FrozenFile.objects.count() == 1


def test_of_two_who_make_a_file_at_once_the_first_ones_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = Frozen.objects.get()

    def made_meanwhile(*_: object) -> bytes:
        FrozenFile.objects.create(
            frozen=version, kind="measures.csv", language="ja", content=b"first", sha256="x", made_at=clock(),
        )  # fmt: skip
        return b"second"

    monkeypatch.setattr("tsunagari.engines.cycle.actions.keep_file.make_file", made_meanwhile)
    kept = keep_file(version=version.public_id, kind="measures.csv", language="ja", clock=clock)
    assert kept.content == b"first"


def test_a_download_says_what_it_is_and_is_sent_once(client: Client) -> None:
    answer = client.get(f"{PLACE}/v1/figures.csv")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert "immutable" in answer["Cache-Control"]
    assert "describedby" in answer["Link"]
    again = client.get(f"{PLACE}/v1/figures.csv", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("place", ["/v2/figures.csv", "/v1/none.csv", "/v1/report.pdfx"])
def test_a_file_that_is_not_there_is_said_in_words(client: Client, place: str) -> None:
    answer = client.get(f"{PLACE}{place}")
    assert answer.status_code == 404
    assert "ファイル" in answer.content.decode()


def test_the_report_as_pdf_is_one_of_the_files(client: Client) -> None:
    answer = client.get(f"/en{PLACE}/v1/report.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
