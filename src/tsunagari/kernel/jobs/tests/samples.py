"""Jobs for the tests: each leaves a mark in a folder, so that its runs can be counted from outside."""

import sys
import time
from pathlib import Path

from tsunagari.kernel.jobs.api import job


@job()
def mark(folder: str, name: str) -> str:
    """Leave one line per run."""
    with (Path(folder) / name).open("a") as file:
        file.write("ran\n")
    return name


@job(attempts=2)
def break_down(secret: str) -> None:
    """Fail with a message that repeats what a person typed."""
    raise LookupError(f"no case of {secret}")


@job()
def wait_for_file(folder: str) -> None:
    """Say that it runs and how often, then end only when a file appears."""
    place = Path(folder)
    with (place / "started").open("a") as file:
        file.write("ran\n")
    while not (place / "go").exists():
        time.sleep(0.02)
    (place / "ended").touch()


@job(attempts=1)
def leave() -> None:
    """Do what a library does that thinks it is a program."""
    sys.exit(3)


@job(priority=10)
def urgent() -> None:
    """Overtake the others."""


@job()
def plain() -> int:
    """Do nothing and say so."""
    return 1
