"""Machines ask whether a process lives, can serve, and what it measured; people's requests get a name and a measure."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from tsunagari.kernel.edge import instruments, probes
from tsunagari.kernel.edge.wrapper import PAGE, Edge, request_id

TOKEN = "a-token-of-more-than-20-letters"


class Asked:
    """One request through the edge: what came back, and what was counted as a view."""

    def __init__(self, edge: Edge, path: str, **more: str) -> None:
        environ: dict[str, Any] = {"PATH_INFO": path}
        setup_testing_defaults(environ)
        self.status = ""
        self.headers: dict[str, str] = {}
        self.body = b"".join(edge(environ | more, self._begin))

    def _begin(
        self, status: str, headers: list[tuple[str, str]], _: object = None, /
    ) -> Callable[[bytes], object]:
        self.status, self.headers = status, dict(headers)
        return lambda _: None


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    environ[PAGE] = "website:home"
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b"page"]


def edge_with(found: list[str], *, token: str = "", proxies: int = 0) -> Edge:
    return Edge(
        application,
        lambda **_: pytest.fail("a probe is no page view"),
        probes={
            "/livez": probes.alive,
            "/healthz": probes.ready(lambda: found),
            "/metrics": probes.metrics(lambda: b"measured 1\n", token=token, proxies=proxies),
        },
        proxies=proxies,
    )


def test_a_process_that_cannot_serve_is_alive_all_the_same() -> None:
    edge = edge_with(["database: does not answer"])
    assert Asked(edge, "/livez").status == "200 OK"
    answer = Asked(edge, "/healthz")
    assert answer.status == "503 Service Unavailable"
    assert answer.body == b"not ready\ndatabase: does not answer\n"
    assert answer.headers["Retry-After"] == "5"


def test_a_process_that_can_serve_says_so() -> None:
    answer = Asked(edge_with([]), "/healthz")
    assert (answer.status, answer.body) == ("200 OK", b"ready\n")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/livez", "/healthz", "/metrics"])
def test_head_gets_the_headers_without_the_body_and_post_is_refused(path: str) -> None:
    edge = edge_with([])
    whole = Asked(edge, path, REMOTE_ADDR="127.0.0.1")
    head = Asked(edge, path, REMOTE_ADDR="127.0.0.1", REQUEST_METHOD="HEAD")
    assert head.status == whole.status == "200 OK"
    assert head.headers == whole.headers
    assert head.headers["Content-Length"] == str(len(whole.body))
    assert head.body == b""
    assert Asked(edge, path, REQUEST_METHOD="POST").status == "405 Method Not Allowed"


@pytest.mark.parametrize(
    ("proxies", "more", "status"),
    [
        (0, {"REMOTE_ADDR": "127.0.0.1"}, "200 OK"),
        (0, {"REMOTE_ADDR": "::1"}, "200 OK"),
        (0, {"REMOTE_ADDR": "192.0.2.7"}, "403 Forbidden"),
        (0, {"REMOTE_ADDR": ""}, "403 Forbidden"),
        # A proxy on this machine that nobody declared.
        (0, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, "403 Forbidden"),
        (0, {"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"}, "403 Forbidden"),
        # A declared one: what it saw counts, not what its visitor wrote before it.
        (1, {"REMOTE_ADDR": "127.0.0.1"}, "200 OK"),
        (1, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, "200 OK"),
        (1, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, "403 Forbidden"),
        (
            1,
            {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1, 192.0.2.7"},
            "403 Forbidden",
        ),
        (1, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, "403 Forbidden"),
        (2, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, "403 Forbidden"),
        (2, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "127.0.0.1"}, "403 Forbidden"),
    ],
)
def test_without_a_token_only_this_machine_reads_the_measurements(
    proxies: int, more: dict[str, str], status: str
) -> None:
    assert Asked(edge_with([], proxies=proxies), "/metrics", **more).status == status


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        (f"Bearer {TOKEN}", "200 OK"),
        (f"bearer {TOKEN}", "200 OK"),
        (f"Basic {TOKEN}", "401 Unauthorized"),
        (f"Bearer {TOKEN}x", "401 Unauthorized"),
        ("Bearer ", "401 Unauthorized"),
        ("Bearer 市", "401 Unauthorized"),
        ("", "401 Unauthorized"),
    ],
)
def test_with_a_token_everybody_has_to_show_it_this_machine_too(shown: str, status: str) -> None:
    answer = Asked(
        edge_with([], token=TOKEN),
        "/metrics",
        REMOTE_ADDR="127.0.0.1",
        HTTP_AUTHORIZATION=shown,
    )
    assert answer.status == status
    assert TOKEN.encode() not in answer.body


def test_a_request_is_measured_by_the_names_of_room_and_page_only() -> None:
    edge = Edge(application, lambda **_: None)
    Asked(edge, "/secret-of-hanako/?q=hanako", REQUEST_METHOD="BREW", REMOTE_ADDR="192.0.2.7")
    text = instruments.exposition().decode()
    assert (
        'tsunagari_request_seconds_count{method="other",page="home",room="website",status="2xx"} 1.0'
        in text
    )
    assert 'tsunagari_request_seconds_bucket{le="+Inf",method="other"' in text
    assert "hanako" not in text
    assert "192.0.2.7" not in text


def test_a_request_that_breaks_off_is_measured_as_an_error() -> None:
    def broken(environ: WSGIEnvironment, _: StartResponse) -> Iterable[bytes]:
        environ[PAGE] = "website:broken"
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the application's own
        Asked(Edge(broken, lambda **_: None), "/")
    assert (
        'tsunagari_request_seconds_count{method="GET",page="broken",room="website",status="5xx"} 1.0'
        in instruments.exposition().decode()
    )


def test_a_request_is_named_by_the_declared_proxy_or_anew() -> None:
    named: WSGIEnvironment = {"HTTP_X_REQUEST_ID": "0123456789abcdef"}
    assert request_id(named, 1) == "0123456789abcdef"
    assert request_id(named, 0) != "0123456789abcdef"
    for strange in ("short", "x" * 65, "hanako@example.jp", 'a"b\n{}1234'):
        assert request_id({"HTTP_X_REQUEST_ID": strange}, 1) != strange
    answer = Asked(Edge(application, lambda **_: None), "/")
    assert len(answer.headers["X-Request-ID"]) == 16
