"""Restore a backup: check all of it first, bring it in beside what stands there, prove it, then let go of the old."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tsunagari.city.backups import postgresql, sqlite, uploads
from tsunagari.city.backups.manifest import (
    AS_BEFORE,
    FULL,
    UNCHANGED,
    Facts,
    Held,
    Manifest,
    Refused,
    hashed,
    key_mark,
)
from tsunagari.city.backups.places import KEY_FILE, Place
from tsunagari.city.both import Both

Prove = Callable[[Manifest], list[Both]]
"""Runs on the restored database; gives what it proved, in sentences; raises Refused when something is wrong."""


AGAIN = Both(
    ja="もう一度実行し、それでも同じなら別のバックアップを使ってください。",
    en="Run it again; if it says the same, take another backup.",
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the operator wants: the backup, where its keys are, and whether to replace what stands there."""

    folder: Path
    keys: Path | None = None
    with_keys: bool = True
    replace: bool = False
    yes: bool = False


@dataclass(frozen=True, kw_only=True)
class Known:
    """What this installation is: migrations of its version, and its own tables (others may hold rows from the start)."""

    version: str
    migrations: Collection[str]
    tables: Collection[str]


def restore_backup(
    place: Place, wish: Wish, known: Known, prove: Prove
) -> tuple[Manifest, list[Both]]:
    """Bring a backup into `place`; gives its manifest and what was proved. Raises Refused with nothing changed."""
    manifest = Manifest.read(wish.folder)
    _refuse_a_stranger(place, manifest, known)
    manifest.check(wish.folder)
    key = _key(place, wish, manifest)
    engine = postgresql if place.kind == "postgresql" else sqlite
    if place.unfinished.exists():
        engine.refuse_others(place)
        _undo(place)
    _refuse_a_full_place(place, engine.held(place), wish, known)
    engine.refuse_others(place)
    wanted, sealed = _below("media/", manifest), _below("sealed/", manifest)
    place.unfinished.touch(mode=0o600)
    try:
        with ExitStack() as standing:
            found = standing.enter_context(engine.replaced(place, wish.folder / "database"))
            _compare(found, manifest.facts)
            standing.enter_context(uploads.replaced(place.media, wish.folder / "media", wanted))
            standing.enter_context(uploads.replaced(place.sealed, wish.folder / "sealed", sealed))
            standing.enter_context(_key_replaced(place, key))
            standing.enter_context(_file_keys_replaced(place, wish, manifest))
            proved = [*_proved(found, place, wanted, sealed), *prove(manifest)]
            place.unfinished.unlink()  # from here on what came in stays, whatever happens
    except OSError as error:
        raise _refusal(error, place) from error
    finally:
        place.unfinished.unlink(missing_ok=True)
    return manifest, [*proved, _word_on_the_key(place, wish, key)]


def _refusal(error: OSError, place: Place) -> Refused:
    where = error.filename or place.data
    if error.errno in FULL:
        return Refused(
            f"{where} のディスクがいっぱいです。{AS_BEFORE.ja}空きを作ってから、もう一度実行してください。",
            f"The disk of {where} is full. {AS_BEFORE.en} Make room, then begin again.",
        )
    return Refused(
        f"{where} に書けませんでした（{error.strerror}）。{AS_BEFORE.ja}権限とディスクを確かめてから、もう一度実行してください。",
        f"{where} could not be written ({error.strerror}). {AS_BEFORE.en} Check rights and disk, then begin again.",
    )


def _undo(place: Place) -> None:
    """Bring back what stood here before a restore that was cut off (power, kill -9)."""
    engine = postgresql if place.kind == "postgresql" else sqlite
    engine.bring_back(place)
    for folder in (place.media, place.sealed, place.file_keys):
        uploads.bring_back(folder)
    aside = place.data / f"{KEY_FILE}.before-restore"
    if aside.exists():
        aside.replace(place.data / KEY_FILE)
    place.unfinished.unlink()


def _below(part: str, manifest: Manifest) -> dict[str, Held]:
    return {
        name.removeprefix(part): held
        for name, held in manifest.files.items()
        if name.startswith(part)
    }


def _refuse_a_stranger(place: Place, manifest: Manifest, known: Known) -> None:
    if manifest.city != place.city:
        raise Refused(
            f"バックアップは {manifest.city!r} のもので、ここは {place.city!r} です。TSUNAGARI_CITY={manifest.city} とするか、この市のバックアップを使ってください。{UNCHANGED.ja}",
            f"The backup is of {manifest.city!r}, and this is {place.city!r}: set TSUNAGARI_CITY={manifest.city}, or take this city's backup. {UNCHANGED.en}",
        )
    if manifest.kind != place.kind:
        wanted = (
            Both(
                ja="TSUNAGARI_DATABASE_URL に postgresql://… を書いて",
                en="TSUNAGARI_DATABASE_URL=postgresql://…",
            )
            if manifest.kind == "postgresql"
            else Both(ja="TSUNAGARI_DATABASE_URL を空にして", en="TSUNAGARI_DATABASE_URL empty")
        )
        raise Refused(
            f"バックアップは {manifest.kind} のもので、ここは {place.kind} です。{wanted.ja}復元してください。{UNCHANGED.ja}",
            f"The backup is of {manifest.kind}, and this installation has {place.kind}: restore it with {wanted.en}. {UNCHANGED.en}",
        )
    unknown = sorted(set(manifest.facts.migrations) - set(known.migrations))
    if unknown:
        raise Refused(
            f"バックアップはより新しい版（{manifest.version}）のものです。この版（{known.version}）には {unknown[0]} がありません。先にその版を入れてください。{UNCHANGED.ja}",
            f"The backup is of a newer version ({manifest.version}; this is {known.version} and does not know {unknown[0]}): install that version first. {UNCHANGED.en}",
        )


def _refuse_a_full_place(place: Place, held: Facts, wish: Wish, known: Known) -> None:
    full = {name: count for name, count in held.rows.items() if count and name in known.tables}
    files = len(uploads.files_of(place.media)) + len(uploads.files_of(place.sealed))
    if not full and not files:
        return
    rows, tables, end = sum(full.values()), len(full), held.ledger_position
    what = Both(
        ja=f"{tables} 個の表に {rows} 行（記録は {end} 番まで）と、ファイル {files} 件",
        en=f"{rows} rows in {tables} tables up to position {end} of the ledger, and {files} uploaded files",
    )
    if not wish.replace:
        raise Refused(
            f"ここは空ではありません。{what.ja}があります。空の所に復元するか、--replace を付けてください。{UNCHANGED.ja}",
            f"This place is not empty: it holds {what.en}. Restore into an empty one, or say --replace. {UNCHANGED.en}",
        )
    if not wish.yes:
        raise Refused(
            f"--replace で、{what.ja}がなくなります。そのつもりなら --yes も付けてください。{UNCHANGED.ja}",
            f"--replace takes away {what.en}. Say --yes as well if that is meant. {UNCHANGED.en}",
        )


def _key(place: Place, wish: Wish, manifest: Manifest) -> str:
    """The key that belongs to the backup; "" when it is not to be restored."""
    if not wish.with_keys:
        return ""
    if manifest.keys == "left out" or (manifest.keys == "elsewhere" and wish.keys is None):
        if key_mark(place.key) == manifest.key_mark:
            return place.key
        where = (
            Both(ja="含まれていません", en="were left out")
            if manifest.keys == "left out"
            else Both(ja="別の所にあります", en="are kept elsewhere")
        )
        raise Refused(
            f"このバックアップの鍵は{where.ja}。--keys DIR で鍵のフォルダーを書くか、TSUNAGARI_SECRET_KEY に書くか、--without-keys を付けてください（付けると、認証アプリの登録は使えなくなります）。{UNCHANGED.ja}",
            f"The keys of this backup {where.en}: give them with --keys DIR, set TSUNAGARI_SECRET_KEY, or say --without-keys (authenticator apps then open nothing any more). {UNCHANGED.en}",
        )
    file = (wish.keys or wish.folder / "keys") / KEY_FILE
    try:
        key = file.read_text()
    except OSError as error:
        raise Refused(
            f"{file} を読めません（{error.strerror}）。--keys DIR で鍵のフォルダーを書いてください。{UNCHANGED.ja}",
            f"{file} cannot be read ({error.strerror}): name the folder of the keys with --keys DIR. {UNCHANGED.en}",
        ) from error
    if key_mark(key) != manifest.key_mark:
        raise Refused(
            f"{file} は別のバックアップの鍵です。--keys DIR で正しいフォルダーを書いてください。{UNCHANGED.ja}",
            f"{file} is the key of another backup: name the right folder with --keys DIR. {UNCHANGED.en}",
        )
    if place.key_is_given and place.key != key:
        raise Refused(
            f"TSUNAGARI_SECRET_KEY がバックアップの鍵と違います。{file} の中身を書くか、空にしてください。{UNCHANGED.ja}",
            f"TSUNAGARI_SECRET_KEY is another key than the backup's: set it to what stands in {file}, or leave it empty. {UNCHANGED.en}",
        )
    return key


@contextmanager
def _key_replaced(place: Place, key: str) -> Iterator[None]:
    """The key in its file; the one before comes back if the block fails. Nothing for "" or a key that is given."""
    if not key or place.key_is_given:
        yield
        return
    file, aside = place.data / KEY_FILE, place.data / f"{KEY_FILE}.before-restore"
    had_one = file.exists()
    if had_one:
        file.replace(aside)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(key)
        yield
    except BaseException:
        with suppress(FileNotFoundError):
            file.unlink()
        if had_one:
            aside.replace(file)
        raise
    with suppress(FileNotFoundError):
        aside.unlink()


@contextmanager
def _file_keys_replaced(place: Place, wish: Wish, manifest: Manifest) -> Iterator[None]:
    """The keys of sealed files; those that stood there stay where the backup brings none."""
    folder = (wish.keys or wish.folder / "keys") / "files"
    coming = {
        file.relative_to(folder).as_posix(): hashed(file) for file in uploads.files_of(folder)
    }
    if not wish.with_keys or not coming:
        yield
        return
    told = _below("keys/files/", manifest)
    if wish.keys is None and coming != told:
        raise Refused(
            f"{folder} が書かれたときと違います。{AS_BEFORE.ja}別のバックアップを使ってください。",
            f"{folder} is not as it was written. {AS_BEFORE.en} Take another backup.",
        )
    with uploads.replaced(place.file_keys, folder, coming):
        for name in coming:
            (place.file_keys / name).chmod(0o600)
        yield


def _compare(found: Facts, wanted: Facts) -> None:
    tables = sorted(found.rows.keys() | wanted.rows.keys())
    differing = [name for name in tables if found.rows.get(name) != wanted.rows.get(name)]
    if differing:
        name = differing[0]
        raise Refused(
            f"表 {name} は {wanted.rows.get(name)} 行のはずが {found.rows.get(name)} 行です。バックアップの全部が入りませんでした。{AS_BEFORE.ja}{AGAIN.ja}",
            f"Table {name} holds {found.rows.get(name)} rows instead of {wanted.rows.get(name)}: the backup did not come in whole. {AS_BEFORE.en} {AGAIN.en}",
        )
    if found.ledger_position != wanted.ledger_position:
        raise Refused(
            f"記録は {wanted.ledger_position} 番までのはずが {found.ledger_position} 番で終わっています。{AS_BEFORE.ja}{AGAIN.ja}",
            f"The ledger ends at {found.ledger_position} instead of {wanted.ledger_position}. {AS_BEFORE.en} {AGAIN.en}",
        )


def _proved(
    found: Facts, place: Place, wanted: dict[str, Held], sealed: dict[str, Held]
) -> list[Both]:
    parts = [(place.media, wanted), (place.sealed, sealed)]
    for file, held in (
        (part / name, held) for part, all_of_it in parts for name, held in all_of_it.items()
    ):
        if hashed(file) != held:
            raise Refused(
                f"{file} の全部が入りませんでした。{AS_BEFORE.ja}{AGAIN.ja}",
                f"{file} did not come in whole. {AS_BEFORE.en} {AGAIN.en}",
            )
    rows, tables, files = sum(found.rows.values()), len(found.rows), len(wanted) + len(sealed)
    return [
        Both(
            ja=f"{tables} 個の表に {rows} 行。目録のとおりです",
            en=f"{rows} rows in {tables} tables, as the manifest says",
        ),
        Both(
            ja=f"記録は {found.ledger_position} 番まで。目録のとおりです",
            en=f"the ledger ends at position {found.ledger_position}, as the manifest says",
        ),
        Both(
            ja=f"アップロードされたファイル {files} 件。どれも元のハッシュと合います",
            en=f"{files} uploaded files, each with the hash it had",
        ),
    ]


def _word_on_the_key(place: Place, wish: Wish, key: str) -> Both:
    if not wish.with_keys:
        return Both(
            ja="鍵はここのままです。別の鍵で封じた認証アプリの登録は使えません",
            en="the key was left as it is: codes of authenticator apps that another key sealed open nothing",
        )
    if place.key_is_given and key:
        return Both(
            ja="秘密鍵はバックアップのものです（TSUNAGARI_SECRET_KEY にあります）",
            en="the secret key is the backup's (it comes from TSUNAGARI_SECRET_KEY)",
        )
    return Both(ja="秘密鍵はバックアップのものです", en="the secret key is the backup's")
