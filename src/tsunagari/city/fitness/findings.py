"""What a look at an installation says: a check with its name, and findings with their mend, in both languages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tsunagari.city.both import Both

Level = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Finding(Both):
    """What is wrong, in one sentence with its mend. An error refuses; a warning lets pass."""

    level: Level


@dataclass(frozen=True, kw_only=True)
class Check(Both):
    """Something that is looked at. `look` yields findings; none when it is right."""

    id: str
    look: Callable[[], Iterable[Finding]]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A check and what was found."""

    check: Check
    findings: tuple[Finding, ...]

    @property
    def level(self) -> str:
        """The worst of its findings: "error", "warning" or "ok"."""
        levels = {finding.level for finding in self.findings}
        return "error" if "error" in levels else "warning" if levels else "ok"


def error(ja: str, en: str) -> Finding:
    """A finding that refuses."""
    return Finding(level="error", ja=ja, en=en)


def warning(ja: str, en: str) -> Finding:
    """A finding that lets pass."""
    return Finding(level="warning", ja=ja, en=en)


def look_at(checks: Iterable[Check]) -> Iterator[Looked]:
    """Look at all in order. What cannot be looked at is a finding as well, and stops none of the others."""
    for check in checks:
        try:
            found = tuple(check.look())
        except Exception as fault:  # noqa: BLE001 - whatever one look meets, the next has its turn
            found = (
                error(
                    f"確かめられませんでした（{type(fault).__name__}）。データベースの設定を先に直してください。",
                    f"This could not be looked at ({type(fault).__name__}): mend the database first.",
                ),
            )
        yield Looked(check=check, findings=found)
