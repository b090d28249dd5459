"""What a city pack says about the city's look: names, key colour, crest and who answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tsunagari.kernel.design.colour import Shades, checked_shades
from tsunagari.kernel.i18n.mapping_file import mapping_in


class RefusedLookError(ValueError):
    """A look.yaml that cannot be used; the message is one sentence with the mend."""


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A page that the city wants at the top or at the foot: its url name and its title by language."""

    page: str
    title: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CityLook:
    """The city as every page shows it. Texts are by language code, Japanese always there."""

    name: Mapping[str, str]
    site: Mapping[str, str]
    responsible: Mapping[str, str]
    address: Mapping[str, str]
    telephone: str
    key_colour: str
    crest: SafeString
    shades: Shades
    navigation: Sequence[PageLink]
    footer: Sequence[PageLink]

    @property
    def version(self) -> str:
        """Changes when the colours change: the stylesheet's address carries it."""
        return sha256(repr(self.shades).encode()).hexdigest()[:8]


def in_language(texts: Mapping[str, str]) -> str:
    """A text of the pack in the reader's language, in Japanese where the pack has no other."""
    return texts.get(get_language() or "ja") or texts["ja"]


@cache
def city_look() -> CityLook:
    """The look of this installation's city, read once."""
    return load_look(Path(settings.CITY_PACK))


def load_look(pack: Path) -> CityLook:
    """Read `look.yaml` and the crest of a city pack; RefusedLookError or RefusedColourError in one sentence."""
    source = pack / "look.yaml"
    if not source.exists():
        raise RefusedLookError(
            f"{source} is missing; a city pack needs it (copy the one of another city)."
        )
    said = mapping_in(source)
    crest = pack / str(said.pop("crest", ""))
    if crest.suffix != ".svg" or not crest.is_file():
        raise RefusedLookError(f"{source}: crest must name an SVG file in the same folder.")
    _check_names(source, said)
    navigation, footer = _links(source, said.pop("navigation")), _links(source, said.pop("footer"))
    return CityLook(
        navigation=navigation,
        footer=footer,
        **said,
        # The crest is a file of the installation, no input of a user.
        crest=mark_safe(crest.read_text(encoding="utf-8").strip()),  # noqa: S308
        shades=checked_shades(said["key_colour"], str(source)),
    )


def _links(source: Path, rows: Sequence[Mapping[str, Any]]) -> tuple[PageLink, ...]:
    try:
        return tuple(PageLink(**row) for row in rows)
    except TypeError as wrong:
        raise RefusedLookError(f"{source}: a link has exactly page and title ({wrong}).") from wrong


def _check_names(source: Path, said: Mapping[str, Any]) -> None:
    wanted = {field.name for field in fields(CityLook)} - {"crest", "shades"}
    wrong = sorted(wanted ^ set(said))
    if wrong:
        raise RefusedLookError(
            f"{source}: {', '.join(wrong)} is missing or unknown; it has: {', '.join(sorted(wanted))}."
        )
