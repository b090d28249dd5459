"""Uploads: a copy of the folder while the site runs, and its way back beside the folder that stands there."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tsunagari.city.backups.manifest import CHUNK, Held


def save(media: Path, folder: Path) -> tuple[dict[str, Held], int]:
    """Copy every file of `media` into `folder`; gives size and hash by path, and how many were removed meanwhile."""
    held: dict[str, Held] = {}
    gone = 0
    for file in files_of(media):
        place = file.relative_to(media)
        try:
            held[place.as_posix()] = _copied(file, folder / place)
        except FileNotFoundError:
            gone += 1
    return held, gone


def files_of(media: Path) -> list[Path]:
    """The regular files below a folder, in order; none when there is no such folder. Links are not followed."""
    return sorted(
        Path(folder) / name
        for folder, _, names in os.walk(media)
        for name in names
        if not (Path(folder) / name).is_symlink()
    )


def _copied(source: Path, target: Path) -> Held:
    running, size = hashlib.sha256(), 0
    with source.open("rb") as reading:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as writing:
            while piece := reading.read(CHUNK):
                writing.write(piece)
                running.update(piece)
                size += len(piece)
    return Held(bytes=size, sha256=running.hexdigest())


@contextmanager
def replaced(media: Path, folder: Path, wanted: Mapping[str, Held]) -> Iterator[None]:
    """Bring the files of `folder` into their place; what stood there comes back if the block fails."""
    coming = media.with_name(f"{media.name}.coming")
    aside = _aside(media)
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    try:
        for name in wanted:
            _copied(folder / name, coming / name)
    except BaseException:
        shutil.rmtree(coming, ignore_errors=True)
        raise
    had_some = media.exists()
    if had_some:
        shutil.rmtree(aside, ignore_errors=True)
        media.replace(aside)
    coming.replace(media)
    try:
        yield
    except BaseException:
        shutil.rmtree(media, ignore_errors=True)
        if had_some:
            aside.replace(media)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def bring_back(media: Path) -> None:
    """Undo a restore that was cut off: the folder that stood there before stands again."""
    aside = _aside(media)
    if aside.exists():
        shutil.rmtree(media, ignore_errors=True)
        aside.replace(media)


def _aside(media: Path) -> Path:
    return media.with_name(f"{media.name}.before-restore")
