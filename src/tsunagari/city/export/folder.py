"""The folder that is served: written beside, and put in its place at one stroke, so that it is never half."""

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MANIFEST = "export.json"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


class Refused(Exception):
    """The folder cannot be used; the message says why and what to do."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one export writes to a folder at a time. Raises Refused while another does."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _beside(folder, "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise Refused(f"Another export writes to {folder} now; wait until it has ended.") from busy  # fmt: skip
        yield


@contextmanager
def readable() -> Iterator[None]:
    """Files made meanwhile may be read by the web server's own user, whatever this process's mask says."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def check(folder: Path) -> None:
    """Raises Refused for a folder that holds something else than an export: it would be thrown away."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refused(f"{folder} is no folder; name a folder that is new or holds an export.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise Refused(f"{folder} holds files that are no export; name a folder that is new or holds an export.")  # fmt: skip


def draft_of(folder: Path) -> Path:
    """An empty folder beside; what an export that was killed has left there is removed."""
    draft = _beside(folder, "draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    return draft


def put(draft: Path, before: Path, file: str, body: bytes) -> bool:
    """Write one file into the draft; the very file of the export before where it is the same. Says whether it is
    new. What is found there already is not overwritten, and no name leads out of the draft."""
    target, old = draft / file, before / file
    if not target.resolve().is_relative_to(draft.resolve()):
        raise Refused(f"{file!r} would stand outside the folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        if old.is_file() and old.stat().st_size == len(body) and old.read_bytes() == body:
            os.link(old, target)
            return False
    target.write_bytes(body)
    return True


def exchange(draft: Path, folder: Path) -> None:
    """The draft takes the folder's place in one step, and what stood there is removed."""
    if not folder.exists():
        draft.rename(folder)
        return
    if not _swap(draft, folder):
        old = _beside(folder, "old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        draft.rename(folder)
        draft = old
    shutil.rmtree(draft)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two names at once; False on a system or a disk that cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _beside(folder: Path, what: str) -> Path:
    return folder.parent / f".{folder.name}.{what}"
