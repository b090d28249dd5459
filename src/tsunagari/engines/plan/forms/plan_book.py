"""The workbook of a whole plan as people fill it in: its sheets with their hints, and what can be chosen."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext

from tsunagari.engines.plan.rules.editable import Editable, parts_of
from tsunagari.engines.plan.rules.plan_book import (
    CHOICES,
    GUIDE,
    PLAN,
    SECTION,
    SHEETS,
    VIEWPOINT,
    Book,
    BookRow,
    BookSheet,
    Called,
    Names,
)
from tsunagari.engines.plan.rules.plan_book_cells import YES, shown
from tsunagari.engines.plan.rules.plan_book_reading import CONTENT, ITEM, header_of, in_english
from tsunagari.engines.plan.rules.plan_words import LABEL_PRESETS
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.i18n.workbook import SheetToWrite, Value, write_sheets

_ABOVE: Final = 3
"""Lines above a table: what the sheet is for, what is needed, and the hints."""

_FORMS: Final[dict[str, str]] = {
    "year": N_("2024、令和6年度、R6のどれでも。"),
    "figure": N_("数字だけ。"),
    "whole": N_("整数。"),
    "truth": N_("はい、または空。"),
    "choice": N_("一覧から選びます。"),
    "ref": N_("一覧から選びます。"),
    "codes": N_("いくつもあるときは「、」で区切ります。"),
}
"""How a cell of a kind is written."""

_WIDE: Final = {"text": 48, "line": 32, "codes": 32, "ref": 24, "choice": 24}

LINES: Final = (
    N_("このブックに計画を書き込み、「tsunagari plan import ファイル名」で読み込みます。"),
    N_("先に「tsunagari plan import ファイル名 --check」で確かめられます。確かめるだけで、何も書き込みません。"),
    N_("左のシートから順に書きます。1行が1つのもの（取組、指標、目標など）です。"),
    N_("シートや列は消さず、使わないところは空のまま残してください。列の順を変えたり、自分用の列やシートを足したりしても読めます。"),
    N_("番号は計画のとおりに書きます（例：7、7-1）。日付に変わったら、セルの書式を「文字列」にして打ち直してください。"),
    N_("年度は 2024、令和6年度、R6 のどれでも読めます。数値は単位を付けずに書きます。"),
    N_("数値が分からないところは、0ではなく空にします。"),
    N_("選ぶところは、下向きの矢印から選べます。"),
    N_("間違いがあれば、シート・行・列を示して、すべて知らせます。直すまで何も書き込みません。"),
    N_("同じファイルをもう一度読み込んでも、何も変わりません。読み込んだあとに画面で直したところは、そのまま残ります。"),
    N_("公表した取組と指標は、行を消しても消えません（読み込みを断ります）。実績値は、行を消しても残ります。"),
)  # fmt: skip


def plan_workbook(book: Book | None, *, names: Names) -> bytes:
    """The workbook with a plan's rows, or with none: to be filled in."""
    rows = book or _empty()
    known = {**names, **_own_names(rows)}
    return write_sheets(
        [_guide(), *(_sheet(each, rows, known) for each in SHEETS.values())],
        choices=gettext(CHOICES),
    )


def _empty() -> Book:
    """A plan with nothing but the words for its columns and an example's order of fields."""
    cells = dict.fromkeys(PLAN.sheet.keys, "")
    for column, (japanese, english) in LABEL_PRESETS["plan"].items():
        cells |= {f"labels.{column}": japanese, f"labels.{column}.en": english}
    return {**dict.fromkeys(SHEETS, ()), PLAN.kind: (BookRow(cells=cells),)}


def _own_names(book: Book) -> dict[str, Called]:
    return {
        field: Called(words={row.cells["code"]: row.cells["name"] for row in book[kind]})
        for field, kind in (("section", SECTION.kind), ("viewpoints", VIEWPOINT.kind))
    }


def _guide() -> SheetToWrite:
    return SheetToWrite(
        title=gettext(GUIDE),
        headers=[gettext("この計画のブックの書き方")],
        rows=[[gettext(line)] for line in LINES],
        widths={0: 110},
    )


def _sheet(each: BookSheet, book: Book, names: Names) -> SheetToWrite:
    return _upright(each, book, names) if each.upright else _listed(each, book, names)


def _listed(each: BookSheet, book: Book, names: Names) -> SheetToWrite:
    keys = each.sheet.keys
    fields = [each.sheet.by_name[parts_of(key)[0]] for key in keys]
    return SheetToWrite(
        title=said(each.sheet.title),
        above=[
            gettext(each.said),
            gettext("「※」の列は必ず書きます。見出しは変えないでください。"),
        ],
        hints=[
            _hint(field, parts_of(key)[1], each) for field, key in zip(fields, keys, strict=True)
        ],
        headers=[header_of(each, key) for key in keys],
        rows=[_shown_row(each, row, names) for row in book[each.kind]],
        lists={
            place: offer
            for place, (field, key) in enumerate(zip(fields, keys, strict=True))
            if (offer := _offer(field, key, names))
        },
        texts=[
            place
            for place, field in enumerate(fields)
            if field.kind in ("code", "slug", "line", "text")
        ],
        widths={
            place: _WIDE[field.kind] for place, field in enumerate(fields) if field.kind in _WIDE
        },
    )


def _shown_row(each: BookSheet, row: BookRow, names: Names) -> list[Value]:
    return [
        shown(
            each.sheet.by_name[parts_of(key)[0]],
            parts_of(key)[1],
            row.cells[key],
            called=names.get(parts_of(key)[0]),
        )
        for key in each.sheet.keys
    ]


def _upright(each: BookSheet, book: Book, names: Names) -> SheetToWrite:
    row = book[each.kind][0]
    content = gettext(CONTENT)
    lines = []
    for field in each.sheet.fields:
        japanese = shown(field, "ja", row.cells[field.name], called=names.get(field.name))
        english = row.cells.get(f"{field.name}.en") or None
        lines.append([said(field.title), japanese, english, _hint(field, "ja", each)])
    return SheetToWrite(
        title=said(each.sheet.title),
        above=[
            gettext(each.said),
            gettext("「※」の項目は必ず書きます。項目の名前は変えないでください。"),
        ],
        headers=[gettext(ITEM), content, in_english(content), gettext("書き方")],
        rows=lines,
        lists={
            (place, 1): offer
            for place, field in enumerate(each.sheet.fields)
            if (offer := _offer(field, field.name, names))
        },
        widths={0: 24, 1: 48, 2: 48, 3: 60},
    )


def _hint(field: Editable, language: str, each: BookSheet) -> str:
    if language != "ja":
        return gettext("英語のページに出す言葉。")
    needed = "※" if field.needed and field.name not in each.empty else ""
    parts = [said(_FORMS[field.kind])] if field.kind in _FORMS else []
    parts += [said(field.hint)] if field.hint and field.hint not in _OTHERWISE else []
    if each.upright and field.kind == "choice":
        parts = ["／".join(said(words) for words in (field.choices or {}).values())]
    return needed + "".join(parts)


_OTHERWISE: Final = frozenset(
    ("西暦4桁。例：2026", "計画の期間の名前で選びます。統合された課には、いまの課を添えています。")
)
"""Hints of the console's fields that say how the console asks for them."""


def _offer(field: Editable, key: str, names: Names) -> Sequence[str] | str:
    """What a cell offers: words of a choice, names, or the sections as they stand on their own sheet."""
    if parts_of(key)[1] != "ja":
        return ""
    if field.name == "section":
        place = SECTION.sheet.keys.index("name")
        return (
            f"='{said(SECTION.sheet.title)}'!${chr(65 + place)}${_ABOVE + 2}:${chr(65 + place)}$200"
        )
    if field.kind == "choice":
        return [said(words) for words in (field.choices or {}).values()]
    if field.kind == "truth":
        return [said(YES)]
    if field.kind == "ref":
        return _words(names.get(field.name))
    return ""


def _words(called: Called | None) -> Sequence[str]:
    words: Mapping[str, str] = called.words if called else {}
    return list(words.values())
