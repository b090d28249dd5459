"""How the cells of a division's workbook look: grey is read, white with a blue border is filled in."""

from functools import cache
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook import Workbook

FONT: Final = "游ゴシック"
_INK, _QUIET, _WHITE = "1A1A1C", "4D4D4D", "FFFFFF"
_DEEP, _LIGHT, _GREY, _BLUE = "00118F", "D9E6FF", "F2F2F2", "0031D8"

_THIN: Final = Side(style="thin", color="999999")
_STRONG: Final = Side(style="medium", color=_BLUE)
_LINES: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BOX: Final = Border(left=_STRONG, right=_STRONG, top=_STRONG, bottom=_STRONG)

_FORMATS: Final = {
    "number": "#,##0",
    "staff": "0.00",
    **{f"decimal{places}": f"#,##0.{'0' * places}" for places in (1, 2, 3, 4)},
}
"""By the name of a figure's look, how Excel writes it."""


@cache
def _looks() -> dict[str, dict[str, object]]:
    """By name, what a cell's look is made of."""
    words = Alignment(vertical="top", wrap_text=True)
    aside = Alignment(vertical="top", wrap_text=True, indent=1)
    middle = Alignment(vertical="center", wrap_text=True)
    right = Alignment(horizontal="right", vertical="center")
    grey, fill = PatternFill("solid", start_color=_GREY), PatternFill("solid", start_color=_WHITE)
    told = {"font": Font(name=FONT, size=10, color=_INK), "fill": grey, "border": _LINES}
    written = {
        "font": Font(name=FONT, size=11, color=_INK),
        "fill": fill,
        "border": _BOX,
        "protection": Protection(locked=False),
    }
    light = PatternFill("solid", start_color=_LIGHT)
    bold = Font(name=FONT, size=10, bold=True, color=_INK)
    return {
        "title": {"font": Font(name=FONT, size=16, bold=True), "alignment": middle},
        "quiet": {"font": Font(name=FONT, size=9, color=_QUIET), "alignment": words},
        "hint": {"font": Font(name=FONT, size=9, color=_QUIET), "alignment": aside},
        "text": {"font": Font(name=FONT, size=11), "alignment": words},
        "link": {
            "font": Font(name=FONT, size=11, color=_BLUE, underline="single"),
            "alignment": words,
        },
        "bar": {
            "font": Font(name=FONT, size=12, bold=True, color=_WHITE),
            "fill": PatternFill("solid", start_color=_DEEP),
            "alignment": middle,
        },
        "band": {"font": bold, "fill": light, "border": _LINES, "alignment": middle},
        "label": {"font": bold, "fill": light, "border": _LINES, "alignment": middle},
        "told": {**told, "alignment": words},
        "year": {**told, "font": bold, "alignment": Alignment(horizontal="center")},
        "figure": {**told, "alignment": right, "number_format": "@"},
        "sum": {**told, "alignment": right, "number_format": "#,##0"},
        "words": {**written, "alignment": words, "number_format": "@"},
        "choice": {**written, "alignment": middle, "number_format": "@"},
        "closed": {**told, "alignment": words, "number_format": "@"},
        **{
            f"{state}{name}": {**ground, "alignment": right, "number_format": form}
            for name, form in _FORMATS.items()
            for state, ground in (("", written), ("closed_", told))
        },
    }


class Looks:
    """The looks of one workbook, each made once: styling every cell anew costs most of the time."""

    def __init__(self, book: Workbook) -> None:
        sheet: Any = book.create_sheet("looks")
        self._styles: dict[str, object] = {}
        for name, parts in _looks().items():
            sample: Any = WriteOnlyCell(sheet)
            for part, value in parts.items():
                setattr(sample, part, value)
            self._styles[name] = sample._style  # noqa: SLF001 - a style is shared by cells in no other way
        book.remove(sheet)

    def __getitem__(self, name: str) -> object:
        """The style of a look, to be given to cells of the same workbook."""
        return self._styles[name]
