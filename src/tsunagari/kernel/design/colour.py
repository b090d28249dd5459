"""Colours in numbers: contrast as WCAG 2.2 counts it, and the shades a key colour needs."""

import re
from colorsys import rgb_to_hls
from dataclasses import dataclass

WHITE = "#ffffff"
LEAST_FOR_TEXT = 4.5
"""WCAG 2.2, success criterion 1.4.3, level AA, text of normal size."""


class RefusedColourError(ValueError):
    """A colour that cannot be used; the message is one sentence with the mend."""


@dataclass(frozen=True, kw_only=True)
class Shades:
    """A key colour with the darker one for pressing and the pale one for grounds."""

    key: str
    dark: str
    pale: str
    line: str


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours "#rrggbb", from 1 to 21 (WCAG 2.2, definition "contrast ratio")."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def checked_shades(colour: str, source: str) -> Shades:
    """The shades of a city's key colour; refused when white letters on it could not be read.

    `source` names the file the colour stands in, for the sentence of the refusal.
    """
    ratio = contrast(colour, WHITE)
    if ratio < LEAST_FOR_TEXT:
        raise RefusedColourError(
            f"{source}: key_colour {colour} has a contrast of {ratio:.1f}:1 on white; "
            f"choose a darker one with at least {LEAST_FOR_TEXT}:1."
        )
    return Shades(
        key=colour,
        dark=mix(colour, "#000000", 0.28),
        pale=mix(colour, WHITE, 0.93),
        line=mix(colour, WHITE, 0.7),
    )


def mix(first: str, second: str, share: float) -> str:
    """`first` with `share` (0 to 1) of `second` in it, mixed in sRGB."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def hue_saturation_lightness(colour: str) -> tuple[int, int, int]:
    """A colour as degrees and two percentages, as CSS writes hsl()."""
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    return round(hue * 360), round(saturation * 100), round(lightness * 100)


def _channels(colour: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise RefusedColourError(
            f"{colour!r} is no colour; write six hexadecimal digits like #00584f."
        )
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
