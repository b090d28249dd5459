"""Charts for paper: the layers of kernel/design, already in pixels, written as SVG within a millisecond.

vl-convert draws the same layers for pages in 80 ms a drawing (measured on two cores), which a page keeps
and shows again; a report of sixty measures draws each chart once and would wait for five seconds.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import override

from tsunagari.kernel.design.chart_layers import WIDE, Layer
from tsunagari.kernel.design.chart_lines import Lines, line_spec

_FONT: Final = "Noto Sans JP"
_ANCHORS: Final[Mapping[str, str]] = {"left": "start", "center": "middle", "right": "end"}
_MIDDLE: Final = 0.3
"""How far below a line's middle its letters stand, in parts of their size (as Vega sets "middle")."""

Row = Mapping[str, Any]


def chart_drawing(lines: Lines, language: str) -> bytes:
    """A chart of lines as an SVG file, its words as text in the document's font."""
    with override(language):
        spec = line_spec(WIDE, lines)
    room = spec["padding"]
    wide = spec["width"] + room["left"] + room["right"]
    high = spec["height"] + room["top"] + room["bottom"]
    drawn = "".join(piece for layer in spec["layer"] for piece in _pieces(layer))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="{_FONT}">'
        f'<g transform="translate({room["left"]},{room["top"]})">{drawn}</g></svg>'
    ).encode()


def _pieces(layer: Layer) -> Iterator[str]:
    if "layer" in layer:
        for inner in layer["layer"]:
            yield from _pieces(inner)
        return
    mark, rows = layer["mark"], layer["data"]["values"]
    if mark["type"] == "line":
        yield _line(mark, rows)
    else:
        yield from (_MARKS[mark["type"]](mark, row) for row in rows)


def _rect(mark: Row, row: Row) -> str:
    left, right = sorted((row["x"], row["x2"]))
    top, bottom = sorted((row["y"], row["y2"]))
    return _element(
        "rect", x=left, y=top, width=right - left, height=bottom - top, fill=mark["color"]
    )


def _rule(mark: Row, row: Row) -> str:
    return _element(
        "line",
        x1=row["x"],
        x2=row.get("x2", row["x"]),
        y1=row["y"],
        y2=row.get("y2", row["y"]),
        **_stroke(mark),
    )


def _point(mark: Row, row: Row) -> str:
    # Vega gives the area of a point.
    radius = round(math.sqrt(mark["size"] / math.pi), 2)
    paint = {"fill": mark["color"]} if mark.get("filled") else {"fill": "none", **_stroke(mark)}
    return _element("circle", cx=row["x"], cy=row["y"], r=radius, **paint)


def _text(mark: Row, row: Row) -> str:
    size = mark["fontSize"]
    weight = {"font-weight": "700"} if mark.get("fontWeight") == "bold" else {}
    halo = (
        {
            "stroke": mark["stroke"],
            "stroke-width": mark["strokeWidth"],
            "stroke-linejoin": mark["strokeJoin"],
        }
        if "stroke" in mark
        else {}
    )
    return _element(
        "text",
        escape(row["words"]),
        x=row["x"],
        y=round(row["y"] + _MIDDLE * size, 2),
        fill=mark["color"],
        **{"font-size": size, "text-anchor": _ANCHORS[mark["align"]], **weight, **halo},
    )


def _line(mark: Row, rows: Sequence[Row]) -> str:
    """A line joins the dots of a run and no others."""
    runs: dict[int, list[str]] = {}
    for row in rows:
        runs.setdefault(row.get("run", 0), []).append(f"{row['x']},{row['y']}")
    path = " ".join("M" + " L".join(dots) for dots in runs.values())
    return _element("path", d=path, fill="none", **_stroke(mark))


def _stroke(mark: Row) -> dict[str, Any]:
    dashes = " ".join(map(str, mark.get("strokeDash", ())))
    return {
        "stroke": mark["color"],
        "stroke-width": mark.get("strokeWidth", 1),
        **({"stroke-dasharray": dashes} if dashes else {}),
    }


def _element(name: str, inside: str = "", /, **attributes: Any) -> str:
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


_MARKS: Final = {"rect": _rect, "rule": _rule, "point": _point, "text": _text}
