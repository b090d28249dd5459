"""Where a place is: what coordinates may be, how they are told, and which map shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

from tsunagari.engines.content.rules.sentences import Sentence, say
from tsunagari.kernel.i18n.texts import N_

SOUTH, NORTH = Decimal("20.4"), Decimal("45.6")
WEST, EAST = Decimal("122.9"), Decimal("154.0")
"""The four ends of Japan: 沖ノ鳥島, 択捉島, 与那国島, 南鳥島 (国土地理院), a little rounded outwards."""

BOTH: Final = N_("緯度と経度は、両方書くか、両方空にしてください。")
SWAPPED: Final = N_(
    "緯度と経度が逆のようです。緯度（北緯）は20から46、経度（東経）は122から154の数です。"
)
OUTSIDE: Final = N_(
    "日本の外の場所になっています。緯度（北緯）は20から46、経度（東経）は122から154の数です。"
)


@dataclass(frozen=True, kw_only=True)
class Tiles:
    """A map's pictures: their address with {z}, {x} and {y}, and whose map it is."""

    address: str
    credit: str
    terms: str

    @property
    def host(self) -> str:
        """Another host that a browser asks for them; "" for this site's own."""
        return urlsplit(self.address).netloc

    @property
    def origin(self) -> str:
        """That host as a policy names it; "" for this site's own."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def tiles_of(address: str, credit: str) -> Tiles | None:
    """The map that an installation names; None for none. `credit`: words, a space, the address of the terms."""
    words, _, terms = credit.rpartition(" ")
    return Tiles(address=address, credit=words, terms=terms) if address else None


def misplaced(latitude: Decimal | None, longitude: Decimal | None) -> Sentence | None:
    """What is wrong with coordinates, None where they are fine or not given."""
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        return say(BOTH)
    if _in_japan(latitude, longitude):
        return None
    return say(SWAPPED if _in_japan(longitude, latitude) else OUTSIDE)


def _in_japan(latitude: Decimal, longitude: Decimal) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def has_coordinates(value: Mapping[str, Any]) -> bool:
    """Whether a place block says where its place is."""
    return value.get("latitude") is not None and value.get("longitude") is not None
