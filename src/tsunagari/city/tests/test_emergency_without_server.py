"""In an emergency the exported folder says it too, served by a plain file server with ours stopped."""

import http.client
import re
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from tsunagari.city.export import making
from tsunagari.city.tests import emergency_town
from tsunagari.kernel.design import banner
from tsunagari.kernel.design.banner import Banner, Way, Wording

NOW = datetime(2026, 11, 21, 18, 10, tzinfo=UTC)


def _announced(language: str) -> tuple[Banner, ...]:
    said = Wording(
        language="ja", tag="ja", name="日本語", title="避難指示が出ています", text="川があふれそうです。",
        todo="高い所へ逃げてください。", address="/emergency/",
    )  # fmt: skip
    way = Way(title="119", address="tel:119")
    return (Banner(said=said, changed_at=NOW, light=True, ways=(way,)),) if language else ()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town as files."""
    monkeypatch.setattr(banner, "_SOURCES", [_announced])
    monkeypatch.setattr(banner, "_LAST", {})
    folder = tmp_path / "site"
    with override_settings(ROOT_URLCONF=emergency_town.__name__):
        making.make_export(folder, processes=1, now=NOW, say=lambda _: None)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.mark.django_db(transaction=True)
def test_the_emergency_page_answers_from_files_in_every_language_and_leads_to_the_everyday_home(
    site: Path,
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    try:
        for home in ("/", "/en/", "/easy/"):
            body = _asked(line, home)
            page = body.decode()
            assert "避難指示が出ています" in page
            assert "高い所へ逃げてください。" in page
            (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]*)">', page)
            css = Path(str(finders.find("design/light.css"))).read_bytes()
            assert sheet.startswith("/static/design/light")
            assert len(body) + len(css) < 30_000
            (full,) = re.findall(r'href="([^"]*full=1[^"]*)"', page)
            assert b"everyday" in _asked(line, full)
    finally:
        line.close()
        server.shutdown()
        server.server_close()


def _asked(line: http.client.HTTPConnection, address: str) -> bytes:
    line.request("GET", address)
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, address
    return body
