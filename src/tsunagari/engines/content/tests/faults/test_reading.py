"""What is hard to read is told, as advice."""

import pytest

from tsunagari.engines.content.tests.faults.pages import EASY, EN, faults, found, heading

LONG = "この制度は、市内に住む人が" + "とても長い説明を読み続けることになる" * 6 + "ものです。"


@pytest.mark.parametrize(
    ("rule", "text", "count"),
    [
        ("sentence_long", LONG, 1),
        ("sentence_long", "短い文です。次の文も短いです。" * 20, 0),
        ("sentence_long", "短い文です" + "（" + "かっこの中は数えません" * 12 + "）。", 0),
        ("kanji_run", "重度心身障害者医療費助成対象者です", 1),
        ("kanji_run", "西東京市役所田無庁舎と国民健康保険料減免申請書と情報公開審査会委員会", 0),
        ("double_negation", "対象にならないわけではありません。", 1),
        ("double_negation", "行かざるを得ない。できなくはない。使えないとは限りません。", 3),
        ("double_negation", "届け出なければなりません。ないとは思いますが、少なくはならない。", 0),
        ("passive_chain", "提出された書類は審査され、決定された内容が通知される。", 1),
        ("passive_chain", "書類が審査され、市が通知します。", 0),
        ("easy_kanji", "長い長い文", 0),
    ],
)
def test_hard_sentences_are_told(rule: str, text: str, count: int) -> None:
    assert len(found(rule, text)) == count
    assert all(fault.level == "advice" for fault in faults(rule, text))


def test_easy_japanese_is_short_and_has_few_kanji() -> None:
    assert found("sentence_long", "これは四十文字をこえる文です。" * 2, EASY) == []
    assert found("sentence_long", "あいうえお" * 9 + "。", EASY) != []
    assert found("easy_kanji", "国民健康保険料減免申請受付期間延長のお知らせです。", EASY) != []
    assert (
        found("easy_kanji", "市役所で 紙を 書いて 出して ください。お金は いりません。", EASY) == []
    )


def test_english_sentences_are_counted_in_words() -> None:
    assert found("sentence_long", "word " * 40 + ".", EN) != []
    assert (
        found(
            "sentence_long",
            "A sentence of a hundred letters or so is quite usual in English and nobody minds it much.",
            EN,
        )
        == []
    )


def test_a_heading_is_no_sentence() -> None:
    assert found("sentence_long", heading(2, "長い見出し" * 30)) == []
