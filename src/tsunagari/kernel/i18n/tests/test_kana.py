"""Readings typed in any kana."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.kernel.i18n.kana import (
    KanaRefused,
    check_hiragana,
    check_katakana,
    sort_key,
    to_hiragana,
    to_katakana,
)

HIRAGANA = st.text(alphabet=[chr(code) for code in range(0x3041, 0x3095)], min_size=1)


@pytest.mark.parametrize(
    "typed",
    ["にしとうきょう はなこ", "ニシトウキョウ ハナコ", "ﾆｼﾄｳｷｮｳ ﾊﾅｺ", " にしとうきょう はなこ "],
)
def test_a_reading_in_any_kana_is_taken_as_hiragana(typed: str) -> None:
    assert check_hiragana(typed) == "にしとうきょう はなこ"


@pytest.mark.parametrize("typed", ["西東京", "Hanako", "", "はなこ1"])
def test_what_has_no_reading_is_sent_back_with_an_example(typed: str) -> None:
    with pytest.raises(
        KanaRefused, match="ひらがなで入力してください（例：にしとうきょう はなこ）"
    ):
        check_hiragana(typed)
    with pytest.raises(KanaRefused, match="カタカナで入力してください"):
        check_katakana(typed)


def test_long_and_foreign_sounds_survive() -> None:
    assert check_katakana("ヴィクトリー・ローズ") == "ヴィクトリー・ローズ"
    assert check_hiragana("らーめん") == "らーめん"


def test_readings_sort_like_a_telephone_book() -> None:
    readings = ["ばしょう", "はしもと", "コーヒー", "こうえん", "ハシ", "ばし", "きゃく", "きやく"]
    assert sorted(readings, key=sort_key) == [
        "きゃく",
        "きやく",
        "こうえん",
        "コーヒー",
        "ハシ",
        "ばし",
        "はしもと",
        "ばしょう",
    ]


@given(HIRAGANA)
def test_hiragana_comes_back_from_katakana(reading: str) -> None:
    assert to_hiragana(to_katakana(reading)) == reading
