"""Nobody fills the disk of the city: what is too large is refused before it is read."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from tsunagari.kernel.edge.wrapper import LARGEST_BODY, Edge, Room


def _application(
    environ: WSGIEnvironment,
    start_response: StartResponse,
) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b"taken"]


ROOM = Room(path="/console/documents/", cookie="staff", limit=10 * LARGEST_BODY)


def _send(length: str, path: str = "/", cookie: str = "") -> tuple[str, str]:
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
    environ |= {"PATH_INFO": path, "HTTP_COOKIE": cookie}
    setup_testing_defaults(environ)
    edge = Edge(_application, lambda **_: None, room=ROOM)
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


@pytest.mark.parametrize(
    ("path", "cookie", "expected"),
    [
        ("/console/documents/multiple/add/", "a=1; staff=x", "200"),
        ("/console/documents/multiple/add/", "", "413"),
        ("/voices/", "staff=x", "413"),
    ],
)
def test_a_video_is_taken_from_staff_where_videos_are_put_up_and_nowhere_else(
    path: str, cookie: str, expected: str
) -> None:
    assert _send(str(5 * LARGEST_BODY), path, cookie)[0] == expected
    assert _send(str(11 * LARGEST_BODY), path, cookie)[0] == "413"
