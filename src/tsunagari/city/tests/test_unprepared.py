"""A command that meets a database without tables says what to run first."""

import os
import subprocess
import sys
from pathlib import Path

from tsunagari.city.command import UNPREPARED

MAIN = "from tsunagari.city.command import main; main()"


def _run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "TSUNAGARI_DATA": str(data),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    environment.pop("TSUNAGARI_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-c", MAIN, *words],
        env=environment, cwd=data, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_it_is_told_in_a_sentence_and_without_a_trace(tmp_path: Path) -> None:
    told = _run(tmp_path, "plan", "template", "--code", "policy-2024-2028")
    assert (told.returncode, told.stderr.strip()) == (1, UNPREPARED)
    asked = _run(tmp_path, "plan", "--traceback", "template", "--code", "policy-2024-2028")
    assert "no such table" in asked.stderr
    assert "Traceback" in asked.stderr
