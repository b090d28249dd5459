"""The second run of the suite, on another database, leaves out only what asks none."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK_NONE = (
    "src/tsunagari/kernel/i18n/tests/test_eras.py::",
    "src/tsunagari/city/tests/test_history_years.py::test_a_file_tells_no_half_things[",
)
ASK = (
    "src/tsunagari/kernel/identity/tests/test_posts.py::",  # by mark
    "src/tsunagari/city/tests/test_history_years.py::test_each_year",  # by rows of their module
    "src/tsunagari/city/tests/test_backups.py::",  # by databases of their own
)
FILES = sorted({each.partition("::")[0] for each in ASK_NONE + ASK})


def _collected(*options: str) -> set[str]:
    """The tests that pytest would run."""
    words = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*words, *options, *FILES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {line for line in done.stdout.splitlines() if "::" in line}


@pytest.mark.slow
def test_only_what_asks_no_database_is_left_out() -> None:
    everything = _collected()
    for beginning in ASK_NONE + ASK:
        assert any(each.startswith(beginning) for each in everything), beginning
    left_out = everything - _collected("--asking-database")
    assert left_out == {each for each in everything if each.startswith(ASK_NONE)}
