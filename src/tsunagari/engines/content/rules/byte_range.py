"""Which part of a file a browser asks for (RFC 9110, 14.2): players fetch a video piece by piece."""

import re
from typing import Final

_ONE: Final = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")


class NoSuchPart(ValueError):
    """The part lies behind the end of the file."""


def asked_part(header: str, length: int) -> tuple[int, int] | None:
    """First and last byte; None for the whole file, also where several parts are asked for or nothing sensible is."""
    found = _ONE.match(header.replace(" ", ""))
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        wanted = int(found[2])
        if not wanted or not length:
            raise NoSuchPart
        return max(length - wanted, 0), length - 1
    first = int(found[1])
    last = min(int(found[2]), length - 1) if found[2] else length - 1
    if found[2] and int(found[2]) < first:
        return None
    if first >= length:
        raise NoSuchPart
    return first, last
