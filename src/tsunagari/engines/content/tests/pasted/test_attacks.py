"""What is pasted may have been made to harm: nothing of it reaches the page, and nothing takes long."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.engines.content.rules.pasted.blocks import Heading, Pasted, Picture, Table, Text
from tsunagari.engines.content.rules.pasted.cleaning import TAGS, clean, gate

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href=' data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='https://a.jp/\" onmouseover=\"alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<p onclick=alert(1) style='background:url(javascript:x)'>x</p>",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<style><img src='</style><img src=x onerror=alert(1)>'></style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>c",
    "<table><tr><td>&lt;img src=x onerror=alert(1)&gt;<td>x<tr><td>y<td>z</table>",
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<base href='javascript:'><meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<p>a\u202eb<a href='https://example.jp/\u202egpj.exe'>c</a></p>",
]
BOMBS = {
    "divs": "<div>" * 1_000_000,
    "paragraphs": "<p>x" * 1_200_000,
    "lists": "<ul><li>x" * 500_000,
    "tables": "<table><tr><td>" * 300_000,
    "cells": "<table><tr><td rowspan=9999 colspan=9999>x" * 300,
    "spans": "<table><tr>" + "<td rowspan=65000 colspan=1000>x" * 500,
    "styles": "<style>" * 700_000,
    "fragments": "<!--StartFragment-->" * 200_000,
    "attributes": "<a " + "x=1 " * 1_200_000,
    "data": '<img src="data:image/png;base64,' + "A" * 5_000_000,
    "signs": "<" * 5_000_000,
}


class Marks(HTMLParser):
    """Collects every mark and attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(name for name, _value in attrs)))
        self.addresses += [value or "" for _name, value in attrs]


def assert_harmless(pasted: Pasted) -> None:
    for block in pasted.blocks:
        if isinstance(block, Text):
            marks = Marks()
            marks.feed(block.html)
            assert {tag for tag, _names in marks.seen} <= TAGS
            assert all(names == (("href",) if tag == "a" else ()) for tag, names in marks.seen)
            assert all(_is_safe(address) for address in marks.addresses), marks.addresses
            assert gate(block.html) == block.html
        elif isinstance(block, Picture):
            assert _is_safe(block.src), block.src
        elif isinstance(block, Heading):
            assert 2 <= block.level <= 4
            assert block.text.strip() == block.text != ""
        else:
            assert isinstance(block, Table)
            assert len({len(row) for row in block.rows}) == 1


def _is_safe(address: str) -> bool:
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", address.lower())
    return (
        scheme is None or scheme[1] in ("http", "https", "mailto", "tel")
    ) and "\u202e" not in address


@pytest.mark.parametrize("html", ATTACKS)
@pytest.mark.parametrize(
    "frame",
    ["{}", "<p>前{}後</p>", "<table><tr><td>{}<td>b<tr><td>c<td>d</table>", "<ul><li>{}</ul>"],
)
def test_an_attack_leaves_nothing_but_words(html: str, frame: str) -> None:
    pasted = clean(frame.format(html))
    assert_harmless(pasted)
    shown = " ".join(block.html for block in pasted.blocks if isinstance(block, Text))
    assert not re.search(r"<script|onerror=(?![^<]*(?:&gt;|$))|javascript:(?=[^<]*\">)", shown)


def test_typed_marks_stay_letters() -> None:
    assert clean("<p>&lt;b&gt;は太字</p>").blocks == (Text(html="<p>&lt;b&gt;は太字</p>"),)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_with_a_note_or_a_block(name: str) -> None:
    pasted = clean(BOMBS[name])
    assert_harmless(pasted)
    assert len(pasted.blocks) < 100_000


PARTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<td\xa0rowspan=3>",
        "</table>",
        "<h1>",
        "<h4>",
        "</h1>",
        "<br>",
        "・あ",
        "①い",
        "2.う",
        "<a\xa0href=/x>",
        "</a>",
        "<a\xa0href=javascript:x>",
        "<script>",
        "</script>",
        "<div\xa0style=display:none>",
        "</div>",
        "<!--",
        "-->",
        "<![if\xa0x]>",
        "■題",
        "ｱ１",
        "&amp;",
        "&lt;",
        "\xa0",
        "<ruby>",
        "<rt>",
        "<span\xa0style='mso-list:Ignore'>1.</span>",
        "<p\xa0style='mso-list:l0\xa0level2\xa0lfo1'>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<pre>",
        "<img\xa0src=a\xa0alt=b>",
        "。",
        "長い言葉",
    ]
).map(lambda part: part.replace("\xa0", " "))


@settings(max_examples=150)
@given(st.lists(PARTS, max_size=14).map("".join))
def test_any_mixture_of_marks_comes_out_harmless_and_twice_the_same(html: str) -> None:
    once = clean(html)
    assert_harmless(once)
    again = "".join(block.html for block in once.blocks if isinstance(block, Text))
    assert gate(again) == again


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_any_letters_come_out_harmless(text: str) -> None:
    assert_harmless(clean(text))
    assert_harmless(clean(f"<p>{text}</p><a href='{text}'>{text}</a>"))
