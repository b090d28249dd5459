"""Part restore: a city-sized database backed up while it could be used, restored into an empty place, and compared."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.load import scratch
from tests.load.pages import fill
from tests.load.report import Report

EVENTS = int(os.environ.get("TSUNAGARI_LOAD_RESTORE_EVENTS", "10000000"))
"""Entries of the ledger: five years of a city in which each of 200,000 residents does ten things a year."""
RESIDENTS = 200_000
UPLOADS, UPLOAD_BYTES = 2_000, 500_000
GOAL = 60.0
"""Minutes until the site could be started again."""
SETTINGS = "tests.load.settings"

ACCOUNTS = """
INSERT INTO identity_account (password, is_superuser, public_id, kind, login_name, email, work_email, name, kana, language, is_active, made_at)
SELECT 'pbkdf2_sha256$1000000$' || md5(n::text) || '$' || md5((n + 1)::text), false, lpad(n::text, 22, 'R'), 'resident', '',
       'resident' || n || '@example.jp', '', '住民' || n, 'じゅうみん', '', true, now()
FROM generate_series(1, %(residents)s) AS n
"""


def measure(report: Report) -> None:
    """Fill one installation, back it up, restore it into another, and compare by the manifest, the ledger and the sums."""
    report.heading(f"A backup of {EVENTS:,} events restored (PostgreSQL)")
    try:
        with (
            scratch.installation(postgresql=True, settings=SETTINGS) as full,
            scratch.empty_installation(settings=SETTINGS) as empty,
        ):
            _fill(report, full)
            _there_and_back(report, full, empty)
    except scratch.Unreachable as fault:
        report.line(f"not measured: {fault}")


def _fill(report: Report, full: scratch.Place) -> None:
    filled = fill(full, EVENTS)
    with psycopg.connect(full.address, autocommit=True) as server:
        server.execute(ACCOUNTS, {"residents": RESIDENTS})
    sealed = _minutes(lambda: full.run("ledger", "seal", limit=7200))
    media = full.folder / "media" / "documents"
    media.mkdir(parents=True)
    held = os.urandom(UPLOAD_BYTES)
    uploads = max(1, UPLOADS * EVENTS // 10_000_000)
    for number in range(uploads):
        (media / f"{number}.pdf").write_bytes(number.to_bytes(8, "big") + held)
    with psycopg.connect(full.address) as server:
        row = server.execute("SELECT pg_database_size(current_database())").fetchone()
    size = row[0] if row else 0
    report.line(
        f"what it holds: {EVENTS:,} events over five years, {EVENTS // 10:,} batches of page views with their sums, {RESIDENTS:,} accounts, "
        f"{uploads:,} uploaded files; the database takes {size / 1e9:.2f} GB. Filled in {filled.rows / 60 + filled.sums / 60:.1f} minutes, sealed in {sealed:.1f}"
    )


def _there_and_back(report: Report, full: scratch.Place, empty: scratch.Place) -> None:
    folder = Path(f"{full.folder}-backup")
    try:
        made = _minutes(lambda: full.run("backup", str(folder), limit=7200))
        bytes_held = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        report.line(f"backup in {made:.1f} minutes, {bytes_held / 1e9:.2f} GB on the disk")
        said: list[str] = []
        took = _minutes(lambda: said.append(empty.run("restore", str(folder), limit=7200)))
        for sentence in said[0].splitlines():
            if "✓" in sentence:
                report.line(f"proved: {sentence.partition('✓')[2].strip()}")
        report.goal(
            f"restored and proved in {took:.1f} minutes (goal ≤ {GOAL:.0f})", reached=took <= GOAL
        )
        there, here = full.figures("events"), empty.figures("events")
        report.goal(
            f"ledger, followers and sums of both agree ({len(here)} figures; {here['all entries']:,} entries up to position {here['last position']:,})",
            reached=there == here,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _minutes(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return (time.monotonic() - begun) / 60
