"""The words of a text: the city's own are whole, and no text breaks the reading."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pytest_django import Settings

from tsunagari.kernel.i18n.morphemes import (
    WordsRefused,
    city_words,
    compiled_words,
    morphemes,
    reading,
)

CITIES = Path(__file__).resolve().parents[5] / "cities"


def _surfaces(text: str) -> list[str]:
    return [each.surface for each in morphemes(text)]


@pytest.mark.parametrize("writing", ["引越し", "引っ越し", "引越"])
def test_three_ways_of_writing_are_one_word(writing: str) -> None:
    (word,) = morphemes(writing)
    assert (word.normalized, word.reading) == ("引っ越し", "ヒッコシ")


def test_a_long_word_knows_its_short_ones_and_where_they_stand() -> None:
    (word,) = [each for each in morphemes("家の粗大ごみ") if each.parts]
    assert [(p.surface, p.begin, p.end) for p in word.parts] == [("粗大", 2, 4), ("ごみ", 4, 6)]


@pytest.mark.parametrize(
    ("city", "text", "words"),
    [
        ("nishitokyo", "西東京市役所へ", ["西東京市役所", "へ"]),
        ("nishitokyo", "西東京市民の", ["西東京市民", "の"]),
        ("nishitokyo", "ひばりヶ丘駅", ["ひばりヶ丘", "駅"]),
        ("sample", "ひだまり市の", ["ひだまり市", "の"]),
    ],
)
def test_a_citys_own_words_are_whole(
    settings: Settings, city: str, text: str, words: list[str]
) -> None:
    settings.CITY_PACK = CITIES / city
    assert _surfaces(text) == words


def test_a_citys_long_word_is_found_by_its_parts(settings: Settings) -> None:
    settings.CITY_PACK = CITIES / "nishitokyo"
    word = morphemes("本日、西東京市役所")[-1]
    assert [(p.surface, p.begin, p.end) for p in word.parts] == [("西東京", 3, 6), ("市役所", 6, 9)]


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "a\ud800b\udfff", "😀は👨‍👩‍👧", "x" * 60_000, "あ" * 30_000, "ﷺ" * 5_000, "\r\n \t　", "１ﾞ" * 9_000],
)  # fmt: skip
def test_no_text_breaks_the_reading_and_nothing_of_it_is_lost(text: str) -> None:
    found = morphemes(text)
    assert "".join(text[each.begin : each.end] for each in found) == text


@given(st.text())
@hypothesis(max_examples=60)
def test_every_character_stands_in_one_word(text: str) -> None:
    assert "".join(text[each.begin : each.end] for each in morphemes(text)) == text


@pytest.mark.slow
def test_a_text_of_a_megabyte_is_read() -> None:
    text = "窓口で住民票の写しを申請します。" * 22_000
    assert morphemes(text)[-1].end == len(text)


def test_threads_read_at_the_same_time() -> None:
    texts = [f"{number}番の窓口で住民票を申請します" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(_surfaces, texts)) == [_surfaces(text) for text in texts]


def test_a_text_is_read_aloud() -> None:
    assert reading("住民票の写し") == "ジュウミンヒョウノウツシ"


def _pack(folder: Path, rows: str) -> Path:
    (folder / "words.yaml").write_text(rows)
    return folder


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling takes seconds; the cities' words above are compiled for real."""

    def build(rows: Path, made: Path) -> None:
        made.write_text(rows.read_text())

    monkeypatch.setattr("tsunagari.kernel.i18n.morphemes._build", build)


@pytest.mark.usefixtures("_quick")
def test_words_are_compiled_once_and_anew_when_they_change(tmp_path: Path) -> None:
    pack, data = (
        _pack(tmp_path, "words: [{surface: ほげ丸, reading: ほげまる}]"),
        tmp_path / "words",
    )
    first = compiled_words(pack, data)
    assert first is not None
    made = first.stat().st_mtime_ns
    assert compiled_words(pack, data) == first
    assert first.stat().st_mtime_ns == made
    second = compiled_words(_pack(tmp_path, "words: [{surface: ほげ山, reading: ほげやま}]"), data)
    assert list(data.iterdir()) == [second]


@pytest.mark.usefixtures("_quick")
def test_processes_that_start_together_all_get_the_words(tmp_path: Path) -> None:
    pack = _pack(tmp_path, "words: [{surface: ほげ丸, reading: ほげまる}]")
    with ThreadPoolExecutor(6) as pool:
        made = set(pool.map(lambda _: compiled_words(pack, tmp_path / "words"), range(6)))
    assert len(made) == 1


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("words: [{surface: ほげ丸}]", "lacks surface or reading"),
        ("words: [ほげ丸]", "lacks surface or reading"),
        ('words: [{surface: "ほげ,丸", reading: ほげ}]', "holds a comma"),
        ("words: [{surface: ほげ丸, reading: ほげまる, parts: [ほげ]}]", "do not make it up"),
        ("words: [", "this is not YAML"),
    ],
)
def test_a_faulty_file_is_refused_in_a_sentence(tmp_path: Path, rows: str, sentence: str) -> None:
    with pytest.raises(WordsRefused, match=sentence):
        city_words(_pack(tmp_path, rows))


def test_a_city_whose_words_are_faulty_reads_without_them_and_is_warned(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CITY_PACK = _pack(tmp_path, "words: [ほげ丸]")
    assert _surfaces("住民票") == ["住民票"]
    assert "ほげ丸" in caplog.text
