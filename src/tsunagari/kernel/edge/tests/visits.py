"""Requests through an edge of one's own, to an application that answers as told."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

from tsunagari.kernel.edge.declare import KEEP_HEADER, Keep
from tsunagari.kernel.edge.keeping import Keeping
from tsunagari.kernel.edge.memory import Memory
from tsunagari.kernel.edge.standing import Standing
from tsunagari.kernel.edge.wrapper import PAGE, Edge

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


class Moment:
    """A clock that stands until it is moved, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Answered:
    """What a visitor got."""

    status: str
    headers: dict[str, str]
    body: bytes


class Town:
    """A page that changes with each drawing, an edge before it, and a memory that has just heard everything."""

    def __init__(self, *, limit: int = 10**6, always: bool = False, secure: bool = False) -> None:
        self.moment = Moment()
        self.memory = Memory(limit=limit, always=always, now=self.moment, clock=self.moment)
        self.memory.heard_all(self.moment.now)
        self.standing = Standing(always=always)
        self.drawn = 0
        self.views = 0
        self.closed = 0
        self.status = "200 OK"
        self.kind = "text/html; charset=utf-8"
        self.keep = Keep(names=frozenset({"page:1", "list:news"})).header()
        self.headers: dict[str, str] = {}
        self.meanwhile: Callable[[], object] = lambda: None
        self.edge = Edge(
            self.application,
            self.count,
            keeping=Keeping(
                memory=self.memory,
                sessions=("tsunagari", "tsunagari_staff"),
                harmless=("csrftoken", "_ga"),
                secure=secure,
            ),
            standing=self.standing,
        )

    def count(self, **_: str) -> None:
        self.views += 1

    def application(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        self.drawn += 1
        environ[PAGE] = "town:page"
        body = f"<p>drawn {self.drawn} </p>".encode() + b"x" * 1000
        headers = {
            "Content-Type": self.kind,
            "Content-Length": str(len(body)),
            "Vary": "Accept-Language",
            "X-Tsunagari-View": "town;page;ja",
            **self.headers,
        }
        if self.keep:
            headers[KEEP_HEADER] = self.keep
        start_response(self.status, list(headers.items()))
        self.meanwhile()
        return Body(body, self)

    def ask(self, path: str = "/", **environ: str) -> Answered:
        """One visit."""
        whole: dict[str, Any] = {
            "PATH_INFO": path,
            "HTTP_HOST": "town.example",
            "HTTP_USER_AGENT": FIREFOX,
        }
        setup_testing_defaults(whole)
        whole |= environ
        got = Answered()

        def begin(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
            got.status, got.headers = status, dict(headers)
            assert len(headers) == len(got.headers), "a header stands there twice"

        got.body = b"".join(self.edge(whole, begin))
        return got


class Body:
    """An answer in two pieces that notices when it is closed."""

    def __init__(self, body: bytes, town: Town) -> None:
        self.pieces = iter((body[:5], body[5:]))
        self.town = town

    def __iter__(self) -> "Body":
        return self

    def __next__(self) -> bytes:
        return next(self.pieces)

    def close(self) -> None:
        self.town.closed += 1
