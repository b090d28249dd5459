"""The two forms of a line, as text for eyes and as JSON for machines; both pass through the same sieve.

What is told of a person never comes this far by our own code; what a library's message may repeat
(an address asked for, a value the database refused) is taken out here.
"""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from logging import LogRecord
from typing import Any

from tsunagari.kernel.logs.context import facts_now
from tsunagari.kernel.logs.faults import chain_of, error_name, place_of

REFUSALS = "django.security."
"""Django names the logger after the class of what it refused; its message repeats what was sent."""

_SIEVE = (
    (re.compile(r"[^\s@<>\"'=:,;()]+@[^\s@<>\"',;()]+\.[^\s@<>\"',;()]+"), "[mail]"),
    (re.compile(r"(?i)\b(bearer|token|password|secret|key)(\s*[=:]\s*|\s+)\S+"), r"\1\2[…]"),
    (re.compile(r"\?[^\s\"']*=[^\s\"']*"), "?[…]"),
    (re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{4}(?!\d)"), "[telephone]"),
)
_MAYBE_ADDRESS = re.compile(r"(?<![\w:.])[0-9A-Fa-f:.]{3,45}(?![\w:])")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def sieved(text: str) -> str:
    """The text without mail addresses, network addresses, queries and secrets, and in one line."""
    for pattern, instead in _SIEVE:
        text = pattern.sub(instead, text)
    return _BREAKS.sub(" ", _MAYBE_ADDRESS.sub(_without_address, text))


def _without_address(found: re.Match[str]) -> str:
    try:
        ip_address(found[0].rstrip("."))
    except ValueError:
        return found[0]
    return "[address]"


def message_of(record: LogRecord) -> str:
    """What the record says, without what a person may have sent."""
    refused = record.name.removeprefix(REFUSALS)
    if refused not in (record.name, "csrf"):
        return f"refused: {refused}"
    if isinstance(record.args, tuple):
        record.args = tuple(_told(each, record) for each in record.args)
    said = error_name(record.msg) if isinstance(record.msg, BaseException) else record.getMessage()
    return sieved(said)


def _told(held: object, record: LogRecord) -> object:
    """A part of the message. Beside a request Django repeats its path and, after a dash, what came with it."""
    if isinstance(held, BaseException):
        return error_name(held)
    if isinstance(held, str) and hasattr(record, "request"):
        return _facts(record).get("page", "a page") if held[:1] == "/" else held.partition(" - ")[0]
    return held


def page_of(request: object) -> str:
    """The name of the page that answers a request (`website:home`), "" when none was found: never its path."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    name = match.url_name or getattr(match, "_func_path", "").rpartition(".")[2] or "unnamed"
    return ":".join([*match.namespaces[:1], name])


def _facts(record: LogRecord) -> Mapping[str, Any]:
    named = page_of(getattr(record, "request", None))
    own: Mapping[str, Any] = getattr(record, "facts", {})
    return {**facts_now(), **({"page": named} if named else {}), **own}


def _fault(record: LogRecord) -> BaseException | None:
    return record.exc_info[1] if isinstance(record.exc_info, tuple) else None


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, then what it is about, then the fault."""

    def format(self, record: LogRecord) -> str:
        """The record as one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
            **_facts(record),
        }
        if (error := _fault(record)) is not None:
            line["error"] = [error_name(link) for link in chain_of(error)]
            line["at"] = place_of(error.__traceback__).splitlines()
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """A line as people read it; a fault's places follow indented.

    `whole` shows faults with their messages, for a developer's own machine only.
    """

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._whole = whole

    def format(self, record: LogRecord) -> str:
        """The record as one line, and more for a fault."""
        if self._whole:
            return super().format(record)
        said = message_of(record)
        pairs = (f"{name}={held}" for name, held in _facts(record).items())
        facts = " ".join(pair for pair in pairs if pair not in said)
        head = f"{self.formatTime(record)} {record.levelname} {record.name}: {said}"
        lines = [f"{head} [{facts}]" if facts else head]
        if (error := _fault(record)) is not None:
            lines += [f"  {error_name(link)}" for link in chain_of(error)]
            lines += [f"    {place}" for place in place_of(error.__traceback__).splitlines()]
        return "\n".join(lines)
