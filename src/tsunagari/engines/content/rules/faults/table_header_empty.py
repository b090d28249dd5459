"""A header cell has words."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Table
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Empty header cells; the corner between a header row and a header column may be empty."""
    for table in page.pieces:
        if not isinstance(table, Table) or len(table.rows) < 2:
            continue
        for row, column in _headers(table):
            if not table.rows[row][column].strip():
                yield Found(
                    place=table.place.inside(f"rows.{row}.{column}"),
                    found="",
                    said=say(
                        N_(
                            "表の見出しのセル（%(row)s行目・%(column)s列目）が空です。見出しの言葉を入れてください。"
                        ),
                        row=row + 1,
                        column=column + 1,
                    ),
                )


def _headers(table: Table) -> Iterator[tuple[int, int]]:
    if table.header_row:
        yield from ((0, column) for column in range(1, len(table.rows[0])))
    if table.header_column:
        yield from ((row, 0) for row in range(1, len(table.rows)) if table.rows[row])


RULE = Rule(
    id="table_header_empty",
    title=N_("空の見出しセル"),
    level="AA",
    why=N_("その列や行が何なのか、読み上げで分かりません。"),
    source="JIS X 8341-3:2016 1.3.1",
    find=find,
)
