"""The table of figures as a workbook: its columns, and a row of it as plain values.

One row is one indicator in one fiscal year or month. The left half says what stands, the empty cells on
the right are filled in; an empty right half changes nothing. 「照合番号」 says of which period the row
speaks and which figure stood when it was written, so that an old file overwrites nothing newer.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext

from tsunagari.engines.plan.rules.entry import TEXT
from tsunagari.engines.plan.rules.typed_figure import Period
from tsunagari.kernel.i18n.eras import DateRefused, parse_fiscal_year
from tsunagari.kernel.i18n.tabular import Row, Table, TableRefused, header_key, ways_to_say
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.i18n.widths import narrow_signs
from tsunagari.kernel.ids import is_public_id

MOST_ROWS: Final = 3000
"""Rows that are read at once: a preview is shown whole and confirmed whole."""

COLUMNS: Final[dict[str, str]] = {
    "quoted": N_("取組の番号"),
    "measure": N_("取組"),
    "indicator": N_("指標"),
    "unit": N_("単位"),
    "year": N_("年度"),
    "month": N_("月"),
    "now": N_("今の数値"),
    "now_numerator": N_("今の分子"),
    "now_denominator": N_("今の分母"),
    "now_status": N_("今の状態"),
    "now_source": N_("今の出どころ"),
    "value": N_("新しい数値"),
    "numerator": N_("新しい分子"),
    "denominator": N_("新しい分母"),
    "status": N_("新しい状態"),
    "source": N_("新しい出どころ"),
    "reason": N_("替える理由"),
    "mark": N_("照合番号"),
}
"""Each column with its header."""

NEEDED: Final = ("year", "value", "mark")
"""Without these a table is another one."""

NEW: Final = ("value", "numerator", "denominator", "status", "source", "reason")
FIGURES: Final = ("value", "numerator", "denominator")

STATUSES: Final[dict[str, str]] = {
    "provisional": N_("暫定"),
    "final": N_("確定"),
    "revised": N_("修正"),
}
"""What a figure's status is called."""


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row that says something new. `line` is its number in Excel, `indicator` a public id, `seen`
    that of the figure that stood when the file was written, "" for none. Texts are as typed."""

    line: int
    indicator: str
    year: int
    month: int | None
    seen: str
    value: str
    numerator: str
    denominator: str
    status: str
    source: str
    reason: str

    @property
    def period(self) -> Period:
        """The year or month of which it speaks."""
        return Period(year=self.year, month=self.month)

    @property
    def has_figure(self) -> bool:
        """Whether a figure was typed; without one only status or source change."""
        return any(getattr(self, name) for name in FIGURES)

    def plain(self) -> dict[str, Any]:
        """The row as JSON holds it."""
        return asdict(self)


def headers() -> list[str]:
    """The headers in the language of the page."""
    return [gettext(words) for words in COLUMNS.values()]


def mark(indicator: str, period: Period, standing: str) -> str:
    """What goes into 「照合番号」. It hides nothing and proves nothing."""
    return f"{indicator}:{period.year}:{period.month or 0}:{standing or '0'}"


def read_rows(table: Table) -> tuple[list[SheetRow], list[tuple[int, str]], int]:
    """The rows that say something new, for each that cannot be read its line and a sentence, and how
    many rows say nothing new. Headers may be in any language of the console; other columns are left alone.

    Raises TableRefused where it is another table.
    """
    names = _names(table)
    if len(table.rows) > MOST_ROWS:
        sentence = gettext("一度に読み込めるのは%(rows)d行までです。分けてください。")
        raise TableRefused(sentence % {"rows": MOST_ROWS})
    rows: list[SheetRow] = []
    faults: list[tuple[int, str]] = []
    quiet = 0
    seen: dict[tuple[str, Period], int] = {}
    for each in table.rows:
        texts = {column: each.text(header) for column, header in names.items()}
        if not any(texts.get(name) for name in NEW):
            quiet += 1
            continue
        try:
            row = _read(each, names, texts)
            _refuse_twice(each, names, seen, row)
            rows.append(row)
        except TableRefused as fault:
            faults.append((each.line, str(fault)))
    return rows, faults, quiet


def _refuse_twice(
    each: Row, names: Mapping[str, str], seen: dict[tuple[str, Period], int], row: SheetRow
) -> None:
    first = seen.setdefault((row.indicator, row.period), row.line)
    if first != row.line:
        raise each.refused(
            names["year"],
            gettext("同じ指標の同じ期間が%(line)d行目にもあります。1行にしてください。")
            % {"line": first},
        )


def _names(table: Table) -> dict[str, str]:
    present = {header_key(header): header for header in table.headers}
    names = {}
    for column, words in COLUMNS.items():
        found = next((key for key in ways_to_say(words) if key in present), None)
        if found:
            names[column] = present[found]
    table.require(*(gettext(COLUMNS[column]) for column in NEEDED if column not in names))
    return names


def _read(row: Row, names: Mapping[str, str], texts: Mapping[str, str]) -> SheetRow:
    indicator, marked, standing = _marked(row, names, texts["mark"])
    period = Period(year=_year(row, names, texts["year"]), month=_month(row, names, texts))
    for name in ("source", "reason"):
        if len(texts.get(name, "")) > TEXT:
            raise row.refused(
                names[name], gettext("%(most)d文字までにしてください。") % {"most": TEXT}
            )
    return SheetRow(
        line=row.line,
        indicator=indicator,
        year=period.year,
        month=period.month,
        seen=standing if marked == period else "",
        value=texts["value"],
        numerator=texts.get("numerator", ""),
        denominator=texts.get("denominator", ""),
        status=_status(row, names, texts),
        source=texts.get("source", ""),
        reason=texts.get("reason", ""),
    )


def _marked(row: Row, names: Mapping[str, str], text: str) -> tuple[str, Period, str]:
    parts = text.split(":")
    numbers = all(part.isascii() and part.isdecimal() and len(part) < 5 for part in parts[1:3])
    if len(parts) != 4 or not is_public_id(parts[0]) or not numbers:
        raise row.refused(
            names["mark"],
            gettext(
                "この画面から書き出した表の行ではありません。書き出し直した表に入力してください。"
            ),
        )
    indicator, year, month, standing = parts
    return (
        indicator,
        Period(year=int(year), month=int(month) or None),
        "" if standing == "0" else standing,
    )


def _year(row: Row, names: Mapping[str, str], text: str) -> int:
    try:
        return parse_fiscal_year(text).year
    except DateRefused as fault:
        raise row.refused(names["year"], str(fault)) from fault


def _month(row: Row, names: Mapping[str, str], texts: Mapping[str, str]) -> int | None:
    text = narrow_signs(texts.get("month", "")).strip().removesuffix("月")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:4]) <= 12:
        raise row.refused(
            names["month"], gettext("1から12までの月にするか、年度の数値なら空にしてください。")
        )
    return int(text)


def _status(row: Row, names: Mapping[str, str], texts: Mapping[str, str]) -> str:
    text = texts.get("status", "")
    if not text:
        return ""
    for status, words in STATUSES.items():
        if header_key(text) in (*ways_to_say(words), status):
            return "final" if status == "revised" else status
    raise row.refused(names["status"], gettext("「暫定」か「確定」にしてください。"))


def row_of(held: Mapping[str, Any]) -> SheetRow:
    """A row as `plain` and JSON left it."""
    return SheetRow(**held)
