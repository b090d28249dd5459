"""Letters, signs and words that a page should not have: found, left alone, mended."""

import pytest

from tsunagari.engines.content.rules.pieces import Knowledge, Replacement
from tsunagari.engines.content.tests.faults.pages import EASY, EN, found, mended

CITY = Knowledge(
    replace_words=(
        Replacement(wrong="子供", right="子ども"),
        Replacement(wrong="障害者", right="障がい者", reason="市の要綱によります。"),
        Replacement(wrong="障がい", right="障がい者"),
        Replacement(wrong="父兄"),
    )
)

FOUND = [
    ("half_width_kana", "ｺﾞﾐのｶﾚﾝﾀﾞｰ", ["ｺﾞﾐ", "ｶﾚﾝﾀﾞｰ"]),
    ("wide_letters", "電話は０４２－４６４", ["０４２", "４６４"]),
    ("wide_letters", "ＰＤＦファイル", ["ＰＤＦ"]),
    ("platform_characters", "㈱つながり ①と②", ["㈱", "①", "②"]),
    ("platform_characters", "面積は20㎡、第Ⅳ期", ["㎡", "Ⅳ"]),
    ("rare_kanji", "髙橋さんと山﨑さん、もう一人の髙橋さん", ["髙", "﨑"]),
    ("invisible_characters", "市\u200b役所", ["U+200B"]),
    ("invisible_characters", "外字\ue000です", ["U+E000"]),
    ("spaced_words", "日　時 4月1日", ["日　時"]),
    ("spaced_words", "<p>場 所　市役所</p>", ["場 所"]),
    ("spaced_words", "<p>日<b>　</b>時</p>", ["日　時"]),
    ("layout_spaces", "会場　　　　市役所", ["会場　　　　市役所"]),
    ("layout_spaces", "<p>　字下げした段落です。</p>", ["　"]),
    ("signs_width", "西東京市（田無庁舎)です", ["（田無庁舎)"]),
    ("signs_width", "soumu＠example.jp", ["＠"]),
    ("signs_width", "はい,そうです.", [",", "."]),
    ("repeated_signs", "参加者募集！！", ["！！"]),
    ("repeated_signs", "★★★★★お得★★★★★", ["★★★★★", "★★★★★"]),
    ("evacuation_words", "避難勧告が出たら逃げてください。", ["避難勧告"]),
    (
        "evacuation_words",
        "避難準備・高齢者等避難開始を発令します。",
        ["避難準備・高齢者等避難開始"],
    ),
    ("colour_alone", "赤字の部分を記入してください。", ["赤字の部分"]),
    ("colour_alone", "黄色の欄は書かないでください。", ["黄色の欄"]),
    ("position_alone", "右の図をご覧ください。", ["右の図"]),
    ("position_alone", "左側のメニューから選びます。", ["左側のメニュー"]),
]
ALONE = [
    ("half_width_kana", "カタカナと「カッコ」、カレンダー"),
    ("wide_letters", "2026年のPDF 第3回"),
    ("platform_characters", "20平方メートル 株式会社 (1) 第4期 30度 100円 → 〒188-8666 ※ ●"),
    ("rare_kanji", "高橋さんと山崎さん、渡邊さん、齋藤さん、補塡と剝製、辻さん、芦屋"),
    ("invisible_characters", "家族👨\u200d👩\u200d👧と\n改行"),
    ("spaced_words", "東　西　南　北"),
    ("spaced_words", "西東京 太郎"),
    ("spaced_words", "4月1日 時間は10時"),
    ("spaced_words", "毎月第2日 時刻表"),
    ("layout_spaces", "西東京市　みどり公園課"),
    ("layout_spaces", "word word"),
    ("signs_width", "（田無庁舎）と(田無庁舎)と1,000円、No.3と3.5%"),
    ("signs_width", "午前10：30から、あいう"),
    ("repeated_signs", "本当に！ そうですか？ ええと……"),
    ("repeated_signs", "どうして!?"),
    ("evacuation_words", "避難勧告は2021年に廃止され、避難指示に一本化されました。"),
    ("evacuation_words", "避難指示が出たら逃げてください。"),
    ("colour_alone", "赤字決算でした。"),
    ("colour_alone", "赤い羽根共同募金と青色申告、白色の袋、黄色いごみ袋に入れてください。"),
    ("colour_alone", "緑の募金、みどりの窓口、赤字になりました"),
    ("colour_alone", "赤色部分収集"),
    ("position_alone", "下記の表、次の図、上の表を見てください。"),
    ("position_alone", "駅を出て右の道を進み、左の建物です。左右の写真"),
]
MENDED = [
    ("half_width_kana", "ｺﾞﾐの日", "ゴミの日"),
    ("wide_letters", "<p>第<b>１２</b>回</p>", "<p>第<b>12</b>回</p>"),
    ("platform_characters", "㈱つながり", "株式会社つながり"),
    ("platform_characters", "①申込", "(1)申込"),
    ("invisible_characters", "市\u200b役所", "市役所"),
    ("spaced_words", "<p>日<b>　</b>時 &amp; 場所</p>", "<p>日時<b></b> &amp; 場所</p>"),
    ("layout_spaces", "<p>　字下げ</p>", "<p>字下げ</p>"),
    ("signs_width", "市（田無)", "市（田無）"),
    ("repeated_signs", "募集！！", "募集！"),
    ("evacuation_words", "避難勧告です。", "避難指示です。"),
]


@pytest.mark.parametrize(("rule", "text", "letters"), FOUND)
def test_a_clerk_is_told_which_letters_are_wrong(rule: str, text: str, letters: list[str]) -> None:
    assert found(rule, text) == letters


@pytest.mark.parametrize(("rule", "text"), ALONE)
def test_what_is_in_order_is_left_alone(rule: str, text: str) -> None:
    assert found(rule, text) == []


@pytest.mark.parametrize(("rule", "text", "after"), MENDED)
def test_a_mend_writes_what_should_stand_there(rule: str, text: str, after: str) -> None:
    assert mended(rule, text) == after
    assert found(rule, after) == []


def test_the_citys_dictionary_is_kept() -> None:
    assert found("replace_words", "子供と父兄、障害者", CITY) == ["子供", "障害者", "父兄"]
    assert mended("replace_words", "子供の日", CITY) == "子どもの日"
    assert found("replace_words", "子どもと障がい者", CITY) == []


def test_a_word_without_a_successor_is_named_and_not_mended() -> None:
    from tsunagari.engines.content.tests.faults.pages import faults  # noqa: PLC0415

    assert faults("replace_words", "父兄の方へ", CITY)[0].mends == ()


def test_english_pages_are_told_of_colours_and_places() -> None:
    assert found("colour_alone", "Fill in the red fields only.", EN) == ["the red fields"]
    assert found("colour_alone", "The red cross station has green tea.", EN) == []
    assert found("position_alone", "Press the button on the right.", EN) == ["button on the right"]
    assert found("position_alone", "You have the right to object.", EN) == []
    assert found("half_width_kana", "ｶﾅ", EN) == ["ｶﾅ"]


def test_easy_japanese_has_no_words_of_offices() -> None:
    assert found("easy_words", "書類を提出してください。", EASY) == ["提出"]
    assert found("easy_words", "紙を出してください。避難（にげること）します。", EASY) == []
    assert found("easy_words", "書類を提出してください。") == []
