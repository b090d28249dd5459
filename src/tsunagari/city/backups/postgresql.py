"""PostgreSQL: a dump of one moment by pg_dump, and its way back beside what stands there."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql

from tsunagari.city import environment
from tsunagari.city.backups.manifest import ROOM, UNCHANGED, Facts, Refused
from tsunagari.city.backups.places import Place

FILE: Final = "tsunagari.dump"
ASIDE: Final = "before_restore"
"""The schema in which the tables stand that a restore replaces, until it has proved itself."""
PATIENCE: Final = 3.0
"""Seconds that a connection may take to go after its server was stopped."""
PACKAGES: Final = "/usr/lib/postgresql"
"""Where Debian and Ubuntu keep the programmes of each version."""

Connection = psycopg.Connection[tuple[Any, ...]]


def save(place: Place, folder: Path) -> tuple[Facts, str]:
    """Dump the database into `folder`; gives what it held at that moment, and the server's version."""
    with _connected(place) as server:
        server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        major = server.info.server_version // 10000
        snapshot = _one(server, "SELECT pg_export_snapshot()")
        _run(
            place,
            [tool("pg_dump", major), "--format=custom", "--compress=1", "--no-owner", "--no-privileges",
             "--schema=public", f"--snapshot={snapshot}", f"--file={folder / FILE}"],
        )  # fmt: skip
        return facts(server), f"PostgreSQL {major}"


def size(place: Place) -> int:
    """Bytes that the database takes on its server."""
    with _connected(place) as server:
        return int(_one(server, "SELECT pg_database_size(current_database())"))


def facts(server: Connection) -> Facts:
    """What the schema public holds."""
    names = [row[0] for row in server.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )]  # fmt: skip
    rows = {
        name: int(
            _one(server, sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name)))
        )
        for name in names
    }
    return Facts(
        rows=rows,
        ledger_position=_position(server, names),
        migrations=_migrations(server, names),
    )


def _position(server: Connection, names: Sequence[str]) -> int:
    if "ledger_cursor" not in names:
        return 0
    found = server.execute(
        "SELECT position FROM public.ledger_cursor WHERE name = 'sequencer'"
    ).fetchone()
    return int(found[0]) if found else 0


def _migrations(server: Connection, names: Sequence[str]) -> tuple[str, ...]:
    if "django_migrations" not in names:
        return ()
    found = server.execute("SELECT app || '.' || name FROM public.django_migrations ORDER BY 1")
    return tuple(row[0] for row in found)


def held(place: Place) -> Facts:
    """What stands in the database now."""
    with _connected(place) as server:
        return facts(server)


def refuse_others(place: Place) -> None:
    """Refused while a server or worker still holds a connection; one that was just closed may take a moment to go."""
    with _connected(place, autocommit=True) as server:
        until = monotonic() + PATIENCE
        while (others := _others(server)) and monotonic() < until:
            sleep(0.1)
    if others:
        raise Refused(
            f"ほかに {others} 件の接続がデータベースを使っています。先に、すべての機械のサーバーとワーカーを止めてください。{UNCHANGED.ja}",
            f"{others} other connections use the database: stop the servers and workers of every machine first. {UNCHANGED.en}",
        )


def _others(server: Connection) -> int:
    return int(_one(server,
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    ))  # fmt: skip


@contextmanager
def replaced(place: Place, folder: Path) -> Iterator[Facts]:
    """Bring the dump of `folder` into the database; what stood there comes back if the block fails.

    The tables before stand aside in a schema of their own until the block has ended well.
    """
    with _connected(place, autocommit=True) as server:
        major = server.info.server_version // 10000
        restorer = tool("pg_restore", major)
        _put_aside(server)
        try:
            hands = str(min(os.cpu_count() or 1, 4))
            _run(
                place,
                [restorer, "--no-owner", "--no-privileges", "--exit-on-error", "--schema=public",
                 f"--jobs={hands}", "--dbname", str(place.database["NAME"]), str(folder / FILE)],
            )  # fmt: skip
            _finish(server)
            yield facts(server)
        except BaseException:
            _bring_back(server)
            raise
        server.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(ASIDE)))


def bring_back(place: Place) -> None:
    """Undo a restore that was cut off: what stood there before stands again."""
    with _connected(place, autocommit=True) as server:
        if _has_aside(server):
            _bring_back(server)


def _has_aside(server: Connection) -> bool:
    return bool(_one(server, "SELECT count(*) FROM pg_namespace WHERE nspname = 'before_restore'"))


def _finish(server: Connection) -> None:
    server.execute("ANALYZE")


def _put_aside(server: Connection) -> None:
    """Move what stands in public aside. Refused where something of another restore stands there: nobody
    but a person can tell which of both is wanted."""
    if _has_aside(server):
        raise Refused(
            f"スキーマ {ASIDE} に、前の復元より前のものが残っています。public のほうが要るものなら、DROP SCHEMA {ASIDE} CASCADE としてから、もう一度実行してください。{UNCHANGED.ja}",
            f"The schema {ASIDE} holds what stood here before an earlier restore. If public is what you want, DROP SCHEMA {ASIDE} CASCADE, then begin again. {UNCHANGED.en}",
        )
    try:
        with server.transaction():
            server.execute(
                sql.SQL("ALTER SCHEMA public RENAME TO {}").format(sql.Identifier(ASIDE))
            )
            server.execute("CREATE SCHEMA public")
            server.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refused(
            f"データベースの利用者に、表を入れ替える権限がありません。所有者にしてください（ALTER DATABASE … OWNER TO …）。{UNCHANGED.ja}",
            f"The database's role may not replace its tables: make it the owner (ALTER DATABASE … OWNER TO …). {UNCHANGED.en}",
        ) from error


def _bring_back(server: Connection) -> None:
    with server.transaction():
        server.execute("DROP SCHEMA public CASCADE")
        server.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(sql.Identifier(ASIDE)))


def tool(name: str, server: int, *, folders: str = PACKAGES) -> str:
    """The programme of PostgreSQL's client that is new enough for a server of this major version.

    Raises Refused when there is none.
    """
    found = {
        place
        for place in (shutil.which(name), *map(str, Path(folders).glob(f"*/bin/{name}")))
        if place
    }
    versions = {place: _major(place) for place in found}
    fitting = [place for place, major in versions.items() if major >= server]
    if not found:
        raise Refused(
            f"{name} が見つかりません。PostgreSQL のクライアントを入れてください（Debian, Ubuntu: apt-get install postgresql-client）。",
            f"{name} was not found: install PostgreSQL's client programmes (Debian, Ubuntu: apt-get install postgresql-client).",
        )
    if not fitting:
        raise Refused(
            f"{name} {max(versions.values())} はサーバー（{server}）より古いため使えません。postgresql-client-{server} 以上を入れてください。",
            f"{name} {max(versions.values())} is older than the server ({server}): install postgresql-client-{server} or newer.",
        )
    return min(fitting, key=lambda place: (versions[place], place))


def _major(program: str) -> int:
    said = subprocess.run(  # noqa: S603 - found by its name
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"(\d+)(?:\.\d+)?", said)
    return int(number[1]) if number else 0


def _parameters(place: Place) -> dict[str, str]:
    named = {
        "host": "HOST",
        "port": "PORT",
        "user": "USER",
        "password": "PASSWORD",
        "dbname": "NAME",
    }
    given = {key: str(place.database.get(name) or "") for key, name in named.items()}
    given |= {key: str(word) for key, word in place.database.get("OPTIONS", {}).items()}
    return {key: word for key, word in given.items() if word}


@contextmanager
def _connected(place: Place, *, autocommit: bool = False) -> Iterator[Connection]:
    try:
        server = psycopg.connect(**_parameters(place), autocommit=autocommit, connect_timeout=10)  # type: ignore[arg-type]  # plain words of libpq
    except psycopg.OperationalError as error:
        raise Refused(
            "PostgreSQL が答えないか、中に入れません。TSUNAGARI_DATABASE_URL と、PostgreSQL が動いていることを確かめてください。",
            "PostgreSQL does not answer, or lets us not in: see TSUNAGARI_DATABASE_URL and whether it runs.",
        ) from error
    with server:
        yield server


def _one(server: Connection, question: LiteralString | sql.Composed) -> Any:
    row = server.execute(question).fetchone()
    return row[0] if row else None


_AS_VARIABLES: Final[Mapping[str, str]] = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
    "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
}  # fmt: skip


def _run(place: Place, words: Sequence[str]) -> None:
    """Run a programme of PostgreSQL; the password goes by the environment, where no list of processes shows it."""
    given = {_AS_VARIABLES[key]: word for key, word in _parameters(place).items()}
    done = subprocess.run(  # noqa: S603 - our own words
        words,
        env=environment.for_child(**given, LC_ALL="C"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return
    name = Path(words[0]).name
    if "No space left on device" in done.stderr:
        raise Refused(
            f"{name}: ディスクがいっぱいです。{ROOM.ja}", f"{name}: the disk is full. {ROOM.en}"
        )
    lines = [
        line for line in done.stderr.splitlines() if "error:" in line
    ] or done.stderr.splitlines()
    reason = lines[0] if lines else done.returncode
    raise Refused(
        f"{name} が止まりました（{reason}）。データベースは元のままです。理由を直してから、もう一度実行してください。",
        f"{name} stopped ({reason}). The database is as it was: mend what it names, then begin again.",
    )
