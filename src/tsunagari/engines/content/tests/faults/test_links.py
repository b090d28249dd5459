"""Links say where they lead, and lead there."""

import pytest

from tsunagari.engines.content.rules.checking import apply_mend
from tsunagari.engines.content.rules.pieces import Knowledge, Link, Place
from tsunagari.engines.content.tests.faults.pages import EN, as_page, faults, found, link, mended

A = '<p><a href="https://example.jp/a">{}</a></p>'

FOUND = [
    ("link_text", A.format("こちら"), ["こちら"]),
    ("link_text", A.format("詳しくはこちら（→）"), ["詳しくはこちら（→）"]),
    ("link_text", A.format("ここをクリック"), ["ここをクリック"]),
    ("link_text", A.format("<b>コチラ</b>"), ["コチラ"]),
    ("link_text", A.format("ｺﾁﾗ"), ["ｺﾁﾗ"]),
    ("link_text", '<p><a linktype="page" id="3">続きを読む</a></p>', ["続きを読む"]),
    ("link_text_address", A.format("https://example.jp/a"), ["https://example.jp/a"]),
    ("link_text_address", A.format("www.example.jp/a/"), ["www.example.jp/a/"]),
    ("link_empty", '<p>a<a href="/x"> </a>b</p>', ["/x"]),
    ("link_empty", '<p><a href="/x"><embed embedtype="image" alt="" id="1"/></a></p>', ["/x"]),
    ("link_same_text", A.format("様式") + '<p><a href="/b">様式</a></p>', ["様式"]),
    ("link_adjacent", '<p><a href="/a">市の</a> <a href="/a">計画</a></p>', ["市の 計画"]),
    ("link_file_kind", '<p><a href="/a.pdf">申請書</a></p>', ["申請書"]),
    ("link_file_kind", '<p><a href="/a.XLSX?x=1">様式 </a></p>', ["様式"]),
    ("link_opens_nothing", '<p><a href="">申請</a></p>', [""]),
    ("link_opens_nothing", "<p><a>申請</a></p>", [""]),
    ("link_opens_nothing", '<p><a href="javascript:void(0)">申請</a></p>', ["javascript:void(0)"]),
    ("link_opens_nothing", '<p><a href="java&#10;script:x">申請</a></p>', ["java\nscript:x"]),
    ("link_opens_nothing", '<p><a href="file:///C:/a.doc">申請</a></p>', ["file:///C:/a.doc"]),
    ("link_opens_nothing", r'<p><a href="\\fs01\kyoyu\a.xls">表</a></p>', [r"\\fs01\kyoyu\a.xls"]),
    ("link_opens_nothing", r'<p><a href="C:\a.xls">表</a></p>', [r"C:\a.xls"]),
    ("link_opens_nothing", '<p><a href="http://gwserver/a">庁内</a></p>', ["http://gwserver/a"]),
    (
        "link_opens_nothing",
        '<p><a href="http://192.168.1.5/">庁内</a></p>',
        ["http://192.168.1.5/"],
    ),
    (
        "link_opens_nothing",
        '<p><a href="https://cms.city.lgwan.jp/x">庁内</a></p>',
        ["https://cms.city.lgwan.jp/x"],
    ),
    ("link_opens_nothing", '<p><a href="http://[::1">x</a></p>', ["http://[::1"]),
]
ALONE = [
    ("link_text", A.format("こちら側の入口の地図")),
    ("link_text", A.format("詳しくは、ごみの出し方のページへ")),
    ("link_text", A.format("クリックで学ぶ防災")),
    ("link_text", A.format("参照条文")),
    ("link_text_address", A.format("soumu@example.jp")),
    ("link_text_address", A.format("西東京市のホームページ（https://example.jp/）")),
    ("link_empty", '<p><a href="/x"><embed embedtype="image" alt="市の計画" id="1"/></a></p>'),
    ("link_same_text", A.format("様式") + '<p><a href="https://example.jp/a/">様式</a></p>'),
    ("link_adjacent", '<p><a href="/a">市の計画</a>と<a href="/a">計画</a></p>'),
    ("link_adjacent", '<p><a href="/a">市の計画</a> <a href="/b">計画</a></p>'),
    ("link_adjacent", '<ul><li><a href="/a">一</a></li><li><a href="/a">二</a></li></ul>'),
    ("link_file_kind", '<p><a href="/a.pdf">申請書（PDF：120KB）</a> <a href="/a.html">a</a></p>'),
    ("link_file_kind", '<p><a href="https://example.pdf.jp/">例</a></p>'),
    ("link_opens_nothing", '<p><a href="#moushikomi">申込</a><a href="/a/">a</a></p>'),
    (
        "link_opens_nothing",
        '<p><a linktype="page" id="3">計画</a><a href="tel:042-464-1311">電話</a></p>',
    ),
    (
        "link_opens_nothing",
        '<p><a href="mailto:a@example.jp">メール</a><a href="../a.html">a</a></p>',
    ),
    ("link_opens_nothing", '<p><a href="https://10times.com/">10</a></p>'),
]
MENDED = [
    ("link_empty", '<p>a<a href="/x"></a>b</p>', "<p>ab</p>"),
    (
        "link_adjacent",
        '<p><a href="/a">市の</a> <a href="/a">計画</a></p>',
        '<p><a href="/a">市の 計画</a></p>',
    ),
    (
        "link_file_kind",
        '<p><a href="/a.pdf"><b>申請書</b> </a></p>',
        '<p><a href="/a.pdf"><b>申請書（PDF）</b> </a></p>',
    ),
    ("link_opens_nothing", '<p><a href="#">申請</a></p>', "<p>申請</p>"),
]


@pytest.mark.parametrize(("rule", "html", "letters"), FOUND)
def test_a_link_that_leads_nowhere_clear_is_found(rule: str, html: str, letters: list[str]) -> None:
    assert found(rule, html) == letters


@pytest.mark.parametrize(("rule", "html"), ALONE)
def test_a_link_in_order_is_left_alone(rule: str, html: str) -> None:
    assert found(rule, html) == []


@pytest.mark.parametrize(("rule", "html", "after"), MENDED)
def test_a_mend_keeps_the_words_and_the_rest(rule: str, html: str, after: str) -> None:
    assert mended(rule, html) == after
    assert found(rule, after) == []


def test_english_links_say_where_they_lead() -> None:
    assert found("link_text", '<p><a href="/a">Click here</a> <a href="/b">here</a></p>', EN) == [
        "Click here",
        "here",
    ]
    assert found("link_text", '<p><a href="/a">Here is our history</a></p>', EN) == []
    assert (
        mended("link_file_kind", '<p><a href="/a.pdf">Form</a></p>', EN)
        == '<p><a href="/a.pdf">Form (PDF)</a></p>'
    )


def test_blocks_of_links_are_checked_like_links_in_text() -> None:
    assert found("link_text", link("こちら", "/a")) == ["こちら"]
    assert found("link_same_text", [link("様式", "/a"), link("様式", "/b")]) == ["様式"]


def test_a_dead_link_is_known_by_what_was_asked_before() -> None:
    knowledge = Knowledge(dead=frozenset({"https://example.jp/gone", "page:9"}))
    html = '<p><a href="https://example.jp/gone">前の計画</a><a linktype="page" id="9">古い頁</a><a href="/a">今</a></p>'
    assert found("link_dead", html, knowledge) == ["https://example.jp/gone", "page:9"]


def test_links_to_the_own_site_become_safe() -> None:
    knowledge = Knowledge(hosts=frozenset({"www.city.example.jp"}))
    html = '<p><a class="x" href="http://www.city.example.jp/a?b=1&amp;c=2">a</a><a href="http://other.jp/">b</a></p>'
    assert mended("link_own_http", html, knowledge).startswith(
        '<p><a class="x" href="https://www.city.example.jp/a?b=1&amp;c=2">'
    )
    assert found("link_own_http", html) == []
    page = as_page(
        Link(place=Place(part="l", field="links.0"), text="市", href="http://www.city.example.jp/")
    )
    fault = faults("link_own_http", page, knowledge)[0]
    assert fault.mends[0].changes[0].place == Place(part="l", field="links.0.href")
    changed = apply_mend(page, fault.mends[0])[0]
    assert isinstance(changed, Link)
    assert changed.href == "https://www.city.example.jp/"
