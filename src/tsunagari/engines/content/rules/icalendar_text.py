"""Events as iCalendar (RFC 5545): lines of at most 75 octets, text escaped, times in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_LONGEST: Final = 73


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """What a calendar wants of an event. `address` begins with the stroke after the host."""

    public_id: str
    title: str
    summary: str
    address: str
    place: str
    begins: datetime
    ends: datetime | None
    changed_at: datetime


def calendar_of(events: Iterable[CalendarEvent], *, name: str, origin: str) -> str:
    """A whole calendar. `origin` is put before addresses: https://city.example."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tsunagari//content//JA",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for event in events:
        lines += _event(event, origin)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: CalendarEvent, origin: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.public_id}@{origin.partition('://')[2]}",
        f"DTSTAMP:{_moment(event.changed_at)}",
        f"DTSTART:{_moment(event.begins)}",
        *([f"DTEND:{_moment(event.ends)}"] if event.ends else []),
        f"SUMMARY:{_escaped(event.title)}",
        *([f"DESCRIPTION:{_escaped(event.summary)}"] if event.summary else []),
        *([f"LOCATION:{_escaped(event.place)}"] if event.place else []),
        f"URL:{origin}{event.address}",
        "END:VEVENT",
    ]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Long lines go on after a line break and a space; never within a character."""
    parts: list[str] = []
    part = ""
    for sign in line:
        if len((part + sign).encode()) > _LONGEST:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
