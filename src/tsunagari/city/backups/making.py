"""Make a backup: into a folder with a draft's name, renamed when it is whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from tsunagari.city.backups import postgresql, sqlite, uploads
from tsunagari.city.backups.manifest import FULL, ROOM, Held, Manifest, Refused, hashed, key_mark
from tsunagari.city.backups.places import KEY_FILE, Place
from tsunagari.kernel.i18n.clock import Clock

ROOM_TO_SPARE = 64 * 1024 * 1024


def make_backup(
    place: Place, folder: Path, *, keys: Path | None, with_keys: bool, version: str, clock: Clock
) -> Manifest:
    """Back up `place` into the new folder `folder`; the keys into it, into `keys`, or nowhere.

    Raises Refused; nothing is left behind then.
    """
    made_at = clock()
    wanted = [each for each in (folder, keys) if each]
    for each in wanted:
        _refuse_a_place(each)
    _refuse_a_small_disk(place, folder)
    with _drafts(*wanted) as drafts:
        draft = drafts[0]
        engine = postgresql if place.kind == "postgresql" else sqlite
        (draft / "database").mkdir(mode=0o700)
        facts, server = engine.save(place, draft / "database")
        held = {f"database/{engine.FILE}": hashed(draft / "database" / engine.FILE)}
        files, gone = uploads.save(place.media, draft / "media")
        held |= {f"media/{name}": each for name, each in files.items()}
        sealed, gone_too = uploads.save(place.sealed, draft / "sealed")
        held |= {f"sealed/{name}": each for name, each in sealed.items()}
        if with_keys:
            held |= _save_key(place, drafts[-1] if keys else draft / "keys", here=not keys)
        manifest = Manifest(
            made_at=made_at.isoformat(timespec="seconds"),
            finished_at=clock().isoformat(timespec="seconds"),
            version=version,
            city=place.city,
            kind=place.kind,
            server=server,
            facts=facts,
            keys=("elsewhere" if keys else "here") if with_keys else "left out",
            key_mark=key_mark(place.key),
            gone_meanwhile=gone + gone_too,
            files=held,
        )
        manifest.write(draft)
    return manifest


def _save_key(place: Place, folder: Path, *, here: bool) -> dict[str, Held]:
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / KEY_FILE
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(place.key)
    # After the files: a key made meanwhile opens none of them, and none of them lacks its key.
    opening, _ = uploads.save(place.file_keys, folder / "files")
    if not here:
        return {}
    return {f"keys/{KEY_FILE}": hashed(file)} | {
        f"keys/files/{name}": each for name, each in opening.items()
    }


def _refuse_a_place(folder: Path) -> None:
    if folder.exists():
        raise Refused(
            f"{folder} はすでにあります。まだないフォルダー（{folder}-2 など）を書いてください。",
            f"{folder} exists already: name a folder that does not, such as {folder}-2.",
        )
    if not folder.parent.is_dir():
        raise Refused(
            f"{folder.parent} というフォルダーがありません。先に作るか、別の場所を書いてください。",
            f"{folder.parent} is no folder: make it first, or name another place.",
        )
    if not os.access(folder.parent, os.W_OK | os.X_OK):
        raise Refused(
            f"{folder.parent} に書けません。サービスの利用者に権限を与えるか、別の場所を書いてください。",
            f"{folder.parent} cannot be written: give its rights to the service's user, or name another place.",
        )


def _refuse_a_small_disk(place: Place, folder: Path) -> None:
    database = sqlite.size(place) if place.kind == "sqlite" else postgresql.size(place) // 4
    files = [*uploads.files_of(place.media), *uploads.files_of(place.sealed)]
    needed = database + sum(_size(file) for file in files) + ROOM_TO_SPARE
    free = shutil.disk_usage(folder.parent).free
    if free < needed:
        raise Refused(
            f"{folder.parent} の空きは {free // 2**20} MB で、約 {needed // 2**20} MB が要ります。空きを作るか、別の場所を書いてください。",
            f"{folder.parent} has {free // 2**20} MB free, and about {needed // 2**20} MB are needed: make room, or name another place.",
        )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def _drafts(*folders: Path) -> Iterator[list[Path]]:
    """A folder with a draft's name beside each; renamed when the block ends well, else removed."""
    drafts = [each.with_name(f".{each.name}.unfinished-{token_hex(4)}") for each in folders]
    try:
        for draft in drafts:
            draft.mkdir(mode=0o700)
        yield drafts
        os.sync()
        for draft, folder in reversed(list(zip(drafts, folders, strict=True))):
            draft.rename(folder)
    except OSError as error:
        raise _refusal(error, folders[0]) from error
    finally:
        for draft in drafts:
            shutil.rmtree(draft, ignore_errors=True)


def _refusal(error: OSError, folder: Path) -> Refused:
    if error.errno in FULL:
        return Refused(
            f"{folder.parent} のディスクがいっぱいです。{ROOM.ja}",
            f"The disk of {folder.parent} is full. {ROOM.en}",
        )
    place = error.filename or folder
    return Refused(
        f"{place} を読み書きできませんでした（{error.strerror}）。権限とディスクを確かめてから、もう一度実行してください。途中のものは残っていません。",
        f"{place} could not be read or written ({error.strerror}): check rights and disk, then begin again; nothing is half done.",
    )
