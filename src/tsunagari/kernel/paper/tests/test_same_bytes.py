"""The same document is the same file: for whoever made it, whenever, in whichever zone of time."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from tsunagari.kernel.paper.api import PaperFault
from tsunagari.kernel.paper.tests.pages import MADE_AT, document

_ELSEWHERE = """
import django, hashlib
django.setup()
from tsunagari.kernel.paper.tests.pages import document
print(hashlib.sha256(document()).hexdigest())
"""


def test_two_makings_are_one_file() -> None:
    assert document() == document()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_another_process_in_another_zone_makes_the_same_file(zone: str) -> None:
    made = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        env=os.environ | {"TZ": zone, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.strip() == sha256(document()).hexdigest()


def test_the_same_moment_said_in_another_zone_is_the_same_file() -> None:
    there = MADE_AT.astimezone(timezone(timedelta(hours=9)))
    assert document(made_at=there) == document()


def test_another_moment_or_another_word_is_another_file() -> None:
    others = {document(made_at=datetime(2027, 4, 1, tzinfo=UTC)), document("ほかの本文")}
    assert document() not in others
    assert len(others) == 2


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(PaperFault, match="made_at has no zone"):
        document(made_at=datetime(2027, 4, 1))  # noqa: DTZ001 - the fault under test
