"""A public page is drawn once and answered again from memory, for exactly those whom it would answer alike."""

import gzip

import pytest

from tsunagari.kernel.edge import instruments
from tsunagari.kernel.edge.declare import EVERYTHING, KEEP_HEADER, Keep
from tsunagari.kernel.edge.keeping import takes_gzip
from tsunagari.kernel.edge.tests.visits import Town


def test_a_second_reader_gets_the_same_page_without_its_being_drawn_again() -> None:
    town = Town()
    first, second = town.ask(), town.ask()
    assert town.drawn == 1
    assert first.status == second.status == "200 OK"
    assert first.body == second.body
    assert first.headers.keys() == second.headers.keys()
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert second.headers["Content-Length"] == str(len(second.body))
    assert town.closed == 1


def test_nobody_outside_sees_the_internal_headers_kept_or_not() -> None:
    town = Town()
    for answer in (town.ask(), town.ask(), town.ask(REQUEST_METHOD="POST"), town.ask(HTTP_AUTHORIZATION="Basic x")):  # fmt: skip
        assert KEEP_HEADER not in answer.headers
        assert "X-Tsunagari-View" not in answer.headers


def test_a_page_that_says_nothing_of_keeping_is_drawn_each_time() -> None:
    town = Town()
    town.keep = ""
    assert town.ask().body != town.ask().body
    assert "ETag" not in town.ask().headers


def test_a_kept_page_is_counted_and_measured_as_a_fresh_one() -> None:
    town = Town()
    for _ in range(3):
        town.ask("/counted/")
    town.ask("/counted/", HTTP_USER_AGENT="curl/8")
    town.ask("/counted/", HTTP_SEC_PURPOSE="prefetch")
    town.ask("/counted/", REQUEST_METHOD="HEAD")
    assert (town.drawn, town.views) == (1, 3)
    line = 'tsunagari_request_seconds_count{method="GET",page="page",room="town",status="2xx"}'
    told = [each for each in instruments.exposition().decode().splitlines() if each.startswith(line)]  # fmt: skip
    assert float(told[0].split()[-1]) >= 5


def test_a_browser_that_has_the_page_gets_a_304_and_is_counted_as_on_every_visit() -> None:
    town = Town()
    etag = town.ask().headers["ETag"]
    again = town.ask(HTTP_IF_NONE_MATCH=f'"other", {etag}')
    assert (again.status, again.body) == ("304 Not Modified", b"")
    assert again.headers["ETag"] == etag
    assert again.headers["Cache-Control"] == "no-cache"
    assert town.views == 2
    assert town.ask(HTTP_IF_NONE_MATCH='"other"').status == "200 OK"
    fresh = Town()
    assert (
        fresh.ask(HTTP_IF_NONE_MATCH=etag).status == "304 Not Modified"
    )  # drawn anew, and the same
    assert fresh.views == 1


def test_the_same_visits_give_the_same_figure_whether_a_page_is_in_memory_or_not() -> None:
    """A browser that has the page asks whether it changed: seen again is seen, and memory is no part of the figure."""
    kept, drawn = Town(), Town()
    drawn.keep = ""
    etag = ""
    for _visit in range(3):
        for town in (kept, drawn):
            answer = town.ask("/counted/", **({"HTTP_IF_NONE_MATCH": etag} if etag else {}))
            etag = answer.headers.get("ETag", etag)
    assert kept.drawn < drawn.drawn
    assert kept.views == drawn.views == 3


def test_whoever_takes_gzip_gets_it_small() -> None:
    town = Town()
    plain = town.ask()
    packed = town.ask(HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < len(plain.body)
    assert packed.headers["Content-Length"] == str(len(packed.body))
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in town.ask(HTTP_ACCEPT_ENCODING="gzip;q=0, br").headers


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("br,gzip", True),
        ("x-gzip", True),
        ("gzip;q=0.5", True),
        ("gzip; q=0", False),
        ("gzip;q=0.000", False),
        ("", False),
        ("br", False),
        ("notgzip", False),
        ("*", False),
    ],
)
def test_gzip_is_sent_to_those_only_who_say_so(accepted: str, takes: bool) -> None:  # noqa: FBT001
    assert takes_gzip(accepted) is takes


def test_head_is_answered_from_memory_without_a_body_and_keeps_nothing_itself() -> None:
    town = Town()
    assert town.ask(REQUEST_METHOD="HEAD").status == "200 OK"
    whole = town.ask()
    assert town.drawn == 2
    head = town.ask(REQUEST_METHOD="HEAD")
    assert (town.drawn, head.body) == (2, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "tsunagari=abc"},
        {"HTTP_COOKIE": "x=1; tsunagari =abc"},
        {"HTTP_COOKIE": "tsunagari_staff=abc"},
        {"HTTP_AUTHORIZATION": "Bearer key"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "OPTIONS"},
        {"HTTP_HX_REQUEST": "true"},
        {"QUERY_STRING": "q=1"},
        {"QUERY_STRING": "utm_source=mail"},
        {"HTTP_HOST": ""},
        {"SCRIPT_NAME": "/below"},
    ],
)
def test_whoever_may_see_another_page_is_neither_answered_from_memory_nor_kept(
    environ: dict[str, str],
) -> None:
    town = Town()
    town.ask(**environ)
    assert len(town.memory) == 0
    town.ask()
    assert b"drawn 3 " in town.ask(**environ).body


@pytest.mark.parametrize(
    "headers",
    [
        {"Set-Cookie": "a=b"},
        {"Cache-Control": "private"},
        {"Cache-Control": "max-age=3, no-store"},
        {"Content-Security-Policy": "script-src 'self' 'nonce-abc'"},
        {"Content-Security-Policy-Report-Only": "script-src 'nonce-abc'"},
        {"Vary": "Origin"},
        {"Vary": "*"},
        {"Content-Type": "image/png"},
        {"Content-Type": "application/zip"},
        {"Content-Length": "3"},
    ],
)
def test_an_answer_that_is_not_for_everybody_is_not_kept(headers: dict[str, str]) -> None:
    town = Town()
    town.headers = headers
    town.ask()
    town.ask()
    assert (town.drawn, town.views) == (2, 0 if "Content-Type" in headers else 2)


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "206 Partial Content", "503 Away"])  # fmt: skip
def test_only_a_whole_page_is_kept(status: str) -> None:
    town = Town()
    town.status = status
    assert town.ask().status == status
    town.ask()
    assert town.drawn == 2


@pytest.mark.parametrize("kind", ["application/rss+xml", "application/json", "text/plain; charset=utf-8", "application/ld+json"])  # fmt: skip
def test_feeds_and_data_are_kept_and_are_no_views(kind: str) -> None:
    town = Town()
    town.kind = kind
    town.ask()
    town.ask()
    assert (town.drawn, town.views) == (1, 0)


def test_pages_of_a_list_are_kept_by_the_parameters_that_the_view_names() -> None:
    town = Town()
    town.keep = Keep(names=frozenset({"list"}), query=frozenset({"page"})).header()
    bodies = {town.ask(QUERY_STRING=query).body for query in ("", "page=2", "page=3")}
    bodies |= {town.ask(QUERY_STRING=query).body for query in ("", "page=2", "page=3")}
    assert len(bodies) == 3
    for query in ("page=2&q=x", "page=2&page=3", "q", "page=" + "2" * 400):
        town.ask(QUERY_STRING=query)
    assert len(town.memory) == 3


def test_hosts_schemes_and_paths_are_kept_apart() -> None:
    town = Town()
    asked: list[tuple[str, dict[str, str]]] = [
        ("/", {}),
        ("/en/", {}),
        ("/", {"HTTP_HOST": "school.example"}),
        ("/", {"wsgi.url_scheme": "https"}),
        ("/あ".encode().decode("latin-1"), {}),
    ]
    for _ in range(2):
        for path, environ in asked:
            town.ask(path, **environ)
    assert town.drawn == len(asked)


def test_behind_a_proxy_only_what_came_by_https_is_kept() -> None:
    town = Town(secure=True)
    for _ in range(2):
        town.ask()
        town.ask(HTTP_X_FORWARDED_PROTO="http")
    assert (town.drawn, len(town.memory)) == (4, 0)
    for _ in range(2):
        town.ask(HTTP_X_FORWARDED_PROTO="https")
    assert town.drawn == 5


def test_fragments_are_kept_apart_and_only_when_the_view_varies_on_them() -> None:
    town = Town()
    town.headers = {"Vary": "HX-Request"}
    page, fragment = town.ask(), town.ask(HTTP_HX_REQUEST="true")
    assert page.body != fragment.body
    assert town.ask(HTTP_HX_REQUEST="true").body == fragment.body
    assert town.ask().body == page.body
    assert town.views == 2


def test_a_page_that_looks_at_cookies_is_kept_for_those_without_any_that_matter() -> None:
    town = Town()
    town.headers = {"Vary": "Cookie"}
    town.ask(HTTP_COOKIE="furigana=on")
    assert len(town.memory) == 0
    town.ask(HTTP_COOKIE="csrftoken=abc; _ga_X=1;_ga=2")
    town.ask()
    assert town.drawn == 2
    town.ask(HTTP_COOKIE="csrftoken=abc; furigana=on")
    assert town.drawn == 3


def test_a_purge_drops_what_was_made_of_the_thing_and_nothing_else() -> None:
    town = Town()
    town.ask("/a/")
    town.keep = Keep(names=frozenset({"page:2"})).header()
    town.ask("/b/")
    town.memory.drop(["list:news", "page:9"])
    assert len(town.memory) == 1
    town.ask("/b/")
    assert town.drawn == 2
    town.memory.drop([EVERYTHING])
    assert (len(town.memory), town.memory.bytes) == (0, 0)


def test_a_page_that_was_being_drawn_while_a_part_of_it_changed_is_given_once_and_not_kept() -> (
    None
):
    town = Town()
    town.meanwhile = lambda: town.memory.drop(["list:news"])
    answer = town.ask()
    assert answer.status == "200 OK"
    assert "ETag" not in answer.headers
    assert len(town.memory) == 0
    town.meanwhile = lambda: town.memory.drop(["page:77"])
    town.ask()
    assert len(town.memory) == 1


def test_a_page_being_drawn_while_everything_was_purged_is_not_kept() -> None:
    town = Town()
    town.meanwhile = town.memory.forget_all
    town.ask()
    assert len(town.memory) == 0


def test_a_page_ends_at_its_moment() -> None:
    town = Town()
    town.keep = Keep(names=frozenset({"page:1"}), until=1000.5).header()
    town.ask()
    town.ask()
    assert town.drawn == 1
    town.moment.now = 1000.5
    town.ask()
    assert town.drawn == 2
    assert len(town.memory) == 0  # its moment has passed: it is not kept again


def test_whoever_has_not_heard_of_purges_for_a_moment_answers_and_keeps_nothing() -> None:
    town = Town()
    town.ask()
    town.moment.now += 0.89
    town.ask()
    assert town.drawn == 1
    town.moment.now += 0.02
    town.ask()
    town.ask("/other/")
    assert (town.drawn, len(town.memory)) == (3, 1)
    town.memory.heard_all(town.moment.now)
    town.ask()
    assert town.drawn == 3


def test_in_read_only_mode_by_environment_memory_answers_for_ever() -> None:
    town = Town(always=True)
    town.keep = Keep(names=frozenset({"page:1"}), until=1010.0).header()
    town.ask()
    town.moment.now += 86_400  # the database is away: better yesterday's page than none
    town.ask()
    assert town.drawn == 1
    town.memory.heard_all(town.moment.now)
    town.ask()
    assert town.drawn == 2


def test_a_header_that_cannot_be_read_keeps_nothing(caplog: pytest.LogCaptureFixture) -> None:
    town = Town()
    for words in ("", ";", "a; b=c", "a; until=soon"):
        town.keep = words
        town.ask()
    assert len(town.memory) == 0
    assert "cannot be read" in caplog.text


def test_memory_is_bounded_and_what_was_used_least_goes_first() -> None:
    town = Town(limit=60_000)
    for number in range(30):
        town.ask(f"/{number}/")
        town.ask("/home/")
    assert town.memory.bytes <= 60_000
    before = town.drawn
    town.ask("/home/")
    town.ask("/29/")
    assert town.drawn == before
    town.ask("/0/")
    assert town.drawn == before + 1


def test_an_answer_that_would_fill_the_memory_is_not_kept() -> None:
    town = Town(limit=20_000)
    town.ask()
    assert len(town.memory) == 0


def test_without_memory_nothing_is_kept() -> None:
    town = Town(limit=0)
    town.ask()
    town.ask()
    assert town.drawn == 2
