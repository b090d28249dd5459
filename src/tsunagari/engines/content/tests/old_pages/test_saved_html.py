"""A saved page of an old city site gives what it says, and not what stood around it."""

from datetime import date

import pytest

from tsunagari.engines.content.rules.old_pages.saved_html import read_old_page
from tsunagari.engines.content.rules.pasted.blocks import Heading, Picture, Table, Text

ADDRESS = "https://www.city.example.jp/kurashi/gomi/index.html"
PAGE = """<!DOCTYPE html><html lang="ja"><head><meta charset="{charset}"><title>粗大ごみの出し方｜例市ホームページ</title>
<meta name="description" content="粗大ごみの申し込み方法です。"><meta name="keywords" content="ごみ,粗大ごみ"></head><body>
<div id="header"><a href="/">例市</a><ul class="gnavi"><li><a href="/kurashi/">くらし</a></li></ul></div>
<div id="pankuzu">現在の位置：<a href="/">トップ</a> &gt; 粗大ごみ</div>
<div id="wrap"><div id="side"><ul><li><a href="/a">分別</a></li></ul></div>
<div id="main"><h1>粗大ごみの出し方</h1><p class="date">最終更新日：平成３０年４月１日</p>
<h3>申し込み</h3><p>電話で申し込んでください。<a href="../shinsei.pdf">申請書（PDF）</a><a href="ryokin.html">料金</a></p>
<p><img src="/img/oki.jpg" alt="置き場所"></p>
<table border="1"><tr><th>品物</th><th>料金</th></tr><tr><td>机</td><td>５００円</td></tr></table>
<h3>お問い合わせ</h3><p>お問い合わせ先：環境部 ごみ減量推進課 電話 042-000-0000</p>
<p><a href="#top">このページの先頭へ</a></p></div></div>
<div id="footer">Copyright 例市</div></body></html>"""


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("Shift_JIS", "cp932"),
        ("EUC-JP", "euc_jp"),
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp932"),
        ("x", "euc_jp"),
    ],
)
def test_a_page_is_read_whatever_it_was_saved_in(charset: str, codec: str) -> None:
    page = read_old_page(PAGE.format(charset=charset).encode(codec), ADDRESS)
    assert page.title == "粗大ごみの出し方"
    assert page.summary == "粗大ごみの申し込み方法です。"
    assert page.keywords == ("ごみ", "粗大ごみ")
    assert page.updated == date(2018, 4, 1)
    assert page.division == "環境部 ごみ減量推進課"
    assert page.language == "ja"
    assert page.files == (
        "https://www.city.example.jp/kurashi/shinsei.pdf",
        "https://www.city.example.jp/img/oki.jpg",
    )
    assert [link.text for link in page.links] == ["申請書（PDF）", "料金"]
    assert page.blocks[:2] == (
        Heading(level=2, text="申し込み"),
        Text(
            html='<p>電話で申し込んでください。<a href="https://www.city.example.jp/kurashi/shinsei.pdf">申請書（PDF）</a>'
            '<a href="https://www.city.example.jp/kurashi/gomi/ryokin.html">料金</a></p>'
        ),
    )
    assert page.blocks[2] == Picture(src="https://www.city.example.jp/img/oki.jpg", alt="置き場所")
    assert page.blocks[3] == Table(rows=(("品物", "料金"), ("机", "500円")), header_row=True)
    said = str(page.blocks)
    assert all(
        words not in said for words in ("先頭へ", "Copyright", "分別", "現在の位置", "更新日")
    )


def test_a_page_without_names_for_its_parts_is_found_by_its_letters() -> None:
    html = (
        "<title>昔のページ - 例市公式サイト</title><table><tr><td width=150><a href=a.html>くらし</a><br><a href=b.html>福祉</a></td>"
        "<td><b>敬老会のお知らせ</b><br><br>今年の敬老会を、市民会館で開きます。どなたでも来られますので、お誘い合わせのうえおいでください。</td></tr></table>"
    )
    page = read_old_page(html.encode("cp932"), "http://www.city.example.jp/old.htm")
    assert page.title == "昔のページ"
    assert "くらし" not in str(page.blocks)
    assert page.blocks == (
        Heading(level=2, text="敬老会のお知らせ"),
        Text(
            html="<p>今年の敬老会を、市民会館で開きます。どなたでも来られますので、お誘い合わせのうえおいでください。</p>"
        ),
    )
    assert page.updated is None
    assert page.division == ""


def test_an_english_page_is_english_and_an_easy_one_easy() -> None:
    english = "<html lang=en><main><h1>Rubbish</h1><p>Put out your rubbish before eight in the morning, please.</p></main>"
    easy = "<html lang=ja><main><h1>ごみ（やさしい日本語）</h1><p>ごみは あさ 8じまでに だして ください。おねがいします。</p></main>"
    assert read_old_page(english.encode(), ADDRESS).language == "en"
    assert read_old_page(easy.encode(), ADDRESS).language == "easy"


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"\x00" * 50, b"\x80\x81" * 50, "市".encode(), b"<main>", b"<title>"]
)
def test_what_is_no_page_is_read_as_an_empty_one(data: bytes) -> None:
    page = read_old_page(data, "not an address [")
    assert page.address == "not an address ["
    assert len(page.blocks) <= 1


def test_the_citys_name_at_the_top_is_no_title() -> None:
    html = (
        "<html><head><title>住民票の写し | 例市</title></head><body><header><h1>例市</h1></header>"
        "<main><header><h2>住民票の写し</h2></header><p>窓口か郵便で、住民票の写しを受け取れます。手数料は300円です。</p></main></body></html>"
    )
    page = read_old_page(html.encode(), ADDRESS)
    assert page.title == "住民票の写し"
    assert page.blocks == (
        Text(html="<p>窓口か郵便で、住民票の写しを受け取れます。手数料は300円です。</p>"),
    )
