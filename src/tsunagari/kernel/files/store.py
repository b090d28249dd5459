"""Seals files and opens them again, piece by piece: AES-256-GCM in chunks, as STREAM orders them.

A sealed file is a head (mark, number of the key, seven random bytes) and chunks. Each chunk's nonce
holds its place and whether it is the last, and its seal covers the head and the file's own name: no
chunk can be changed, left out, moved, or taken from another file (Hoang, Reyhanitabar, Rogaway, Vizár:
Online authenticated-encryption and its nonce-reuse misuse-resistance, 2015).
"""

import os
import secrets
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tsunagari.kernel.files import keyring
from tsunagari.kernel.files.declare import FileMissing
from tsunagari.kernel.ids import is_public_id, new_public_id

MARK: Final = b"TSF1"
CHUNK: Final = 64 * 1024
SEAL: Final = 16
_HEAD: Final = struct.Struct(">4sI7s")
_PLACE: Final = struct.Struct(">I?")


def files_folder() -> Path:
    """Where the sealed files stand: outside the media folder, which is served as it is."""
    return Path(settings.DATA) / "files"


def seal(data: bytes) -> str:
    """Keep `data` sealed; gives its random name. It is on the disk when this returns."""
    stored = new_public_id()
    number, key = keyring.newest()
    head = _HEAD.pack(MARK, number, secrets.token_bytes(7))
    path = _path(stored)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix="draft.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(head)
            file.writelines(_sealed(data, AESGCM(key), head, stored))
            file.flush()
            os.fsync(file.fileno())
        Path(draft).rename(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return stored


def unseal(stored: str) -> Iterator[bytes]:
    """The content in pieces. FileMissing before the first piece where the file or its key is gone or its
    beginning is damaged; damage further on ends the iteration with FileMissing."""
    try:
        file = _path(stored).open("rb")
        head = file.read(_HEAD.size)
        mark, number, _random = _HEAD.unpack(head)
        if mark != MARK:
            raise FileMissing(stored)
        pieces = _opened(file, AESGCM(keyring.key(number)), head, stored)
        first = next(pieces)
    except (OSError, ValueError, struct.error) as fault:
        raise FileMissing(stored) from fault
    return _all(first, pieces)


def discard(stored: str) -> None:
    """Take a file away; one that is not there is no fault."""
    _path(stored).unlink(missing_ok=True)


def _all(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _path(stored: str) -> Path:
    if not is_public_id(stored):
        raise FileMissing(stored)
    return files_folder() / stored[:2] / stored


def _nonce(head: bytes, place: int, *, last: bool) -> bytes:
    return head[-7:] + _PLACE.pack(place, last)


def _sealed(data: bytes, cipher: AESGCM, head: bytes, stored: str) -> Iterator[bytes]:
    bound = head + stored.encode()
    starts = range(0, len(data), CHUNK) or range(1)
    for place, start in enumerate(starts):
        last = start + CHUNK >= len(data)
        yield cipher.encrypt(_nonce(head, place, last=last), data[start : start + CHUNK], bound)


def _opened(file: BinaryIO, cipher: AESGCM, head: bytes, stored: str) -> Iterator[bytes]:
    bound = head + stored.encode()
    with file:
        ahead = file.read(CHUNK + SEAL)
        place = 0
        while True:
            piece, ahead = ahead, file.read(CHUNK + SEAL)
            try:
                yield cipher.decrypt(_nonce(head, place, last=not ahead), piece, bound)
            except InvalidTag as fault:
                raise FileMissing(stored) from fault
            if not ahead:
                return
            place += 1
