"""A city's site of 2009 as a program saved it: Shift_JIS, frames, tables that lay out, links that lead nowhere."""

from pathlib import Path

import pytest

from tsunagari.engines.content.tests.uploads import samples

PAGES = {
    "index.html": "<html><head><title>例市</title></head><frameset cols='20%,*'><frame src='menu.html'><frame src='gomi/index.html'></frameset></html>",
    "gomi/index.html": """<title>ごみの出し方｜例市</title><div id="main"><h1>ごみの出し方</h1>
<p>燃やせるごみは、朝8時までに出してください。くわしくは<a href="sodai.htm">こちら</a>。</p>
<p><img src="../img/basho.jpg" alt="置き場所の写真"></p>
<p><a href="https://www.city.example.jp/gomi/sodai.htm#top">粗大ごみ</a>、<a href="/kieta/page.html">消えたページ</a>、<a href="shinsei.pdf">申請書（PDF）</a>、<a href="../kyu.doc">古い様式</a></p></div>""",
    "gomi/sodai.htm": """<html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><title>粗大ごみ - 例市公式サイト</title></head>
<body><table width="800"><tr><td width="150"><a href="index.html">ごみ</a></td><td><h1>粗大ごみ</h1>
<table border="1"><tr><th>品物</th><th>料金</th></tr><tr><td>机</td><td>５００円</td></tr></table>
<p>粗大ごみは、電話で申し込んでください。申込書は<a href="sub/shinsei-copy.pdf">同じもの</a>です。</p></td></tr></table></body></html>""",
    "gomi/日本語.html": "<title>日本語の名前</title><div id='main'><h1>日本語の名前のページ</h1><p>このページの名前は日本語です。読めることを確かめます。</p></div>",
    "broken.html": "<html><body><div",
}


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    """The folder, named after its host inside another one."""
    root = tmp_path / "saved" / "www.city.example.jp"
    for name, html in PAGES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(html.encode("cp932"))
    form = samples.pdf(tagged=False)
    (root / "img").mkdir()
    (root / "img" / "basho.jpg").write_bytes(samples.photograph())
    (root / "gomi" / "shinsei.pdf").write_bytes(form)
    (root / "gomi" / "sub").mkdir()
    (root / "gomi" / "sub" / "shinsei-copy.pdf").write_bytes(form)
    (root / "kyu.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    return root.parent
