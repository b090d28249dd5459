"""The fields in which a decision revises an indicator: its name, how it is counted, its unit, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tsunagari.engines.cycle.forms.anything import Anything
from tsunagari.engines.cycle.queries.decision_desk import DecisionDesk
from tsunagari.engines.cycle.rules.decisions import WantedDecision
from tsunagari.engines.cycle.rules.text_revisions import (
    LONGEST_REASON,
    WantedTextRevision,
    part_words,
)
from tsunagari.engines.plan import api as plan_api

_LONG = 100
"""Letters from which a line gets a field of two rows, so that it is seen whole."""


@dataclass(frozen=True, kw_only=True)
class IndicatorFields:
    """What of each indicator can be revised: names of fields beside the texts that stand. `told` is what was
    decided before."""

    desk: DecisionDesk
    told: WantedDecision | None

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that can be revised, in their order; none for something new."""
        known = self.desk.ground.texts
        return tuple(each.public_id for each in self.desk.indicators if each.public_id in known)

    def names(self, indicator: str) -> list[str]:
        """The names of an indicator's fields, the reason last."""
        return [*(_name(indicator, key) for key in plan_api.REVISABLE), _why(indicator)]

    def fields(self) -> Iterator[tuple[str, forms.Field]]:
        """Every field by its name."""
        revised = {(each.indicator, each.key) for each in self.told.texts} if self.told else set()
        for indicator in self.indicators:
            for key in plan_api.REVISABLE:
                stands = self.desk.ground.texts[indicator][key]
                hint = _("いまの計画では「%(text)s」") % {"text": stands or _("なし")}
                yield (
                    _name(indicator, key),
                    Anything(
                        label=part_words(key),
                        required=False,
                        help_text=hint if (indicator, key) in revised else "",
                        widget=_widget(key),
                    ),
                )
            yield (
                _why(indicator),
                Anything(
                    label=gettext_lazy("指標を見直す理由"),
                    required=False,
                    widget=forms.TextInput(attrs={"maxlength": LONGEST_REASON}),
                ),
            )

    def initial(self) -> dict[str, str]:
        """What stands, and what was decided before."""
        held = {
            _name(indicator, key): self.desk.ground.texts[indicator][key]
            for indicator in self.indicators
            for key in plan_api.REVISABLE
        }
        for each in self.told.texts if self.told else ():
            held[_name(each.indicator, each.key)] = each.new
            held[_why(each.indicator)] = each.reason
        return held

    def wanted(self, typed: Mapping[str, Any]) -> list[WantedTextRevision]:
        """What was changed; a field that the screen did not show stays as it is."""
        found = []
        for indicator in self.indicators:
            why = _line(typed.get(_why(indicator), ""))
            for key in plan_api.REVISABLE:
                old = self.desk.ground.texts[indicator][key]
                new = _line(typed.get(_name(indicator, key), old))
                if new != _line(old):
                    found.append(
                        WantedTextRevision(
                            indicator=indicator, key=key, old=old, new=new, reason=why
                        )
                    )
        return found

    def place(self, revision: WantedTextRevision, part: str) -> str:
        """The field of a fault: of its "new" text, or its "reason"."""
        if part == "reason":
            return _why(revision.indicator)
        return _name(revision.indicator, revision.key)


def _name(indicator: str, key: str) -> str:
    return f"says-{indicator}-{key}"


def _why(indicator: str) -> str:
    return f"says-why-{indicator}"


def _line(text: object) -> str:
    """A text of one line, as the plan keeps it."""
    return " ".join(str(text).replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def _widget(key: str) -> forms.Widget:
    name = key.removesuffix(".en")
    most = plan_api.LONGEST_OF_INDICATOR[name]
    attrs: dict[str, Any] = {"maxlength": most} | ({"lang": "en"} if key != name else {})
    if most >= _LONG:
        return forms.Textarea(attrs={**attrs, "rows": 2})
    return forms.TextInput(attrs={**attrs, "data-width": "m", "autocomplete": "off"})
