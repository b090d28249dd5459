"""Developers and journalists take a plan's figures away as open data, and their tools understand them."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW  # type: ignore[import-untyped]  # it has no types
from django.test import Client
from openpyxl import load_workbook

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.rules.open_data import COLUMNS, KEY, FigureRow, as_mapping, cells
from tsunagari.engines.plan.rules.open_data import headers as headers_in
from tsunagari.engines.plan.tests.conftest import CODE, NOW, THIRD
from tsunagari.kernel.i18n.tabular import read_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

PAGE = f"/plan/{CODE}/data/"
NAMES = [column.name for column in COLUMNS]
BOTH = pytest.mark.parametrize("plan", [CODE, THIRD])
PREFIXES = pytest.mark.parametrize("prefix", ["", "/en"])


def _lines(client: Client, plan: str = CODE, prefix: str = "") -> list[dict[str, str]]:
    """The CSV's lines by the names of their columns."""
    answer = client.get(f"{prefix}/plan/{plan}/figures.csv")
    assert answer.status_code == 200
    header, *rest = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert header == headers_in("en" if prefix else "ja")
    return [dict(zip(NAMES, line, strict=True)) for line in rest]


def _of(lines: list[dict[str, str]], number: str, order: int = 1) -> list[dict[str, str]]:
    return [
        line
        for line in lines
        if (line["measure_number"], line["indicator_order"]) == (number, str(order))
    ]


@BOTH
@PREFIXES
def test_the_table_is_one_whose_lines_and_headers_are_each_their_own(
    client: Client, plan: str, prefix: str
) -> None:
    lines = _lines(client, plan, prefix)
    assert len({tuple(line[name] for name in KEY) for line in lines}) == len(lines) > 60
    assert len(set(headers_in("en" if prefix else "ja"))) == len(COLUMNS)
    for line in lines:
        for column in COLUMNS:
            cell = line[column.name]
            assert cell or not column.required, (column.name, line)
            assert column.codes is None or cell in {"", *column.codes}, (column.name, cell)


def test_baseline_targets_and_years_nobody_knows_stand_in_lines_of_their_own(
    client: Client,
) -> None:
    lines = _of(_lines(client), "15", 2)
    said = [(row["fiscal_year"], row["kind"], row["value"], row["obs_status"]) for row in lines]
    assert said[0][1] == "baseline"
    assert ("2025", "target", "13", "") in said
    assert ("2024", "actual", "", "missing") in said
    assert all(row["unit"] == "件" for row in lines)


def test_what_the_plan_calls_an_estimate_is_one(client: Client) -> None:
    estimated = [line for line in _lines(client) if line["obs_status"] == "estimated"]
    assert estimated
    assert {line["kind"] for line in estimated} <= {"baseline", "actual"}


def test_an_indicator_that_the_plan_had_not_set_has_no_lines(client: Client) -> None:
    unset = Indicator.objects.filter(measure__plan__code=THIRD, to_set_year__isnull=False)
    numbers = {indicator.measure.number for indicator in unset.select_related("measure")}
    assert numbers
    assert not numbers & {line["measure_number"] for line in _lines(client, THIRD)}


def test_a_clerks_figure_comes_with_its_parts_its_source_and_its_reason(client: Client) -> None:
    state = next(
        each
        for measure in _board().measures
        if measure.number == "8"
        for each in measure.indicators
    )
    result = api.Result(
        year=2025,
        value=Decimal("26.60"),
        origin="typed",
        whole=False,
        status="provisional",
        numerator=Decimal(133),
        denominator=Decimal(500),
        source="=集計表",
        reason="数え直したため",
        through=date(2025, 9, 30),
    )
    board = _with(replace(state, results=(result,)), "8")
    rows = api.figure_rows(board, language="ja", now=NOW)
    row = next(r for r in rows if r.measure_number == "8" and r.fiscal_year == 2025)
    assert as_mapping(row) | {"value": "26.6", "numerator": "133", "denominator": "500"} == (
        as_mapping(row)
    )
    assert (row.obs_status, row.whole_year, row.as_of) == ("provisional", False, date(2025, 9, 30))
    table = read_table(api.csv_of(rows, "ja"))
    line = next(r for r in table.rows if r.cells["理由"] == "数え直したため")
    assert line.text("出典") == "=集計表"  # the mark that keeps Excel from running it is taken away
    assert "'=集計表" in api.csv_of(rows, "ja").decode()


def test_the_ends_of_a_range_are_lines_too() -> None:
    state = _board().measures[0].indicators[0]
    aim = replace(
        state.aim, direction="range", low=Decimal(5), high=Decimal("7.5"), target_year=None
    )
    rows = api.figure_rows(_with(replace(state, aim=aim, targets=()), "1"), language="ja", now=NOW)
    ends = [(r.kind, r.fiscal_year, r.value) for r in rows if r.kind.startswith("target_")]
    assert ends == [("target_low", 2028, Decimal(5)), ("target_high", 2028, Decimal("7.5"))]


def _board() -> api.PlanBoard:
    board = api.plan_board(CODE, now=NOW, language="ja")
    assert board
    return board


def _with(state: api.IndicatorState, number: str) -> api.PlanBoard:
    """The policy with one measure alone, which has this one indicator."""
    board = _board()
    measure = next(each for each in board.measures if each.number == number)
    return replace(board, measures=(replace(measure, indicators=(state,)),))


@BOTH
def test_excel_and_json_hold_the_same_lines_as_csv(client: Client, plan: str) -> None:
    lines = _lines(client, plan)
    book = load_workbook(io.BytesIO(client.get(f"/plan/{plan}/figures.xlsx").content))
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert list(header) == headers_in("ja")
    assert [["" if cell is None else str(cell) for cell in row] for row in rows] == [
        list(line.values()) for line in lines
    ]
    said: dict[str, Any] = client.get(f"/plan/{plan}/figures.json").json()
    assert [
        {name: _as_csv(value) for name, value in line.items()} for line in said["figures"]
    ] == lines
    assert [column["name"] for column in said["columns"]] == NAMES
    assert said["licence"]["code"] == "CC BY 4.0"
    assert said["key"] == list(KEY)


def _as_csv(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_the_csv_says_where_it_is_described_and_any_site_may_read_it(client: Client) -> None:
    answer = client.get(f"/plan/{CODE}/figures.csv")
    described = f"http://testserver/plan/{CODE}/figures.csv-metadata.json"
    assert answer.headers["Link"] == (
        f'<{described}>; rel="describedby"; type="application/csvm+json"'
    )
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Tsunagari-View" not in answer.headers
    metadata = client.get(described)
    assert metadata.headers["Content-Type"] == "application/csvm+json"
    assert metadata.headers["Access-Control-Allow-Origin"] == "*"


def _kept(client: Client, folder: Path, plan: str, prefix: str = "") -> Path:
    """The CSV and its description as one keeps them side by side."""
    for name in ("figures.csv", "figures.csv-metadata.json"):
        folder.joinpath(name).write_bytes(client.get(f"{prefix}/plan/{plan}/{name}").content)
    return folder / "figures.csv-metadata.json"


def _faults(metadata: Path) -> list[str]:
    """What the validator says against a table and its description, nothing where both are right."""
    try:
        table = CSVW(str(metadata), validate=True)
        return [] if table.is_valid else [str(each.message) for each in table.warnings] or ["?"]
    except (KeyError, ValueError) as refused:  # so it tells of keys and of missing columns
        return [str(refused)]


@BOTH
@PREFIXES
def test_the_csv_is_what_its_description_says(
    client: Client, tmp_path: Path, plan: str, prefix: str
) -> None:
    assert _faults(_kept(client, tmp_path, plan, prefix)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (",baseline,", ",basis,"),  # a code that is none
        (",2024,", ",令和6年度,"),  # a year that is no number
        ("年度（西暦）", "年"),  # a header that is another
        (",target,", ",,"),  # nothing where something must stand
    ],
)
def test_a_csv_that_is_not_what_its_description_says_is_noticed(
    client: Client, tmp_path: Path, before: str, after: str
) -> None:
    metadata = _kept(client, tmp_path, CODE)
    _alter(tmp_path / "figures.csv", before, after)
    assert _faults(metadata)


def _alter(file: Path, before: str, after: str) -> None:
    text = file.read_bytes().decode("utf-8-sig")
    assert before in text
    file.write_bytes(text.replace(before, after, 1).encode())


def test_a_line_that_stands_twice_is_noticed(client: Client, tmp_path: Path) -> None:
    metadata = _kept(client, tmp_path, CODE)
    file = tmp_path / "figures.csv"
    file.write_bytes(file.read_bytes() + file.read_bytes().splitlines(keepends=True)[-1])
    assert "duplicate primary key" in " ".join(_faults(metadata))


def test_a_description_that_lacks_a_column_is_noticed(client: Client, tmp_path: Path) -> None:
    metadata = _kept(client, tmp_path, CODE)
    said = json.loads(metadata.read_text(encoding="utf-8"))
    del said["tableSchema"]["columns"][9]
    metadata.write_text(json.dumps(said), encoding="utf-8")
    assert _faults(metadata)


def test_the_description_tells_title_publisher_terms_and_every_column_in_both_languages(
    client: Client,
) -> None:
    said = client.get(f"/plan/{CODE}/figures.csv-metadata.json").json()
    assert said["url"] == "figures.csv"
    assert said["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert {each["@language"] for each in said["dc:title"]} == {"ja", "en"}
    assert said["dc:publisher"]["schema:name"][0]["@value"] == "西東京市"
    assert said["dialect"]["encoding"] == "utf-8"
    for column in said["tableSchema"]["columns"]:
        titles = {each["@language"]: each["@value"] for each in column["dc:title"]}
        assert column["titles"] == [titles["ja"], titles["en"]], "not translated"
        assert {each["@language"] for each in column["dc:description"]} == {"ja", "en"}


def test_the_page_lists_the_files_explains_the_columns_and_says_how_to_cite(
    client: Client,
) -> None:
    page = client.get(PAGE).content.decode()
    for name in ("figures.csv", "figures.xlsx", "figures.json", "figures.csv-metadata.json"):
        assert f'href="/plan/{CODE}/{name}"' in page
    for words in (
        'href="/plan/catalog.jsonld"',
        'href="https://creativecommons.org/licenses/by/4.0/"',
        "出典：西東京市「西東京市地域情報化基本方針の目標と実績」",
        f"http://testserver/api/plans/{CODE}/measures?lang=ja",
        *NAMES,
    ):
        assert words in page
    assert "オープンデータ" in client.get(f"/plan/{CODE}/").content.decode()
    assert f'href="{PAGE}"' in client.get(f"/plan/{CODE}/").content.decode()


def test_the_page_is_whole_in_english(client: Client) -> None:
    page = client.get(f"/en{PAGE}").content.decode()
    for words in ("Open data", "What the columns mean", "How to cite", "Fiscal year"):
        assert words in page
    for column in COLUMNS:
        assert str(column.name) in page


def test_the_api_example_of_the_page_answers(client: Client) -> None:
    answer = client.get(f"/api/plans/{CODE}/measures?lang=ja")
    assert answer.status_code == 200
    assert len(answer.json()) == 30


def test_a_city_without_terms_of_use_tells_people_whom_to_ask(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    undecided = replace(api.open_data_terms(), licence=None)
    monkeypatch.setattr(api, "open_data_terms", lambda: undecided)
    page = client.get(PAGE).content.decode()
    assert "利用の条件は、まだ決まっていません" in page
    assert "042-464-1311" in page
    assert "creativecommons" not in page
    assert client.get(f"/plan/{CODE}/figures.json").json()["licence"] is None
    assert "dc:license" not in client.get(f"/plan/{CODE}/figures.csv-metadata.json").json()


@pytest.mark.parametrize(
    "name", ["data/", "figures.csv", "figures.xlsx", "figures.json", "figures.csv-metadata.json"]
)
def test_a_plan_that_is_not_there_is_404_in_words(client: Client, name: str) -> None:
    answer = client.get(f"/plan/no-such-plan/{name}")
    assert answer.status_code == 404
    assert "この計画は見つかりません" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "most"),
    [(PAGE, 12), (f"/plan/{CODE}/figures.csv", 12), ("/plan/catalog.ttl", 16)],
)
def test_queries_do_not_grow_with_the_figures(
    client: Client, address: str, most: int, django_assert_max_num_queries: Any
) -> None:
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_a_row_is_a_line_in_the_order_of_the_columns() -> None:
    rows = api.figure_rows(_board(), language="ja", now=NOW)
    assert isinstance(rows[0], FigureRow)
    assert len(cells(rows[0])) == len(COLUMNS) == len(as_mapping(rows[0]))
