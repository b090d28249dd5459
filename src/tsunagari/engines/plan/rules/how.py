"""How an indicator gets its figures: in a word, and what the word means."""

from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

How = Literal["metered", "loaded", "entered", "none", "ended"]
"""Counted by a service, taken in from outside, entered by a clerk, not yet; or never, in a plan or a measure
that is over."""

HOW: Final[dict[How, Promise]] = {
    "metered": pgettext_lazy("how it is measured", "自動"),
    "loaded": pgettext_lazy("how it is measured", "取込"),
    "entered": pgettext_lazy("how it is measured", "入力"),
    "none": pgettext_lazy("how it is measured", "これから"),
    "ended": pgettext_lazy("how it is measured", "期間終了"),
}

HOW_MEANS: Final[dict[How, Promise]] = {
    "metered": _("このサイトのサービスが、使われるたびに自動で数えます。"),
    "loaded": _("ほかの仕組みの数値を、ファイルや通信で月ごとに受け取ります。"),
    "entered": _("担当する課が、根拠とともに登録します。"),
    "none": _("数え方がまだ決まっていないか、実績が届いていません。"),
    "ended": _("実績が手元に届かないまま、計画の期間か取組が終わりました。"),
}


def how_of(*, meter: bool, loaded: bool, entered: bool, ended: bool) -> How:
    """The word for an indicator: with a meter (that takes figures in from outside), with figures
    beside its baseline, of a plan or a measure that is over."""
    if meter:
        return "loaded" if loaded else "metered"
    if entered:
        return "entered"
    return "ended" if ended else "none"
