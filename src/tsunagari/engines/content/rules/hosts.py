"""Which addresses of the network a server of the city may ask by itself: public ones, on the web's own doors."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

PORTS: Final = (80, 443, 8080, 8443)


class Unaskable(ValueError):
    """An address that is not asked: no web address, another door, or within somebody's own network."""


def host_and_port(address: str) -> tuple[str, int]:
    """Whom to ask. Raises Unaskable for anything but http and https on the doors of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as wrong:
        raise Unaskable(address) from wrong
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise Unaskable(address)
    port = port or (443 if parts.scheme == "https" else 80)
    if port not in PORTS:
        raise Unaskable(address)
    return parts.hostname, port


def is_public(number: str) -> bool:
    """Whether an IP address is anybody's: none of a private network, this machine, a link, a multicast.

    IPv4 within IPv6 (mapped, 6to4, Teredo) and NAT64 count as what stands within them.
    """
    address = ip_address(number.partition("%")[0])
    if address.version == 6:
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if address.sixtofour is not None or address.teredo is not None:
            return False
        if address.packed[:12] == bytes.fromhex("0064ff9b0000000000000000"):
            return is_public(".".join(map(str, address.packed[12:])))
    return address.is_global and not address.is_multicast and not address.is_reserved
