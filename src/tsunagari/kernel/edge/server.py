"""The web server's processes: how one begins to count, and how none loses a count when it stops."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from errno import EADDRINUSE
from functools import partial
from importlib import import_module
from multiprocessing.util import Finalize
from typing import Any, Protocol, cast
from wsgiref.types import WSGIApplication

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

STOPS = {signal.SIGTERM, signal.SIGINT}
SECONDS_TO_STOP = 30
"""How long a process may take to end the requests it has begun before it is killed."""


_LIKE_ALL_LINES: dict[str, Any] = {
    "handlers": {},
    "formatters": {},
    "loggers": {"_granian": {"propagate": True}, "granian.access": {"propagate": False}},
}
"""What the server itself has to say takes the way and the form of all other lines."""


class Target(Protocol):
    """What the served module offers; `start` and `stop` run once in each server process."""

    application: WSGIApplication

    def start(self) -> None:
        """Begin the process's own threads."""
        ...

    def stop(self) -> None:
        """Write what is still in memory; called after the last request was answered."""
        ...


@dataclass(frozen=True, kw_only=True)
class Listening:
    """Where the server answers and with how many hands. `threads` are per process."""

    host: str
    port: int
    processes: int
    threads: int

    @property
    def address(self) -> str:
        """The address as a browser takes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def refusal(host: str, port: int) -> str:
    """Why the server cannot listen there, in a sentence that names the mend; "" when it can.

    The processes share the port (SO_REUSEPORT), so a second server would be let in beside the first
    without a word: a plain bind is tried before.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
    except (socket.gaierror, UnicodeError):
        return f"This machine knows no host {host!r}; give --host an address of its own, such as 127.0.0.1."
    with socket.socket(family, kind, protocol) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(address)
        except PermissionError:
            return (
                f"Port {port} needs an administrator's rights; choose one above 1023 with --port."
            )
        except OSError as error:
            if error.errno == EADDRINUSE:
                return f"Port {port} on {host} is busy: stop what listens there or choose another with --port."
            return f"{host} is not an address of this machine ({error.strerror}); choose another with --host."
    return ""


def serve(module: str, listening: Listening, *, ready: Callable[[], None]) -> None:
    """Serve the WSGI application of `module` (a `Target`) until SIGTERM or SIGINT.

    `ready` is called once, when the first process answers. A process that dies is replaced.
    """
    server = Server(
        module,
        address=listening.host,
        port=listening.port,
        interface=Interfaces.WSGI,
        workers=listening.processes,
        blocking_threads=listening.threads,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=SECONDS_TO_STOP,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=_LIKE_ALL_LINES,
    )
    server.on_startup(partial(_announce, listening, ready))
    asked = _heed_stops(server.signal_handler_interrupt)
    try:
        server.serve(target_loader=partial(begin_process, os.getpid()))
    except SystemExit:
        # A child that heard the word before its parent looks to the parent like one that failed.
        if not asked.is_set():
            raise


def _heed_stops(stop: Callable[[], None]) -> threading.Event:
    """Block both words to stop before any process is born, and let one thread hear them.

    A child is forked with the mask of its parent, so a word that reaches it while it still imports
    stays pending until it listens; delivered then, it would be swallowed and the child stay for ever.
    They stay blocked after the server has ended: one may come while the interpreter takes itself down.
    The event is set once a stop was asked for.
    """
    asked = threading.Event()
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    threading.Thread(
        target=_await_stops, args=(stop, asked), name="await-stop", daemon=True
    ).start()
    return asked


def _await_stops(stop: Callable[[], None], asked: threading.Event) -> None:
    while True:
        signal.sigwait(STOPS)
        asked.set()
        stop()


def begin_process(parent: int, module: str) -> WSGIApplication:
    """Runs in each server process before its first request: start, and arrange to stop.

    A child of multiprocessing leaves by os._exit, past atexit; its own finalizers do run, after the
    server has answered what it had begun.
    """
    _heed_one_stop()
    target = cast("Target", import_module(module))
    target.start()
    Finalize(None, target.stop, exitpriority=100)
    threading.Thread(target=_follow, args=(parent,), name="follow-parent", daemon=True).start()
    return target.application


def _heed_one_stop() -> None:
    """Hand the server the first SIGTERM only; a second one locks it up for ever (granian 2.8).

    Ctrl+C reaches parent and children at once, and the parent then sends each child SIGTERM; systemd
    sends SIGTERM to all. Both words are blocked since before the fork; one thread waits for them.
    """
    inherited = signal.getsignal(signal.SIGTERM)
    threading.Thread(target=_await_stop, args=(inherited,), name="await-stop", daemon=True).start()


def _await_stop(inherited: Any) -> None:
    while signal.sigwait(STOPS) != signal.SIGTERM:
        pass
    while (handler := signal.getsignal(signal.SIGTERM)) == inherited or not _serves():
        time.sleep(0.01)
    if callable(handler):
        handler(signal.SIGTERM, None)


def _serves() -> bool:
    """Whether the main thread has handed over to the server's threads and waits for their end.

    A word given between the server's handler and that wait would be forgotten by it.
    """
    frames = sys._current_frames()  # noqa: SLF001 - documented, whatever its name says
    frame = frames.get(threading.main_thread().ident or 0)
    while frame and frame.f_code is not threading.Event.wait.__code__:
        frame = frame.f_back
    return frame is not None


def _follow(parent: int) -> None:
    """Stop in good order when the parent was killed; else the port would stay taken by orphans."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _announce(listening: Listening, ready: Callable[[], None]) -> None:
    threading.Thread(target=_wait_until_it_answers, args=(listening, ready), daemon=True).start()


def _wait_until_it_answers(listening: Listening, ready: Callable[[], None]) -> None:
    address: Any = (listening.host, listening.port)
    for _ in range(1200):
        try:
            socket.create_connection(address, timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            ready()
            return
    sys.stderr.write(f"No process answers at {listening.address} yet; see the lines above.\n")
