"""A whole small town is written as files, and a plain file server answers every link in them."""

import http.client
import json
import re
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from django.test import override_settings

from tsunagari.city.export import making
from tsunagari.city.export.folder import MANIFEST, Refused
from tsunagari.city.export.links import Link, in_page
from tsunagari.city.tests import exported_town

NOW = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)
STATIC = re.compile(r"its link to /static/")
"""Static files are not collected in tests; the nginx test has them."""


def export(folder: Path) -> making.Made:
    with override_settings(ROOT_URLCONF=exported_town.__name__):
        return making.make_export(folder, processes=2, now=NOW, say=lambda _: None)


@pytest.fixture(autouse=True)
def _calendar_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "pages_at_request", lambda: frozenset({"years"}))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "pages_at_request", lambda: frozenset({"years"}))
        folder = tmp_path_factory.mktemp("export") / "site"
        made = export(folder)
    assert [fault for fault in made.faults if not STATIC.search(fault)] == []
    assert made.new == made.files
    return folder


def _text(site: Path, file: str) -> str:
    return (site / file).read_text(encoding="utf-8")


def test_pages_and_files_stand_under_names_that_any_server_finds(site: Path) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert files == {
        "index.html", "en/index.html", "news/index.html", "en/news/index.html", "404.html", "en/404.html",
        "news/page=2/index.html", "news/page=3/index.html", "en/news/page=2/index.html", "en/news/page=3/index.html",
        "news/kind=a/index.html", "en/news/kind=a/index.html", "お祭り/index.html", "files/7/index.pdf",
        "style.css", "one.svg", "two.svg", "without-server/index.html", MANIFEST,
        "easy/index.html", "easy/404.html",
    }  # fmt: skip


def test_links_lead_to_the_files_and_what_needs_a_server_to_the_page_that_says_so(
    site: Path,
) -> None:
    home = _text(site, "index.html")
    links = {text: link for link, text in re.findall(r'<a href="([^"]*)">([^<]*)</a>', home)}
    assert links["news"] == "/news/"
    assert links["moved"] == "/news/page=2/"
    assert links["file"] == "/files/7/index.pdf"
    assert links["other"] == "https://other.example/"
    assert {links[each] for each in ("search", "sign in", "narrow", "years")} == {"/without-server/"}  # fmt: skip
    assert 'href="/style.css?v=3"' in home
    assert '<form method="dialog" inert>' in home
    assert "送信や検索は、今は使えません。" in home
    assert "do not work right now" in _text(site, "en/index.html")
    assert '<a href="/news/page=3/">next</a>' in _text(site, "news/page=2/index.html")
    assert '<a href="/news/kind=a/">' in _text(site, "news/page=2/index.html")


def test_the_page_that_says_so_speaks_both_languages(site: Path) -> None:
    words = _text(site, "without-server/index.html")
    assert "今は使えない機能です" in words
    assert "This does not work right now" in words


def test_the_manifest_names_every_file_with_its_hash(site: Path) -> None:
    told = json.loads(_text(site, MANIFEST))
    assert told["made"] == "2027-03-31T14:59:59+00:00"
    by_file = {each["file"]: each for each in told["files"]}
    assert by_file["news/page=2/index.html"]["address"] == "/news/?page=2"
    assert len(by_file["style.css"]["sha256"]) == 64
    assert all(each["seconds"] >= 0 for each in told["files"])


def test_a_plain_file_server_answers_every_link(site: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    waiting, seen = ["/"], set()
    try:
        while waiting:
            address = waiting.pop()
            if address in seen or address.startswith("/static/"):
                continue
            seen.add(address)
            line.request("GET", quote(address, safe="/%=?"))
            answer = line.getresponse()
            body = answer.read()
            assert answer.status == 200, address
            if "text/html" in answer.headers["Content-Type"]:
                links = (each.to for each in in_page(body.decode()) if isinstance(each, Link))
                waiting += [urljoin(address, to).partition("#")[0] for to in links if ":" not in to]
    finally:
        server.shutdown()
        server.server_close()
    assert len(seen) > 14


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def test_a_second_export_writes_nothing_again_and_forgets_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    with monkeypatch.context() as patch:
        patch.setattr(making, "starting_addresses", lambda: ["/", "/dead/"])
        export(folder)
    inode = (folder / "one.svg").stat().st_ino
    assert (folder / "dead/index.html").is_file()
    assert export(folder).new == 0
    assert (folder / "one.svg").stat().st_ino == inode
    assert not (folder / "dead").exists()


def test_links_to_nowhere_and_pages_that_break_are_told_and_the_rest_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "starting_addresses", lambda: ["/", "/dead/"])
    made = export(tmp_path / "site")
    faults = [fault for fault in made.faults if not STATIC.search(fault)]
    assert faults == [
        "/broken/: answered 500",
        "/dead/: its link to /broken/ leads nowhere",
        "/dead/: its link to /gone/ leads nowhere",
    ]
    assert (tmp_path / "site/news/index.html").is_file()


def test_without_a_home_the_export_before_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    export(folder)
    home = f"{exported_town.__name__}.home"
    monkeypatch.setattr(making, "pages_at_request", lambda: frozenset({home}))
    with pytest.raises(Refused, match="home page cannot be drawn"):
        export(folder)
    assert (folder / "index.html").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.lock"}
