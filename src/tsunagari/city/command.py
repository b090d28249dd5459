"""The command `tsunagari`: `tsunagari serve`, `tsunagari worker`, `tsunagari ledger verify` …"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from tsunagari.city import environment

UNPREPARED = (
    "✗ データベースの準備ができていません（表がないか、この版のものではありません）。"
    "先に tsunagari migrate を実行してください。\n"
    "  The database is not prepared (its tables are missing or of another version): "
    "run tsunagari migrate first."
)
"""Said by whatever command asks for a table that is not there."""


def main() -> None:
    """Run one command; without arguments it lists them. A setting that is refused, and a database that was
    never prepared, are told in a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tsunagari.city.settings")
    zone = asked_zone(sys.argv[1:])
    if zone:
        os.environ["TSUNAGARI_ZONE"] = zone
    if sys.argv[1:2] == ["read-only"]:
        sys.argv[1] = "read_only"  # a module's name takes no hyphen
    if sys.argv[1:2] == ["serve"]:
        environment.measure_together()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refused:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"✗ {refused}")
    except DatabaseError:
        if "--traceback" in sys.argv or not _unprepared():
            raise
        sys.exit(UNPREPARED)
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell counts a Ctrl+C: who pressed it needs no trace of where


def _unprepared() -> bool:
    """Whether the database answers, and lacks tables of this version."""
    from tsunagari.city.health import unapplied  # noqa: PLC0415 - apps must be there first

    try:
        return bool(unapplied())
    except DatabaseError:
        return False


def asked_zone(words: Sequence[str]) -> str:
    """The zone in `serve --zone ZONE` or `check --zone ZONE`, else "". Settings are read once, so it must be
    known before them."""
    if not words or words[0] not in ("serve", "check"):
        return ""
    early = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--zone", nargs="?", default="")
    return early.parse_known_args(words)[0].zone or ""
