"""Ask an address of another host whether it lives, without ever asking a machine of somebody's own network."""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from tsunagari.engines.content.rules.hosts import Unaskable, host_and_port, is_public

TIMEOUT: Final = 10
"""Seconds for each step: to connect, to answer."""

MOST_REDIRECTS: Final = 5
_MOVED: Final = (301, 302, 303, 307, 308)
_ASK_IN_FULL: Final = (400, 403, 404, 405, 406, 410, 500, 501, 503)
"""Answers to HEAD that many servers give only because it was HEAD."""

_HEADERS: Final = {
    "User-Agent": "TsunagariLinkCheck/1.0 (a city's site asks whether its links live)",
    "Accept": "*/*",
    "Accept-Language": "ja,en;q=0.5",
    "Connection": "close",
}

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host name; raises OSError where there are none."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an address answered: an HTTP status, 0 for no answer, None for an address that is never asked."""

    status: int | None


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, as this machine's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def ask_address(
    address: str, *, resolving: Resolve = resolve, allowed: Callable[[str], bool] = is_public
) -> Answer:
    """Ask with HEAD, then with GET where HEAD was refused; follow at most five redirects, each checked anew.

    Not a byte of a body is read. `allowed` says to which IP addresses a connection may be made: every address of a
    host must be allowed, and the one that was checked is the one that is asked.
    """
    present = address
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, onward = _ask(present, "HEAD", resolving, allowed)
            if status in _ASK_IN_FULL:
                status, onward = _ask(present, "GET", resolving, allowed)
            if status not in _MOVED or not onward:
                return Answer(status=status)
            present = urljoin(present, onward)
    except Unaskable:
        return Answer(status=None)
    except (OSError, HTTPException, UnicodeError, ValueError):
        return Answer(status=0)
    return Answer(status=0)


def _ask(
    address: str, method: str, resolving: Resolve, allowed: Callable[[str], bool]
) -> tuple[int, str]:
    with answering(address, method, resolving=resolving, allowed=allowed) as answer:
        return answer.status, answer.getheader("Location") or ""


@contextmanager
def answering(
    address: str,
    method: str,
    *,
    resolving: Resolve = resolve,
    allowed: Callable[[str], bool] = is_public,
    headers: Mapping[str, str] = _HEADERS,
) -> Iterator[HTTPResponse]:
    """What an address answers to one question; a redirect is not followed, and the body is the asker's to read.

    Raises Unaskable for an address that must not be asked, and what the network raises.
    """
    host, port = host_and_port(address)
    numbers = resolving(host.encode("idna").decode(), port)
    if not numbers or not all(allowed(number) for number in numbers):
        raise Unaskable(address)
    connection = _connected(host, port, numbers[0], secure=address.lower().startswith("https:"))
    try:
        parts = urlsplit(address)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
        connection.request(method, path + query, headers=dict(headers))
        yield connection.getresponse()
    finally:
        connection.close()


def _connected(host: str, port: int, number: str, *, secure: bool) -> HTTPConnection:
    """A connection to exactly this IP address, in the name of the host."""
    opened: socket.socket = socket.create_connection((number, port), TIMEOUT)
    if secure:
        try:
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        except BaseException:
            opened.close()
            raise
    connection = HTTPConnection(host, port, timeout=TIMEOUT)
    connection.sock = opened
    return connection
