"""The canonical text of a frozen year, and its hash: the same content gives the same bytes anywhere."""

import json
from hashlib import sha256
from typing import Any


def canonical(content: Any) -> str:
    """JSON with sorted keys and nothing between them (in the manner of RFC 8785, for texts, whole numbers,
    truths, lists and maps: figures travel as texts)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()
