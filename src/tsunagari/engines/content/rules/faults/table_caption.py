"""A table has a name."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Table
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Tables without a caption."""
    for table in page.pieces:
        if isinstance(table, Table) and table.rows and not table.caption.strip():
            yield Found(
                place=table.place.inside("caption"),
                found=excerpt(" ".join(table.rows[0])),
                said=say(
                    N_(
                        "表に題名がありません。「令和8年度の手数料」のように、何の表か書いてください。"
                    )
                ),
            )


RULE = Rule(
    id="table_caption",
    title=N_("題名のない表"),
    level="advice",
    why=N_("表の中に入る前に、読む必要があるか決められます。"),
    source="JIS X 8341-3:2016 1.3.1 / WCAG 2.2 H39",
    find=find,
)
