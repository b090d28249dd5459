"""The table's own form in Japanese: Wagtail's has no words for it, and its sheet knows no Japanese menu."""

from typing import Any

from django.utils.translation import gettext
from wagtail.admin.telepath import register
from wagtail.contrib.table_block.blocks import TableInput, TableInputAdapter

from tsunagari.engines.content.models import PAGE_TYPES
from tsunagari.kernel.i18n.texts import N_


class CityTableInput(TableInput):
    """Wagtail's sheet with our words."""


class CityTableInputAdapter(TableInputAdapter):
    """Hands our words to Wagtail's script, which asks for them by its own English ones."""

    def js_args(self, widget: CityTableInput) -> list[Any]:
        """The sheet's options, and words."""
        return [
            {**widget.table_options, "contextMenu": _menu()},
            {
                "Row header": gettext("行の見出し"),
                "Table headers": gettext("見出しのセル"),
                "Display the first row as a header": gettext("1行目が見出し"),
                "Display the first column as a header": gettext("1列目が見出し"),
                "Column header": gettext("列の見出し"),
                "Display the first row AND first column as headers": gettext(
                    "1行目と1列目が見出し"
                ),
                "No headers": gettext("見出しはない"),
                "Which cells should be displayed as headers?": gettext(
                    "読み上げのとき、どの数が何の数かを伝えます。"
                ),
                "Table caption": gettext("表の題名"),
                "A heading that identifies the overall topic of the table, and is useful for screen reader users.": gettext(
                    "何の表かを短く（例：令和8年度の手数料）。"
                ),
                "Table": gettext("表"),
                "Select a header option": gettext("選んでください"),
            },
        ]


register(CityTableInputAdapter(), CityTableInput)


_MENU = {
    "row_above": N_("上に行を入れる"),
    "row_below": N_("下に行を入れる"),
    "---------": "",
    "col_left": N_("左に列を入れる"),
    "col_right": N_("右に列を入れる"),
    "---------1": "",
    "remove_row": N_("この行を消す"),
    "remove_col": N_("この列を消す"),
    "---------2": "",
    "undo": N_("元に戻す"),
    "redo": N_("やり直す"),
}
"""The menu of the sheet: what Wagtail offers there, without joined cells, which the rules refuse."""


def _menu() -> dict[str, Any]:
    return {
        "items": {
            key: {"name": gettext(words)} if words else "---------" for key, words in _MENU.items()
        }
    }


def use_our_table() -> None:
    """Every stream's table has our words."""
    for kind in PAGE_TYPES:
        block = kind._meta.get_field("body").stream_block.child_blocks["table"]
        options = {**block.table_options, "language": "en-US"}
        block.field.widget = CityTableInput(table_options=options)


use_our_table()
