"""Tables as bytes: read the CSV files that offices really have, write CSV that Excel opens.

Read are UTF-8 with and without mark, CP932 (Shift_JIS as Windows writes it) and UTF-16, with commas
or tabs. What cannot be read is refused with a sentence that names line and column.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, TypeVar

from django.conf import settings
from django.utils.translation import gettext, override

from tsunagari.kernel.i18n.eras import parse_day, parse_month
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.widths import narrow_signs, parse_number

T = TypeVar("T")

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of the largest file that is read; larger data goes by the API."""

MARK: Final = "\ufeff".encode()
"""The first bytes of a CSV file by which Excel knows that it is UTF-8."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS: Final = re.compile(r"[-+]?[\d.,]*")


class TableRefused(ValueError):
    """A file or cell that cannot be read; its message is a sentence for the person who made the file."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line under the header. `line` is its number as Excel shows it (the header's is 1)."""

    line: int
    cells: Mapping[str, str]

    def text(self, header: str) -> str:
        """The cell under a header without spaces around it; TableRefused if there is no such column."""
        key = header_key(header)
        if key not in self.cells:
            sentence = gettext(
                "「%(header)s」という列がありません。1行目に見出しを入れてください。"
            )
            raise TableRefused(sentence % {"header": header})
        return self.cells[key]

    def number(self, header: str) -> Decimal | None:
        """The cell as a figure, None where it is missing (widths.parse_number)."""
        return self._read(header, parse_number)

    def month(self, header: str) -> date:
        """The cell as the first day of a month (eras.parse_month)."""
        return self._read(header, parse_month)

    def day(self, header: str) -> date:
        """The cell as a day (eras.parse_day)."""
        return self._read(header, parse_day)

    def refused(self, header: str, reason: str) -> TableRefused:
        """A refusal of this row's cell, with its line and column, for a rule of the caller's own."""
        where = gettext("%(line)d行目「%(header)s」：") % {"line": self.line, "header": header}
        return TableRefused(where + reason)

    def _read(self, header: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(self.text(header))
        except TableRefused:
            raise
        except ValueError as error:
            raise self.refused(header, str(error)) from error


@dataclass(frozen=True, kw_only=True)
class Table:
    """What a file holds: headers as written, rows that are not blank."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]

    def require(self, *headers: str) -> None:
        """Refuse a table that lacks one of these columns, naming those it has."""
        present = {header_key(header) for header in self.headers}
        missing = [header for header in headers if header_key(header) not in present]
        if missing:
            sentence = gettext(
                "「%(missing)s」の列がありません。このファイルの見出しは %(present)s です。"
            )
            raise TableRefused(
                sentence % {"missing": "」「".join(missing), "present": "、".join(self.headers)}
            )


def header_key(header: str) -> str:
    """What headers are compared by: widths, spaces and capital letters do not matter."""
    return re.sub(r"\s", "", narrow_signs(header)).casefold()


@cache
def ways_to_say(words: str) -> frozenset[str]:
    """A marked text in every language of the console, as headers are compared: whoever fills a file in may
    have had it written in any of them."""
    spoken = set()
    for language, _title in settings.SCREEN_LANGUAGES:
        with override(language):
            spoken.add(header_key(said(words)))
    return frozenset(spoken)


def read_table(data: bytes, *, largest: int = LARGEST) -> Table:
    """The table in an uploaded file; TableRefused in one sentence if it cannot be read.

    Blank lines are skipped (line numbers stay), blank columns at the right are dropped.
    """
    check_size(data, largest)
    return table_of(_lines(decode(data)))


def check_size(data: bytes, largest: int) -> None:
    """Refuse a file of more than `largest` bytes."""
    if len(data) > largest:
        sentence = gettext("ファイルが大きすぎます（%(size)d MBまで）。期間などで分けてください。")
        raise TableRefused(sentence % {"size": largest // (1024 * 1024)})


def table_of(lines: Iterable[tuple[int, list[str]]]) -> Table:
    """The table that numbered lines of cells hold, the first that is not blank being its header."""
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise TableRefused(
            gettext("ファイルが空です。1行目に見出し、2行目からデータを入れてください。")
        )
    (_, first), *rest = filled
    headers = _headers(first)
    keys = [header_key(header) for header in headers]
    return Table(headers=headers, rows=tuple(_row(number, cells, keys) for number, cells in rest))


def write_table(
    headers: Sequence[str], rows: Iterable[Sequence[str | int | Decimal | date | None]]
) -> bytes:
    """CSV that Excel opens with a double click: UTF-8 with mark, CRLF. A missing value is an empty cell.

    Texts that Excel would run as a formula get an apostrophe before them; `read_table` takes it away.
    """
    return MARK + table_lines([headers]) + table_lines(rows)


def table_lines(rows: Iterable[Sequence[str | int | Decimal | date | None]]) -> bytes:
    """Lines of such a file alone, for one that is sent while it is written: after MARK, the headers
    and then the rows, piece by piece."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def decode(data: bytes) -> str:
    """The text of a file in one of the encodings of Japanese offices; TableRefused if it is none."""
    if data.startswith(b"PK\x03\x04"):
        raise TableRefused(
            gettext(
                "Excel形式（.xlsx）のファイルです。Excelで「CSV UTF-8」を選んで保存し直してください。"
            )
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp932"]
    text = next(
        (text for encoding in encodings if (text := _try(data, encoding)) is not None), None
    )
    if text is None or "\0" in text:
        raise TableRefused(
            gettext(
                "文字を読み取れないファイルです。Excelで「CSV UTF-8」を選んで保存し直してください。"
            )
        )
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _lines(text: str) -> list[tuple[int, list[str]]]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = []
    try:
        for number, cells in enumerate(reader, start=1):
            lines.append((number, [_plain(cell) for cell in cells]))
    except csv.Error as error:
        sentence = gettext('%(line)d行目の引用符（"）が閉じていないか、余分にあります。')
        raise TableRefused(sentence % {"line": len(lines) + 1}) from error
    return lines


def _headers(cells: list[str]) -> tuple[str, ...]:
    width = max(index for index, cell in enumerate(cells, start=1) if cell)
    headers = tuple(cells[:width])
    seen: set[str] = set()
    for index, header in enumerate(headers, start=1):
        key = header_key(header)
        if not key:
            raise TableRefused(
                gettext("%(column)d列目の見出しが空です。見出しを入れてください。")
                % {"column": index}
            )
        if key in seen:
            raise TableRefused(
                gettext("見出し「%(header)s」が2つあります。1つにしてください。")
                % {"header": header}
            )
        seen.add(key)
    return headers


def _row(number: int, cells: list[str], keys: list[str]) -> Row:
    if any(cells[len(keys) :]):
        sentence = gettext(
            "%(line)d行目は %(column)d列目に値がありますが、見出しは %(count)d列です。"
        )
        column = max(index for index, cell in enumerate(cells, start=1) if cell)
        raise TableRefused(sentence % {"line": number, "column": column, "count": len(keys)})
    padded = cells[: len(keys)] + [""] * (len(keys) - len(cells))
    return Row(line=number, cells=dict(zip(keys, padded, strict=True)))


def _safe(cell: str | int | Decimal | date | None) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    formula = cell.startswith(_FORMULA) and not _HARMLESS.fullmatch(cell)
    quoted = cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'"))
    return f"'{cell}" if formula or quoted else cell


def _plain(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")) else text
