"""A real installation for the browser: own data folder, served and worked by the real commands."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.ports import kept_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds within which a process must answer or stop; far above what it takes, so that a busy machine is no failure."""


@dataclass(kw_only=True)
class Site:
    """An installation under test: where it answers, where its data lies, and its processes."""

    data: Path
    keeper: socket.socket
    """Keeps the port for it; see tests/ports.py."""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    sessions: dict[str, Any] = field(default_factory=dict)
    """Cookies of clerks who have signed in, by login."""
    codes: set[tuple[str, str]] = field(default_factory=set)
    """One-time codes that were given, with the login."""
    city: str = ""
    """The pack it stands on; "" for that of the environment."""
    database: str = ""
    """Its database as an address; "" for SQLite beside its data."""
    mail: str = ""
    """Where it sends mail (TSUNAGARI_MAIL_URL); "" for files beside its data."""

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.keeper.getsockname()[1])

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "TSUNAGARI_DATA": str(self.data),
            "TSUNAGARI_DEMO": "1",
            "TSUNAGARI_MAIL_URL": self.mail,
            "TSUNAGARI_DATABASE_URL": self.database,
            **({"TSUNAGARI_CITY": self.city} if self.city else {}),
            "DJANGO_SETTINGS_MODULE": "tsunagari.city.settings",
        }

    def run(self, *words: str) -> str:
        """Run one command of `tsunagari` to its end; gives what it printed, and fails with its words."""
        done = subprocess.run(
            [sys.executable, "-m", "django", *words],
            env=self.environment,
            cwd=self.data,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"tsunagari {' '.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start one command that runs until it is stopped; what it says goes to a file beside the data."""
        log = (self.data / f"{words[0]}.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-m", "django", *words],
            env=self.environment,
            cwd=self.data,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        self.processes.append(process)
        return process

    def said(self, name: str) -> str:
        """What a started command has said so far."""
        return (self.data / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def wait_until_it_answers(self) -> None:
        """Return as soon as the first page comes; fail with the server's words when it does not."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urlopen(self.address + "/", timeout=5):
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise AssertionError(f"the site did not answer:\n{self.said('serve')}")

    def stop(self) -> list[int]:
        """Stop every process as an operator does (SIGTERM); gives their exit codes."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        return [process.wait(timeout=PATIENCE) for process in self.processes]


def open_site(data: Path, *, mail: str = "", database: str = "") -> Site:
    """Make a new installation in `data` with the city pack and the demo accounts, and start it."""
    data.mkdir(parents=True, exist_ok=True)
    site = Site(data=data, keeper=kept_port(), mail=mail, database=database)
    site.run("migrate", "--no-input", "-v", "0")
    site.run("city", "load")
    site.run("search", "rebuild")
    (data / "demo-accounts.txt").write_text(site.run("demo_accounts"), encoding="utf-8")
    site.run("collectstatic", "--no-input", "-v", "0")
    try:
        site.start("worker")
        site.start("serve", "--port", str(site.port), "--processes", "1")
        site.wait_until_it_answers()
    except BaseException:
        site.stop()
        raise
    return site


def browser_path() -> str | None:
    """Debian's chromium, or the browser named in TSUNAGARI_BROWSER; None where there is none."""
    named = os.environ.get("TSUNAGARI_BROWSER", "")
    return (
        named
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
