"""Nobody fills the disk of the city: what is too large is refused before it is read."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from tsunagari.kernel.edge.wrapper import LARGEST_BODY, Edge


def _application(
    environ: WSGIEnvironment,
    start_response: StartResponse,
) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"taken"]


def _send(length: str) -> tuple[str, str]:
    answered: list[str] = []

    def start_response(
        status: str,
        headers: list[tuple[str, str]],
        exc_info: Any = None,
        /,
    ) -> Callable[[bytes], object]:
        answered.append(status)
        return lambda _: None

    environ: dict[str, Any] = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": length}
    setup_testing_defaults(environ)
    edge = Edge(_application, lambda **_: None)
    body = b"".join(edge(environ, start_response)).decode()
    return answered[0][:3], body


@pytest.mark.parametrize("length", ["", "0", "12", str(LARGEST_BODY)])
def test_a_file_of_a_division_is_taken(length: str) -> None:
    assert _send(length) == ("200", "taken")


@pytest.mark.parametrize("length", [str(LARGEST_BODY + 1), "9" * 5000, "-1", "lots"])
def test_a_stranger_who_sends_too_much_is_told_so_and_nothing_is_read(length: str) -> None:
    status, words = _send(length)
    assert status == "413"
    assert "小さくして" in words
