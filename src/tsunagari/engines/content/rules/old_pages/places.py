"""Addresses of an old site: when two are the same page, where they lead on the new site, what a page's address becomes."""

import re
from posixpath import dirname
from typing import Final
from urllib.parse import unquote, urlsplit

LONGEST: Final = 500
"""Letters of an address that can lead on (`FormerAddress.path`)."""

_INDEX: Final = re.compile(
    r"/(?:index|default|main|top)\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE
)
_LANGUAGES: Final = ("en", "easy")


def address_key(address: str) -> str:
    """By what an address of the old site is known: host and path; `…/index.html` is the folder itself."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = _INDEX.sub("/", unquote(parts.path) or "/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{path}{query}"


def above(key: str) -> list[str]:
    """Keys of the folders in which a page stands, the nearest first; not the page itself."""
    host, _, path = key.partition("?")[0].partition("/")
    folder = dirname(path.rstrip("/")) if path.endswith("/") else dirname(path)
    found = []
    while folder:
        found.append(f"{host}/{folder}/")
        folder = dirname(folder)
    return found


def former_paths(address: str) -> tuple[tuple[str, str], ...]:
    """The addresses below this site that shall lead to the page, as (language, path): of `…/index.html` the folder, too.

    () for one with a query, or too long: it cannot lead on.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ()
    path = unquote(parts.path).lstrip("/")
    if parts.query or not path or len(path) > LONGEST:
        return ()
    language, _, rest = path.partition("/")
    own = (language, rest) if language in _LANGUAGES and rest else ("ja", path)
    folder = _INDEX.sub("/", f"/{own[1]}").lstrip("/")
    return tuple(dict.fromkeys((own, (own[0], folder)))) if folder else (own,)


def slug_for(address: str) -> str:
    """A word for the new address: the file's name, or its folder's; "" where neither has letters that fit."""
    try:
        path = _INDEX.sub("/", unquote(urlsplit(address).path)).rstrip("/")
    except ValueError:
        return ""
    last = path.rpartition("/")[2]
    stem = re.sub(r"\.(?:s?html?|php|aspx?|jsp)$", "", last, flags=re.IGNORECASE).lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:60]
