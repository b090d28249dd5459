"""The open table as files: CSV, Excel, JSON. The same lines give the same CSV and JSON, byte for byte."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext

from tsunagari.engines.plan.rules.open_data import (
    COLUMNS,
    Cell,
    FigureRow,
    as_mapping,
    cells,
    headers,
)
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.kernel.i18n.workbook import write_workbook

CSV_TYPE: Final = "text/csv; charset=utf-8; header=present"
"""RFC 7111 and RFC 4180: the first line is the header."""


def csv_of(rows: Iterable[FigureRow], language: str) -> bytes:
    """The table with its header in `language`; the rows' own texts are as they came."""
    return write_table(headers(language), map(cells, rows))


def open_table(rows: Iterable[FigureRow], language: str) -> tuple[list[str], list[list[Cell]]]:
    """Header and lines of the table, for a file that holds more than it."""
    return headers(language), [cells(row) for row in rows]


def workbook_of(rows: Iterable[FigureRow], language: str) -> bytes:
    """The same as an Excel workbook."""
    with translation.override(language):
        return write_workbook(headers(language), map(cells, rows), title=gettext("目標と実績"))


def json_of(head: Mapping[str, Any], rows: Iterable[FigureRow], language: str) -> bytes:
    """The same as JSON: what is known of the whole table (`head`), its columns, its lines.

    Decimal figures are text, as in the API, so that nothing is lost on the way; null is not known.
    """
    said = {**head, "columns": _columns(language), "figures": [as_mapping(row) for row in rows]}
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _columns(language: str) -> list[dict[str, Any]]:
    with translation.override(language):
        return [
            {
                "name": column.name,
                "title": str(column.title),
                "description": str(column.means),
                "datatype": column.datatype,
                "required": column.required,
                "codes": {code: str(words) for code, words in (column.codes or {}).items()},
            }
            for column in COLUMNS
        ]
