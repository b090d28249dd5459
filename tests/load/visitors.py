"""Visitors of our own: a bounded number of requests over loopback, each visitor on one kept connection."""

import asyncio
import re
import time
from bisect import bisect_right
from dataclasses import dataclass, field

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)


@dataclass
class Tally:
    """What the visitors saw. A request is `unknown` when the line broke after it was sent."""

    wanted: int
    begun: int = 0
    unknown: int = 0
    refused: int = 0
    other: int = 0
    moments: list[float] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """Whole answers with 200 that a visitor held in hand."""
        return len(self.moments)

    def in_the_second_before(self, moment: float) -> int:
        """How many answers came in the last second before `moment` (time.monotonic)."""
        return bisect_right(self.moments, moment) - bisect_right(self.moments, moment - 1)


async def _body(reader: asyncio.StreamReader, head: bytes) -> None:
    length = _LENGTH.search(head)
    if length:
        await reader.readexactly(int(length.group(1)))
        return
    if not _CHUNKED.search(head):
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


async def _visit(port: int, request: bytes, tally: Tally, until: float) -> None:
    """One connection until it breaks, the wanted number is reached or the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while tally.begun < tally.wanted and time.monotonic() < until:
            tally.begun += 1
            try:
                writer.write(request)
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
                await _body(reader, head)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                tally.unknown += 1
                return
            if head.startswith(b"HTTP/1.1 200 "):
                tally.moments.append(time.monotonic())
            else:
                tally.other += 1
            if b"connection: close" in head.lower():
                return
    finally:
        writer.close()


async def visitor(port: int, path: str, tally: Tally, until: float) -> None:
    """One visitor: comes back when the server is away, and never asks more than is wanted."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: {FIREFOX}\r\n"
        "Accept: text/html\r\nAccept-Language: ja\r\n\r\n"
    ).encode()
    while tally.begun < tally.wanted and time.monotonic() < until:
        try:
            await _visit(port, request, tally, until)
        except OSError:
            tally.refused += 1
            await asyncio.sleep(0.05)
