"""A table holds things to compare, not a layout."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Table
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Tables of one row or one column."""
    for table in page.pieces:
        if (
            isinstance(table, Table)
            and table.rows
            and (len(table.rows) == 1 or max(map(len, table.rows)) == 1)
        ):
            yield Found(
                place=table.place,
                found=excerpt(" ".join(cell for row in table.rows for cell in row)),
                said=say(N_("1行または1列だけの表です。ふつうの段落か箇条書きにしてください。")),
            )


RULE = Rule(
    id="table_layout",
    title=N_("並べるためだけの表"),
    level="advice",
    why=N_(
        "表は、見出しと組み合わせて読むものです。枠で囲むために使うと、読み上げが長くなるだけです。"
    ),
    source="JIS X 8341-3:2016 1.3.1, 1.3.2",
    find=find,
)
