"""What the last test of accessibility found: the file that the tests in a browser write."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).resolve().parents[1] / "data" / "accessibility.json"
"""Written by `bin/test` where TSUNAGARI_NOTE_ACCESSIBILITY is set: {"day": "2026-11-22", "tool": "axe-core 4.11.0",
"pages": 62, "findings": 0, "exceptions": [{"seen": …, "rule": …, "where": …, "why": …}]}."""


@dataclass(frozen=True, kw_only=True)
class LastResult:
    """The last test: how many views of pages it looked at and how many faults it found."""

    day: date
    tool: str
    pages: int
    findings: int


def last_test(file: Path = FILE) -> LastResult | None:
    """The last test; None where there was none, or its file cannot be read: then nothing is claimed."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return LastResult(
            day=date.fromisoformat(said["day"]),
            tool=str(said["tool"]),
            pages=int(said["pages"]),
            findings=int(said["findings"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
