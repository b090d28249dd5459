"""Random public ids: what addresses, files and events carry instead of database keys."""

import re
import secrets
from typing import Final

LENGTH: Final = 22
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{22}")


def new_public_id() -> str:
    """A fresh random id: 22 characters, 128 bits, safe in an address."""
    return secrets.token_urlsafe(16)


def is_public_id(text: str) -> bool:
    """Whether `text` has the shape of a public id (not whether anything bears it)."""
    return _SHAPE.fullmatch(text) is not None
