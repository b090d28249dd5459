"""The words behind the signs that a plan's rows keep: kinds, stages, directions, columns. Marked for translation."""

from typing import Final

from tsunagari.kernel.i18n.texts import N_, P_

MEASURE_KINDS: Final = {
    "indicator": N_("成果指標で管理"),
    "as_needed": N_("随時対応"),
    "elsewhere": N_("別の計画で管理"),
    "staged": N_("段階で管理"),
}
STAGE_WORDS: Final = {
    "research": P_("stage", "調査研究"),
    "evaluate": P_("stage", "適用検討"),
    "introduce": P_("stage", "導入実行"),
    "other": P_("stage", "その他の段階"),
}
LINEAGE_KINDS: Final = {
    "continued": P_("lineage", "引き継ぎ"),
    "renamed": P_("lineage", "改称"),
    "merged": P_("lineage", "統合"),
    "split": P_("lineage", "分割"),
}
DIRECTIONS: Final = {
    "up": N_("増やす"),
    "down": N_("減らす"),
    "keep": N_("目標値以上を保つ"),
    "range": N_("決めた幅に収める"),
    "milestone": N_("決めた段階に達する"),
}
ACCUMULATIONS: Final = {
    "flow": N_("年度の間に起きた数を足す（単年度）"),
    "stock": N_("その時点の総数（累計）"),
    "latest": N_("最後の調査の値"),
    "ratio": N_("割合（分子と分母を別々に足して割る）"),
}
PHASES: Final = {"build": N_("整備の段階"), "use": N_("利用の段階")}
PLAN_KINDS: Final = {
    "policy": P_("kind of plan", "方針"),
    "plan": P_("kind of plan", "計画"),
}
SECTION_KINDS: Final = {"field": N_("重点分野"), "list": N_("一覧")}
DRIVER_KINDS: Final = {
    "state_and_tokyo": N_("国・都の情報政策"),
    "technology": N_("技術動向"),
    "town": N_("まちづくり"),
}
VERDICTS: Final = {
    "": N_("まだ判断していない"),
    "keep": N_("続ける"),
    "promote": N_("使い方を広げる"),
    "review": N_("見直す"),
}
LABELS: Final = {
    "number": N_("番号の欄"),
    "measure": N_("取組の欄"),
    "divisions": N_("課の欄"),
    "indicator": N_("指標の欄"),
    "baseline": N_("基準の数値の欄"),
    "target": N_("目標値の欄"),
}
LABEL_PRESETS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "policy": {
        "number": ("項番", "No."),
        "measure": ("重点取組", "Priority measure"),
        "divisions": ("所管課", "Division in charge"),
        "indicator": ("成果指標", "Outcome indicator"),
        "baseline": ("実績(見込)", "Result (estimate)"),
        "target": ("目標値(KPI)", "Target (KPI)"),
    },
    "plan": {
        "number": ("番号", "No."),
        "measure": ("施策", "Measure"),
        "divisions": ("担当課", "Division"),
        "indicator": ("評価指標", "Indicator"),
        "baseline": ("基礎数値", "Baseline"),
        "target": ("目標", "Target"),
    },
}
"""A new plan's words for its columns, in Japanese and English, until the secretariat sets its own."""
