"""Restore a backup: check all of it first, bring it in beside what stands there, prove it, then let go of the old."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tsunagari.city.backups import postgresql, sqlite, uploads
from tsunagari.city.backups.manifest import Facts, Held, Manifest, Refused, hashed, key_mark
from tsunagari.city.backups.places import KEY_FILE, Place

Prove = Callable[[Manifest], list[str]]
"""Runs on the restored database; gives what it proved, in sentences; raises Refused when something is wrong."""


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
) -> tuple[Manifest, list[str]]:
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
        raise Refused(
            f"{error.filename or place.data} could not be written ({error.strerror}): check rights and disk. What stood there stands again."
        ) from error
    finally:
        place.unfinished.unlink(missing_ok=True)
    return manifest, [*proved, _word_on_the_key(place, wish, key)]


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
            f"The backup is of {manifest.city!r}, and this is {place.city!r}: set TSUNAGARI_CITY={manifest.city}, or take this city's backup."
        )
    if manifest.kind != place.kind:
        wanted = (
            "TSUNAGARI_DATABASE_URL=postgresql://…"
            if manifest.kind == "postgresql"
            else "TSUNAGARI_DATABASE_URL empty"
        )
        raise Refused(
            f"The backup is of {manifest.kind}, and this installation has {place.kind}: restore it with {wanted}."
        )
    unknown = sorted(set(manifest.facts.migrations) - set(known.migrations))
    if unknown:
        raise Refused(
            f"The backup is of a newer version ({manifest.version}; this is {known.version} and does not know {unknown[0]}): install that version first."
        )


def _refuse_a_full_place(place: Place, held: Facts, wish: Wish, known: Known) -> None:
    full = {name: count for name, count in held.rows.items() if count and name in known.tables}
    files = len(uploads.files_of(place.media)) + len(uploads.files_of(place.sealed))
    if not full and not files:
        return
    what = f"{sum(full.values())} rows in {len(full)} tables up to position {held.ledger_position} of the ledger, and {files} uploaded files"
    if not wish.replace:
        raise Refused(
            f"This place is not empty: it holds {what}. Restore into an empty one, or say --replace."
        )
    if not wish.yes:
        raise Refused(f"--replace takes away {what}. Say --yes as well if that is meant.")


def _key(place: Place, wish: Wish, manifest: Manifest) -> str:
    """The key that belongs to the backup; "" when it is not to be restored."""
    if not wish.with_keys:
        return ""
    if manifest.keys == "left out" or (manifest.keys == "elsewhere" and wish.keys is None):
        if key_mark(place.key) == manifest.key_mark:
            return place.key
        where = "were left out" if manifest.keys == "left out" else "are kept elsewhere"
        raise Refused(
            f"The keys of this backup {where}: give them with --keys DIR, set TSUNAGARI_SECRET_KEY, or say --without-keys (authenticator apps then open nothing any more)."
        )
    file = (wish.keys or wish.folder / "keys") / KEY_FILE
    try:
        key = file.read_text()
    except OSError as error:
        raise Refused(
            f"{file} cannot be read ({error.strerror}): name the folder of the keys with --keys DIR."
        ) from error
    if key_mark(key) != manifest.key_mark:
        raise Refused(
            f"{file} is the key of another backup: name the right folder with --keys DIR."
        )
    if place.key_is_given and place.key != key:
        raise Refused(
            f"TSUNAGARI_SECRET_KEY is another key than the backup's: set it to what stands in {file}, or leave it empty."
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
        raise Refused(f"{folder} is not as it was written. What stood there stands again.")
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
            f"Table {name} holds {found.rows.get(name)} rows instead of {wanted.rows.get(name)}: the backup did not come in whole. What stood there stands again."
        )
    if found.ledger_position != wanted.ledger_position:
        raise Refused(
            f"The ledger ends at {found.ledger_position} instead of {wanted.ledger_position}. What stood there stands again."
        )


def _proved(
    found: Facts, place: Place, wanted: dict[str, Held], sealed: dict[str, Held]
) -> list[str]:
    parts = [(place.media, wanted), (place.sealed, sealed)]
    for file, held in (
        (part / name, held) for part, all_of_it in parts for name, held in all_of_it.items()
    ):
        if hashed(file) != held:
            raise Refused(f"{file} did not come in whole. What stood there stands again.")
    return [
        f"{sum(found.rows.values())} rows in {len(found.rows)} tables, as the manifest says",
        f"the ledger ends at position {found.ledger_position}, as the manifest says",
        f"{len(wanted) + len(sealed)} uploaded files, each with the hash it had",
    ]


def _word_on_the_key(place: Place, wish: Wish, key: str) -> str:
    if not wish.with_keys:
        return "the key was left as it is: codes of authenticator apps that another key sealed open nothing"
    return "the secret key is the backup's" + (
        " (it comes from TSUNAGARI_SECRET_KEY)" if place.key_is_given and key else ""
    )
