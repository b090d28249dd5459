"""A server's target for tests: answers pages, and at the stop leaves a file that says how many it counted."""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Lock, get_ident
from wsgiref.types import StartResponse, WSGIEnvironment

from tsunagari.kernel.edge.wrapper import Edge
from tsunagari.kernel.service.declare import VIEW_HEADER

NOTES = Path(os.environ.get("NOTES", "."))
_lock = Lock()
_counted = 0


def _count(*, service: str, page: str, language: str, **_rest: str) -> None:
    global _counted  # noqa: PLW0603 - a process's own number, as metering keeps it
    with _lock:
        _counted += 1


def _page(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/slow":
        (NOTES / f"{os.getpid()}-{get_ident()}.asked").touch()
        while not (NOTES / "go").exists():
            time.sleep(0.02)
    start_response("200 OK", [("Content-Type", "text/html"), (VIEW_HEADER, "website;home;ja")])
    return [str(os.getpid()).encode()]


application = Edge(_page, _count)


def start() -> None:
    """Leave a note that this process began."""
    (NOTES / f"{os.getpid()}.started").touch()


def stop() -> None:
    """Leave a note of what this process counted."""
    draft = NOTES / f"{os.getpid()}.stopping"
    draft.write_text(str(_counted))
    draft.rename(NOTES / f"{os.getpid()}.stopped")
