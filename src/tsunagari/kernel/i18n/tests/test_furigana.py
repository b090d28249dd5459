"""Readings over the kanji of a page, and addresses that can be read."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.kernel.i18n.furigana import LONGEST_SLUG, romaji_slug, ruby


def _brief(html: str) -> str:
    """Ruby as 漢[かん], for eyes."""
    return re.sub(r"<ruby>(.*?)<rp>\(</rp><rt>(.*?)</rt><rp>\)</rp></ruby>", r"\1[\2]", html)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("引っ越し", "引[ひ]っ越[こ]し"),
        ("申し込み", "申[もう]し込[こ]み"),
        ("お問い合わせ", "お問[と]い合[あ]わせ"),
        ("<p title='市'>市役所</p>", "<p title='市'>市役所[しやくしょ]</p>"),
        ("<a title=\"市>\">市</a>", "<a title=\"市>\">市[し]</a>"),
        ("<code>市</code>市", "<code>市</code>市[し]"),
        ("<script>var 市 = '<b>';</script>市", "<script>var 市 = '<b>';</script>市[し]"),
        ("<ruby>西東京<rt>にし</rt></ruby>", "<ruby>西東京<rt>にし</rt></ruby>"),
        ("市 &amp; 町 &lt;b&gt;", "市[し] &amp; 町[まち] &lt;b&gt;"),
        ("1 < 2人 > 0", "1 < 2人[ふたり] > 0"),
        ("<!-- 市 -->ひらがな", "<!-- 市 -->ひらがな"),
        ("<a href='市", "<a href='市"),
        ("<br/>市", "<br/>市[し]"),
        ("", ""),
    ],
)  # fmt: skip
def test_readings_stand_over_kanji_alone(text: str, read: str) -> None:
    assert _brief(ruby(text)) == read


def test_who_cannot_show_ruby_sees_brackets() -> None:
    assert ruby("市") == "<ruby>市<rp>(</rp><rt>し</rt><rp>)</rp></ruby>"


@given(st.text(alphabet="市役所引っ越しab<>&;'\"/! -rubycode\n"))
@settings(max_examples=150)
def test_nothing_but_readings_is_added(text: str) -> None:
    added = r"<rp>\(</rp><rt>[ぁ-ゖー]+</rt><rp>\)</rp></ruby>"
    assert re.sub(added, "", ruby(text)).replace("<ruby>", "") == text.replace("<ruby>", "")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("転入届の手続き", "tennyuutodoke-no-tetsuzuki"),
        ("マイナンバーカードの更新（有効期限）", "mainanbakado-no-koushin-yuukoukigen"),
        ("Hello World ＡＢＣ", "hello-world-abc"),
        ("ボランティア", "borantia"),
        ("", ""),
        ("？！", ""),
    ],
)
def test_an_address_can_be_read(text: str, slug: str) -> None:
    assert romaji_slug(text) == slug


@given(st.text())
@settings(max_examples=60)
def test_an_address_holds_small_letters_digits_and_strokes(text: str) -> None:
    slug = romaji_slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug) <= LONGEST_SLUG
