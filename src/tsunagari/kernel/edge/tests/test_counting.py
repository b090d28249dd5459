"""Which requests are page views, and that nobody but the edge sees how they are named."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from tsunagari.kernel.edge.counting import is_robot
from tsunagari.kernel.edge.wrapper import Edge

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"

Counted = list[tuple[str, str, str]]


class Visit:
    """One request through the edge to an application that answers as told."""

    def __init__(self, status: str = "200 OK", **headers: str) -> None:
        self.status = status
        self.headers = {
            "Content-Type": "text/html; charset=utf-8",
            "X-Tsunagari-View": "website;home;ja",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        self.counted: Counted = []
        self.seen: dict[str, str] = {}

    def application(
        self,
        environ: WSGIEnvironment,  # noqa: ARG002 - WSGI's shape
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        start_response(self.status, list(self.headers.items()))
        return [b"page"]

    def count(self, *, service: str, page: str, language: str, **_rest: str) -> None:
        self.counted.append((service, page, language))

    def start_response(
        self,
        status: str,  # noqa: ARG002 - WSGI's shape
        headers: list[tuple[str, str]],
        exc_info: Any = None,  # noqa: ARG002 - WSGI's shape
        /,
    ) -> Callable[[bytes], object]:
        self.seen = dict(headers)
        return lambda _: None

    def make(self, **environ: str) -> Counted:
        request: dict[str, Any] = {"HTTP_USER_AGENT": FIREFOX}
        setup_testing_defaults(request)
        edge = Edge(self.application, self.count)
        assert list(edge(request | environ, self.start_response)) == [b"page"]
        return self.counted


def test_a_resident_who_opens_a_page_is_counted_once() -> None:
    assert Visit().make() == [("website", "home", "ja")]


def test_a_resident_with_a_phone_is_counted() -> None:
    assert len(Visit().make(HTTP_USER_AGENT=IPHONE)) == 1


def test_nobody_outside_sees_the_internal_header() -> None:
    visit = Visit()
    visit.make()
    assert visit.seen.keys() == {"Content-Type", "X-Request-ID"}


def test_the_internal_header_is_stripped_from_answers_that_do_not_count() -> None:
    visit = Visit("404 Not Found", x_tsunagari_view="website;home;en")
    visit.make()
    assert visit.counted == []
    assert "X-Tsunagari-View" not in visit.seen


def test_a_page_without_the_header_is_not_counted() -> None:
    visit = Visit()
    del visit.headers["X-Tsunagari-View"]
    assert visit.make() == []


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_only_a_get_is_a_view(method: str) -> None:
    assert Visit().make(REQUEST_METHOD=method) == []


@pytest.mark.parametrize(
    "status", ["304 Not Modified", "302 Found", "404 Not Found", "500 Internal Server Error"]
)
def test_only_a_whole_answer_is_a_view(status: str) -> None:
    assert Visit(status).make() == []


def test_a_download_is_not_a_page_view() -> None:
    assert Visit(Content_Type="text/csv").make() == []


def test_a_fragment_for_htmx_is_not_a_view() -> None:
    assert Visit().make(HTTP_HX_REQUEST="true") == []


@pytest.mark.parametrize(
    "header",
    [
        ("HTTP_SEC_PURPOSE", "prefetch;prerender"),
        ("HTTP_PURPOSE", "prefetch"),
        ("HTTP_X_MOZ", "prefetch"),
    ],
)
def test_a_page_fetched_in_advance_is_not_a_view(header: tuple[str, str]) -> None:
    assert Visit().make(**dict([header])) == []


@pytest.mark.parametrize(
    "user_agent",
    [
        GOOGLEBOT,
        "bingbot/2.0",
        "curl/8.5.0",
        "python-requests/2.32",
        "facebookexternalhit/1.1",
        "UptimeRobot/2.0",
        "",
    ],
)
def test_a_robot_that_says_so_is_not_counted(user_agent: str) -> None:
    assert Visit().make(HTTP_USER_AGENT=user_agent) == []


@pytest.mark.parametrize(
    "user_agent", [FIREFOX, IPHONE, "Mozilla/5.0 (Linux; Android 14; CUBOT X30) Chrome/131.0"]
)
def test_a_browser_is_no_robot(user_agent: str) -> None:
    assert not is_robot(user_agent)


def test_a_header_of_another_shape_is_logged_and_the_page_goes_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert Visit(X_Tsunagari_View="website").make() == []
    assert "must be service;page;language" in caplog.text


def test_an_error_that_begins_the_answer_again_is_handed_on() -> None:
    problem = (ValueError, ValueError("late"), None)
    handed: list[Any] = []

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("500 Internal Server Error", [], problem)  # type: ignore[arg-type]  # a traceback needs a raise
        return []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
        handed.append(exc_info)

    Edge(application, Visit().count)({"REQUEST_METHOD": "GET"}, start_response)
    assert handed == [problem]
