"""Ports for servers that tests start."""

import socket


def kept_port() -> socket.socket:
    """A port (`getsockname()[1]`) that nobody else is given while this socket is open.

    It is bound but does not listen, with both words for sharing: a server may listen on it, and a
    server's own look whether the port is free finds it free.
    """
    keeper = socket.socket()
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    keeper.bind(("127.0.0.1", 0))
    return keeper
