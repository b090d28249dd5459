"""SQLite: a copy of one moment while the site runs, and its way back beside the file that stands there."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from tsunagari.city.backups.manifest import ANOTHER, ROOM, UNCHANGED, Facts, Refused
from tsunagari.city.backups.places import Place

FILE: Final = "tsunagari.sqlite3"
COMPANIONS: Final = ("-wal", "-shm")


def save(place: Place, folder: Path) -> tuple[Facts, str]:
    """Copy the database into `folder` by SQLite's own backup; gives what it held at that moment, and the version."""
    if not place.database_file.exists():
        raise Refused(
            f"{place.database_file} にデータベースがありません。TSUNAGARI_DATA を確かめるか、先に tsunagari migrate を実行してください。",
            f"There is no database at {place.database_file}: see TSUNAGARI_DATA, or run tsunagari migrate first.",
        )
    copy = folder / FILE
    try:
        with (
            closing(sqlite3.connect(place.database_file, timeout=20)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)  # in one step: one moment, and writers go on meanwhile
            target.execute("PRAGMA journal_mode=DELETE")
            return _facts(target), f"SQLite {sqlite3.sqlite_version}"
    except sqlite3.OperationalError as error:
        raise _refusal(error, copy) from error


def _refusal(error: sqlite3.OperationalError, file: Path) -> Refused:
    if "full" in str(error):
        return Refused(
            f"{file.parent} のディスクがいっぱいです。{ROOM.ja}",
            f"The disk of {file.parent} is full. {ROOM.en}",
        )
    return Refused(
        f"SQLite が {file} を書けませんでした（{error}）。フォルダーの権限とディスクを確かめてから、もう一度実行してください。",
        f"SQLite could not write {file} ({error}): check the folder's rights and the disk, then begin again.",
    )


def size(place: Place) -> int:
    """Bytes that the database takes."""
    files = (place.database_file, *(Path(f"{place.database_file}{end}") for end in COMPANIONS))
    return sum(file.stat().st_size for file in files if file.exists())


def facts(file: Path) -> Facts:
    """What a database file holds; Refused when it is damaged."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            if (said := database.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise Refused(
                    f"{file} が壊れています（{said}）。{ANOTHER.ja}",
                    f"{file} is damaged ({said}). {ANOTHER.en}",
                )
            return _facts(database)
    except sqlite3.DatabaseError as error:
        raise Refused(
            f"{file} は SQLite のデータベースではありません（{error}）。{ANOTHER.ja}",
            f"{file} is no database of SQLite ({error}). {ANOTHER.en}",
        ) from error


def _facts(database: sqlite3.Connection) -> Facts:
    names = [row[0] for row in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )]  # fmt: skip
    rows = {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names of tables
        for name in names
    }
    position, migrations = 0, ()
    if "ledger_cursor" in names:
        found = database.execute(
            "SELECT position FROM ledger_cursor WHERE name = 'sequencer'"
        ).fetchone()
        position = found[0] if found else 0
    if "django_migrations" in names:
        said = database.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        migrations = tuple(row[0] for row in said)
    return Facts(rows=rows, ledger_position=position, migrations=migrations)


def held(place: Place) -> Facts:
    """What stands in the database now; nothing when there is no file."""
    if not place.database_file.exists() or place.database_file.stat().st_size == 0:
        return Facts(rows={}, ledger_position=0, migrations=())
    return facts(place.database_file)


def refuse_others(place: Place) -> None:
    """Refused while a server or worker still has the file open."""
    if not place.database_file.exists():
        return
    try:
        with closing(
            sqlite3.connect(place.database_file, timeout=0, isolation_level=None)
        ) as database:
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise Refused(
            f"{place.database_file} は使われています。先にサーバーとワーカーを止めてください。{UNCHANGED.ja}",
            f"{place.database_file} is in use: stop the server and the worker first. {UNCHANGED.en}",
        ) from error


@contextmanager
def replaced(place: Place, folder: Path) -> Iterator[Facts]:
    """Bring the copy of `folder` into its place; what stood there comes back if the block fails."""
    target = place.database_file
    aside = _aside(target)
    coming = target.with_name(f"{target.name}.coming")
    _remove(coming)
    try:
        _copy(folder / FILE, coming)
        found = facts(coming)
    except BaseException:
        _remove(coming)
        raise
    had_one = target.exists()
    if had_one:
        _fold_in(target)
        target.replace(aside)
    coming.replace(target)
    try:
        yield found
    except BaseException:
        _remove(target)
        if had_one:
            aside.replace(target)
        raise
    _remove(aside)


def bring_back(place: Place) -> None:
    """Undo a restore that was cut off: what stood there before stands again."""
    aside = _aside(place.database_file)
    if aside.exists():
        _remove(place.database_file)
        aside.replace(place.database_file)


def _aside(target: Path) -> Path:
    return target.with_name(f"{target.name}.before-restore")


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reading, target.open("xb") as writing:
        target.chmod(0o600)
        while piece := reading.read(1024 * 1024):
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())


def _fold_in(file: Path) -> None:
    """Bring what stands in the write-ahead log into the file itself, so that it can be moved alone."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")


def _remove(file: Path) -> None:
    for each in (file, *(Path(f"{file}{end}") for end in COMPANIONS)):
        with suppress(FileNotFoundError):
            each.unlink()
