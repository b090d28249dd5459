"""Where an address of the site stands among the files, and by which address it is found there. Pure functions.

/plan/                      plan/index.html
/plan/measures.csv          plan/measures.csv
/news/?page=2               news/page=2/index.html, found at /news/page=2/
/plan/figures.csv?status=b  plan/figures.status=b.csv
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_extension
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

WITHOUT_SERVER = "/without-server/"
"""The page that says what does not work while only files are served."""

AT_REQUEST = ("account", "api", "console", "i18n", "search", "metrics", "healthz", "livez")
"""First words of addresses, after the language, that answer each visitor anew: nothing to keep in a file."""

VERSIONS = frozenset({"v"})
"""Parameters that only tell browsers of a new version of a file."""
PAGES = frozenset({"page"})
"""Parameters that go through a list page by page; they may stand beside one other."""

_PLAIN = re.compile(r"[\w.-]{1,60}")
_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Place:
    """A file below the folder, and the address by which a web server gives it."""

    file: str
    address: str


def address_of(link: str, page: str, hosts: frozenset[str]) -> str | None:
    """The address on this site to which a link on `page` leads, without fragment and version; None for another
    site, a telephone number, a place on the page itself."""
    link = link.strip()
    if not link or link.startswith("#"):
        return None
    try:
        parts = urlsplit(urljoin(f"http://{min(hosts)}{page}", link))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in hosts:
        return None
    asked = [each for each in parse_qsl(parts.query, keep_blank_values=True) if each[0] not in VERSIONS]  # fmt: skip
    path = quote(unquote(parts.path or "/"), safe="/:@!$&'()*+,;=~-._")
    return f"{path}?{urlencode(sorted(asked))}" if asked else path


def is_drawn(address: str, languages: frozenset[str]) -> bool:
    """Whether a file can stand for this address: not what is asked for anew, nor a list narrowed twice."""
    path, _, query = address.partition("?")
    words = unquote(path).strip("/").split("/")
    if "\\" in path or "\0" in unquote(path) or any(word in (".", "..") for word in words):
        return False
    if "//" in path:
        return False
    first = words[1] if words[0] in languages and len(words) > 1 else words[0]
    if first in AT_REQUEST:
        return False
    asked = parse_qsl(query, keep_blank_values=True)
    return len([name for name, _ in asked if name not in PAGES]) <= 1


def place_of(address: str, kind: str) -> Place:
    """Where the answer of this address stands; `kind` is its Content-Type."""
    path, _, query = address.partition("?")
    kind = kind.partition(";")[0].strip().lower()
    words = [_word(name, value) for name, value in parse_qsl(query, keep_blank_values=True)]
    if kind in _HTML:
        return _page(path, words)
    folder, _, name = path.rpartition("/")
    if "." not in name:
        name = f"{name or 'index'}{_ending(kind)}"
    if words:
        stem, dot, ending = name.rpartition(".")
        name = ".".join([stem, *words, ending] if dot else [name, *words])
    return _at(f"{folder}/{name}")


def _ending(kind: str) -> str:
    if kind.endswith(("+xml", "+json")) and kind != "image/svg+xml":
        return f".{kind.rpartition('+')[2]}"
    return guess_extension(kind) or ".bin"


def _page(path: str, words: list[str]) -> Place:
    if not words and path.lower().endswith((".html", ".htm")):
        return _at(path)
    folder = "/".join([path.rstrip("/"), *words]) + "/"
    return Place(unquote(folder).lstrip("/") + "index.html", folder)


def _at(address: str) -> Place:
    return Place(unquote(address).lstrip("/"), address)


def _word(name: str, value: str) -> str:
    held = value if _PLAIN.fullmatch(value) and value.isascii() else sha256(value.encode()).hexdigest()[:12]  # fmt: skip
    plain = name if _PLAIN.fullmatch(name) and name.isascii() else sha256(name.encode()).hexdigest()[:12]  # fmt: skip
    return f"{plain}={held}"
