"""Widths and figures as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.kernel.i18n.widths import NumberRefused, narrow, parse_number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("１６３，０００枚", "163000"),
        ("163,000件", "163000"),
        ("１６３、０００ 件", "163000"),
        ("▲5", "-5"),
        ("△5", "-5"),
        ("−1.5", "-1.5"),
        ("26.6％", "26.6"),
        ("￥１，２００円", "1200"),
        ("12.5㎡", "12.5"),
        ("3km2", "3"),
        ("100人/日", "100"),
        ("0", "0"),
        ("0.00", "0.00"),
    ],
)
def test_a_figure_is_read_as_a_clerk_wrote_it(written: str, meant: str) -> None:
    assert parse_number(written) == Decimal(meant)


@pytest.mark.parametrize("written", ["", " ", "　", "-", "－", "―", "…", "ー"])
def test_a_missing_figure_is_none_and_never_zero(written: str) -> None:
    assert parse_number(written) is None


@pytest.mark.parametrize(
    "written", ["16万件", "16,30", "12月3日", "1e5", "約100", "10～20", "1.2.3", "abc", "件", "--5"]
)
def test_what_could_mean_two_things_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(NumberRefused, match="数値として読めません"):
        parse_number(written)


def test_names_in_old_characters_and_wave_dashes_come_back_as_they_were_given() -> None:
    assert (
        narrow("神田\ufa19 髙﨑 葛\U000e0100飾 １０～２０〜３０ ①㈱")
        == "神田\ufa19 髙﨑 葛\U000e0100飾 10～20〜30 ①㈱"
    )


def test_half_kana_and_parted_voicing_marks_are_joined() -> None:
    assert (
        narrow("ﾆｼﾄｳｷｮｳ ｶﾞｯｺｳ か\u3099は\u309aう\u3099あ\u3099")
        == "ニシトウキョウ ガッコウ がぱゔあ\u3099"
    )


@given(st.text())
def test_narrowing_twice_changes_nothing_more(text: str) -> None:
    assert narrow(narrow(text)) == narrow(text)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12
    )
)
def test_every_figure_with_commas_and_in_full_width_reads_back(figure: Decimal) -> None:
    written = f"{figure:,}".translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789,.-"})
    assert parse_number(written + "件") == figure
