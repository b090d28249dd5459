"""The tokens of the Digital Agency that our stylesheets use, as the living page shows them."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.design.colour import WHITE, contrast


@dataclass(frozen=True, kw_only=True)
class Colour:
    """One colour in use: what for, its token, its value, how it stands out on white."""

    use: str | Promise
    name: str
    value: str

    @property
    def ratio(self) -> str:
        """Contrast on white, cut to one digit."""
        return f"{int(contrast(self.value, WHITE) * 10) / 10:.1f}"


FIXED: Final = (
    Colour(use=gettext_lazy("本文"), name="color-neutral-solid-gray-900", value="#1a1a1a"),
    Colour(use=gettext_lazy("補足の文"), name="color-neutral-solid-gray-700", value="#4d4d4d"),
    Colour(use=gettext_lazy("欄の枠"), name="color-neutral-solid-gray-600", value="#666666"),
    Colour(use=gettext_lazy("リンク"), name="color-primitive-blue-1000", value="#00118f"),
    Colour(use=gettext_lazy("誤り・遅れ"), name="color-semantic-error-2", value="#ce0000"),
    Colour(use=gettext_lazy("達成・完了"), name="color-primitive-green-900", value="#115a36"),
    Colour(use=gettext_lazy("注意の文字"), name="color-primitive-yellow-1100", value="#6e5600"),
)

SIZES: Final = (36, 28, 24, 22, 20, 18, 17, 16, 14)
"""Sizes of letters in pixels, of the system's scale."""


def tokens() -> dict[str, object]:
    """Colours and sizes of the living page; the first colour is the city's own."""
    key = Colour(
        use=gettext_lazy("市の色（ボタン、いまいる所）"),
        name="key_colour",
        value=city_look().key_colour,
    )
    return {"colours": (key, *FIXED), "sizes": SIZES}
