"""Where a fetched page or file is put, so that it is found again by its address; and what a robots.txt allows."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.robotparser import RobotFileParser

AGENT: Final = "TsunagariImport"
"""By this name a robots.txt may speak to us."""

LONGEST_DELAY: Final = 30.0
"""Seconds between two questions that a site may ask of us; one that wants more is not fetched at all."""

_ENDINGS: Final = 8
_HOST: Final = re.compile(r"^\w[\w.:-]*$")


def file_name(address: str) -> str | None:
    """Below the folder: www.city.example.jp/gomi/index.html; None for an address that no file can be called by.

    A folder's page is its index.html, a page without an ending has .html, a question stays in the name: as programs
    that save a site do it, and as `OldSource` looks for it.
    """
    parts = urlsplit(address)
    path = unquote(parts.path).lstrip("/")
    steps = path.split("/")
    if (
        not _HOST.match(parts.hostname or "")
        or "\0" in path
        or any(step in (".", "..") for step in steps)
    ):
        return None
    last = steps[-1]
    if parts.query:
        path += f"?{parts.query}"
    elif not last:
        path += "index.html"
    elif not 0 < len(last.rpartition(".")[2]) < _ENDINGS or "." not in last:
        path += ".html"
    if "?" in path and "/" in path.partition("?")[2]:
        return None
    if any(len(step.encode()) > 240 or not step for step in path.split("/")):
        return None
    return f"{parts.hostname}/{path}"


class Robots:
    """What one host allows. `text` is its robots.txt; None where it has none (then everything is allowed)."""

    def __init__(self, text: str | None) -> None:
        self._rules = RobotFileParser()
        self._rules.parse((text or "").splitlines())

    def allows(self, address: str) -> bool:
        """Whether an address may be fetched."""
        return self._rules.can_fetch(AGENT, address)

    @property
    def delay(self) -> float:
        """Seconds that it wants between two questions, 0 where it says nothing."""
        return float(self._rules.crawl_delay(AGENT) or 0)
