"""Scratch databases and data folders: made for one run, gone after it; and our commands run against them."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any, LiteralString

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get(
    "TSUNAGARI_LOAD_POSTGRESQL", f"postgresql://{os.environ.get('USER') or 'root'}@127.0.0.1:5432"
)
"""Where scratch databases are made; whoever is named there must be allowed to create databases."""


class Unreachable(Exception):
    """PostgreSQL does not answer, or does not let us create a database."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One installation: a data folder and a database ("" for SQLite in the folder)."""

    folder: Path
    database: str = ""
    settings: str = "tsunagari.city.settings"
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The database's address; "" for SQLite."""
        return f"{SERVER}/{self.database}" if self.database else ""

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this installation is started with."""
        clean = {
            name: text for name, text in os.environ.items() if not name.startswith("TSUNAGARI_")
        }
        return (
            clean
            | {
                "TSUNAGARI_DATA": str(self.folder),
                "TSUNAGARI_DATABASE_URL": self.address,
                "DJANGO_SETTINGS_MODULE": self.settings,
                "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            }
            | self.extra
        )

    def python(self, module: str, *words: str, limit: float = 900) -> str:
        """Run one of our modules to its end; what it said."""
        return self._finish([sys.executable, "-m", module, *words], limit)

    def figures(self, what: str) -> dict[str, int]:
        """Figures of this installation (tests/load/figures.py)."""
        found: dict[str, int] = json.loads(self.python("tests.load.figures", what))
        return found

    def command(self, *words: str) -> list[str]:
        """The words of a management command as a process takes them."""
        return [sys.executable, "-m", "django", *words]

    def run(self, *words: str, limit: float = 900) -> str:
        """Run a management command to its end; what it said."""
        return self._finish(self.command(*words), limit)

    def _finish(self, words: list[str], limit: float) -> str:
        done = subprocess.run(
            words,
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(
                f"{' '.join(words[2:])} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    @property
    def log(self) -> Path:
        """What the processes of this installation wrote to their error stream."""
        return self.folder / "log.txt"

    def start(self, words: list[str]) -> subprocess.Popen[str]:
        """Start a process in a group of its own, so that all of it can be killed."""
        with self.log.open("a") as log:
            return subprocess.Popen(
                words,
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def serve(self, module: str, port: int, processes: int = 2) -> subprocess.Popen[str]:
        """Start server processes with the edge's own server; returns when one of them answers."""
        words = [module, str(port), str(processes)]
        process = self.start([sys.executable, "-m", "tests.load.serving", *words])
        self.wait_for_line(process, "ready")
        return process

    def wait_for_line(self, process: subprocess.Popen[str], word: str, seconds: float = 60) -> None:
        """Wait until the process prints a line with `word`; RuntimeError with its last words otherwise."""
        until = time.monotonic() + seconds
        assert process.stdout
        while time.monotonic() < until:
            line = process.stdout.readline()
            if word in line:
                return
            if not line and process.poll() is not None:
                break
        last = " / ".join(self.log.read_text().splitlines()[-3:])
        raise RuntimeError(f"{process.args!r} did not say {word!r}: {last}")

    @contextmanager
    def serving(self, module: str, processes: int = 2) -> Iterator[int]:
        """Serve `module` meanwhile; gives the port."""
        port = free_port()
        process = self.serve(module, port, processes)
        try:
            yield port
        finally:
            process.terminate()
            process.communicate(timeout=60)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9 to the process and all its children at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)


def administer(statement: LiteralString, **names: str) -> None:
    """One statement on the server itself; `names` are quoted as identifiers."""
    try:
        with psycopg.connect(
            f"{SERVER}/postgres", autocommit=True, connect_timeout=3
        ) as connection:
            connection.execute(
                sql.SQL(statement).format(
                    **{key: sql.Identifier(name) for key, name in names.items()}
                )
            )
    except psycopg.OperationalError as error:
        raise Unreachable(
            f"PostgreSQL at {SERVER} cannot be used ({str(error).strip().splitlines()[0]}); "
            "start it, or name another with TSUNAGARI_LOAD_POSTGRESQL=postgresql://user:password@host:port."
        ) from error


def version() -> str:
    """PostgreSQL's own word about itself."""
    try:
        with psycopg.connect(f"{SERVER}/postgres", connect_timeout=3) as connection:
            return f"PostgreSQL {connection.info.server_version // 10000}"
    except psycopg.OperationalError:
        return "no PostgreSQL"


def drop(name: str) -> None:
    """Drop a database and whoever still holds it."""
    administer("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


@contextmanager
def installation(*, postgresql: bool, **more: Any) -> Iterator[Place]:
    """A migrated installation for one measurement."""
    with tempfile.TemporaryDirectory(prefix="tsunagari_load_") as folder:
        name = f"tsunagari_load_{token_hex(4)}" if postgresql else ""
        if name:
            administer("CREATE DATABASE {name}", name=name)
        try:
            place = Place(folder=Path(folder), database=name, **more)
            place.run("migrate", "--verbosity", "0")
            yield place
        finally:
            if name:
                drop(name)


@contextmanager
def empty_installation(**more: Any) -> Iterator[Place]:
    """A place with a database of its own and nothing in it, for what is restored."""
    with tempfile.TemporaryDirectory(prefix="tsunagari_load_") as folder:
        name = f"tsunagari_load_{token_hex(4)}"
        administer("CREATE DATABASE {name}", name=name)
        try:
            yield Place(folder=Path(folder), database=name, **more)
        finally:
            drop(name)
