"""Whatever a resident sends, and however a page breaks: no line of the log says who, from where, or what was typed."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from tsunagari.kernel.edge.api import Edge
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.logs.api import JsonLines, TextLines

NAME, MAIL, PASSWORD = "田無花子", "hanako.t@example.jp", "correct-horse-battery"
ADDRESS, TOKEN, CODE = "198.51.100.23", "tok_9f8e7d6c5b4a", "KXpublicIdOfHanako0001"
QUERY = urlencode({"name": NAME, "mail": MAIL})
SENT = (NAME, MAIL, PASSWORD, ADDRESS, TOKEN, CODE, QUERY, "Hanakos-Telephone")

Send = Callable[..., str]


@pytest.fixture(params=[TextLines, JsonLines])
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """All that any logger says meanwhile, down to the last detail, in either form."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    loggers = [
        logging.getLogger(name)
        for name in ("", "django", "django.request", "django.security", "tsunagari.access")
    ]
    before = [(logger, logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.INFO)
        logger.propagate = True
    loggers[0].addHandler(handler)
    yield stream
    loggers[0].removeHandler(handler)
    for logger, level, propagate in before:
        logger.setLevel(level)
        logger.propagate = propagate


def send(path: str, *, method: str = "GET", host: str = "localhost", **fields: str) -> str:
    """One request with everything that could tell who sends it; its status."""
    body = urlencode(fields).encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": QUERY,
        "REMOTE_ADDR": ADDRESS,
        "HTTP_HOST": host,
        "HTTP_X_FORWARDED_FOR": ADDRESS,
        "HTTP_USER_AGENT": "Hanakos-Telephone",
        "HTTP_AUTHORIZATION": f"Bearer {TOKEN}",
        "HTTP_COOKIE": f"tsunagari={TOKEN}; csrftoken={TOKEN}",
        "HTTP_REFERER": f"http://localhost/?{QUERY}",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    status: list[str] = []
    edge = Edge(WSGIHandler(), lambda **_: None)

    def begin(said: str, _headers: object, _error: object = None, /) -> Callable[[bytes], object]:
        status.append(said)
        return lambda _: None

    for _ in edge(environ, begin):
        pass
    return status[0]


def assert_tells_nobody(stream: io.StringIO, *, at_least: str) -> list[str]:
    said = stream.getvalue()
    assert at_least in said, said
    for secret in SENT:
        assert secret not in said, said
    return said.splitlines()


@pytest.mark.django_db(transaction=True)
@override_settings(
    ROOT_URLCONF="tsunagari.city.tests.crashing_urls", DEBUG_PROPAGATE_EXCEPTIONS=False
)
def test_when_a_page_breaks(lines: io.StringIO) -> None:
    assert send(f"/crash/{CODE}/").startswith("500")
    said = assert_tells_nobody(lines, at_least="Internal Server Error: crash")
    assert any("crashing_urls.py:" in line and "crash" in line for line in said)


@pytest.mark.django_db(transaction=True)
def test_when_a_resident_signs_in_and_fails(lines: io.StringIO, resident: Account) -> None:
    sign_in = override_settings(
        MIDDLEWARE=[each for each in settings.MIDDLEWARE if "Csrf" not in each]
    )
    with sign_in:
        send("/account/login/", method="POST", login=MAIL, password=PASSWORD)
    assert_tells_nobody(lines, at_least="account_login")


@pytest.mark.django_db(transaction=True)
def test_when_nobody_knows_the_address_or_the_host(lines: io.StringIO) -> None:
    assert send(f"/plan/{NAME}/{CODE}/").startswith("404")
    assert send("/", host=f"{TOKEN}.example.org").startswith("400")
    assert send("/account/login/", method="POST").startswith("403")  # its Referer tells a lot
    assert send(f"/{NAME}\0").startswith("400")
    assert_tells_nobody(lines, at_least="refused: DisallowedHost")


@pytest.mark.django_db(transaction=True)
def test_each_request_has_one_line_of_facts(lines: io.StringIO) -> None:
    send("/account/login/")
    said = assert_tells_nobody(lines, at_least="account_login")
    if not said[-1].startswith("{"):
        assert "page=account_login method=GET status=200 milliseconds=" in said[-1]
        return
    line = json.loads(said[-1])
    assert line["logger"] == "tsunagari.access"
    assert line.keys() == {
        "time", "level", "logger", "message", "request", "page", "method", "status", "milliseconds",
    }  # fmt: skip
