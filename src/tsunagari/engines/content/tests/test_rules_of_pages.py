"""What holds for every rule: its data is whole, its mends help and harm nothing, nothing makes it stumble."""

import re
from collections.abc import Sequence

import pytest
from django.utils.translation import gettext, override
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.checking import all_rules, apply_mend, check, refuses
from tsunagari.engines.content.rules.pieces import (
    Change,
    DoesNotFit,
    Heading,
    Image,
    Knowledge,
    Link,
    Piece,
    Place,
    Plain,
    Replacement,
    Rich,
    Table,
    apply,
)
from tsunagari.engines.content.tests.faults.pages import JA, as_page, rich

KNOWN = Knowledge(
    title="題名",
    replace_words=(Replacement(wrong="子供", right="子ども"),),
    hosts=frozenset({"city.example.jp"}),
    prefixes=("042-4",),
)
DIRTY = st.lists(
    st.sampled_from(
        [
            "ｺﾞﾐ",
            "１２",
            "①",
            "㈱",
            "日\u3000時",
            "2026/4/1",
            "H30.4.1",
            "4/1(水)",
            "13:00〜15:00",
            "（市)",
            "！！",
            "避難勧告",
            "子供",
            "123456789018",
            "090-1234-5678",
            "こちら",
            "クリック",
            "・",
            "。",
            "、",
            "\n",
            "\u3000",
            "a",
            "&",
            "<",
            ">",
            "\u200b",
            "ｸﾘｯｸ",
            "ｲﾗｽﾄ",
            "１２３４",
            "5678",
            "9018",
            "令和8年4月1日（木）",
            "taro@gmail.com",
        ]
    ),
    max_size=6,
).map("。".join)
PARAGRAPHS = st.sampled_from(
    [
        "<p>{}</p>",
        "<p><b>{}</b></p>",
        "<h2>{}</h2>",
        "<h4>{}</h4>",
        "<ul><li>{}</li></ul>",
        "<p>・{}</p>",
        '<p><a href="/a">{}</a></p>',
        '<p><a href="/a.pdf">x</a> <a href="/a.pdf">{}</a></p>',
        '<p><a href="javascript:x">{}</a></p>',
        '<p><a linktype="page" id="3">{}</a>。</p>',
        "<p>長い行が続くと、ここで人は改行を<br/>{}</p>",
        "<marquee>{}</marquee>",
        '<embed embedtype="image" alt="{}" id="1"/>',
    ]
)
HTML = st.lists(
    st.builds(
        lambda frame, text: frame.format(
            text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        ),
        PARAGRAPHS,
        DIRTY,
    ),
    max_size=4,
).map("".join)
PIECES = st.one_of(
    st.builds(lambda html: Rich(place=Place(part="r", field="text"), html=html), HTML),
    st.builds(lambda text: Plain(place=Place(part="title"), text=text), DIRTY),
    st.builds(
        lambda level, text: Heading(place=Place(part="h"), level=level, text=text),
        st.integers(1, 6),
        DIRTY,
    ),
    st.builds(
        lambda text: Link(place=Place(part="l"), text=text, href="http://city.example.jp/"), DIRTY
    ),
    st.builds(lambda text: Image(place=Place(part="i"), alt=text), DIRTY),
    st.builds(lambda text: Table(place=Place(part="t"), rows=((text, "1"), ("", text))), DIRTY),
)


def _page(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Each piece once, as a page has no two blocks with one id."""
    return tuple({piece.place.part: piece for piece in pieces}.values())


def test_every_rule_says_what_it_is_why_and_where_it_comes_from() -> None:
    rules = all_rules()
    assert len({rule.id for rule in rules}) == len(rules) >= 60
    for rule in rules:
        assert re.fullmatch(r"[a-z_]+", rule.id), rule.id
        assert rule.title
        assert rule.source, rule.id
        assert rule.why.endswith("。"), rule.id
        assert rule.languages, rule.id


def test_every_rule_can_be_read_in_english() -> None:
    with override("en"):
        for rule in all_rules():
            assert not re.search("[ぁ-ん]", gettext(rule.title)), rule.title
            assert not re.search("[ぁ-ん]", gettext(rule.why)), rule.why


def test_the_rules_of_the_syntax_checkers_that_cities_know_are_all_there() -> None:
    known = {
        "image_alt_missing", "area_alt_missing", "frame_title", "heading_order", "table_caption", "table_headers",
        "link_text", "link_adjacent", "half_width_kana", "wide_letters", "platform_characters", "date_format",
        "spaced_words", "embedded_media", "link_opens_nothing", "replace_words",
    }  # fmt: skip
    assert known <= {rule.id for rule in all_rules()}


def test_a_good_page_has_no_fault() -> None:
    page = (
        Plain(place=Place(part="title"), text="粗大ごみの出し方"),
        Plain(
            place=Place(part="summary"), text="粗大ごみの申し込みと、出す日、手数料を案内します。"
        ),
        *as_page(
            "<h2>申し込み</h2><p>電話で、<b>前の日まで</b>に申し込んでください。令和8年4月1日（水）から、受付は午前9時です。</p>"
            '<ul><li>机</li><li>いす</li></ul><p><a href="https://example.jp/tesuryo">手数料の一覧</a></p>'
            "<h3>注意</h3><p>市役所（田無庁舎）では受け付けません。</p>"
        ),
        Table(
            place=Place(part="t"),
            caption="手数料",
            rows=(("品物", "手数料"), ("机", "500円")),
            header_row=True,
        ),
    )
    assert check(page, JA) == ()


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=4).map(_page))
def test_a_mend_takes_its_fault_away_and_brings_none_that_refuses(page: tuple[Piece, ...]) -> None:
    before = check(page, KNOWN)
    refusing = sum(fault.level == "A" for fault in before)
    for fault in before:
        same = sum(each.rule == fault.rule for each in before)
        for mend in fault.mends:
            after = check(apply_mend(page, mend), KNOWN)
            assert sum(each.rule == fault.rule for each in after) < same, (fault, mend)
            assert sum(each.level == "A" for each in after) <= refusing, (fault, mend)


@settings(max_examples=25)
@given(st.text(max_size=60), st.sampled_from(["ja", "en", "easy"]))
def test_no_text_makes_a_rule_stumble(text: str, language: str) -> None:
    knowledge = Knowledge(language=language, title=text)  # type: ignore[arg-type]
    for fault in check((*as_page(text), rich(f"<p>{text}</p><a href='{text}'>{text}")), knowledge):
        assert fault.said.told(str)
        assert fault.place.start <= fault.place.end


@pytest.mark.parametrize("size", [8_000])
def test_a_huge_page_is_checked_in_linear_steps(size: int) -> None:
    for unit in (
        "・あ<",
        "（(",
        "1234 5678 ",
        "日　",
        "れる",
        '<a href="',
        "<b>",
        "13:00〜",
        "----",
        "漢字",
    ):
        assert check(as_page("<p>" + unit * (size // len(unit))), JA) is not None


@settings(max_examples=60)
@given(HTML, st.data())
def test_letters_are_replaced_where_they_stand_and_nowhere_else(
    html: str, data: st.DataObject
) -> None:
    text = rich_text.plain(html)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 5)))
    kept = text[:start].replace("\n", ""), text[end:].replace("\n", "")
    after = rich_text.plain(rich_text.edited(html, [(start, end, "")]))
    assert after.replace("\n", "") == "".join(kept)


def test_a_change_for_another_piece_changes_nothing() -> None:
    piece = rich("<p>a</p>")
    assert apply(piece, Change(place=Place(part="b2", field="text"), value="x")) == piece
    image = Image(place=Place(part="b1", field="image"), alt="a")
    assert apply(image, Change(place=Place(part="b1", field="text"), value="x")) == image


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(DoesNotFit):
        apply(rich("<p>a</p>"), Change(place=Place(part="b1", field="text"), value=True))
    with pytest.raises(DoesNotFit):
        apply(
            Heading(place=Place(part="h"), level=2, text="a"),
            Change(place=Place(part="h", field="level"), value="3"),
        )
    with pytest.raises(DoesNotFit):
        apply(
            Table(place=Place(part="t"), rows=(("a",),)),
            Change(place=Place(part="t", field="rows.3.0"), value="x"),
        )


def test_only_level_a_refuses_publishing() -> None:
    assert refuses(check(as_page("<h2></h2>"), JA))
    assert not refuses(check(as_page("１２３"), JA))
