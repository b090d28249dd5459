"""A table says what its rows and columns are."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Change, Mend, Table
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Tables of several rows and columns that have neither a header row nor a header column."""
    for table in page.pieces:
        if not isinstance(table, Table) or table.header_row or table.header_column:
            continue
        if len(table.rows) > 1 and max(map(len, table.rows)) > 1:
            yield Found(
                place=table.place,
                found=excerpt(table.caption or " ".join(table.rows[0])),
                said=say(
                    N_("表に見出しの行も列もありません。1行目か1列目を見出しにしてください。")
                ),
                mends=(
                    Mend(
                        said=say(N_("1行目を見出しにする")),
                        changes=(Change(place=table.place.inside("header_row"), value=True),),
                    ),
                    Mend(
                        said=say(N_("1列目を見出しにする")),
                        changes=(Change(place=table.place.inside("header_column"), value=True),),
                    ),
                ),
            )


RULE = Rule(
    id="table_headers",
    title=N_("見出しのない表"),
    level="A",
    why=N_("読み上げでは、その数が何の数なのか分かりません。"),
    source="JIS X 8341-3:2016 1.3.1 / WCAG 2.2 F91",
    find=find,
)
