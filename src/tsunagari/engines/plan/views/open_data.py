"""A plan's figures as open data: the page that explains them, and the files in their formats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import FigureRow, PlanBoard, PlanWords
from tsunagari.engines.plan.rules.open_data import COLUMNS, KEY, Column
from tsunagari.engines.plan.rules.open_data_csvw import CSVW_TYPE, LANGUAGES
from tsunagari.engines.plan.rules.open_data_files import CSV_TYPE
from tsunagari.engines.plan.views.lists import found
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.engines.plan.views.open_data_catalog import (
    absolute,
    by_language,
    dataset_description,
    dataset_title,
    modified_of,
    opened,
)
from tsunagari.engines.plan.views.words import span_words
from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE

TYPES: Mapping[str, Promise | str] = {
    "string": _("文字"),
    "integer": _("整数"),
    "decimal": _("数（小数を含む）"),
    "boolean": "true / false",
    "date": _("日付（2026-04-01 の形）"),
}
"""Datatypes of columns as a reader meets them."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The open table of one plan in the reader's language."""

    board: PlanBoard
    rows: tuple[FigureRow, ...]
    words: PlanWords
    language: str

    @classmethod
    def read(cls, code: str, now: datetime) -> "Table":
        """404 in words where there is no such plan."""
        language = get_language() or "ja"
        board = found(code, now, language)
        return cls(
            board=board,
            rows=api.figure_rows(board, language=language, now=now),
            words=next(w for w in api.plan_words(LANGUAGES, now=now) if w.code == code),
            language=language,
        )


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file on the page: its address, what it is called, its format, its size in bytes (None: not said)."""

    address: str
    title: str
    format: str
    size: int | None
    means: str


@in_words
def open_csv(request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """The table as CSV, which says where it is described (CSVW, section 5.2)."""
    table = Table.read(code, clock())
    response = _taken(api.csv_of(table.rows, table.language), f"{code}-figures.csv", CSV_TYPE)
    described = absolute(request, "plan:open_csvw", code, language=table.language)
    response.headers["Link"] = f'<{described}>; rel="describedby"; type="{CSVW_TYPE}"'
    return response


@in_words
def open_xlsx(_request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """The table as an Excel workbook."""
    table = Table.read(code, clock())
    data = api.workbook_of(table.rows, table.language)
    return _taken(data, f"{code}-figures.xlsx", WORKBOOK_TYPE)


@in_words
def open_json(request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """The table as JSON."""
    table = Table.read(code, clock())
    return _taken(_json(request, table), f"{code}-figures.json", "application/json")


@in_words
def open_csvw(request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """What the columns of the CSV mean, for machines."""
    table = Table.read(code, clock())
    said = api.table_metadata(_table_head(request, table))
    answer = JsonResponse(
        said, content_type=CSVW_TYPE, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    return opened(answer)


@in_words
def open_data(request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """The page that lists the files and says what stands in them and how they may be used."""
    now = clock()
    table = Table.read(code, now)
    head, language = table.board.head, table.language
    root = request.build_absolute_uri(reverse("api:api-root"))
    context = {
        "head": head,
        "span": span_words(head, language),
        "title": dataset_title(head.name),
        "files": _files(request, table),
        "lines": len(table.rows),
        "licence": api.open_data_terms().licence,
        "licence_name": _licence_name(language),
        "today": format_day(japan_day(now), language=language),
        "page": absolute(request, "plan:open_data", code, language=language),
        "columns": [_column(column) for column in COLUMNS],
        "example": f"{root}plans/{code}/measures?lang={language}",
        "described": reverse("api:openapi-json"),
    }
    return render(request, "plan/open_data.html", context)


def _taken(data: bytes, name: str, kind: str) -> HttpResponse:
    response = opened(HttpResponse(data, content_type=kind))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = get_language() or "ja"
    return response


def _json(request: HttpRequest, table: Table) -> bytes:
    licence, language = api.open_data_terms().licence, table.language
    code = table.board.head.code
    head = {
        "plan": code,
        "title": dataset_title(table.board.head.name),
        "description": dataset_description(table.board.head.name),
        "language": language,
        "publisher": city_look().name[language],
        "licence": licence
        and {
            "code": licence.code,
            "name": _licence_name(language),
            "address": licence.address,
        },
        "modified": modified_of(table.words, table.board).isoformat(timespec="seconds"),
        "page": absolute(request, "plan:open_data", code, language=language),
        "key": list(KEY),
    }
    return api.json_of(head, table.rows, language)


def _table_head(request: HttpRequest, table: Table) -> api.TableHead:
    names = table.words.name
    return api.TableHead(
        file="figures.csv",
        language=table.language,
        title=by_language(LANGUAGES, lambda of: dataset_title(names[of])),
        description=by_language(LANGUAGES, lambda of: dataset_description(names[of])),
        publisher={of: city_look().name[of] for of in LANGUAGES},
        licence=api.open_data_terms().licence,
        page=absolute(request, "plan:open_data", table.words.code, language=table.language),
        modified=modified_of(table.words, table.board).isoformat(timespec="seconds"),
    )


def _licence_name(language: str) -> str:
    licence = api.open_data_terms().licence
    return licence.name.get(language, licence.name["ja"]) if licence else ""


FILES: Sequence[tuple[str, Promise, str, Promise]] = (
    (
        "plan:open_csv",
        _("目標と実績"),
        "CSV",
        _("表計算ソフトとプログラムの両方で開けます。文字コードは UTF-8 です。"),
    ),
    ("plan:open_xlsx", _("目標と実績"), "Excel", _("CSV と同じ内容の Excel ブック（xlsx）です。")),
    ("plan:open_json", _("目標と実績"), "JSON", _("同じ内容に、列の説明を添えたものです。")),
    (
        "plan:open_csvw",
        _("CSV の列の説明"),
        "CSVW",
        _("列の名前・型・意味を、プログラムが読める形（W3C の CSVW）で書いたものです。"),
    ),
    (
        "plan:plan_csv",
        _("取組の一覧"),
        "CSV",
        _("画面の一覧と同じ、1つの指標を1行にした表です。担当する課も載せています。"),
    ),
    (
        "plan:catalog_jsonld",
        _("すべての計画のカタログ"),
        "JSON-LD",
        _("データの所在をデータカタログが集めるための情報（DCAT）です。"),
    ),
    (
        "plan:catalog_ttl",
        _("すべての計画のカタログ"),
        "Turtle",
        _("同じカタログを Turtle で書いたものです。"),
    ),
)
"""The files of the page: name of the address, title, format, what it is."""


def _files(request: HttpRequest, table: Table) -> list[FileLine]:
    code, language, rows = table.board.head.code, table.language, table.rows
    sizes = {
        "plan:open_csv": len(api.csv_of(rows, language)),
        "plan:open_xlsx": len(api.workbook_of(rows, language)),
        "plan:open_json": len(_json(request, table)),
    }
    return [
        FileLine(
            address=reverse(name, args=[] if name.startswith("plan:catalog") else [code]),
            title=str(title),
            format=kind,
            size=sizes.get(name),
            means=str(means),
        )
        for name, title, kind, means in FILES
    ]


@dataclass(frozen=True, kw_only=True)
class ColumnLine:
    """A column on the page."""

    title: str
    name: str
    type: str
    means: str
    codes: list[tuple[str, str]]


def _column(column: Column) -> ColumnLine:
    return ColumnLine(
        title=str(column.title),
        name=column.name,
        type=str(TYPES[column.datatype]),
        means=str(column.means),
        codes=[(code, str(words)) for code, words in (column.codes or {}).items()],
    )
