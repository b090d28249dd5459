"""Easy Japanese has no words of offices."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

WORDS = {
    "遵守": "守ること", "閲覧": "見ること", "徴収": "お金を集めること", "納付": "お金をはらうこと", "交付": "わたすこと",
    "提出": "出すこと", "持参": "持ってくること", "記入": "書くこと", "送付": "送ること", "返却": "返すこと",
    "受領": "受け取ること", "貸与": "貸すこと", "該当": "あてはまること", "随時": "いつでも", "原則": "ふつうは",
    "速やかに": "すぐに", "概ね": "だいたい", "高台": "高いところ", "避難": "にげること", "土足厳禁": "くつをぬいでください",
    "余震": "あとからくる地震", "炊き出し": "温かい食べ物をくばること", "給水車": "水をくばる車", "罹災": "災害にあうこと",
    "扶養": "家族の生活のお金を出すこと", "転入": "ほかの市から引っこしてくること", "転出": "ほかの市へ引っこすこと",
    "転居": "市の中で引っこすこと", "世帯主": "家族の代表の人", "課税": "税金がかかること", "減免": "お金を少なくすること",
    "還付": "お金を返すこと", "滞納": "お金をはらっていないこと", "期日": "決められた日", "締切": "いちばん最後の日",
    "未満": "より少ない", "可燃": "もえる", "不燃": "もえない", "粗大": "大きな", "無償": "お金がかからない",
    "実費": "かかったお金", "申込書": "申しこみの紙", "届出": "知らせること", "更新": "新しくすること", "失効": "使えなくなること",
}  # fmt: skip
"""Words of offices, and what to say instead (after 言い換え of the guideline, with words that a city uses)."""


def find(page: Page) -> Iterator[Found]:
    """Words of the list; each is named once for a field. How the sentence goes on must be written anew."""
    for passage in page.passages:
        for word, easy in WORDS.items():
            start = passage.text.find(word)
            if start < 0 or passage.text.startswith("（", start + len(word)):
                continue
            yield Found(
                place=passage.at(start, start + len(word)),
                found=word,
                said=say(
                    N_(
                        "「%(word)s」は難しい言葉です。「%(easy)s」のように言いかえるか、かっこで意味を添えてください。"
                    ),
                    word=word,
                    easy=easy,
                ),
            )


RULE = Rule(
    id="easy_words",
    title=N_("難しい言葉"),
    level="advice",
    why=N_("日本語を学んでいる人や子どもは、役所の言葉を知りません。"),
    source="在留支援のためのやさしい日本語ガイドライン（2020年8月）",
    languages=("easy",),
    find=find,
)
