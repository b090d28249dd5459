"""What a page's history says beside Wagtail's own words."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from tsunagari.engines.content.declare import CAPACITIES
from tsunagari.engines.content.rules.checking import all_rules


class DecidedWords(LogFormatter):
    """Who decided, as what."""

    label = _("承認の立場")

    def format_message(self, log_entry: Any) -> str:
        """「市民課 課長」課長として承認しました."""
        said = log_entry.data
        capacity = gettext(CAPACITIES.get(said.get("capacity", ""), CAPACITIES["administrator"]))
        sentence = (
            gettext("%(capacity)s承認しました（%(post)s）")
            if said.get("decision") == "approved"
            else gettext("%(capacity)s差し戻しました（%(post)s）")
        )
        return sentence % {"capacity": capacity, "post": said.get("post", "")}


class MendedWords(LogFormatter):
    """By which rule a page was mended together with others."""

    label = _("まとめて直した")

    def format_message(self, log_entry: Any) -> str:
        """「半角カナ」を2か所まとめて直しました."""
        said = log_entry.data
        titles = {rule.id: gettext(rule.title) for rule in all_rules()}
        places = int(said.get("places", 0))
        words = ngettext(
            "「%(rule)s」を%(n)dか所まとめて直しました",
            "「%(rule)s」を%(n)dか所まとめて直しました",
            places,
        )
        rule = titles.get(said.get("rule", ""), gettext("リンクのアドレス"))
        return words % {"rule": rule, "n": places}


class HandedOverWords(LogFormatter):
    """That another division answers for it."""

    label = _("課を引き継いだ")
    message = _("組織変更で、担当する課や問い合わせ先の課を変えました")


class EmergencyWords(LogFormatter):
    """That nobody approved it before."""

    label = _("緊急に公開した")
    message = _("承認の前に、緊急に公開しました。あとで確かめます")


FORMATTERS = {
    "content.decided": DecidedWords,
    "content.mended": MendedWords,
    "content.handed_over": HandedOverWords,
    "content.emergency": EmergencyWords,
}
"""By action of Wagtail's log."""
