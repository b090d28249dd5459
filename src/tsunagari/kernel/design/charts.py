"""Charts as SVG: one theme, names at the lines instead of a legend, a zero that is shown, words for the ear.

Vega-Lite draws (vl-convert, no browser); the drawing carries no script, no style attribute and no
address, so that it stands under a strict content security policy. Each chart is drawn twice, for
wide and for narrow screens: letters keep their size, the stylesheet shows one of the two.
"""

import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

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
)
from tsunagari.kernel.design.chart_lines import Break, Lines, Stretch, known, line_spec
from tsunagari.kernel.design.city_look import city_look

__all__ = ["Break", "Mark", "Stretch", "bar_chart", "line_chart", "png", "standalone"]


def line_chart(
    *,
    title: str,
    unit: str,
    points: Sequence[Mark],
    expected: Sequence[Mark] = (),
    goals: Sequence[Mark] = (),
    foretold: Sequence[Mark] = (),
    stretches: Sequence[Stretch] = (),
    breaks: Sequence[Break] = (),
    digits: int | None = None,
    language: str = "ja",
) -> SafeString:
    """Actual values as a line, with the expected way, the goals, what is foretold and what is not known.

    `points` name every place of the axis, with None where nothing is known: a gap, never a line. The
    others use these names: `goals` are targets of single places, `foretold` are hollow marks (見込),
    `stretches` say that nothing is known of them, at `breaks` the line is cut because figures are
    counted in another way from there.
    """
    lines = Lines(
        unit=unit,
        points=tuple(points),
        expected=tuple(expected),
        goals=tuple(goals),
        foretold=tuple(foretold),
        stretches=tuple(stretches),
        breaks=tuple(breaks),
        digits=digits,
        colour=city_look().shades.key,
    )
    return _lines_drawn(lines, title, language)


def bar_chart(*, title: str, unit: str, points: Sequence[Mark], language: str = "ja") -> SafeString:
    """Values of hours, days or months as bars from zero; the largest and the last say their number."""
    series = Series(title, tuple(points), city_look().shades.key, dash=())
    return _bars_drawn(series, unit, language)


@lru_cache(maxsize=256)
def _lines_drawn(lines: Lines, title: str, language: str) -> SafeString:
    """A drawing follows from its data alone: the process keeps it and never asks whether it is still true."""
    with override(language):
        return _drawn(
            lambda canvas: line_spec(canvas, lines), title=title, words=_line_words(lines)
        )


@lru_cache(maxsize=256)
def _bars_drawn(series: Series, unit: str, language: str) -> SafeString:
    """Kept as a chart of lines is."""
    with override(language):
        words = _told(series.name, series.marks, Lines(unit=unit, points=series.marks))
        return _drawn(lambda canvas: bar_spec(canvas, series, unit), title=series.name, words=words)


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
    said = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    name = sha256(f"{said}{title}{words}".encode()).hexdigest()[:16]
    return _plain(vl_convert.vegalite_to_svg(said), name=name, title=title, words=words)


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


def _line_words(lines: Lines) -> str:
    """What a chart of lines shows, in sentences made from its data."""
    said = [
        _told(gettext("実績"), lines.points, lines),
        *(_told(gettext("目安"), lines.expected, lines) for _ in lines.expected[:1]),
        *(_told(gettext("目標値"), lines.goals, lines) for _ in lines.goals[:1]),
        *(
            _told(pgettext("of a figure", "見込"), lines.foretold, lines)
            for _ in lines.foretold[:1]
        ),
        *(one.words for one in lines.stretches),
        *(
            gettext("%(label)sから：%(words)s") % {"label": one.label, "words": one.words}
            for one in lines.breaks
        ),
    ]
    return pgettext("between sentences", "。").join(words.rstrip("。") for words in said)


def _told(name: str, marks: Sequence[Mark], lines: Lines) -> str:
    comma = pgettext("between the figures of a sentence", "、")
    figures = [f"{mark.label} {lines.said(value)}" for mark, value in known(marks)]
    return f"{name}: " + (comma.join(figures) if figures else gettext("まだ数値がありません"))
