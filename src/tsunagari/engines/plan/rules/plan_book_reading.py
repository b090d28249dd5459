"""Reads the sheets of a plan's workbook into rows of plain texts, and says of every cell what is wrong with it.

A sheet is known by its name or, where somebody renamed it, by its headers; columns may stand in any order, and
sheets, rows and columns of one's own are left alone. A sheet or column that is missing is refused: what is
not there must never be taken for what was emptied.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from django.conf import settings
from django.utils.translation import gettext, override, pgettext

from tsunagari.engines.plan.rules.editable import parts_of
from tsunagari.engines.plan.rules.plan_book import (
    CHOICES,
    GUIDE,
    MEASURED,
    PLAN,
    SECTION,
    SHEETS,
    THING,
    VIEWPOINT,
    Book,
    BookRow,
    BookSheet,
    Called,
    Names,
    row_key,
)
from tsunagari.engines.plan.rules.plan_book_cells import kept, names_others
from tsunagari.engines.plan.rules.plan_book_faults import BookFault, BookRefused, Place
from tsunagari.engines.plan.rules.text_faults import Bounds, faults_of
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import header_key, ways_to_say
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.i18n.workbook import SheetAsRead

ITEM: Final = N_("項目")
CONTENT: Final = N_("内容")
"""Headers of the sheet whose rows are fields."""

_HEADER_WITHIN: Final = 20
"""Rows from the top in which a header is looked for."""


@dataclass(frozen=True, kw_only=True)
class BookAsRead:
    """What a workbook says: rows by kind, what each sheet is called in it, and sheets that were left alone."""

    book: Book
    names: Mapping[str, str]
    left: tuple[str, ...]

    def place(self, kind: str, row: BookRow | None = None, key: str = "") -> Place:
        """Where a thing or one of its cells stands."""
        line, column = (row.where.get(key) or (row.line, 0)) if row else (0, 0)
        return Place(
            sheet=self.names[kind],
            line=line,
            column=column,
            header=header_of(SHEETS[kind], key) if column else "",
            kind=kind,
            row=row_key(SHEETS[kind], row) if row else (),
        )


@dataclass(frozen=True, kw_only=True)
class _Table:
    """A sheet with its header found: the header's line, and the column (from 1) of each key."""

    sheet: SheetAsRead
    line: int
    columns: Mapping[str, int]


def header_of(sheet: BookSheet, key: str) -> str:
    """What a column (or a row of the upright sheet) is called in the reader's language."""
    name, language = parts_of(key)
    title = said(sheet.sheet.by_name[name].title)
    if language == "ja" or sheet.upright:
        return title
    return in_english(title)


def in_english(title: str) -> str:
    """The header of the English beside a column."""
    return gettext("%(title)s（英語）") % {"title": title}


def read_book(sheets: Sequence[SheetAsRead], *, names: Names) -> BookAsRead:
    """The workbook's rows. Raises BookRefused with everything that is wrong in its cells and between its
    sheets; what the checks of a plan's file find is not yet in it."""
    reader = _Reader(sheets, names)
    reader.read()
    if not reader.faults:
        reader.compare()
    if reader.faults:
        raise BookRefused(reader.faults)
    return reader.result()


class _Reader:
    """One reading: gathers faults and never stops at the first cell."""

    def __init__(self, sheets: Sequence[SheetAsRead], names: Names) -> None:
        self.sheets = sheets
        self.called = dict(names)
        self.faults: list[BookFault] = []
        self.book: dict[str, list[BookRow]] = {kind: [] for kind in SHEETS}
        self.names: dict[str, str] = {}

    def result(self) -> BookAsRead:
        """What was read."""
        known = set(self.names.values())
        ours = ways_to_say(GUIDE) | ways_to_say(CHOICES)
        left = tuple(
            each.name
            for each in self.sheets
            if each.name not in known and header_key(each.name) not in ours
        )
        return BookAsRead(book=self.book, names=self.names, left=left)

    def read(self) -> None:
        """Every sheet in the order of the form, so that names are known where they are chosen."""
        found = {kind: self._sheet_of(each) for kind, each in SHEETS.items()}
        missing = [said(SHEETS[kind].sheet.title) for kind, sheet in found.items() if sheet is None]
        if missing:
            self._refuse_missing_sheets(missing)
            return
        for kind, each in SHEETS.items():
            sheet = found[kind]
            table = self._table(each, sheet) if sheet else None
            if sheet and table:
                rows = self._upright(each, table) if each.upright else self._rows(each, table)
                self.book[kind] = list(rows)
            self._learn(each)

    def _refuse_missing_sheets(self, missing: Sequence[str]) -> None:
        sentence = gettext(
            "ファイルに、%(missing)sのシートがありません。ファイルにあるのは、%(present)sです。使わないシートも、空のまま残してください（「tsunagari plan template」で作り直せます）。"
        )
        named = {"missing": _listed(missing), "present": _listed(each.name for each in self.sheets)}
        self.faults.append(BookFault(place=Place(sheet=""), says=sentence % named))

    def _sheet_of(self, each: BookSheet) -> SheetAsRead | None:
        """The sheet of that name, or one that has all its headers and no other sheet's name."""
        titles = ways_to_say(each.sheet.title)
        named = next((one for one in self.sheets if header_key(one.name) in titles), None)
        if named is None:
            taken = {word for other in SHEETS.values() for word in ways_to_say(other.sheet.title)}
            free = [one for one in self.sheets if header_key(one.name) not in taken]
            named = next((one for one in free if _fits(each, one)), None)
        if named is not None:
            self.names[each.kind] = named.name
        return named

    def _table(self, each: BookSheet, sheet: SheetAsRead) -> _Table | None:
        line, columns = _header(each, sheet)
        missing = [key for key in _headers(each) if key not in columns]
        if missing:
            listed = "".join(f"「{_title(each, key)}」" for key in missing)
            sentence = gettext(
                "%(missing)s の列がありません。見出しをひな形のとおりに戻してください。使わない列も、空のまま残してください。"
            )
            self._refuse(Place(sheet=sheet.name, line=line), sentence % {"missing": listed})
            return None
        return _Table(sheet=sheet, line=line, columns=columns)

    def _rows(self, each: BookSheet, table: _Table) -> Iterator[BookRow]:
        keys = [key for key in each.sheet.keys if key in table.columns]
        for line, cells in table.sheet.lines:
            if line <= table.line:
                continue
            where = {key: (line, table.columns[key]) for key in keys}
            shown = {key: _at(cells, table.columns[key]) for key in keys}
            if any(shown.values()) or any(at in table.sheet.odd for at in where.values()):
                yield self._row(each, table.sheet, BookRow(cells=shown, line=line, where=where))

    def _upright(self, each: BookSheet, table: _Table) -> Iterator[BookRow]:
        """The one thing of a sheet whose rows are its fields."""
        titles = {
            word: field.name for field in each.sheet.fields for word in ways_to_say(field.title)
        }
        shown: dict[str, str] = {}
        where: dict[str, tuple[int, int]] = {}
        for line, cells in table.sheet.lines:
            name = titles.get(header_key(_at(cells, table.columns["item"])))
            if line <= table.line or name is None:
                continue
            if name in shown:
                self._refuse(
                    Place(sheet=table.sheet.name, line=line),
                    gettext("「%(item)s」の行が2つあります。1つにしてください。")
                    % {"item": header_of(each, name)},
                )
                continue
            for key, column in ((name, "content"), (f"{name}.en", "content.en")):
                shown[key] = _at(cells, table.columns[column])
                where[key] = (line, table.columns[column])
        missing = [field.name for field in each.sheet.fields if field.name not in shown]
        if missing:
            listed = "".join(f"「{header_of(each, name)}」" for name in missing)
            sentence = gettext(
                "%(missing)s の行がありません。使わない項目も、空のまま残してください。"
            )
            self._refuse(Place(sheet=table.sheet.name), sentence % {"missing": listed})
            return
        texts = {key: shown[key] for key in each.sheet.keys}
        yield self._row(each, table.sheet, BookRow(cells=texts, where=where))

    def _row(self, each: BookSheet, sheet: SheetAsRead, row: BookRow) -> BookRow:
        """The row as it is kept; what cannot be read is empty in it."""
        cells: dict[str, str] = {}
        bad: set[str] = set()
        for key, shown in row.cells.items():
            name, language = parts_of(key)
            field = each.sheet.by_name[name]
            try:
                cells[key] = kept(
                    field,
                    language,
                    shown,
                    odd=sheet.odd.get(row.where[key]),
                    called=self.called.get(name),
                )
            except ValueError as fault:
                cells[key] = ""
                bad.add(key)
                self._refuse(self._place(each, sheet, row, key), str(fault))
            cells[key] = cells[key] or (each.empty.get(key, "") if key not in bad else "")
        if "and_others" in cells and names_others(row.cells["divisions"]):
            cells["and_others"] = "1"
        for key, sentence in faults_of(each.sheet, cells, bounds=self._bounds(each)):
            if key not in bad and not (bad and not key):
                self._refuse(self._place(each, sheet, row, key), sentence)
        return replace(row, cells=cells)

    def _bounds(self, each: BookSheet) -> Bounds | None:
        plan = next(iter(self.book[PLAN.kind]), None)
        if each.upright or not plan or not (plan.cells["first_year"] and plan.cells["last_year"]):
            return None
        return Bounds(
            first_year=int(plan.cells["first_year"]), last_year=int(plan.cells["last_year"])
        )

    def _place(self, each: BookSheet, sheet: SheetAsRead, row: BookRow, key: str) -> Place:
        line, column = row.where.get(key) or (row.line, 0)
        header = header_of(each, key) if column else ""
        return Place(sheet=sheet.name, line=line, column=column, header=header, kind=each.kind)

    def _learn(self, each: BookSheet) -> None:
        """Sections and viewpoints are chosen by the names that the workbook gives them."""
        field = {SECTION.kind: "section", VIEWPOINT.kind: "viewpoints"}.get(each.kind)
        if field:
            words = {row.cells["code"]: row.cells["name"] for row in self.book[each.kind]}
            self.called[field] = Called(words=words)

    def compare(self) -> None:
        """What rows of one sheet say of each other, and of those of another sheet."""
        for kind, each in SHEETS.items():
            if each.identity and not each.upright:
                self._refuse_doubles(each, self.book[kind])
        measures = {row.cells["number"] for row in self.book[THING.kind]}
        indicators = {row_key(MEASURED, row) for row in self.book[MEASURED.kind]}
        for each, row in self._hanging():
            number, order = row.cells["measure"], row.cells.get("indicator", "")
            if number not in measures:
                sentence = gettext("「取組」のシートに、番号 %(number)s の取組がありません。")
                self._refuse(self._at(each, row, "measure"), sentence % {"number": number})
            elif each is not MEASURED and order and (number, order) not in indicators:
                sentence = gettext(
                    "「指標」のシートに、取組 %(number)s の %(order)s番目の指標がありません。"
                )
                said = sentence % {"number": number, "order": order}
                self._refuse(self._at(each, row, "indicator"), said)
        self._refuse_gaps()

    def _hanging(self) -> Iterator[tuple[BookSheet, BookRow]]:
        for each in SHEETS.values():
            if "measure" in each.sheet.by_name:
                yield from ((each, row) for row in self.book[each.kind])

    def _refuse_doubles(self, each: BookSheet, rows: Sequence[BookRow]) -> None:
        seen: dict[tuple[str, ...], int] = {}
        for row in rows:
            first = seen.setdefault(row_key(each, row), row.line)
            if first != row.line:
                sentence = gettext("%(line)d行目と同じものです。どちらかにしてください。")
                self._refuse(self._at(each, row, each.identity[0]), sentence % {"line": first})

    def _refuse_gaps(self) -> None:
        """An indicator is known by its place: what is third today must not become second tomorrow."""
        orders: dict[str, list[tuple[int, BookRow]]] = defaultdict(list)
        for row in self.book[MEASURED.kind]:
            orders[row.cells["measure"]].append((int(row.cells["indicator"]), row))
        for listed in orders.values():
            for place, (order, row) in enumerate(sorted(listed, key=lambda pair: pair[0]), start=1):
                if order != place:
                    sentence = gettext(
                        "取組 %(number)s の指標の順が 1、2、3… になっていません（%(order)s の前に %(place)d がありません）。"
                    )
                    named = {"number": row.cells["measure"], "order": order, "place": place}
                    self._refuse(self._at(MEASURED, row, "indicator"), sentence % named)
                    break

    def _at(self, each: BookSheet, row: BookRow, key: str) -> Place:
        return self.result().place(each.kind, row, key)

    def _refuse(self, place: Place, says: str) -> None:
        self.faults.append(BookFault(place=place, says=says))


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column - 1] if column <= len(cells) else ""


def _headers(each: BookSheet) -> tuple[str, ...]:
    """The keys of the columns that must be there."""
    return ("item", "content", "content.en") if each.upright else each.sheet.keys


def _title(each: BookSheet, key: str) -> str:
    if not each.upright:
        return header_of(each, key)
    return {"item": gettext(ITEM), "content": gettext(CONTENT)}.get(key) or in_english(
        gettext(CONTENT)
    )


@cache
def _by_header(kind: str) -> Mapping[str, str]:
    """Keys by their headers in every language, as headers are compared."""
    each = SHEETS[kind]
    found: dict[str, str] = {}
    for language, _name in settings.SCREEN_LANGUAGES:
        with override(language):
            found |= {header_key(_title(each, key)): key for key in _headers(each)}
    return found


def _header(each: BookSheet, sheet: SheetAsRead) -> tuple[int, dict[str, int]]:
    """The line near the top that has most of the headers, and the column of each; a header that stands
    twice counts where it stands first."""
    known = _by_header(each.kind)
    best: tuple[int, dict[str, int]] = (0, {})
    for line, cells in sheet.lines[:_HEADER_WITHIN]:
        columns: dict[str, int] = {}
        for column, text in enumerate(cells, start=1):
            key = known.get(header_key(text))
            if key:
                columns.setdefault(key, column)
        if len(columns) > len(best[1]):
            best = (line, columns)
    return best


def _listed(names: Iterable[str]) -> str:
    """Names of sheets within a sentence."""
    between = pgettext("between filters", "、")
    return between.join(gettext("「%(name)s」") % {"name": name} for name in names)


def _fits(each: BookSheet, sheet: SheetAsRead) -> bool:
    columns = _header(each, sheet)[1]
    if len(columns) < len(_headers(each)):
        return False
    others = (other for other in SHEETS.values() if other is not each)
    return all(
        len(_header(other, sheet)[1]) < len(_headers(other)) or len(_headers(other)) < len(columns)
        for other in others
    )
