"""How a process stands: whether it may write, as the environment, the switch in the database and the database say."""

from wsgiref.types import WSGIEnvironment

from tsunagari.kernel.edge.memory import Headers

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SECONDS = 300
"""After how long whoever was refused may try again."""

_WORDS = (
    "今は読み取り専用です。ページは読めますが、送信や保存はできません。時間をおいて、もう一度お試しください。\n"
    "This site is read-only for now. Pages can be read; nothing can be sent or saved. Please try again later.\n"
)


class Standing:
    """One process's knowledge. `always` is read-only mode by environment, which no switch ends.

    `switched` and `writable` are what the follower has read last; a database that is away leaves the switch as it
    was and is not writable. `taken` are the paths whose messages are taken all the same: they write nothing.
    """

    __slots__ = ("always", "page", "switched", "taken", "writable")

    def __init__(
        self, *, always: bool = False, taken: tuple[str, ...] = (), page: bytes = b""
    ) -> None:
        self.always = always
        self.taken = taken
        self.page = page
        self.switched = False
        self.writable = not always

    @property
    def read_only(self) -> bool:
        """Whether messages are refused and nothing is written."""
        return self.always or self.switched

    @property
    def counts(self) -> bool:
        """Whether page views are counted: not where nobody could ever write them down."""
        return self.writable or not self.read_only

    def refuses(self, environ: WSGIEnvironment) -> bool:
        """Whether this message has to wait; to be asked in read-only mode."""
        return environ["REQUEST_METHOD"] not in SAFE and environ["PATH_INFO"] not in self.taken

    def refusal(self, environ: WSGIEnvironment) -> tuple[Headers, bytes]:
        """Headers and body of the 503: for a program in JSON, for a person the page, in both languages."""
        if "json" in environ.get("HTTP_ACCEPT", "") or "json" in environ.get("CONTENT_TYPE", ""):
            ja, en = _WORDS.splitlines()
            return _headers("application/json"), f'{{"detail": "{ja} / {en}"}}\n'.encode()
        if self.page:
            return _headers("text/html; charset=utf-8"), self.page
        return _headers("text/plain; charset=utf-8"), _WORDS.encode()


def _headers(kind: str) -> Headers:
    return [
        ("Content-Type", kind),
        ("Retry-After", str(SECONDS)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
        ),
    ]
