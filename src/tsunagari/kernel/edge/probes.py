"""Questions of machines, answered before Django: is the process alive, can it serve, what did it measure.

They are answered on every host name, by http, in every zone, and to nobody's session: whoever watches
reaches a process by its own address. They are no page views and no requests of people.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from wsgiref.types import WSGIEnvironment


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a probe says. `status` as WSGI wants it, `headers` besides the length."""

    status: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "text/plain; charset=utf-8"


Probe = Callable[[WSGIEnvironment], Answer]

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
"""Any of these says that the request came through a proxy."""


def respond(probe: Probe, environ: WSGIEnvironment) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status, headers and body for GET and HEAD; other methods are refused."""
    method = environ.get("REQUEST_METHOD", "GET")
    if method not in ("GET", "HEAD"):
        answer = Answer(
            status="405 Method Not Allowed", body=b"GET, HEAD\n", headers=(("Allow", "GET, HEAD"),)
        )
    else:
        answer = probe(environ)
    headers = [
        ("Content-Type", answer.kind),
        ("Content-Length", str(len(answer.body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        *answer.headers,
    ]
    return answer.status, headers, b"" if method == "HEAD" else answer.body


def alive(_: WSGIEnvironment) -> Answer:
    """This process answers; whether it can do its work is not asked. Restart it only when this fails."""
    return Answer(status="200 OK", body=b"alive\n")


def ready(faults: Callable[[], list[str]]) -> Probe:
    """200 "ready" while `faults` finds none, else 503 and a line for each; none of them may tell a secret."""

    def probe(_: WSGIEnvironment) -> Answer:
        found = faults()
        if not found:
            return Answer(status="200 OK", body=b"ready\n")
        lines = "".join(f"{fault}\n" for fault in ["not ready", *found])
        return Answer(
            status="503 Service Unavailable",
            body=lines.encode(),
            headers=(("Retry-After", "5"),),
        )

    return probe


def metrics(exposition: Callable[[], bytes], *, token: str, proxies: int) -> Probe:
    """The measurements, for whoever shows the token; without a token set, for this machine only."""

    def probe(environ: WSGIEnvironment) -> Answer:
        if token and not _shows(token, environ):
            return Answer(
                status="401 Unauthorized",
                body=b"Send the token of TSUNAGARI_METRICS_TOKEN: Authorization: Bearer ...\n",
                headers=(("WWW-Authenticate", 'Bearer realm="metrics"'),),
            )
        if not token and not is_from_here(environ, proxies):
            return Answer(
                status="403 Forbidden",
                body=b"Open from this machine only; set TSUNAGARI_METRICS_TOKEN to ask from another.\n",
            )
        return Answer(
            status="200 OK",
            body=exposition(),
            kind="text/plain; version=0.0.4; charset=utf-8",
        )

    return probe


def _shows(token: str, environ: WSGIEnvironment) -> bool:
    kind, _, shown = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    given = shown.strip().encode("latin-1", "replace")
    return hmac.compare_digest(given, token.encode()) and kind.lower() == "bearer"


def is_from_here(environ: WSGIEnvironment, proxies: int) -> bool:
    """Whether the request was made on this machine itself.

    A proxy on this machine would make every request look so: with `proxies` before the site the
    address that the outermost of them saw is asked, and a header of a proxy that nobody declared is
    a reason to say no.
    """
    if not _is_loopback(environ.get("REMOTE_ADDR", "")):
        return False
    if not any(name in environ for name in FORWARDED):
        return True
    seen = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return 0 < proxies <= len(seen) and _is_loopback(seen[-proxies])


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


Probes = Mapping[str, Probe]
"""Probes by their whole path, for example "/healthz"."""
