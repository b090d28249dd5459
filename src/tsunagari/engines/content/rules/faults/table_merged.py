"""A table has no merged cells."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Table
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Tables with merged cells."""
    for table in page.pieces:
        if isinstance(table, Table) and any(
            span.rows > 1 or span.columns > 1 for span in table.spans
        ):
            yield Found(
                place=table.place,
                found=excerpt(table.caption or " ".join(table.rows[0] if table.rows else ())),
                said=say(
                    N_(
                        "表に、結合したセルがあります。同じ内容をそれぞれのセルに書くか、表を分けてください。"
                    )
                ),
            )


RULE = Rule(
    id="table_merged",
    title=N_("結合したセル"),
    level="AA",
    why=N_("読み上げる順番と見出しの組み合わせが分からなくなり、小さな画面では表が崩れます。"),
    source="JIS X 8341-3:2016 1.3.1, 1.3.2",
    find=find,
)
