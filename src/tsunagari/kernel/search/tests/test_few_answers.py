"""Where few entries say every word of a question: what follows, what was left out, and what kana finds."""

from datetime import UTC, datetime

import pytest

from tsunagari.kernel.search import api
from tsunagari.kernel.search.declare import Entry, Found

NOW = datetime(2027, 1, 15, 3, tzinfo=UTC)

PAGES = {
    "birth": ("出生届", ("赤ちゃん", "名前"), "使える漢字は決まっています。"),
    "kanji": ("子どもの名前に使えない漢字はありますか。", (), "戸籍の窓口でお尋ねください。"),
    "card": ("コンビニで証明書を取る", (), "暗証番号を入れます。"),
    "care": ("要介護・要支援の認定を申請する", (), "介護の認定には1か月かかります。"),
    "hospital": ("入院しています。介護認定はいつから使えますか。", (), "退院の前に申請します。"),
    "shelters": ("避難場所と避難所", ("ひなんじょ",), "市立の学校です。"),
    "flight": ("避難の情報", (), "避難指示が出たら逃げてください。"),
    "measles": ("子どもの定期予防接種", ("麻しん風しん",), "1歳から受けます。"),
}


@pytest.fixture(autouse=True)
def pages(db: None) -> None:
    """Eight entries."""
    api.put(
        Entry(
            kind="content.page",
            public_id=slug,
            language="ja",
            title=title,
            address=f"/{slug}/",
            keywords=keywords,
            body=body,
        )
        for slug, (title, keywords, body) in PAGES.items()
    )


def _find(text: str) -> tuple[list[str], Found]:
    found = api.find(text, language="ja", at=NOW)
    return [hit.public_id for hit in found.hits], found


def test_behind_the_only_entry_that_says_all_stand_those_that_say_most() -> None:
    names, found = _find("赤ちゃん 名前 漢字")
    assert names == ["birth", "kanji"]
    assert found.number == 2
    assert found.dropped == ()


def test_one_word_of_two_is_no_answer_where_an_entry_says_both() -> None:
    assert _find("コンビニ 暗証番号")[0] == ["card"]


def test_what_no_entry_says_together_is_left_out_by_name() -> None:
    names, found = _find("コンビニ 証明書 漢字")
    assert names == ["card"]
    assert found.dropped == ("漢字",)
    names, found = _find("コンビニ 漢字")
    assert names == ["card"]
    assert found.dropped == ("漢字",)


def test_a_question_of_which_no_word_is_known_finds_nothing() -> None:
    assert _find("宇宙旅行 費用") == ([], api.find("宇宙旅行 費用", language="ja", at=NOW))


def test_a_name_in_kana_finds_those_who_write_it_in_several_words_too() -> None:
    assert set(_find("かいごにんてい")[0]) == {"hospital", "care"}


def test_a_keyword_in_kana_is_found_as_it_was_written() -> None:
    assert _find("ひなんじょ")[0][0] == "shelters"


def test_what_makes_a_place_of_a_doing_is_no_empty_word() -> None:
    assert _find("避難所")[0] == ["shelters"]


def test_kana_of_which_the_dictionary_knows_another_name_is_found() -> None:
    assert _find("はしか")[0] == ["measles"]
