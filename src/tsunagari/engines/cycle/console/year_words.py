"""Phases, parts and states of a year in the words and looks of the console's screens."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATE_WORDS: Final[dict[str, Promise]] = {
    "draft": _("記入中"),
    "submitted": _("提出済み・確認待ち"),
    "returned": _("差し戻し"),
    "accepted": _("受理済み"),
}
STATE_LOOKS: Final = {
    "draft": "ongoing",
    "submitted": "waiting",
    "returned": "late",
    "accepted": "achieved",
}
"""The looks of <c-status> for them."""

CELL_WORDS: Final[dict[str, Promise]] = {
    "done": _("済み"),
    "reviewing": _("確認待ち"),
    "due": _("受付中"),
    "late": _("遅れ"),
    "missed": pgettext_lazy("a step", "記入なし"),
    "later": pgettext_lazy("a step", "これから"),
}
CELL_LOOKS: Final = {
    "done": "achieved",
    "reviewing": "waiting",
    "due": "ongoing",
    "late": "late",
    "missed": "neutral",
    "later": "neutral",
}

PHASE_HELP: Final[dict[str, Promise]] = {
    "planning": _("各課が、今年度に取り組むことを書いて提出します。事務局が確かめて受理します。"),
    "running": _("受理した計画が公開されています。各課は、四半期ごとに実施したことを記録します。"),
    "checking": _(
        "各課が、1年の実績・決算額・自己評価を書いて提出します。事務局が確かめて受理します。"
    ),
    "committee": _("委員が調書を読み、意見を書きます。事務局が回答を書きます。"),
    "acting": _(
        "取組ごとに、次の年度にどうするかを決めます。決めたことは次の年度の計画になります。"
    ),
    "frozen": _("この年度は確定し、年次報告として公表しています。直すときは、正誤を加えます。"),
}
