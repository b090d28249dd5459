"""Addresses of links and pictures that may stand on a page."""

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SAFE: Final = frozenset({"http", "https", "mailto", "tel"})


def safe_link(address: str, within: str = "") -> str | None:
    """The address of a link that everybody can open; "" for one inside the page; None for any other.

    `within` is the address of the page on which it stood; relative addresses are told from there.
    """
    address = re.sub(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]", "", address)
    if not address or address.startswith("#"):
        return ""
    if "\\" in address:
        return None
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in _SAFE:
        return None
    try:
        joined = urljoin(within, address) if within and not scheme else address
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and not parts.hostname:
        return None
    return f"https:{joined}" if joined.startswith("//") else joined


def safe_picture(address: str, within: str = "") -> str | None:
    """The address of a picture that can be fetched; None for one written into the text or on a computer."""
    safe = safe_link(address, within)
    return safe if safe and not safe.startswith(("mailto:", "tel:")) else None
