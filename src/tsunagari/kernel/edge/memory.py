"""The public pages that a process keeps in its memory: found by address, dropped by what they were made of.

Whoever follows the purges tells it every quarter of a second that it has heard all; a memory that has not
been told for 0.9 seconds answers nothing and keeps nothing, for it cannot vouch for what it holds.
"""

import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from math import inf
from threading import Lock
from time import monotonic, time

from tsunagari.kernel.edge.declare import EVERYTHING, Keep

Headers = list[tuple[str, str]]
Key = tuple[str, str, str, str, bool]
"""Host, scheme, path, query as it was written, and whether a fragment was asked for."""

VOUCHED = 0.9
"""Seconds for which it is believed that all purges have been heard."""
LARGEST_SHARE = 8
"""No single answer takes more than this part of the memory."""
OVERHEAD = 4096
"""Bytes that an entry is reckoned to take besides its bodies: headers, names, indexes."""
REMEMBERED = 10_000
"""Names of the last purges, against which an answer that is just being made is held."""

GZIP = 16 + zlib.MAX_WBITS
SMALLEST_TO_PACK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer 200 as it is given again. `view` and `page` are what counting and log lines call it."""

    plain: Headers
    packed: Headers
    unchanged: Headers
    body: bytes
    gzip: bytes
    etag: str
    view: str
    page: str
    names: frozenset[str]
    until: float
    cookieless: bool

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.body) + len(self.gzip) + OVERHEAD


def made(*, headers: Headers, body: bytes, keep: Keep, view: str, page: str) -> Answer:
    """The answer with all its forms: plain, packed by gzip, and "not modified".

    `headers` are those of Django without the internal ones. A browser has to ask each time (no-cache) unless
    the view said otherwise, and is told in a few bytes that nothing has changed.
    """
    said = {name.lower(): value for name, value in headers}
    etag = said.get("etag") or f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    vary = ", ".join(
        [word for word in (said.get("vary", ""),) if word]
        + ([] if "accept-encoding" in said.get("vary", "").lower() else ["Accept-Encoding"])
    )
    control = said.get("cache-control", "no-cache")
    common = [("ETag", etag), ("Cache-Control", control), ("Vary", vary)]
    replaced = ("etag", "cache-control", "vary", "content-length")
    rest = [(name, value) for name, value in headers if name.lower() not in replaced]
    packed = _pack(body) if "content-encoding" not in said else b""
    return Answer(
        plain=[*rest, *common, ("Content-Length", str(len(body)))],
        packed=[*rest, *common, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))],
        unchanged=common,
        body=body,
        gzip=packed,
        etag=etag.removeprefix("W/"),
        view=view,
        page=page,
        names=keep.names,
        until=inf if keep.until is None else keep.until,
        cookieless="cookie" in said.get("vary", "").lower(),
    )


def _pack(body: bytes) -> bytes:
    """gzip without a name and a moment; empty where it would save nothing."""
    if len(body) < SMALLEST_TO_PACK:
        return b""
    packer = zlib.compressobj(6, zlib.DEFLATED, GZIP)
    packed = packer.compress(body) + packer.flush()
    return packed if len(packed) < len(body) else b""


class Memory:
    """What one process keeps, at most `limit` bytes; 0 keeps nothing. What was used least goes first.

    `always` answers even when it cannot vouch (read-only mode by environment, when the database may be away for
    ever). `now` gives seconds that only grow, `clock` seconds since 1970.
    """

    def __init__(
        self,
        *,
        limit: int,
        always: bool = False,
        now: Callable[[], float] = monotonic,
        clock: Callable[[], float] = time,
    ) -> None:
        self.limit = limit
        self.bytes = 0
        self._always = always
        self._now, self._clock = now, clock
        self._lock = Lock()
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._made_of: dict[str, set[Key]] = {}
        self._purged: dict[str, int] = {}
        self._tick = 0
        self._oldest = 0
        self._heard_all_at = -inf

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def vouches(self) -> bool:
        """Whether every purge that was committed 0.9 seconds ago has been heard."""
        return self._now() - self._heard_all_at <= VOUCHED

    def found(self, key: Key) -> Answer | None:
        """The answer kept for this address, if it can be vouched for now."""
        vouches = self.vouches
        if not (vouches or self._always):
            return None
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                return None
            if answer.until <= self._clock() and (vouches or not self._always):
                self._remove(key)
                return None
            self._answers.move_to_end(key)
            return answer

    def ticket(self) -> int:
        """To be taken before an answer is begun, and shown when it shall be kept."""
        return self._tick

    def keep(self, key: Key, answer: Answer, ticket: int) -> bool:
        """Keep an answer that was begun when the ticket was taken; says whether it was.

        It is not when any part of it has been purged since: it may have been made of what was there before. A
        purge that is heard of only later drops it then.
        """
        if answer.size * LARGEST_SHARE > self.limit or not (self.vouches or self._always):
            return False
        with self._lock:
            since = max((self._purged.get(name, 0) for name in answer.names), default=0)
            if ticket < self._oldest or since > ticket or answer.until <= self._clock():
                return False
            if key in self._answers:
                self._remove(key)
            self._answers[key] = answer
            self.bytes += answer.size
            for name in answer.names:
                self._made_of.setdefault(name, set()).add(key)
            while self.bytes > self.limit:
                self._remove(next(iter(self._answers)))
            return True

    def drop(self, names: Iterable[str]) -> None:
        """These things have changed: nothing made of them is answered again."""
        wanted = set(names)
        if not wanted:
            return
        with self._lock:
            self._tick += 1
            if EVERYTHING in wanted:
                self._forget()
                return
            for name in wanted:
                self._purged[name] = self._tick
                for key in list(self._made_of.get(name, ())):
                    self._remove(key)
            if len(self._purged) > REMEMBERED:
                self._purged.clear()
                self._oldest = self._tick

    def forget_all(self) -> None:
        """Begin with nothing: it is not known what has changed."""
        self.drop((EVERYTHING,))

    def heard_all(self, asked_at: float) -> None:
        """All purges that were committed at `asked_at` (seconds of `now`) have been heard and dropped."""
        self._heard_all_at = max(self._heard_all_at, asked_at)

    def _forget(self) -> None:
        self._answers.clear()
        self._made_of.clear()
        self._purged.clear()
        self._oldest = self._tick
        self.bytes = 0

    def _remove(self, key: Key) -> None:
        answer = self._answers.pop(key)
        self.bytes -= answer.size
        for name in answer.names:
            keys = self._made_of[name]
            keys.discard(key)
            if not keys:
                del self._made_of[name]


HERE: list[Memory] = []
"""The memories of this process that follow the purges: what it purges itself is dropped at its commit."""


def drop_here(names: Iterable[str]) -> None:
    """Drop from the memories of this process at once."""
    wanted = tuple(names)
    for memory in HERE:
        memory.drop(wanted)
