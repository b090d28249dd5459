"""The keys of the store, one file each in the keys folder: 0001.key, 0002.key … The last one seals.

Older keys stay so that older files open; files are told their key's number in their first bytes.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

BITS = 256


def keys_folder() -> Path:
    """Where the keys stand: apart from the files, so that a copy of one is useless without the other."""
    return Path(settings.DATA) / "keys" / "files"


def newest() -> tuple[int, bytes]:
    """Number and key that seal now; the very first is made here."""
    number = _last()
    if number == 0:
        _write(1)
        number = 1
    return number, key(number)


def key(number: int) -> bytes:
    """The key of a number; OSError where it is gone."""
    return bytes.fromhex(_path(number).read_text(encoding="ascii"))


def make_key() -> int:
    """Make one more key, with which everything is sealed from now on; gives its number."""
    number = _last() + 1
    while not _write(number):
        number += 1
    return number


def _last() -> int:
    numbers = [int(path.stem) for path in keys_folder().glob("[0-9]*.key") if path.stem.isdecimal()]
    return max(numbers, default=0)


def _path(number: int) -> Path:
    return keys_folder() / f"{number:04d}.key"


def _write(number: int) -> bool:
    """Write a key whole and once; False where another process was first."""
    folder = keys_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=folder, prefix="draft.")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(AESGCM.generate_key(BITS).hex())
        file.flush()
        os.fsync(file.fileno())
    written = False
    with suppress(FileExistsError):
        _path(number).hardlink_to(draft)
        written = True
    Path(draft).unlink()
    return written
