"""Charts as SVG: one theme, names at the lines instead of a legend, a zero that is shown, words for the ear.

Vega-Lite draws (vl-convert, no browser); the drawing carries no script, no style attribute and no
address, so that it stands under a strict content security policy. Each chart is drawn twice, for
wide and for narrow screens: letters keep their size, the stylesheet shows one of the two.
"""

import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

import vl_convert
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override, pgettext

from tsunagari.kernel.design.chart_layers import (
    NARROW,
    WIDE,
    Canvas,
    Mark,
    Series,
    bar_spec,
    line_spec,
)
from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.design.figures import with_unit

__all__ = ["Mark", "bar_chart", "line_chart", "png", "standalone"]

EXPECTED: Final = "#c74700"
"""Orange 800 of the tokens; beside the city's key colour it is told apart with any sight, and by its dashes."""


def line_chart(
    *,
    title: str,
    unit: str,
    points: Sequence[Mark],
    expected: Sequence[Mark] = (),
    target: Decimal | None = None,
    breaks: Sequence[str] = (),
    language: str = "ja",
) -> SafeString:
    """Actual values as a line, with the expected way, the target and changes of definition.

    `expected` uses labels of the same axis as `points`. `breaks` names labels from which figures are
    counted in another way: the line is cut there and says so. A missing value is a gap.
    """
    with override(language):
        series = [Series(gettext("実績"), points, city_look().shades.key, dash=())]
        if expected:
            series.append(Series(gettext("目安"), expected, EXPECTED, dash=(6, 4)))
        return _drawn(
            lambda canvas: line_spec(
                canvas, series=series, unit=unit, target=target, breaks=breaks
            ),
            title=title,
            words=_words(series, unit, target),
        )


def bar_chart(*, title: str, unit: str, points: Sequence[Mark], language: str = "ja") -> SafeString:
    """Values of hours, days or months as bars from zero; the largest and the last say their number."""
    with override(language):
        series = Series(title, points, city_look().shades.key, dash=())
        return _drawn(
            lambda canvas: bar_spec(canvas, series, unit),
            title=title,
            words=_words([series], unit, None),
        )


def standalone(chart: SafeString) -> bytes:
    """The wide drawing of a chart as an SVG file to take away."""
    found = re.search(r"<svg.*?</svg>", str(chart), re.DOTALL)
    if found is None:
        raise ValueError("This is no chart; give what line_chart or bar_chart returned.")
    return found[0].encode()


def png(chart: SafeString, *, scale: float = 2) -> bytes:
    """The wide drawing as a PNG image. The machine needs a Japanese font (fonts-noto-cjk on Debian)."""
    return bytes(vl_convert.svg_to_png(standalone(chart).decode(), scale=scale))


def _drawn(spec: Callable[[Canvas], dict[str, Any]], *, title: str, words: str) -> SafeString:
    wide, narrow = (_drawing(spec(canvas), title=title, words=words) for canvas in (WIDE, NARROW))
    # Made by us from numbers; texts in it were escaped by the drawer and in _plain.
    return mark_safe(  # noqa: S308
        f'<div class="ts-chart__wide">{wide}</div><div class="ts-chart__narrow">{narrow}</div>'
    )


def _drawing(spec: dict[str, Any], *, title: str, words: str) -> str:
    return _kept(json.dumps(spec, ensure_ascii=False, sort_keys=True), title, words)


@lru_cache(maxsize=512)
def _kept(spec: str, title: str, words: str) -> str:
    """A drawing follows from its data alone: the process keeps it and never asks whether it is still true."""
    name = sha256(f"{spec}{title}{words}".encode()).hexdigest()[:16]
    return _plain(vl_convert.vegalite_to_svg(spec), name=name, title=title, words=words)


def _plain(svg: str, *, name: str, title: str, words: str) -> str:
    """The drawing without styles and roles of its own, as wide as its place, with its words."""
    svg = re.sub(r' style="([^"]*)"', _as_attributes, svg)
    svg = re.sub(r' (?:aria-[a-z]+|role|tabindex|class)="[^"]*"', "", svg)
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    if size is None:
        raise ValueError("The drawing came without its size; see what vl_convert returned.")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[1]} {size[2]}" role="img" focusable="false"'
        f' aria-labelledby="chart-{name}-title chart-{name}-words">'
        f'<title id="chart-{name}-title">{escape(title)}</title>'
        f'<desc id="chart-{name}-words">{escape(words)}</desc>'
    )
    return re.sub(r"^.*?<svg[^>]*>", lambda _: head, svg, count=1, flags=re.DOTALL)


def _as_attributes(style: re.Match[str]) -> str:
    pairs = (part.split(":", 1) for part in style[1].split(";") if ":" in part)
    return "".join(f' {key.strip()}="{value.strip()}"' for key, value in pairs)


def _words(series: Sequence[Series], unit: str, target: Decimal | None) -> str:
    comma = pgettext("between the figures of a sentence", "、")
    said = []
    for one in series:
        known = [
            f"{mark.label} {with_unit(mark.value, unit)}"
            for mark in one.marks
            if mark.value is not None
        ]
        said.append(
            f"{one.name}: " + (comma.join(known) if known else gettext("まだ数値がありません"))
        )
    if target is not None:
        said.append(gettext("目標値 %s") % with_unit(target, unit))
    return pgettext("between sentences", "。").join(said)
