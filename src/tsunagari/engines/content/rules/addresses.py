"""Addresses in links: which lead out of the city's site, which stay within, and how one gives way to another."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from re import compile as pattern
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from tsunagari.engines.content.rules.pieces import Link, Piece, Rich

Kind = Literal["outward", "within", "page", "file", "anchor", "other"]

_HREF: Final = pattern(r"(<a\b[^>]*?\bhref=)(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a link opens. `address` is cleaned: without spaces around and, outward, without its fragment.

    `path` and `anchor` are of an address within the site; `key` is that of a page or a file.
    """

    kind: Kind
    address: str
    path: str = ""
    anchor: str = ""
    key: int = 0


def target_of(address: str, hosts: Collection[str]) -> Target:
    """What an address is, as a link keeps it; `hosts` are the names of the city's own site."""
    said = address.strip()
    kind, _, number = said.partition(":")
    if kind in ("page", "document") and number.isdecimal():
        return Target(kind="page" if kind == "page" else "file", address=said, key=int(number))
    if said.startswith("#"):
        return Target(kind="anchor", address=said, anchor=unquote(said[1:]))
    try:
        parts = urlsplit(said)
        host = (parts.hostname or "").lower()
    except ValueError:
        return Target(kind="other", address=said)
    if parts.scheme in ("http", "https") and host and host not in hosts:
        return Target(kind="outward", address=said.partition("#")[0])
    if (parts.scheme in ("http", "https") and host) or (
        not parts.scheme and not host and parts.path.startswith("/")
    ):
        return Target(
            kind="within",
            address=said,
            path=unquote(parts.path) or "/",
            anchor=unquote(parts.fragment),
        )
    return Target(kind="other", address=said)


def with_address(pieces: Sequence[Piece], before: str, after: str) -> tuple[Piece, ...]:
    """The page with every link to one address leading to another; a fragment behind the old one goes with it."""
    return tuple(_replaced(piece, before, after) for piece in pieces)


def _replaced(piece: Piece, before: str, after: str) -> Piece:
    if isinstance(piece, Link):
        return replace(piece, href=after) if _is(piece.href, before) else piece
    if not isinstance(piece, Rich):
        return piece

    def led(found: object) -> str:
        opening, quoted = found[1], found[2]  # type: ignore[index]  # a match
        told: str = unescape(quoted[1:-1])
        return f'{opening}"{escape(after)}"' if _is(told, before) else f"{opening}{quoted}"

    html = _HREF.sub(led, piece.html)
    return piece if html == piece.html else replace(piece, html=html)


def _is(address: str, wanted: str) -> bool:
    said = address.strip()
    return said == wanted or said.partition("#")[0] == wanted
