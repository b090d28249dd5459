"""Old addresses as people have them: whole, with a query, or only the path; read into a language and a path."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

LANGUAGES: Final = ("en", "easy")
ENDINGS: Final = r"\.(?:html?|php|aspx?|cgi|jsp|do|pdf)"
_OURS: Final = re.compile(r"(?:[\w\-]+/)+")
_FILE: Final = re.compile(rf"(?:[^/\s]+/)*[^/\s]+{ENDINGS}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class OldAddress:
    """An address below the prefix of its language: "soshiki/12/1234.html"; "" is the home."""

    language: str
    path: str

    @property
    def can_lead(self) -> bool:
        """Whether a request for it reaches the city's pages."""
        return bool(_OURS.fullmatch(self.path) or _FILE.fullmatch(self.path))


def old_address(typed: str) -> OldAddress | None:
    """What a typed address means; None for what is none. A query and a fragment are left out.

    A path that ends with neither "/" nor the name of a file is read with "/" at its end.
    """
    try:
        parts = urlsplit(typed.strip())
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        return OldAddress(language="ja", path="") if parts.netloc and not parts.path else None
    path = unquote(parts.path).lstrip("/")
    if any(ord(sign) < 32 for sign in path) or len(path) > 500:
        return None
    if path and not path.endswith("/") and "." not in path.rpartition("/")[2]:
        path += "/"
    first, _, rest = path.partition("/")
    return (
        OldAddress(language=first, path=rest)
        if first in LANGUAGES
        else OldAddress(language="ja", path=path)
    )
