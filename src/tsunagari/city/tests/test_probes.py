"""A watching machine asks /livez, /healthz and /metrics: of the real database, and of several processes in a staff zone."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from tests.ports import kept_port

from tsunagari.city.health import Health
from tsunagari.city.measurements import exposition
from tsunagari.kernel.jobs import api as jobs
from tsunagari.kernel.marks import api as marks

MAIN = "from tsunagari.city.command import main; main()"
PATIENCE = 120.0


class Seconds:
    """A clock that only grows when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.django_db
def test_a_process_is_ready_with_its_database_and_its_tables() -> None:
    assert Health().faults() == []


@pytest.mark.django_db
def test_a_process_is_not_ready_before_its_tables_are_those_of_its_version() -> None:
    MigrationRecorder.Migration.objects.filter(app="marks", name="0001_initial").delete()
    assert Health().faults() == [
        "database: its tables are of another version; run tsunagari migrate"
    ]


@pytest.mark.django_db
def test_a_database_that_goes_away_and_comes_back_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = Seconds()
    health = Health(now=seconds)
    assert health.faults() == []
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", _away)
        broken.setattr(connection, "close", lambda: None)
        assert health.faults() == []  # asked within the same second
        seconds.now = 2
        assert health.faults() == ["database: does not answer"]
    seconds.now = 4
    assert health.faults() == []


def _away() -> None:
    raise DatabaseError("hanako@example.jp")


def figures(text: str) -> dict[str, float]:
    """Each sample of an exposition by its name and labels."""
    samples = re.findall(r"^(tsunagari_\S+) (\S+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in samples}


@pytest.mark.django_db
def test_the_measurements_tell_of_jobs_the_ledger_views_and_the_last_backup() -> None:
    now = datetime(2027, 3, 31, 15, tzinfo=UTC)
    marks.leave_mark("backup", clock=lambda: now - timedelta(hours=3))
    found = figures(exposition(clock=lambda: now).decode())
    assert found["tsunagari_database_up"] == 1
    assert found["tsunagari_backup_age_seconds"] == 3 * 3600
    assert found['tsunagari_build_info{city="nishitokyo",version="0.1.0",zone="all"}'] == 1
    for name in (
        'jobs{state="waiting"}',
        'jobs{state="running"}',
        'jobs{state="failed"}',
        "jobs_oldest_waiting_seconds",
        "workers_alive",
        "ledger_position",
        "ledger_waiting",
        "ledger_seals",
        "ledger_seal_age_seconds",
        "views_waiting",
        "views_unwritten",
    ):
        assert f"tsunagari_{name}" in found


@pytest.mark.django_db
def test_a_database_that_is_away_is_a_figure_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "work", lambda _: _away())
    monkeypatch.setattr(connection, "close", lambda: None)
    found = figures(exposition().decode())
    assert found["tsunagari_database_up"] == 0
    assert "tsunagari_ledger_position" not in found


@contextmanager
def serving(data: Path, zone: str, processes: int) -> Iterator[int]:
    """`tsunagari serve` on a database without tables."""
    with kept_port() as keeper:
        port: int = keeper.getsockname()[1]
        environment = os.environ | {
            "TSUNAGARI_DATA": str(data),
            "TSUNAGARI_DATABASE_URL": "",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        words = [sys.executable, "-c", MAIN, "serve", "--zone", zone, "--port", str(port)]
        server = subprocess.Popen(
            [*words, "--processes", str(processes)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout
            while not server.stdout.readline().startswith("Tsunagari"):
                assert server.poll() is None
            yield port
            server.terminate()
            assert server.wait(timeout=PATIENCE) == 0
        finally:
            server.kill()
            server.communicate()


def ask(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    """One request on a connection of its own, so that every process has its turn."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request(method, path, headers={"Host": "10.0.0.7"})  # by number: no name of the site
    answer = line.getresponse()
    said = answer.status, answer.read().decode()
    line.close()
    return said


def test_a_staff_zone_answers_machines_with_the_sum_over_its_processes(tmp_path: Path) -> None:
    with serving(tmp_path, "lgwan", processes=2) as port:
        assert ask(port, "/livez") == (200, "alive\n")
        status, said = ask(port, "/healthz")
        assert status == 503  # nobody has made its tables yet
        assert "tsunagari migrate" in said
        assert ask(port, "/healthz", "HEAD") == (503, "")
        for _ in range(30):
            ask(port, "/console/account/login/")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = figures(ask(port, "/metrics")[1])
            if found["tsunagari_server_processes"] == 2:
                break
        counted = [held for name, held in found.items() if "request_seconds_count" in name]
        assert sum(counted) == 30
        assert found["tsunagari_server_processes"] == 2
        assert found["tsunagari_database_up"] == 0
