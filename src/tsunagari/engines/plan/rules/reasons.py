"""Why a status is what it is, in the words that a reader meets."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: Final[dict[str, Promise | str]] = {
    "": "",
    "began_this_year": _(
        "この数値は年度の途中から数え始めました。1年分がそろわない年度は、遅れとも順調とも判定しません。"
    ),
    "year_running": _("この年度はまだ途中です。年度が終わるまで、遅れとも順調とも判定しません。"),
    "months_missing": _(
        "この年度には、まだ数値が分からない月があります。分からない月を0とはみなさず、判定しません。"
    ),
    "year_target_met": _(
        "基準から進まないことを見込んだ年度です。この年度の目標値に届いているので「順調」とします。"
    ),
    "not_begun": _("自動計測か取込の準備はできていますが、まだ最初の数値がありません。"),
    "not_yet_expected": _("この年度までに進んでいるはずの分がまだないため、判定しません。"),
    "no_yearly_step": _("この年度に到達する段階が決められていないため、判定しません。"),
    "no_baseline": _("基準になる数値がないため、その年度の目標値だけと比べます。"),
    "held_target": _(
        "目標値が基準の数値と同じか、向きが逆のため、目標値を保っているかだけで判定します。"
    ),
    "target_year_over": _(
        "目標の年度が終わったため、その年度の実績で判定しています。あとの年度の実績は表とグラフで見られます。"
    ),
    "reached_late": _("目標の年度には届きませんでしたが、そのあとで目標値に達しました。"),
}
"""By the reason of a judgement (rules/progress.py); "" needs no words."""
