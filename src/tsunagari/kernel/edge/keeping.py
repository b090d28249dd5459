"""Which request may be answered from memory, and which answer may be kept: told from both alone, without Django."""

import re
from dataclasses import dataclass
from functools import lru_cache
from logging import getLogger
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

from tsunagari.kernel.edge.declare import Keep
from tsunagari.kernel.edge.memory import Answer, Headers, Key, Memory, made

logger = getLogger(__name__)

KNOWN_VARY = frozenset({"accept-encoding", "accept-language", "cookie", "hx-request"})
"""What an answer may depend on besides its address. The address decides the language (page_names.py sees to it),
a visitor with a session is not served from here, and fragments are kept apart."""

_KIND = re.compile(r"text/|application/(?:[a-z.+-]*\+)?(?:xml|json)\b", re.IGNORECASE)
_PACKED = re.compile(
    r"(?:^|[\s,])(?:x-)?gzip\s*(?:;\s*q\s*=\s*([0-9.]+))?\s*(?:,|$)", re.IGNORECASE
)
LONGEST_QUERY = 300


@lru_cache(maxsize=512)
def takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding takes gzip."""
    found = _PACKED.search(accepted)
    return found is not None and (found.group(1) is None or found.group(1).strip("0.") != "")


def is_same(etag: str, asked: str) -> bool:
    """Whether If-None-Match names what is kept (weak comparison, RFC 9110 13.1.2)."""
    return asked.strip() == "*" or any(
        each.strip().removeprefix("W/") == etag for each in asked.split(",")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """A memory and whose requests it may answer. `sessions` are the names of the cookies of both entrances;
    `harmless` are beginnings of names of cookies by which no page differs (a form's token, another site's counting).
    `secure`: only what came by https."""

    memory: Memory
    sessions: tuple[str, ...]
    harmless: tuple[str, ...] = ()
    secure: bool = False

    def key(self, environ: WSGIEnvironment) -> Key | None:
        """Under what an answer to this request is kept; None for a request that memory must not answer."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        cookies = environ.get("HTTP_COOKIE")
        if cookies and any(name in cookies for name in self.sessions):
            return None
        scheme = environ.get("HTTP_X_FORWARDED_PROTO") if self.secure else environ.get("wsgi.url_scheme", "http")  # fmt: skip
        host = environ.get("HTTP_HOST")
        if not host or environ.get("SCRIPT_NAME") or (self.secure and scheme != "https"):
            return None
        query = environ.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return None
        return host, scheme or "", environ["PATH_INFO"], query, "HTTP_HX_REQUEST" in environ

    def found(self, key: Key, environ: WSGIEnvironment) -> Answer | None:
        """What is kept for this request."""
        answer = self.memory.found(key)
        if answer is not None and answer.cookieless and not self._is_plain(environ):
            return None
        return answer

    def may_keep(
        self, status: str, headers: Headers, keep: str, key: Key, environ: WSGIEnvironment
    ) -> Keep | None:
        """What the view said, if the answer is the same for everybody who asks for this address; else None."""
        if not status.startswith("200") or environ["REQUEST_METHOD"] != "GET":
            return None
        said = Keep.read(keep)
        if said is None:
            logger.error("X-Tsunagari-Keep is %r, which cannot be read; nothing is kept.", keep)
            return None
        heads = {name.lower(): value for name, value in headers}
        asked = parse_qsl(key[3], keep_blank_values=True)
        if (
            len(asked) != len({name for name, _ in asked})
            or any(name not in said.query for name, _ in asked)
            or not _is_for_all(heads)
            or (key[4] and "hx-request" not in heads.get("vary", "").lower())
            or ("cookie" in heads.get("vary", "").lower() and not self._is_plain(environ))
        ):
            return None
        return said

    def keep(
        self, key: Key, ticket: int, *, headers: Headers, body: bytes, said: Keep, view: str, page: str
    ) -> Answer | None:  # fmt: skip
        """Keep it; None where it came too late (something of it was purged meanwhile), is not whole, or nothing can
        be vouched for."""
        if ("content-length", str(len(body))) not in (
            (each.lower(), text) for each, text in headers
        ):
            return None
        answer = made(headers=headers, body=body, keep=said, view=view, page=page)
        return answer if self.memory.keep(key, answer, ticket) else None

    def _is_plain(self, environ: WSGIEnvironment) -> bool:
        """Whether the visitor sends no cookie on which an answer could depend."""
        cookies = environ.get("HTTP_COOKIE", "")
        return not cookies or all(
            each.lstrip().startswith(self.harmless) for each in cookies.split(";")
        )


def _is_for_all(heads: dict[str, str]) -> bool:
    control = heads.get("cache-control", "").lower()
    policy = heads.get("content-security-policy", "") + heads.get(
        "content-security-policy-report-only", ""
    )
    return (
        _KIND.match(heads.get("content-type", "")) is not None
        and "content-length" in heads  # a stream has none
        and "set-cookie" not in heads
        and "private" not in control
        and "no-store" not in control
        and "'nonce-" not in policy
        and {word.strip() for word in heads.get("vary", "").lower().split(",")} - {""} <= KNOWN_VARY
    )
