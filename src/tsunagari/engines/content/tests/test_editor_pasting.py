"""Pasting from Word and Excel: plain blocks, notes, and nothing that a script could use."""

import json
from typing import Any

import pytest
from django.test import Client

from tsunagari.engines.content.models import ArticlePage
from tsunagari.engines.content.tests.test_editor import draft

__all__ = ["draft"]

pytestmark = pytest.mark.django_db

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<h2>申込みのしかた</h2><p class=MsoNormal><span style='color:red'>ﾏｲﾅﾝﾊﾞｰ</span>が<b>必要</b>です。</p>
<script>alert(1)</script><img src="file:///C:/図1.png" alt="案内図"><a href="javascript:alert(2)">ここ</a>
<table><tr><th>区分</th><th>金額</th></tr><tr><td>住民票</td><td>300円</td></tr></table>
<p onclick="alert(3)">以上です。</p></body></html>"""


def pasted(
    client: Client, page: ArticlePage, body: str, *, more: str = "", kind: str = "text/html"
) -> Any:
    """What comes of a clipboard."""
    return client.post(
        f"/console/content/paste/?edit={page.pk}{more}", body, content_type=f"{kind}; charset=utf-8"
    )


def test_word_becomes_text_and_table(clerk_client: Client, draft: ArticlePage) -> None:
    answer = pasted(clerk_client, draft, WORD).json()
    assert [block["type"] for block in answer["blocks"]] == ["text", "table", "text"]
    head, line = answer["blocks"][0]["value"]["blocks"][:2]
    assert (head["type"], head["text"]) == ("header-two", "申込みのしかた")
    assert line["text"].startswith("マイナンバーが必要です。")
    table = answer["blocks"][1]["value"]
    assert table["data"] == [["区分", "金額"], ["住民票", "300円"]]
    assert table["table_header_choice"] == "row"
    assert any("画像" in note for note in answer["notes"])
    for evil in ("alert", "javascript", "onclick", "<script"):
        assert evil not in json.dumps(answer, ensure_ascii=False)


def test_into_a_field_without_headings_they_are_bold(
    clerk_client: Client, draft: ArticlePage
) -> None:
    answer = pasted(clerk_client, draft, "<h2>持ち物</h2><p>印鑑</p>", more="&plain=1").json()
    head = answer["blocks"][0]["value"]["blocks"][0]
    assert (head["type"], head["inlineStyleRanges"][0]["style"]) == ("unstyled", "BOLD")


def test_cells_between_tabs_are_a_table(clerk_client: Client, draft: ArticlePage) -> None:
    sheet = "区分\t金額\r\n住民票\t３００円\r\n"
    answer = pasted(
        clerk_client, draft, sheet, more="&lines=1", kind="text/tab-separated-values"
    ).json()
    assert answer["blocks"][0]["value"]["data"] == [["区分", "金額"], ["住民票", "300円"]]


def test_what_is_too_long_is_refused_in_words(clerk_client: Client, draft: ArticlePage) -> None:
    answer = pasted(clerk_client, draft, "<p>" + "あ" * 1_700_000 + "</p>")
    assert answer.status_code == 413
    assert "長すぎます" in answer.json()["refused"]


def test_an_empty_or_broken_clipboard_gives_nothing(
    clerk_client: Client, draft: ArticlePage
) -> None:
    for body in ("", "   ", "<", "<table>", "\x00\ufffe", "<p>" * 500):
        answer = pasted(clerk_client, draft, body)
        assert answer.status_code == 200, body
        assert isinstance(answer.json()["blocks"], list)
