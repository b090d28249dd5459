"""What an operator may count on: a backup is whole or none, and a restore changes nothing before all of it is proved."""

import errno
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from tsunagari.city.backups import postgresql, uploads
from tsunagari.city.backups.making import make_backup
from tsunagari.city.backups.manifest import NAME, Manifest, Refused
from tsunagari.city.backups.places import Place
from tsunagari.city.backups.restoring import Known, Wish, restore_backup
from tsunagari.city.both import Both
from tsunagari.city.fitness import state
from tsunagari.city.fitness.findings import Finding
from tsunagari.city.tests.places import (
    KEY,
    TABLES,
    address_of,
    as_kind,
    content,
    execute,
    own_database,
    place,
    postgresql_is_tested,
    uploads_of,
)
from tsunagari.kernel.files import api as files

NOW = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)
KNOWN = Known(version="1.0", migrations={"notes.0001_initial"}, tables={"notes", "ledger_cursor"})
pytestmark = pytest.mark.own_database
KINDS = ["postgresql" if postgresql_is_tested() else "sqlite"]


@pytest.fixture(autouse=True)
def _refusals_are_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is refused here is a sentence in Japanese and one in English."""
    told: list[tuple[str, str]] = []
    begin = Refused.__init__

    def note(self: Refused, ja: str, en: str) -> None:
        told.append((ja, en))
        begin(self, ja, en)

    monkeypatch.setattr(Refused, "__init__", note)
    yield
    for ja, en in told:
        assert ja.endswith("。"), ja
        assert en.endswith("."), en
        assert not ja.isascii()


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def source(kind: str, tmp_path: Path) -> Iterator[Place]:
    """A place with rows, an upload and a key."""
    with own_database(kind, tmp_path) as address:
        made = place(tmp_path / "source", address)
        execute(made, TABLES)
        (made.media / "documents").mkdir(parents=True)
        (made.media / "documents" / "会議録.pdf").write_bytes(b"%PDF" + bytes(range(256)))
        yield made


@pytest.fixture
def target(kind: str, tmp_path: Path) -> Iterator[Place]:
    """An empty place with a key of its own, as every command makes one."""
    with own_database(kind, tmp_path) as address:
        made = place(tmp_path / "target", address, key="n" * 60)
        (made.data / "secret_key").write_text("n" * 60)
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def back_up(source: Place, folder: Path, **more: Any) -> Manifest:
    wanted: dict[str, Any] = {
        "keys": None,
        "with_keys": True,
        "version": "1.0",
        "clock": lambda: NOW,
    }
    return make_backup(source, folder, **(wanted | more))


def bring_back(target: Place, folder: Path, **more: Any) -> list[str]:
    """Restores; gives in English what was proved. Each has its Japanese."""
    proved = restore_backup(
        target, Wish(folder=folder, **more), KNOWN, lambda _: [Both(ja="確認済み", en="proved")]
    )[1]
    assert not [each for each in proved if each.ja.isascii()]
    return [each.en for each in proved]


def assert_untouched(target: Place, before: dict[str, Any]) -> None:
    assert content(target) == before
    assert sorted(
        path.name
        for path in target.data.iterdir()
        if path.suffix not in (".sqlite3", ".sqlite3-wal", ".sqlite3-shm")
    ) == ["secret_key"]
    assert (target.data / "secret_key").read_text() == "n" * 60


def test_all_comes_back_into_an_empty_place(source: Place, target: Place, folder: Path) -> None:
    manifest = back_up(source, folder)
    assert manifest.facts.rows == {"django_migrations": 1, "ledger_cursor": 1, "notes": 2}
    assert manifest.facts.ledger_position == 3
    proved = bring_back(target, folder)
    assert content(target) == content(source)
    assert uploads_of(target) == uploads_of(source)
    assert (target.data / "secret_key").read_text() == KEY
    assert stat.S_IMODE((target.data / "secret_key").stat().st_mode) == 0o600
    assert proved == [
        "4 rows in 3 tables, as the manifest says",
        "the ledger ends at position 3, as the manifest says",
        "1 uploaded files, each with the hash it had",
        "proved",
        "the secret key is the backup's",
    ]


def _seal_some(source: Place) -> None:
    for file, data in (
        (source.sealed / "ab" / ("ab" + "c" * 20), b"TSF1 sealed"),
        (source.file_keys / "0001.key", b"11"),
        (source.file_keys / "0002.key", b"22"),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_sealed_files_come_back_with_all_their_keys(
    source: Place, target: Place, folder: Path, tmp_path: Path, *, elsewhere: bool
) -> None:
    _seal_some(source)
    keys = tmp_path / "keys-apart" if elsewhere else None
    back_up(source, folder, keys=keys)
    assert (folder / "keys").exists() != elsewhere
    proved = bring_back(target, folder, keys=keys)
    assert "2 uploaded files, each with the hash it had" in proved
    for part in ("files", "keys"):
        found = {
            path.relative_to(target.data): path.read_bytes()
            for path in (target.data / part).rglob("*")
            if path.is_file()
        }
        assert found == {
            path.relative_to(source.data): path.read_bytes()
            for path in (source.data / part).rglob("*")
            if path.is_file()
        }
    assert stat.S_IMODE((target.file_keys / "0001.key").stat().st_mode) == 0o600


def test_a_sealed_file_that_was_changed_in_the_backup_is_refused(
    source: Place, target: Place, folder: Path
) -> None:
    _seal_some(source)
    back_up(source, folder)
    (folder / "keys" / "files" / "0001.key").write_bytes(b"99")
    with pytest.raises(Refused, match="not as it was written"):
        bring_back(target, folder)


def test_the_backup_looks_where_the_store_of_files_keeps_them() -> None:
    here = Place.of_settings()
    assert (here.sealed, here.file_keys) == (files.files_folder(), files.keys_folder())


def test_only_its_owner_reads_a_backup(source: Place, folder: Path) -> None:
    back_up(source, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "keys" / "secret_key").stat().st_mode) == 0o600
    assert KEY not in (folder / NAME).read_text()


def test_keys_may_be_kept_elsewhere(
    source: Place, target: Place, folder: Path, tmp_path: Path
) -> None:
    keys = tmp_path / "safe"
    back_up(source, folder, keys=keys)
    assert not (folder / "keys").exists()
    with pytest.raises(Refused, match="are kept elsewhere: give them with --keys DIR"):
        bring_back(target, folder)
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "secret_key").write_text("x" * 60)
    with pytest.raises(Refused, match="is the key of another backup"):
        bring_back(target, folder, keys=tmp_path / "wrong")
    with pytest.raises(Refused, match="cannot be read"):
        bring_back(target, folder, keys=tmp_path / "nowhere")
    bring_back(target, folder, keys=keys)
    assert (target.data / "secret_key").read_text() == KEY


def test_keys_may_be_left_out_and_are_then_left_alone(
    source: Place, target: Place, folder: Path
) -> None:
    back_up(source, folder, with_keys=False)
    with pytest.raises(Refused, match="were left out"):
        bring_back(target, folder)
    bring_back(target, folder, with_keys=False)
    assert (target.data / "secret_key").read_text() == "n" * 60


def test_a_key_from_the_environment_has_to_be_the_backups(
    source: Place, target: Place, folder: Path
) -> None:
    back_up(source, folder)
    with pytest.raises(Refused, match="TSUNAGARI_SECRET_KEY is another key"):
        bring_back(replace(target, key_is_given=True), folder)
    bring_back(replace(target, key_is_given=True, key=KEY), folder)
    assert (target.data / "secret_key").read_text() == "n" * 60  # it was never asked for


def _cut_off(folder: Path) -> None:
    (folder / NAME).unlink()


def _cut_manifest(folder: Path) -> None:
    text = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(text[: len(text) // 2])


def _change_manifest(folder: Path) -> None:
    text = (folder / NAME).read_text()
    (folder / NAME).write_text(text.replace('"notes": 2', '"notes": 3'))


def _dump(folder: Path) -> Path:
    return next((folder / "database").iterdir())


def _truncate(folder: Path) -> None:
    with _dump(folder).open("r+b") as file:
        file.truncate(_dump(folder).stat().st_size // 2)


def _flip(folder: Path) -> None:
    held = bytearray(_dump(folder).read_bytes())
    held[len(held) // 2] ^= 1
    _dump(folder).write_bytes(held)


def _lose(folder: Path) -> None:
    shutil.rmtree(folder / "media")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_cut_off, "has no manifest.json: it is no backup, or one that was cut off"),
        (_cut_manifest, "cannot be read: it is cut off or damaged"),
        (_change_manifest, "is not as it was written: do not trust"),
        (_truncate, "bytes instead of .* it was cut off or changed"),
        (_flip, r"SHA-256 differs"),
        (_lose, "is missing: the backup is not whole"),
        (shutil.rmtree, "is no folder"),
    ],
)
def test_a_spoilt_backup_is_refused_and_changes_nothing(
    source: Place, target: Place, folder: Path, spoil: Any, sentence: str
) -> None:
    back_up(source, folder)
    execute(target, "CREATE TABLE notes (id integer, said varchar(9));")
    before = content(target)
    spoil(folder)
    with pytest.raises(Refused, match=sentence):
        bring_back(target, folder)
    assert_untouched(target, before)


def test_a_backup_killed_half_way_is_no_backup(
    source: Place, target: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Manifest, "write", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        back_up(source, folder)
    assert not folder.exists()
    assert not list(folder.parent.glob(".backup.unfinished*"))
    # Had the machine lost its power, the draft would stand there: it has no manifest yet.
    draft = folder.with_name(".backup.unfinished-1234")
    draft.mkdir()
    with pytest.raises(Refused, match="cut off before its end"):
        bring_back(target, draft)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_strangers_are_refused_with_what_to_do(source: Place, target: Place, folder: Path) -> None:
    back_up(source, folder)
    before = content(target)
    with pytest.raises(
        Refused, match="of 'sample', and this is 'other': set TSUNAGARI_CITY=sample"
    ):
        bring_back(replace(target, city="other"), folder)
    other = "sqlite3" if source.kind == "postgresql" else "postgresql"
    with pytest.raises(Refused, match=f"The backup is of {source.kind}, .* TSUNAGARI_DATABASE_URL"):
        bring_back(as_kind(target, f"django.db.backends.{other}"), folder)
    newer = replace(KNOWN, migrations=set())
    with pytest.raises(
        Refused, match=r"newer version .* notes.0001_initial.*: install that version"
    ):
        restore_backup(target, Wish(folder=folder), newer, lambda _: [])
    assert_untouched(target, before)


def settle_in(place: Place) -> None:
    """Somebody works there already: a row and an upload of their own."""
    execute(place, TABLES + "INSERT INTO notes VALUES (9, 'mine');")
    place.media.mkdir()
    (place.media / "mine.pdf").write_bytes(b"mine")


def test_a_full_place_is_replaced_only_when_that_is_said_twice(
    source: Place, target: Place, folder: Path
) -> None:
    back_up(source, folder)
    settle_in(target)
    execute(target, "CREATE TABLE newer (id integer);")
    with pytest.raises(
        Refused, match="not empty: it holds 4 rows in 2 tables up to position 3 .* 1 uploaded"
    ):
        bring_back(target, folder)
    with pytest.raises(Refused, match="Say --yes as well"):
        bring_back(target, folder, replace=True)
    assert (target.media / "mine.pdf").exists()
    bring_back(target, folder, replace=True, yes=True)
    assert content(target) == content(source)
    assert uploads_of(target) == uploads_of(source)


def test_what_stood_there_comes_back_when_the_proof_fails(
    source: Place, target: Place, folder: Path
) -> None:
    back_up(source, folder)
    settle_in(target)
    before = content(target)

    def disprove(_: Manifest) -> list[Both]:
        assert content(target) == content(source)
        raise Refused("記録がそろっていません。", "The ledger of the backup is not whole.")

    with pytest.raises(Refused, match="not whole"):
        restore_backup(target, Wish(folder=folder, replace=True, yes=True), KNOWN, disprove)
    assert content(target) == before
    assert uploads_of(target) == {"mine.pdf": b"mine"}
    assert (target.data / "secret_key").read_text() == "n" * 60
    bring_back(target, folder, replace=True, yes=True)
    assert content(target) == content(source)


def test_a_restore_killed_half_way_is_undone_by_the_next(
    source: Place, target: Place, folder: Path
) -> None:
    back_up(source, folder)
    settle_in(target)
    before = content(target)
    wish = Wish(folder=folder, replace=True, yes=True)
    child = get_context("fork").Process(
        target=restore_backup, args=(target, wish, KNOWN, lambda _: os._exit(9))
    )
    child.start()
    child.join()
    assert child.exitcode == 9
    assert content(target) != before
    assert any("restore was cut off" in each.en for each in _looked(target))
    # What is asked for afterwards is another thing: first of all it stands as it stood.
    with pytest.raises(Refused, match="holds 4 rows"):
        bring_back(target, folder)
    assert content(target) == before
    assert uploads_of(target) == {"mine.pdf": b"mine"}
    assert (target.data / "secret_key").read_text() == "n" * 60
    bring_back(target, folder, replace=True, yes=True)
    assert content(target) == content(source)
    assert not list(target.data.glob("*before-restore")), "nothing stays behind"
    assert not target.unfinished.exists()


def _looked(target: Place) -> list[Finding]:
    with override_settings(DATA=target.data):
        return list(state.restores())


def test_rows_that_do_not_come_are_noticed(
    source: Place, target: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = back_up(source, folder)
    short = replace(manifest.facts, rows={**manifest.facts.rows, "notes": 3})
    replace(manifest, facts=short).write(folder)
    with pytest.raises(Refused, match="Table notes holds 2 rows instead of 3"):
        bring_back(target, folder)
    assert content(target) == {}
    behind = replace(manifest.facts, ledger_position=4)
    replace(manifest, facts=behind).write(folder)
    with pytest.raises(Refused, match="ends at 3 instead of 4"):
        bring_back(target, folder)


def test_a_place_that_is_in_use_is_not_touched(source: Place, target: Place, folder: Path) -> None:
    back_up(source, folder)
    execute(target, "CREATE TABLE notes (id integer);")
    if target.kind == "postgresql":
        with psycopg.connect(address_of(target)) as server:
            server.execute("SELECT 1")
            with pytest.raises(Refused, match="1 other connections use"):
                bring_back(target, folder)
        return
    other = sqlite3.connect(target.database_file, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("SELECT * FROM notes").fetchall()
    with pytest.raises(Refused, match="is in use: stop the server and the worker"):
        bring_back(target, folder)
    other.close()


def test_a_folder_that_exists_or_cannot_be_written_is_refused(
    source: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    with pytest.raises(Refused, match="exists already"):
        back_up(source, folder)
    with pytest.raises(Refused, match="is no folder: make it first"):
        back_up(source, folder / "deep" / "down")
    with monkeypatch.context() as rights:
        rights.setattr(os, "access", lambda *_: False)
        with pytest.raises(Refused, match="cannot be written"):
            back_up(source, folder / "inside")


def test_a_disk_that_is_full_is_told_before_and_while_writing(
    source: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as small:
        small.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 2**20))
        with pytest.raises(Refused, match="1 MB free, and about"):
            back_up(source, folder)

    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as filled:
        filled.setattr(uploads, "_copied", full)
        with pytest.raises(Refused, match="is full. Make room"):
            back_up(source, folder)
    assert not folder.exists()
    assert list(folder.parent.glob(".*unfinished*")) == []


def test_a_disk_that_fills_up_while_restoring_gives_back_what_stood_there(
    source: Place, target: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(source, folder)
    before = content(target)

    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device", "media")

    with monkeypatch.context() as filled:
        filled.setattr(uploads, "_copied", full)
        with pytest.raises(Refused, match=r"media is full. What stood there .* Make room"):
            bring_back(target, folder)
    if target.kind == "sqlite":
        with monkeypatch.context() as filled:
            filled.setattr(os, "fsync", full)
            with pytest.raises(Refused, match=r"is full. What stood there"):
                bring_back(target, folder)
    assert not [*target.data.rglob("*.coming"), *target.data.rglob("*.unfinished")]
    assert content(target) == before
    bring_back(target, folder)


def test_a_file_removed_meanwhile_breaks_nothing(
    source: Place, target: Place, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = source.media / "documents" / "gone.pdf"
    monkeypatch.setattr(
        uploads,
        "files_of",
        lambda media: [*sorted(media.rglob("*.pdf")), *([gone] if media == source.media else [])],
    )
    manifest = back_up(source, folder)
    assert manifest.gone_meanwhile == 1
    bring_back(target, folder)
    assert list(uploads_of(target)) == ["documents/会議録.pdf"]


def test_a_path_that_leads_out_of_the_backup_is_refused(
    source: Place, target: Place, folder: Path
) -> None:
    manifest = back_up(source, folder)
    held = next(iter(manifest.files.values()))
    for name in ("media/../../evil", "/etc/passwd", "database/../x", "other/file"):
        replace(manifest, files={name: held}).write(folder)
        with pytest.raises(Refused, match="no part of a backup"):
            bring_back(target, folder)


def test_the_programmes_of_postgresql_are_found_or_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="pg_dump was not found: install"):
        postgresql.tool("pg_dump", 15, folders=str(tmp_path))
    for major in (14, 16, 17):
        program = tmp_path / str(major) / "bin" / "pg_dump"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {major}.3'\n")
        program.chmod(0o755)
    assert postgresql.tool("pg_dump", 15, folders=str(tmp_path)).endswith("16/bin/pg_dump")
    with pytest.raises(
        Refused, match=r"pg_dump 17 is older than the server \(18\): install postgresql-client-18"
    ):
        postgresql.tool("pg_dump", 18, folders=str(tmp_path))


def test_a_database_that_is_away_is_told_in_a_sentence(tmp_path: Path, folder: Path) -> None:
    away = place(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Refused, match="PostgreSQL does not answer"):
        back_up(away, folder)
    with pytest.raises(Refused, match="There is no database at"):
        back_up(place(tmp_path, ""), folder)
    assert not folder.exists()


def test_the_commands_say_a_refusal_in_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(tmp_path))
