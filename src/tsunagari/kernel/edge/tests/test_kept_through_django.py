"""The whole way: Django's middleware, the edge before it, and visitors with other languages, cookies and forms."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from tsunagari.kernel.edge import api
from tsunagari.kernel.edge.declare import KEEP_HEADER, Keep
from tsunagari.kernel.edge.tests.visits import FIREFOX, Moment
from tsunagari.kernel.marks import api as marks

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tsunagari.kernel.edge.tests.kept_pages"),
]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request ends without closing the connection in whose transaction the test runs, as Django's client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Got:
    """What came back."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = status
        self.headers = dict(headers)
        self.body = body.decode()


class Door:
    """An edge before Django."""

    def __init__(self, *, always: bool = False) -> None:
        self.moment = Moment()
        self.memory = api.Memory(limit=10**7, always=always, now=self.moment)
        self.memory.heard_all(self.moment.now)
        self.standing = api.Standing(
            always=always, taken=("/i18n/setlang/",), page=api.read_only_page()
        )
        self.counted: list[str] = []
        self.edge = api.Edge(
            WSGIHandler(),
            self._count,
            keeping=api.Keeping(memory=self.memory, sessions=("tsunagari", "tsunagari_staff")),
            standing=self.standing,
        )

    def _count(self, *, service: str, page: str, language: str, **_rest: str) -> None:
        self.counted.append(f"{service}:{page}:{language}")

    def ask(self, path: str, **more: Any) -> Got:
        """One visit; `body` is what is sent, the rest stands in the environ."""
        body = more.pop("body", b"")
        environ: dict[str, Any] = {"HTTP_HOST": "localhost", "HTTP_USER_AGENT": FIREFOX}
        environ["PATH_INFO"], _, environ["QUERY_STRING"] = path.partition("?")
        setup_testing_defaults(environ)
        environ |= {"HTTP_HOST": "localhost", "wsgi.input": BytesIO(body)} | more
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Any:
            begun[:] = [status, headers]

        answer = b"".join(self.edge(environ, begin))
        assert KEEP_HEADER not in dict(begun[1])
        return Got(begun[0], begun[1], answer)


def test_the_address_alone_decides_what_is_said_whatever_browser_and_cookies_wish() -> None:
    door = Door()
    wishes = {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "django_language=en"}
    first = door.ask("/town/page/", **wishes)
    assert "<p>ja /town/page/" in first.body
    assert door.ask("/town/page/").body == first.body
    assert door.ask("/town/page/", HTTP_ACCEPT_LANGUAGE="ja").body == first.body
    english = door.ask("/en/town/page/", HTTP_ACCEPT_LANGUAGE="ja")
    assert "<p>en /en/town/page/" in english.body
    assert door.ask("/en/town/page/").body == english.body
    assert door.counted == ["town:page:ja"] * 3 + ["town:page:en"] * 2
    assert first.headers["Content-Language"] == "ja"


def test_a_page_that_speaks_as_the_browser_wishes_is_not_kept() -> None:
    door = Door()
    assert door.ask("/town/wished/", HTTP_ACCEPT_LANGUAGE="en").body == "en"
    assert len(door.memory) == 0
    assert door.ask("/town/wished/", HTTP_ACCEPT_LANGUAGE="ja").body == "ja"


def test_a_form_or_a_script_of_one_visitor_is_never_given_to_another() -> None:
    door = Door()
    for path in ("/town/form/", "/town/nonce/"):
        first = door.ask(path)
        assert door.ask(path).body != first.body
        with_cookie = door.ask(path, HTTP_COOKIE="csrftoken=" + "a" * 32)
        assert door.ask(path).body != with_cookie.body
    assert len(door.memory) == 0


def test_who_is_signed_in_sees_her_own_page_and_nobody_else_does(resident_client: Client) -> None:
    door = Door()
    stranger = door.ask("/town/greets/")
    cookie = f"tsunagari={resident_client.cookies['tsunagari'].value}"
    hers = door.ask("/town/greets/", HTTP_COOKIE=cookie)
    assert hers.body != stranger.body
    assert "no-store" in hers.headers["Cache-Control"]
    assert door.ask("/town/greets/").body == stranger.body


def test_pages_of_a_list_are_kept_and_other_parameters_are_drawn() -> None:
    door = Door()
    for _ in range(2):
        assert door.ask("/town/list/?page=2").body == "/town/list/?page=2"
        assert door.ask("/town/list/?page=2&x=1").body == "/town/list/?page=2&x=1"
    assert len(door.memory) == 1


def test_what_may_be_kept_is_refused_in_words_when_it_cannot_be() -> None:
    answer = HttpResponse("x")
    with pytest.raises(ValueError, match="could never be purged"):
        api.kept(answer, names=[])
    with pytest.raises(ValueError, match="names nothing"):
        api.kept(answer, names=["content page"])
    with pytest.raises(ValueError, match="has no zone"):
        api.kept(answer, names=["a"], until=datetime(2027, 3, 31))  # noqa: DTZ001 - that is the fault
    with pytest.raises(ValueError, match="not the name of a parameter"):
        api.kept(answer, names=["a"], query=["a=b"])
    with pytest.raises(TypeError, match="piece by piece"):
        api.kept(StreamingHttpResponse(iter([b""])), names=["a"])
    until = datetime(2027, 3, 31, 15, tzinfo=UTC)
    api.kept(answer, names=["b:2", "a:1"], until=until, query=["page"])
    said = Keep.read(answer.headers[KEEP_HEADER])
    assert said == Keep(names=frozenset({"a:1", "b:2"}), query=frozenset({"page"}), until=until.timestamp())  # fmt: skip


def test_in_read_only_mode_a_message_gets_a_calm_page_in_both_languages_and_reading_goes_on() -> (
    None
):
    door = Door()
    door.standing.switched = True
    refused = door.ask("/town/page/", REQUEST_METHOD="POST", body=b"a=b", CONTENT_LENGTH="3")
    assert refused.status == "503 Service Unavailable"
    assert refused.headers["Retry-After"] == "300"
    assert "今は読むことだけができます" in refused.body
    assert "For now, this site can only be read" in refused.body
    assert 'href="/en/"' in refused.body
    assert door.ask("/town/page/").status == "200 OK"
    program = door.ask("/api/plans/", REQUEST_METHOD="PUT", HTTP_ACCEPT="application/json")
    assert program.headers["Content-Type"] == "application/json"
    assert "read-only" in program.body
    door.standing.switched = False
    assert door.ask("/town/page/", REQUEST_METHOD="POST").status != "503 Service Unavailable"


def test_in_read_only_mode_the_language_can_still_be_chosen() -> None:
    door = Door(always=True)
    body = b"language=en&next=/town/page/"
    answer = door.ask(
        "/i18n/setlang/",
        REQUEST_METHOD="POST",
        body=body,
        CONTENT_LENGTH=str(len(body)),
        CONTENT_TYPE="application/x-www-form-urlencoded",
    )
    assert answer.status.startswith(
        ("302", "403")
    )  # it reached Django; a form of the site bears its token


def test_in_read_only_mode_a_page_that_would_write_says_so_and_nothing_is_written() -> None:
    door = Door()
    door.standing.switched = True
    answer = door.ask("/town/writes/")
    assert answer.status.startswith("503")
    assert "今は読むことだけができます" in answer.body
    assert marks.last("read") is None
    door.standing.switched = False
    assert door.ask("/town/writes/").body == "written"
    assert marks.last("read") is not None


def test_in_read_only_mode_a_session_is_read_and_not_touched(resident_client: Client) -> None:
    door = Door()
    door.standing.switched = True
    cookie = {"HTTP_COOKIE": f"tsunagari={resident_client.cookies['tsunagari'].value}"}
    stranger = door.ask("/town/greets/").body
    assert door.ask("/town/greets/", **cookie).body != stranger
    remembered = door.ask("/town/remembers/", **cookie)
    assert (remembered.status, remembered.body) == ("200 OK", "read")
    assert "Set-Cookie" not in door.ask("/town/remembers/").headers
    session = resident_client.session
    assert "seen" not in session


def test_in_read_only_mode_views_are_counted_while_the_database_takes_them() -> None:
    door = Door()
    door.standing.switched = True
    door.ask("/town/page/")
    door.standing.writable = False
    door.ask("/town/page/")
    door.ask("/town/page/")
    assert door.counted == ["town:page:ja"]


def test_the_command_switches_and_says_how_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("read_only")
    assert "読み取り専用ではありません" in capsys.readouterr().out
    call_command("read_only", "on")
    assert "Read-only; server processes follow" in capsys.readouterr().out
    assert api.is_switched_on()
    since = api.switched_since()
    call_command("read_only", "on")
    assert api.switched_since() == since
    call_command("read_only", "off")
    assert not api.is_switched_on()
