"""The rules of words, each with how we write and how we do not."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule with a good and a bad example."""

    title: Promise
    good: Promise
    bad: Promise


RULES: Final = (
    Rule(
        title=gettext_lazy("誤りは、何が起きたかと直し方を"),
        good=gettext_lazy("ふりがなは ひらがなで入力してください（例：にしとうきょう はなこ）"),
        bad=gettext_lazy("不正な値です"),
    ),
    Rule(
        title=gettext_lazy("役所の言葉より、読む人の言葉を先に"),
        good=gettext_lazy("引っ越しの届出（転入・転居・転出）"),
        bad=gettext_lazy("住民異動届"),
    ),
    Rule(
        title=gettext_lazy("ボタンは動詞で"),
        good=gettext_lazy("申請する、保存して次へ"),
        bad=gettext_lazy("OK、実行"),
    ),
    Rule(
        title=gettext_lazy("リンクは行き先を"),
        good=gettext_lazy("手数料の一覧を見る"),
        bad=gettext_lazy("詳しくはこちら"),
    ),
    Rule(
        title=gettext_lazy("日付には曜日、金額には円とコンマ"),
        good=gettext_lazy("令和8年11月20日（金）、1,200円"),
        bad=gettext_lazy("R8.11.20、¥1200-"),
    ),
    Rule(
        title=gettext_lazy("数値がないときは、理由を"),
        good=gettext_lazy("計測開始前（令和9年4月から数えます）"),
        bad=gettext_lazy("0件"),
    ),
)
