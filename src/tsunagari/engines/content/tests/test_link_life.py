"""Links that lead nowhere: within the site without a network, outward by asking, never into anybody's own network."""

from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tsunagari.engines.content.actions.ask_address import Answer, ask_address
from tsunagari.engines.content.actions.ask_links import ask_links, keep_addresses, note_answer
from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.models import CheckedLink, LinkUse, Round, TopicPage
from tsunagari.engines.content.queries.links import dead_links
from tsunagari.engines.content.rules.addresses import target_of
from tsunagari.engines.content.rules.hosts import is_public
from tsunagari.engines.content.tasks import ask_links_every_night
from tsunagari.engines.content.tests.conftest import published, text
from tsunagari.engines.content.tests.stewards import checked
from tsunagari.kernel.i18n.clock import Clock, system_clock


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "224.0.0.1",
        "100.64.0.1",
    ],
)
def test_addresses_of_own_networks_are_never_asked(number: str) -> None:
    assert not is_public(number)
    answer = ask_address(
        "http://nowhere.example/", resolving=lambda _h, _p: ["93.184.216.34", number]
    )
    assert answer == Answer(status=None)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.jp/",
        "http://example.jp:22/",
        "http://u:p@example.jp/",
        "http://[",
        "//x",
        "",
    ],
)
def test_what_is_no_web_address_is_not_asked(address: str) -> None:
    def none(_host: str, _port: int) -> list[str]:
        raise AssertionError

    assert ask_address(address, resolving=none) == Answer(status=None)


def test_public_addresses_are_asked() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")


class _Site(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self._answer(405 if self.path == "/no-head" else None)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, status: int | None) -> None:
        moved = {"/moved": "/here", "/inside": "http://127.0.0.1:8443/", "/round": "/round"}
        self.send_response(
            status or (302 if self.path in moved else 404 if self.path == "/gone" else 200)
        )
        if self.path in moved:
            self.send_header("Location", moved[self.path])
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


def test_living_moved_gone_and_circling_addresses_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr("tsunagari.engines.content.rules.hosts.PORTS", (server.server_port,))

    def asked(path: str) -> int | None:
        address = f"http://town.example:{server.server_port}{path}"
        found = ask_address(
            address, resolving=lambda _h, _p: ["127.0.0.1"], allowed=lambda _n: True
        )
        return found.status

    answers = [
        asked(path) for path in ("/", "/no-head", "/moved", "/gone", "/round", "/日本語?q=あ")
    ]
    assert answers == [200, 200, 200, 404, 0, 200]
    assert asked("/inside") is None
    server.shutdown()
    server.server_close()


def _at(moment: datetime) -> Clock:
    return lambda: moment


def test_an_address_is_dead_after_failures_on_two_days() -> None:
    row = CheckedLink(address="https://example.org/")
    days = [datetime(2026, 11, day, 20, tzinfo=UTC) for day in (20, 20, 21)]
    failures = []
    for day in days:
        note_answer(row, Answer(status=404), clock=_at(day))
        failures.append(row.failures)
    assert failures == [1, 1, 2]
    assert row.failed_since == days[0]
    note_answer(row, Answer(status=403), clock=_at(days[2]))
    assert row.failures == 0


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("page:3", "page"),
        ("document:7", "file"),
        ("#section-1", "anchor"),
        ("/a/#b", "within"),
        ("https://example.org/#x", "outward"),
        ("https://city.example.jp/a", "within"),
        ("mailto:a@example.jp", "other"),
        ("tel:042", "other"),
        ("http://[", "other"),
        ("javascript:x", "other"),
        ("", "other"),
    ],
)
def test_links_are_told_apart(address: str, kind: str) -> None:
    assert target_of(address, {"city.example.jp"}).kind == kind


@pytest.mark.django_db
def test_links_within_the_site_are_checked_without_a_network(topic: TopicPage) -> None:
    other = published(topic, title="終わる", slug="owaru")
    html = (
        f'<h2>見出し</h2><p><a linktype="page" id="{other.pk}">終わる</a> <a linktype="page" id="999999">ない</a>'
        '<a linktype="document" id="7">ファイル</a> <a href="#section-1">見出しへ</a> <a href="#section-9">ない見出し</a>'
        ' <a href="/kurashi/owaru/">終わる</a> <a href="/nowhere/">どこにもない</a> <a href="/plan/">計画</a></p>'
    )
    page = published(topic, title="案内", slug="annai", body=text(html))
    checked(page)
    faults = dict(LinkUse.objects.filter(page_id=page.pk).values_list("address", "fault"))
    assert faults[f"page:{other.pk}"] == ""
    assert faults["#section-1"] == ""
    assert faults["/plan/"] == ""
    assert (faults["page:999999"], faults["document:7"]) == ("missing", "file")
    assert (faults["#section-9"], faults["/nowhere/"]) == ("anchor", "missing")
    other.unpublish()
    checked(page)
    assert LinkUse.objects.get(address=f"page:{other.pk}").fault == "unpublished"
    assert LinkUse.objects.get(address="/kurashi/owaru/").fault == "missing"


@pytest.mark.django_db
def test_a_walk_asks_each_address_once_a_day_and_names_the_pages_of_dead_ones(
    topic: TopicPage,
) -> None:
    html = '<p><a href="https://a.example.org/x">甲</a> <a href="https://b.example.org/">乙</a></p>'
    page = published(topic, title="案内", slug="annai", body=text(html))
    checked(page)
    asked: list[str] = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return Answer(status=404 if "/x" in address else 200)

    for day in (20, 20, 21):
        held = Round.objects.create(kind="links", asked_at=system_clock())
        ask_links(held, clock=_at(datetime(2026, 11, day, 3, tzinfo=UTC)), ask=ask, pause=0)
    assert sorted(asked) == sorted(["https://a.example.org/x", "https://b.example.org/"] * 2)
    dead = dead_links("shimin", "")
    assert [(each.address, each.status) for each in dead] == [("https://a.example.org/x", 404)]
    assert [use.page_id for use in dead[0].uses] == [page.pk]
    assert dead_links("joho-suishin", "") == []
    LinkUse.objects.all().delete()
    keep_addresses()
    assert not CheckedLink.objects.exists()


@pytest.mark.django_db
def test_no_other_host_is_asked_unless_the_installation_says_so(settings: object) -> None:
    settings.CHECK_LINKS = False  # type: ignore[attr-defined]
    assert ask_links_every_night.call() == 0
    assert not Round.objects.exists()
    settings.CHECK_LINKS = True  # type: ignore[attr-defined]
    ask_links_every_night.call()
    first = Round.objects.get()
    assert ask_round("links", hand=None, clock=system_clock).pk == first.pk
