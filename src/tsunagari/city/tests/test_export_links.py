"""Links of a page are found where a browser finds them, written anew in place, and nothing else of it changes."""

import pytest

from tsunagari.city.export.links import (
    Form,
    Link,
    in_page,
    in_script,
    in_style,
    without_sending,
    written,
)
from tsunagari.city.export.places import WITHOUT_SERVER, Place, address_of, is_drawn, place_of

HOSTS = frozenset({"www.city.example.jp"})
LANGUAGES = frozenset({"ja", "en"})


def _links(page: str) -> list[str]:
    return [each.to for each in in_page(page) if isinstance(each, Link)]


@pytest.mark.parametrize(
    ("page", "links"),
    [
        ('<a href="/a/">a</a><A HREF=/b/>b</A><a href=\'/c/\'>', ["/a/", "/b/", "/c/"]),
        ('<a title="a > b" href="/a/?x=1&amp;y=2">', ["/a/?x=1&y=2"]),
        ('<img src="/1.png" srcset="/1.png 1x, /2.png 2x">', ["/1.png", "/1.png", "/2.png"]),
        ('<source srcset="/a,b.webp 320w,\n /c.webp 640w">', ["/a,b.webp", "/c.webp"]),
        ('<img srcset="/only.png">', ["/only.png"]),
        ('<!-- <a href="/hidden/"> --><script>x = \'<a href="/no/">\'</script>', []),
        ('<script src="/x.js">import "/y.js"</script><style>@import "/z.css"</style>', ["/x.js"]),
        ('<textarea><a href="/no/"></textarea><title><a href="/no/"></title>', []),
        ('<svg><use xlink:href="#i" href="/sprite.svg#i"></use></svg>', ["#i", "/sprite.svg#i"]),
        ('<div hx-get="/part/" data-href="/no/"></div><object data="/o.pdf"></object>', ["/part/", "/o.pdf"]),
        ('<meta property="og:image" content="/og.png"><base href="/elsewhere/">', []),
        ("<a href>no address</a><a href=>", []),
        ("< a href='/no/'> 3 < 4 > 2", []),
        ('<a href="/お知らせ/">', ["/お知らせ/"]),
        ("", []),
    ],
)  # fmt: skip
def test_links_are_found_as_a_browser_finds_them(page: str, links: list[str]) -> None:
    assert _links(page) == links


def test_a_huge_page_of_broken_tags_is_read_in_a_moment() -> None:
    assert _links("<a href='" * 3000) == []
    assert _links('<a "' * 3000) == []
    assert len(_links('<a href="/x/">' * 20_000)) == 20_000


def test_only_what_changes_is_written_anew() -> None:
    page = "<a\thref=\"/a/?x=1&amp;y=2\"  class=b>A&nbsp;</a><IMG src='/b.png'>"
    found = list(in_page(page))
    assert written(page, found, lambda link: link, lambda tag: tag) == page
    new = written(page, found, lambda link: '/q"&<' if link.startswith("/a/") else link, str)
    assert new == "<a\thref=\"/q&quot;&amp;&lt;\"  class=b>A&nbsp;</a><IMG src='/b.png'>"


def test_a_form_sends_nothing_anywhere() -> None:
    page = '<form action="/x/" METHOD=post hx-post="/x/" class="f" data-y="1">'
    (form,) = in_page(page)
    assert isinstance(form, Form)
    told = without_sending(page)
    assert "/x/" not in told
    assert 'class="f"' in told
    assert told.endswith('method="dialog" inert>')


def test_style_sheets_and_modules_lead_on() -> None:
    style = '@import "a.css"; /* url(/no.png) */ x{background:url( "/b.png" )} y{src:url(c.woff2) url(data:x)}'
    assert [each.to for each in in_style(style)] == ["a.css", "/b.png", "c.woff2"]
    module = (
        'import {a} from "./a.js"; import "/b.js"; const c = await import("../c.js"); from = "x"'
    )
    assert [each.to for each in in_script(module)] == ["./a.js", "/b.js", "../c.js"]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a/#b", "/a/"),
        ("b/", "/news/b/"),
        ("?page=2", "/news/?page=2"),
        ("../", "/"),
        ("https://www.city.example.jp/a/", "/a/"),
        ("//www.city.example.jp/a/", "/a/"),
        ("/a.css?v=1", "/a.css"),
        ("/a/?b=2&a=1", "/a/?a=1&b=2"),
        ("/お知らせ/", "/%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B/"),
        ("/%e3%81%8a/", "/%E3%81%8A/"),
        (" /a/ ", "/a/"),
        ("#top", None),
        ("", None),
        ("tel:042-000-0000", None),
        ("mailto:a@b", None),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,x", None),
        ("https://other.example/", None),
        ("http://[broken/", None),
    ],
)
def test_an_address_is_the_same_however_it_is_written(link: str, address: str | None) -> None:
    assert address_of(link, "/news/", HOSTS) == address


@pytest.mark.parametrize(
    ("address", "kind", "file", "at"),
    [
        ("/", "text/html", "index.html", "/"),
        ("/a/", "text/html; charset=utf-8", "a/index.html", "/a/"),
        ("/a", "text/html", "a/index.html", "/a/"),
        ("/a.html", "text/html", "a.html", "/a.html"),
        ("/a/?page=2", "text/html", "a/page=2/index.html", "/a/page=2/"),
        ("/a.csv?s=on", "text/csv", "a.s=on.csv", "/a.s=on.csv"),
        ("/files/12/", "application/pdf", "files/12/index.pdf", "/files/12/index.pdf"),
        ("/feed", "application/rss+xml", "feed.xml", "/feed.xml"),
        ("/%E3%81%8A/", "text/html", "お/index.html", "/%E3%81%8A/"),
        ("/a/?q=" + "%E3%81%8A" * 90, "text/html", None, None),
        ("/a/?q=..%2F..%2Fetc", "text/html", None, None),
    ],
)
def test_every_address_has_a_file_that_any_server_finds(
    address: str, kind: str, file: str | None, at: str | None
) -> None:
    place = place_of(address, kind)
    if file is not None:
        assert place == Place(file, at or "")
    assert len(place.file) < 200
    assert ".." not in place.file
    assert not place.file.startswith("/")


@pytest.mark.parametrize(
    "address",
    ["/account/login/", "/en/account/", "/api/plans/", "/search/", "/en/search/?q=x", "/a/?b=1&c=2",
     "/a/../b/", "/%2e%2e/etc/", "/a//b/", "/a%00b/", "/i18n/setlang/", "/metrics"],
)  # fmt: skip
def test_what_is_answered_anew_each_time_has_no_file(address: str) -> None:
    assert not is_drawn(address, LANGUAGES)


@pytest.mark.parametrize("address", ["/", "/en/", "/a/?page=2", "/a/?b=1", "/a/?b=1&page=2", "/accounts-of-2026/", WITHOUT_SERVER])  # fmt: skip
def test_what_is_the_same_for_all_has_one(address: str) -> None:
    assert is_drawn(address, LANGUAGES)
