"""The page on accessibility says what was tested, and says so where nothing was."""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tsunagari.engines.content.queries.accessibility import LastResult, last_test

pytestmark = pytest.mark.django_db


def page(client: Client, monkeypatch: pytest.MonkeyPatch, tested: Any) -> str:
    module = import_module("tsunagari.engines.content.views.accessibility")
    monkeypatch.setattr(module, "last_test", lambda: tested)
    return client.get("/accessibility/").content.decode()


def test_without_a_test_it_claims_nothing(
    client: Client, divisions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = page(client, monkeypatch, None)
    assert "試験の結果は、まだありません。" in said
    assert "JIS X 8341-3:2016" in said


def test_it_tells_day_tool_and_what_was_found(
    client: Client, divisions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tested = LastResult(day=date(2026, 11, 22), tool="axe-core 4.11.0", pages=62, findings=0)
    said = page(client, monkeypatch, tested)
    assert "axe-core 4.11.0" in said
    assert "62画面" in said
    assert "「準拠」とは書きません" in said
    faulty = LastResult(day=date(2026, 11, 22), tool="axe-core 4.11.0", pages=62, findings=3)
    assert "問題が見つかり、直しています" in page(client, monkeypatch, faulty)


@pytest.mark.parametrize(
    "written", ["", "{", "[]", '{"day": "yesterday"}', '{"day": "2026-11-22"}']
)
def test_a_file_that_cannot_be_read_is_no_test(tmp_path: Path, written: str) -> None:
    file = tmp_path / "accessibility.json"
    file.write_text(written, encoding="utf-8")
    assert last_test(file) is None
    assert last_test(tmp_path / "missing.json") is None


def test_it_stands_in_every_language(client: Client, divisions: None) -> None:
    assert "Accessibility of this site" in client.get("/en/accessibility/").content.decode()
    assert client.get("/easy/accessibility/").status_code == 200
