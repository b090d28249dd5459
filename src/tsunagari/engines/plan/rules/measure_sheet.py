"""The workbook of a plan's texts: its columns, and which side of a row is newer.

Each row carries in 「照合番号」 which measure it is and what it looked like when it was written, so that a
reader tells apart what stands now, what stood then, and what somebody typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from django.utils.translation import gettext, override

from tsunagari.kernel.i18n.tabular import Table, TableRefused, header_key
from tsunagari.kernel.i18n.texts import N_

MOST_ROWS: Final = 1000
COLUMNS: Final[dict[str, str]] = {
    "number": N_("番号"),
    "name": N_("取組の名前"),
    "name.en": N_("取組の名前（英語）"),
    "purpose": N_("目的"),
    "purpose.en": N_("目的（英語）"),
    "outline": N_("概要"),
    "outline.en": N_("概要（英語）"),
    "divisions": N_("課"),
    "viewpoints": N_("視点"),
    "note": N_("備考"),
    "note.en": N_("備考（英語）"),
    "mark": N_("照合番号"),
}
"""Each column with its header; all but the last are keys of a measure's sheet."""

TEXTS: Final = tuple(key for key in COLUMNS if key != "mark")
OTHERS: Final = N_("関係各課")
"""What stands among the divisions where the plan names no division more exactly."""

Side = Literal["same", "untouched", "typed", "stale"]
"""as it is here; as it once was here and nobody typed; typed on what is here; typed on what has changed."""


@dataclass(frozen=True, kw_only=True)
class TextRow:
    """One row as read: its line in Excel, its cells by key, and its mark."""

    line: int
    cells: dict[str, str]
    mark: str


def headers() -> list[str]:
    """The headers in the language of the page."""
    return [gettext(words) for words in COLUMNS.values()]


def mark_of(public_id: str, cells: Mapping[str, str]) -> str:
    """What goes into 「照合番号」: the measure, and a short print of its row."""
    return f"{public_id}:{_print(cells)}"


def side_of(typed: Mapping[str, str], now: Mapping[str, str], mark: str) -> Side:
    """How a row stands against the database."""
    if _print(typed) == _print(now):
        return "same"
    stated = mark.rpartition(":")[2]
    if stated == _print(typed):
        return "untouched"
    return "typed" if stated == _print(now) else "stale"


def _print(cells: Mapping[str, str]) -> str:
    held = "\x1f".join(cells[key] for key in TEXTS)
    return sha256(held.encode(errors="surrogatepass")).hexdigest()[:12]


def read_rows(table: Table) -> list[TextRow]:
    """The rows of a file; TableRefused where columns are missing or rows are too many."""
    here = {key: _header(table, words) for key, words in COLUMNS.items()}
    if len(table.rows) > MOST_ROWS:
        sentence = gettext(
            "行が多すぎます（%(most)d行まで）。計画ごとに書き出したファイルを使ってください。"
        )
        raise TableRefused(sentence % {"most": MOST_ROWS})
    return [
        TextRow(
            line=row.line,
            cells={key: _cell(row.text(here[key])) for key in TEXTS},
            mark=row.text(here["mark"]).strip(),
        )
        for row in table.rows
    ]


def _cell(text: str) -> str:
    """A cell as it is compared: Excel writes line ends its own way."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _header(table: Table, words: str) -> str:
    """A column's header as the file has it, in either language."""
    present = {header_key(header): header for header in table.headers}
    for language in ("ja", "en"):
        with override(language):
            found = present.get(header_key(gettext(words)))
        if found:
            return found
    table.require(gettext(words))
    return gettext(words)
