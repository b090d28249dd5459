"""The report: printed while it grows and kept as Markdown; ratios and verdicts first."""

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.load import scratch


def machine() -> str:
    """The machine in one line: a figure without it says nothing."""
    model = "unknown processor"
    cpuinfo, meminfo = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if cpuinfo.exists():
        names = [
            line.partition(":")[2].strip()
            for line in cpuinfo.read_text().splitlines()
            if line.startswith("model name")
        ]
        model = names[0] if names else model
    memory = int(meminfo.read_text().split()[1]) // 2**20 if meminfo.exists() else 0
    return (
        f"{os.cpu_count()} cores ({model}), {memory} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {scratch.version()}; load before: {os.getloadavg()[0]:.1f}"
    )


@dataclass
class Report:
    """One run. A goal missed is written as missed."""

    parts: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    machine: str = field(default_factory=machine)
    part: str = ""

    def heading(self, text: str) -> None:
        """Begin a part."""
        self.part = text
        self._add(f"\n## {text}\n")

    def line(self, text: str) -> None:
        """One finding."""
        self._add(f"- {text}")

    def goal(self, text: str, *, reached: bool) -> None:
        """One goal, with the figure in `text`."""
        verdict = f"**{'reached' if reached else 'MISSED'}**: {text}"
        self.verdicts.append(f"{self.part}: {verdict}")
        self._add(f"- {verdict}")

    def _add(self, text: str) -> None:
        print(text, flush=True)
        self.parts.append(text)

    def write(self, folder: Path) -> Path:
        """Keep the report under the moment it began."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.began:%Y%m%dT%H%M%SZ}.md"
        head = [
            f"# bin/load, {self.began:%Y-%m-%d %H:%M} UTC",
            "",
            self.machine,
            "",
            *(f"- {word}" for word in self.verdicts),
        ]
        path.write_text("\n".join([*head, *self.parts]) + "\n")
        return path
