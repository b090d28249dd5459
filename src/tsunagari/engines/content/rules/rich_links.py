"""Links within stored rich text: which pages and files it names, and the text with their addresses of today."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

_OPENING: Final = re.compile(r"<a\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
_EMPTY: Final = re.compile(r"<p[^>]*>(?:\s|&nbsp;|<br\s*/?>)*</p>")
_WHOLE: Final = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class FileLink:
    """A file to which a text leads: its address, and its kind and size in words, "PDF、1.2 MB"."""

    address: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Named:
    """Primary keys that a text names."""

    pages: frozenset[int]
    files: frozenset[int]


def named_in(texts: Iterable[str]) -> Named:
    """The pages and files that stored rich texts lead to."""
    pages: set[int] = set()
    files: set[int] = set()
    for text in texts:
        for opening in _OPENING.finditer(text):
            said = dict(_ATTRIBUTE.findall(opening[1]))
            if said.get("id", "").isdecimal():
                kinds = {"page": pages, "document": files}
                kinds.get(said.get("linktype", ""), set()).add(int(said["id"]))
    return Named(pages=frozenset(pages), files=frozenset(files))


def with_addresses(text: str, *, pages: Mapping[int, str], files: Mapping[int, FileLink]) -> str:
    """The text for readers: links lead to addresses, a file's link says kind and size, empty lines are gone.

    What is not published any more keeps its words and loses its link.
    """

    def linked(found: re.Match[str]) -> str:
        said = dict(_ATTRIBUTE.findall(found[1]))
        kind, key = said.get("linktype", ""), said.get("id", "")
        number = int(key) if key.isdecimal() else -1
        if kind == "page":
            address = pages.get(number, "")
            return f'<a href="{escape(address)}">{found[2]}</a>' if address else found[2]
        if kind == "document":
            file = files.get(number)
            if file is None:
                return found[2]
            return f'<a href="{escape(file.address)}">{found[2]}（{escape(file.about)}）</a>'
        address = said.get("href", "")
        return f'<a href="{address}">{found[2]}</a>' if address else found[2]

    return _EMPTY.sub("", _WHOLE.sub(linked, text))
