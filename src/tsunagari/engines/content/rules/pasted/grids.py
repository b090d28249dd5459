"""Tables of the tree as rows of cells, merged cells repeated, headers guessed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tsunagari.engines.content.rules.pasted import marks
from tsunagari.engines.content.rules.pasted.blocks import Notes, Table
from tsunagari.engines.content.rules.pasted.leaves import squeezed
from tsunagari.engines.content.rules.pasted.tree import Node

MOST_COLUMNS: Final = 60
MOST_ROWS: Final = 1000
MOST_CELLS: Final = 6000
_LAYOUT_LETTERS: Final = 400


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The rows of a table as they were written, and its caption."""

    caption: str
    rows: tuple[tuple[Node, ...], ...]


def read(table: Node) -> Grid:
    """The table's own rows, not those of tables in it."""
    rows = tuple(
        tuple(each for each in row.inside if isinstance(each, Node) and each.tag in ("td", "th"))
        for row in _rows(table)
        if not marks.is_hidden(row)
    )
    captions = [each for each in table.inside if isinstance(each, Node) and each.tag == "caption"]
    caption = squeezed(captions[0].text()).strip() if captions else ""
    return Grid(caption=caption, rows=tuple(row for row in rows if row))


def _rows(table: Node) -> Iterator[Node]:
    for each in table.inside:
        if isinstance(each, Node):
            if each.tag == "tr":
                yield each
            elif each.tag in ("tbody", "thead", "tfoot"):
                yield from (row for row in each.inside if isinstance(row, Node) and row.tag == "tr")


def is_layout(table: Node, grid: Grid) -> bool:
    """Whether a table only places things: one cell or column, headings or long text in cells, role=presentation."""
    if table.said.get("role") in ("presentation", "none") or not grid.rows:
        return True
    if all(len(row) == 1 for row in grid.rows):
        return True
    inner = list(table.walk())[1:]
    if any(each.tag in ("h1", "h2", "h3", "h4") for each in inner):
        return True
    headed = any(cell.tag == "th" for row in grid.rows for cell in row)
    nested = any(each.tag == "table" for each in inner)
    long_cells = sum(len(cell.text()) > _LAYOUT_LETTERS for row in grid.rows for cell in row)
    return not headed and (long_cells > 0 or (nested and len(grid.rows) <= 2))


def as_table(grid: Grid, notes: Notes, text_of: Callable[[Node], str]) -> Table:
    """The table with merged cells repeated, as a person reads it; what is empty at its edges is left out."""
    cells = _spread(grid, notes)
    texts = {id(cell): text_of(cell) for row in grid.rows for cell in row}
    rows = [[texts[id(cell)] if cell else "" for cell in row] for row in cells]
    header_row, sure = _header_row(cells)
    header_column = _header_column(cells, header_row=header_row)
    while rows and not any(rows[-1]):
        rows.pop()
    while rows and rows[0] and not any(row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    if header_row and not sure:
        notes.add("header_row")
    return Table(
        caption=grid.caption,
        rows=tuple(tuple(row) for row in rows if row),
        header_row=header_row and len(rows) > 1,
        header_column=header_column,
    )


def _spread(grid: Grid, notes: Notes) -> list[list[Node | None]]:
    """Each cell in all the places over which it reaches; short rows are filled."""
    taken: dict[tuple[int, int], Node] = {}
    height = min(len(grid.rows), MOST_ROWS)
    for number, row in enumerate(grid.rows[:height]):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            across, down = (
                _span(cell, "colspan", MOST_COLUMNS),
                _span(cell, "rowspan", height - number),
            )
            notes.add("merged", int(across > 1 or down > 1))
            for place in ((number + y, column + x) for y in range(down) for x in range(across)):
                if place[1] < MOST_COLUMNS and len(taken) < MOST_CELLS:
                    taken.setdefault(place, cell)
            column += across
            if column >= MOST_COLUMNS:
                break
    width = max((column for _row, column in taken), default=-1) + 1
    return [[taken.get((row, column)) for column in range(width)] for row in range(height)]


def _span(cell: Node, name: str, most: int) -> int:
    digits = cell.said.get(name, "1").strip()
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
    return max(1, min(number, most))


def _header_row(cells: list[list[Node | None]]) -> tuple[bool, bool]:
    """Whether the first row is a header, and whether it was written as one."""
    if len(cells) < 2:
        return False, False
    first, second = cells[0], cells[1]
    if all(cell is None or cell.tag == "th" for cell in first):
        return True, True
    filled = [cell for cell in first if cell is not None and cell.text().strip()]
    looks = len(filled) > 1 and all(_stands_out(cell) for cell in filled)
    plain = any(cell is not None and not _stands_out(cell) for cell in second)
    return looks and plain, False


def _header_column(cells: list[list[Node | None]], *, header_row: bool) -> bool:
    body = cells[1:] if header_row else cells
    return bool(body) and all(row and row[0] is not None and row[0].tag == "th" for row in body)


def _stands_out(cell: Node) -> bool:
    """Whether a cell is bold all through, or has a colour behind it."""
    style = cell.style
    filled = (
        style.get("background-color")
        or style.get("background")
        or cell.said.get("bgcolor", "").lower()
    )
    if filled and filled not in (
        "white",
        "#ffffff",
        "#fff",
        "transparent",
        "none",
        "auto",
        "window",
        "inherit",
    ):
        return True
    if cell.tag == "th" or style.get("font-weight", "") in ("bold", "600", "700"):
        return True
    bold = "".join(
        each.text()
        for each in cell.walk()
        if each.tag in ("b", "strong") or each.style.get("font-weight") in ("bold", "700")
    )
    return bool(cell.text().strip()) and len(bold.strip()) >= len(cell.text().strip())
