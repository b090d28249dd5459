"""Headings, lists and tables are what they look like."""

import pytest

from tsunagari.engines.content.rules.checking import apply_mend
from tsunagari.engines.content.rules.checking import mended as all_mended
from tsunagari.engines.content.rules.pieces import Heading, Place, Rich, Span, Table
from tsunagari.engines.content.tests.faults.pages import (
    JA,
    as_page,
    faults,
    found,
    heading,
    mended,
    plain,
    rich,
)

T = Place(part="t", field="value")
ROWS = (("年", "人口"), ("2025", "206,000"))


def test_headings_that_go_down_by_one_are_in_order() -> None:
    page = [heading(2, "a"), heading(3, "b"), heading(4, "c"), heading(2, "d"), heading(3, "e")]
    assert found("heading_order", page) == []
    assert found("heading_order", "<h2>a</h2><h3>b</h3><p>x</p><h2>c</h2>") == []


def test_a_skipped_level_is_found_across_blocks_and_all_are_put_in_order() -> None:
    page = as_page(
        [
            heading(3, "a"),
            rich("<h3>b</h3><p>x</p>"),
            rich("<h5>c</h5>", part="b2"),
            heading(2, "d"),
        ]
    )
    assert found("heading_order", page) == ["a", "c"]
    after = apply_mend(page, faults("heading_order", page)[0].mends[0])
    assert [each.level for each in after if isinstance(each, Heading)] == [2, 2]
    assert [each.html for each in after if isinstance(each, Rich)] == [
        "<h2>b</h2><p>x</p>",
        "<h3>c</h3>",
    ]
    assert found("heading_order", after) == []


def test_a_heading_of_level_1_repeats_the_title() -> None:
    assert "レベル1" in faults("heading_order", "<h1>a</h1>")[0].said.told(str)


def test_a_heading_without_words_refuses_and_can_be_taken_away() -> None:
    html = "<h2>a</h2><h2> <b></b></h2><p>x</p>"
    assert [fault.level for fault in faults("heading_empty", html)] == ["A"]
    assert mended("heading_empty", html) == "<h2>a</h2><p>x</p>"
    assert found("heading_empty", [heading(2, "　")]) == [""]
    assert found("heading_empty", "<h2>a</h2>") == []


def test_a_bold_paragraph_that_stands_as_a_heading_becomes_one() -> None:
    html = "<p><b>持ち物</b></p><p>はさみ</p>"
    assert found("heading_by_bold", html) == ["持ち物"]
    assert mended("heading_by_bold", html) == "<h2>持ち物</h2><p>はさみ</p>"
    assert (
        mended("heading_by_bold", "<h3>a</h3>" + html) == "<h3>a</h3><h3>持ち物</h3><p>はさみ</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>必ず持ってきてください。</b></p><p>x</p>",
        "<p><b>注意</b>です</p><p>x</p>",
        "<p><b>最後の段落</b></p>",
        "<p><b>一つ目</b></p><p><b>二つ目</b></p>",
        '<p><b><a href="/a">リンク</a></b></p><p>x</p>',
        f"<p><b>{'長' * 31}</b></p><p>x</p>",
        "<p><b>\u200b</b></p><p>x</p>",
    ],
)
def test_bold_that_is_emphasis_is_left_alone(html: str) -> None:
    assert found("heading_by_bold", html) == []


def test_dots_typed_by_hand_become_a_list() -> None:
    html = "<p>持ち物</p><p>・筆記用具</p><p>・<b>印鑑</b></p><p>以上</p>"
    assert found("hand_made_list", html) == ["・筆記用具"]
    assert (
        mended("hand_made_list", html)
        == "<p>持ち物</p><ul><li>筆記用具</li><li><b>印鑑</b></li></ul><p>以上</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>・一つだけ</p><p>次の段落</p>",
        "<p>・一</p><p>■二</p>",
        "<ul><li>・一</li><li>・二</li></ul>",
        "<p>※注1</p><p>※注2</p>",
        "<p>・一</p><h2>見出し</h2><p>・二</p>",
    ],
)
def test_what_is_no_list_is_left_alone(html: str) -> None:
    assert found("hand_made_list", html) == []


def test_breaks_inside_a_sentence_are_found() -> None:
    html = "<p>この制度は、市内に住んでいて子どもを育てて<br/>いる人が使えます。</p>"
    assert (
        mended("layout_breaks", html)
        == "<p>この制度は、市内に住んでいて子どもを育てている人が使えます。</p>"
    )
    assert mended("layout_breaks", "<p>一行目<br/><br/>二行目</p>") == "<p>一行目<br/>二行目</p>"
    assert found("layout_breaks", "<p>〒188-8666<br/>西東京市南町五丁目<br/>総務課</p>") == []


def test_a_table_has_headers() -> None:
    table = Table(place=T, rows=ROWS)
    fault = faults("table_headers", table)[0]
    assert fault.level == "A"
    assert [mend.changes[0].place.field for mend in fault.mends] == [
        "value.header_row",
        "value.header_column",
    ]
    assert all(found("table_headers", apply_mend([table], mend)) == [] for mend in fault.mends)
    assert found("table_headers", Table(place=T, rows=ROWS, header_column=True)) == []
    assert found("table_headers", Table(place=T, rows=(("1行だけ", "の表"),))) == []


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("table_caption", Table(place=T, rows=ROWS), Table(place=T, rows=ROWS, caption="人口")),
        (
            "table_merged",
            Table(place=T, rows=ROWS, spans=(Span(row=0, column=0, columns=2),)),
            Table(place=T, rows=ROWS),
        ),
        ("table_layout", Table(place=T, rows=(("枠で", "囲む"),)), Table(place=T, rows=ROWS)),
        ("table_layout", Table(place=T, rows=(("枠で",), ("囲む",))), Table(place=T)),
        (
            "table_header_empty",
            Table(place=T, rows=(("", ""), ("a", "1")), header_row=True),
            Table(place=T, rows=(("", "数"), ("a", "1")), header_row=True, header_column=True),
        ),
    ],
)
def test_a_table_is_read_cell_by_cell(rule: str, wrong: Table, right: Table) -> None:
    assert len(found(rule, wrong)) == 1
    assert found(rule, right) == []


def test_letters_in_cells_are_mended_one_by_one_or_all_at_once() -> None:
    table = Table(place=T, rows=(("ｱ", "１"), ("ｲ", "２")), header_row=True)
    first = apply_mend([table], faults("wide_letters", table)[0].mends[0])[0]
    assert isinstance(first, Table)
    assert first.rows == (("ｱ", "1"), ("ｲ", "２"))
    whole = all_mended([table], JA, only={"wide_letters", "half_width_kana"})[0]
    assert isinstance(whole, Table)
    assert whole.rows == (("ア", "1"), ("イ", "2"))


def test_a_long_page_is_mended_in_one_go() -> None:
    page = (rich("<p>１と２と<b>３</b></p>" * 200), plain("①と②" * 50, part="p"))
    after = all_mended(page, JA, only={"wide_letters", "platform_characters"})
    assert found("wide_letters", after) == []
    assert found("platform_characters", after) == []
    assert isinstance(after[0], Rich)
    assert after[0].html == "<p>1と2と<b>3</b></p>" * 200
