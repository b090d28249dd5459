"""An old site that still stands is fetched: only as it allows, only what was listed, never from inside a network."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tsunagari.engines.content.actions import fetch_site
from tsunagari.engines.content.actions.fetch_site import Fetcher, fetch_listed
from tsunagari.engines.content.models import ArticlePage, TopicPage
from tsunagari.engines.content.rules.old_pages.fetched import Robots, file_name
from tsunagari.engines.content.rules.old_pages.source import SourceRefused, old_source
from tsunagari.engines.content.tests.uploads import samples

PAGE = "<title>{0}</title><div id='main'><h1>{0}</h1><p>{0}は、朝8時までに出してください。</p>{1}</div>"
LINKED = "<p><a href='/file/shinsei.pdf'>申請書</a><a href='http://other.example/a.pdf'>よその申請書</a></p>"


def old_pages() -> dict[str, tuple[int, dict[str, str], bytes]]:
    def html(title: str, more: str = "") -> tuple[int, dict[str, str], bytes]:
        return 200, {"Content-Type": "text/html"}, PAGE.format(title, more).encode("cp932")

    def moved(to: str) -> tuple[int, dict[str, str], bytes]:
        return 302, {"Location": to}, b""

    return {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /secret/\n"),
        "/gomi/": html("ごみの出し方", LINKED),
        "/gomi/sodai.php?id=3": html("粗大ごみ"),
        "/gomi/sodai.php?id=4": html("粗大ごみの料金"),
        "/old": moved("/new/page.html"),
        "/new/page.html": html("新しい場所のページ"),
        "/out": moved("http://other.example/"),
        "/inside": moved("http://127.0.0.1/admin"),
        "/round": moved("/round"),
        "/secret/a.html": html("見せないページ"),
        "/packed.html": (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b"),
        "/large.html": (200, {}, b"x" * 3000),
        "/file/shinsei.pdf": (200, {}, samples.pdf(tagged=False)),
    }


@dataclass
class Town:
    """An old site on this machine, called town.example; `asked` are the paths that were asked for."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=old_pages)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def at(self, path: str) -> str:
        return f"http://town.example:{self.port}{path}"


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    held = Town()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append(self.path)
            status, headers, body = held.pages.get(self.path, (404, {}, b"gone"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Site)
    held.port = server.server_port
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr("tsunagari.engines.content.rules.hosts.PORTS", (held.port, 80))
    yield held
    server.shutdown()
    server.server_close()


def fetcher(folder: Path, **said: Any) -> Fetcher:
    said.setdefault("allowed", lambda _number: True)
    return Fetcher(folder=folder, resolving=lambda _h, _p: ["127.0.0.1"], pause=0, **said)


def fetched(town: Town, folder: Path, *paths: str, **said: Any) -> fetch_site.Fetched:
    return fetcher(folder, **said).fetch([town.at(each) for each in paths], tell=lambda *_: None)


def test_pages_and_their_files_come_and_are_found_by_their_address(
    town: Town, tmp_path: Path
) -> None:
    found = fetched(town, tmp_path, "/gomi/", "/gomi/sodai.php?id=3", "/gomi/sodai.php?id=4", "/old")  # fmt: skip
    assert found.missed == ()
    assert found.pages[-1] == town.at("/new/page.html")
    assert found.files == 1
    (tmp_path / "list.txt").write_text("\n".join(found.pages), encoding="utf-8")
    source = old_source(tmp_path / "list.txt", saved=tmp_path)
    assert [page.title for page in source.pages()] == [
        "ごみの出し方", "粗大ごみ", "粗大ごみの料金", "新しい場所のページ",
    ]  # fmt: skip
    assert source.missing == ()
    assert source.file(town.at("/file/shinsei.pdf")) is not None
    assert town.asked.count("/robots.txt") == 1


def test_what_was_fetched_is_not_asked_again(town: Town, tmp_path: Path) -> None:
    fetched(town, tmp_path, "/gomi/")
    town.asked.clear()
    assert fetched(town, tmp_path, "/gomi/").files == 1
    assert town.asked == []


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/secret/a.html", "robots.txt does not allow it"),
        ("/out", "leads to another host (other.example)"),
        ("/inside", "leads to another host (127.0.0.1)"),
        ("/round", "is redirected too often"),
        ("/gone.html", "answers 404"),
        ("/packed.html", "comes packed, though that was not asked for"),
    ],
)
def test_what_may_not_or_does_not_come_is_told_and_the_rest_comes(
    town: Town, tmp_path: Path, path: str, why: str
) -> None:
    found = fetched(town, tmp_path, path, "/gomi/")
    assert found.missed == ((town.at(path), why),)
    assert found.pages == (town.at("/gomi/"),)
    assert not list(tmp_path.rglob("*.part"))
    if path == "/secret/a.html":
        assert path not in town.asked


def test_more_than_the_room_is_not_written(town: Town, tmp_path: Path) -> None:
    assert fetched(town, tmp_path, "/large.html", room=2000).missed == ((town.at("/large.html"), "is too large"),)  # fmt: skip


def test_a_private_network_is_asked_only_where_that_is_allowed(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"http://127.0.0.1:{town.port}/gomi/\n", encoding="utf-8")
    monkeypatch.setattr(fetch_site, "PAUSE", 0)
    with pytest.raises(SourceRefused, match="private network"):
        fetch_listed(listed, tmp_path / "site", private=False, tell=lambda *_: None)
    assert town.asked == []
    _list, found = fetch_listed(listed, tmp_path / "site", private=True, tell=lambda *_: None)
    assert len(found.pages) == 1


@pytest.mark.parametrize(("status", "comes"), [(404, 1), (403, 1), (500, 0), (503, 0)])
def test_a_site_that_cannot_say_what_it_allows_is_not_fetched(
    town: Town, tmp_path: Path, status: int, comes: int
) -> None:
    town.pages["/robots.txt"] = (status, {}, b"")
    found = fetched(town, tmp_path, "/gomi/", "/new/page.html")
    assert len(found.pages) == 2 * comes
    assert town.asked.count("/robots.txt") == 1


def test_it_asks_one_after_the_other_with_a_pause_and_as_slowly_as_the_site_wants(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    town.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    one = Fetcher(folder=tmp_path, resolving=lambda _h, _p: ["127.0.0.1"], allowed=lambda _n: True)
    one.fetch([town.at("/new/page.html"), town.at("/gomi/sodai.php?id=3")], tell=lambda *_: None)
    assert waits == [7, 7]
    town.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 3600\n")
    (_address, why), *_ = fetched(town, tmp_path / "b", "/gomi/").missed
    assert "3600" in why


def test_robots_may_speak_to_us_by_name() -> None:
    rules = Robots("User-agent: TsunagariImport\nDisallow: /a/\n\nUser-agent: *\nDisallow: /")
    assert rules.allows("https://town.example/b.html")
    assert not rules.allows("https://town.example/a/b.html")
    assert Robots(None).allows("https://town.example/")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://town.example/", "town.example/index.html"),
        ("https://town.example/gomi/", "town.example/gomi/index.html"),
        ("https://town.example/gomi", "town.example/gomi.html"),
        ("https://town.example/a.php?id=3", "town.example/a.php?id=3"),
        ("https://town.example/%E6%97%A5.html", "town.example/日.html"),
        ("https://town.example/../../etc/passwd", None),
        ("https://town.example/%2e%2e/%2e%2e/etc/passwd", None),
        ("https://town.example//etc/passwd", "town.example/etc/passwd.html"),
        ("http://../etc/passwd", None),
        ("https://town.example/a.php?to=../../x", None),
        ("https://town.example/%00.html", None),
        (f"https://town.example/{'a' * 300}.html", None),
    ],
)
def test_a_page_is_kept_inside_the_folder(address: str, name: str | None) -> None:
    assert file_name(address) == name


@pytest.mark.django_db
def test_the_command_fetches_and_brings_over(
    town: Town, topic: TopicPage, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "media", tmp_path / "data"
    monkeypatch.setattr(Fetcher, "_wait", lambda *_: None)
    listed = tmp_path / "list.txt"
    here = f"http://127.0.0.1:{town.port}"
    listed.write_text(f"{here}/gomi/\n{here}/secret/a.html\n", encoding="utf-8")
    said = StringIO()
    options = {"below": "kurashi/", "division": "shimin", "report": tmp_path / "report.xlsx"}
    with pytest.raises(CommandError, match="--saved"):
        call_command("content", "import", str(listed), "--fetch", **options)
    saved = tmp_path / "site"
    call_command(
        "content",
        "import",
        str(listed),
        "--fetch",
        "--private",
        saved=saved,
        stdout=said,
        **options,
    )
    assert "fetched: 1 pages, 1 files; not fetched: 1" in said.getvalue()
    assert "robots.txt does not allow it" in said.getvalue()
    assert "1 drafts" in said.getvalue()
    assert not ArticlePage.objects.get(title="ごみの出し方").live
    assert (tmp_path / "report.xlsx").exists()
