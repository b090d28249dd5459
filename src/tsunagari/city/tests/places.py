"""Small places with a database of their own, for tests of backups: as much of an installation as they need."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

from tsunagari.city import environment
from tsunagari.city.backups.places import Place

KEY = "k" * 60
TABLES = """
CREATE TABLE ledger_cursor (name varchar(100) PRIMARY KEY, position bigint);
CREATE TABLE django_migrations (id integer PRIMARY KEY, app varchar(50), name varchar(50));
CREATE TABLE notes (id integer PRIMARY KEY, said varchar(50));
INSERT INTO ledger_cursor VALUES ('sequencer', 3);
INSERT INTO django_migrations VALUES (1, 'notes', '0001_initial');
INSERT INTO notes VALUES (1, '市役所'), (2, 'second');
"""


def postgresql_is_tested() -> bool:
    """Whether this run of the tests has a PostgreSQL server."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")


@contextmanager
def own_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a new empty database: "" for SQLite in the folder, else one on the tests' server, dropped after."""
    if kind == "sqlite":
        yield ""
        return
    server = urlsplit(os.environ["TSUNAGARI_DATABASE_URL"])
    name = f"tsunagari_backup_{token_hex(4)}"
    # The named database itself need not exist: Django makes another one for its tests.
    door = urlunsplit(server._replace(path="/postgres"))
    _administer(door, "CREATE DATABASE {}", name)
    try:
        yield urlunsplit(server._replace(path=f"/{name}"))
    finally:
        _administer(door, "DROP DATABASE {} WITH (FORCE)", name)


def _administer(address: str, statement: Any, name: str) -> None:
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(name)))


def place(folder: Path, address: str, *, key: str = KEY, city: str = "sample") -> Place:
    """A place whose data lie in `folder`."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    with _set("TSUNAGARI_DATABASE_URL", address):
        database = environment.database(data)
    return Place(
        data=data, media=data / "media", database=database, city=city, key=key, key_is_given=False
    )


@contextmanager
def _set(name: str, text: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = text
    yield
    os.environ.pop(name)
    if before is not None:
        os.environ[name] = before


def as_kind(given: Place, engine: str) -> Place:
    """The same place with another kind of database."""
    return replace(given, database={**given.database, "ENGINE": engine})


def execute(given: Place, statements: str) -> None:
    """Statements on the place's database."""
    if given.kind == "sqlite":
        with closing(sqlite3.connect(given.database_file)) as file:
            file.executescript(statements)
        return
    with psycopg.connect(address_of(given), autocommit=True) as server:
        server.execute(statements.encode())


def address_of(given: Place) -> str:
    """PostgreSQL's address of the place."""
    held = given.database
    return (
        f"host={held['HOST']} port={held['PORT'] or 5432} user={held['USER']} dbname={held['NAME']}"
        + (f" password={held['PASSWORD']}" if held["PASSWORD"] else "")
    )


def content(given: Place) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, in an order that does not depend on how they lie."""
    if given.kind == "sqlite":
        with closing(sqlite3.connect(given.database_file)) as file:
            names = file.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
            return {
                name: sorted(file.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                for (name,) in names.fetchall()
            }
    with psycopg.connect(address_of(given)) as server:
        found = server.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        return {
            name: sorted(
                server.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))).fetchall(),
                key=repr,
            )
            for (name,) in found
        }


def uploads_of(given: Place) -> dict[str, bytes]:
    """Every uploaded file by its path."""
    return {
        file.relative_to(given.media).as_posix(): file.read_bytes()
        for file in given.media.rglob("*")
        if file.is_file()
    }
