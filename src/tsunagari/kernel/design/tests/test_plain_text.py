"""What was typed in haste is shown with its paragraphs and lists, and never as markup."""

import pytest

from tsunagari.kernel.design.plain_text import shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("揺れました。", "<p>揺れました。</p>"),
        ("揺れました。\n余震があります。", "<p>揺れました。<br>余震があります。</p>"),
        ("揺れました。\r\n\r\n火を消す。", "<p>揺れました。</p><p>火を消す。</p>"),
        ("- 火を消す\n- 戸を開ける", "<ul><li>火を消す</li><li>戸を開ける</li></ul>"),
        ("すること\n・火を消す\n・戸を開ける\nあわてずに。", "<p>すること</p><ul><li>火を消す</li><li>戸を開ける</li></ul><p>あわてずに。</p>"),
        ("-5度です。", "<p>-5度です。</p>"),
        ("- <script>x</script>", "<ul><li>&lt;script&gt;x&lt;/script&gt;</li></ul>"),
        ("<b>&</b>", "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"),
    ],
)  # fmt: skip
def test_paragraphs_and_lists_are_shown_as_such(text: str, html: str) -> None:
    assert shown(text) == html
