"""Rules of identity without a database: entrances, words for devices, the shape of a key."""

import hashlib
import hmac
import re
import secrets
from datetime import date, timedelta
from typing import Final, Literal

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

Entrance = Literal["residents", "staff"]

CONSOLE: Final = "/console/"
"""Addresses below this are the staff entrance; all others are the residents'."""

KEY_LIFE: Final = timedelta(days=366)
"""A key ends a year after it was made: whoever needs it on renews it knowingly."""

KEY_OVERLAP: Final = timedelta(days=7)
"""How long the old key still works after it was renewed, so that a nightly transfer is not missed."""

LOGIN_NAME: Final = r"[a-zA-Z0-9][a-zA-Z0-9._-]{2,63}"
"""What a clerk's login name looks like, whole."""

_KEY: Final = re.compile(r"tsk_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})")

_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


class Refused(ValueError):
    """An action may not be done; the message says why and what to do, in words for the screen."""


def entrance_of(path: str) -> Entrance:
    """Which entrance an address belongs to."""
    return "staff" if path.startswith(CONSOLE) or path == CONSOLE.rstrip("/") else "residents"


def device_words(user_agent: str) -> str:
    """What a person calls the device of a session, for example "Windows の Chrome"."""
    system = next((word for sign, word in _SYSTEMS if sign in user_agent), "")
    browser = next((word for sign, word in _BROWSERS if sign in user_agent), "")
    if system and browser:
        return gettext("%(system)s の %(browser)s") % {"system": system, "browser": browser}
    return system or browser or gettext("名前のわからない端末")


def session_handle(session_key: str) -> str:
    """What a page calls a session: it can end the session but not open it."""
    return salted_hmac("tsunagari.identity.session", session_key, algorithm="sha256").hexdigest()[
        :22
    ]


def new_secret() -> str:
    """The secret part of a division's key: 256 random bits."""
    return secrets.token_urlsafe(32)


def written_key(public_id: str, secret: str) -> str:
    """A division's key as it is shown once and sent with each request."""
    return f"tsk_{public_id}_{secret}"


def read_key(raw: str) -> tuple[str, str] | None:
    """Public id and secret of a key as sent, or None when it has not a key's shape."""
    found = _KEY.fullmatch(raw.strip())
    return (found[1], found[2]) if found else None


def key_hash(secret: str) -> str:
    """What is stored of a key. The secret is random, so that one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same_hash(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one, other)


def holds(begins: date, ends: date | None, day: date) -> bool:
    """Whether something that lasts from `begins` to `ends` (both included) holds on `day`."""
    return begins <= day and (ends is None or day <= ends)


def overlap(begins: date, ends: date | None, other_begins: date, other_ends: date | None) -> bool:
    """Whether two spans share a day."""
    return (ends is None or other_begins <= ends) and (other_ends is None or begins <= other_ends)
