"""An address that no page can read is refused in words; whatever else is asked, the page itself answers."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from tsunagari.kernel.edge.wrapper import Edge


def _application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"answered"]


def _ask(path: str, query: str) -> tuple[str, str]:
    answered: list[str] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        answered.append(status)
        return lambda _: None

    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query}
    setup_testing_defaults(environ)
    body = b"".join(Edge(_application, lambda **_: None)(environ, start_response)).decode()
    return answered[0][:3], body


@pytest.mark.parametrize(
    ("path", "query"),
    [("/plan/\0/", ""), ("/console/audit/", "person=%00"), ("/", "a=1&q=x%00y")],
)
def test_an_address_with_nul_is_refused_before_any_page_asks_the_database(
    path: str, query: str
) -> None:
    status, words = _ask(path, query)
    assert status == "400"
    assert "アドレスを確かめてください" in words


@pytest.mark.parametrize(
    ("path", "query"), [("/", ""), ("/plan/%2500/", "q=%2500"), ("/", "q=100%25&p=00")]
)
def test_an_address_that_only_looks_like_it_is_answered(path: str, query: str) -> None:
    assert _ask(path, query) == ("200", "answered")
