"""The form of one decision: its kind, why, stages by criteria, targets, and the measures that it makes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.forms.anything import Anything
from tsunagari.engines.cycle.forms.indicator_fields import IndicatorFields
from tsunagari.engines.cycle.queries.decision_desk import DecisionDesk
from tsunagari.engines.cycle.queries.decisions import wanted_of
from tsunagari.engines.cycle.rules.decisions import (
    HELP,
    LONGEST,
    STAGES,
    Fault,
    WantedDecision,
    WantedHeir,
    WantedRevision,
    heirs_asked,
)
from tsunagari.engines.cycle.rules.deeds import plain
from tsunagari.engines.cycle.rules.text_revisions import WantedTextRevision
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.widths import NumberRefused, parse_number

OF_ONE: Final = ("continue", "expand", "improve", "abolish")
"""Kinds among which one chooses for a single measure; the others have forms of their own."""
MOST_HEIRS: Final = 9
_HEIR: Final = (
    *("number", "name", "name_en", "section", "divisions"),
    *("kind", "managed_in", "indicators", "planned"),
)


@dataclass(frozen=True, kw_only=True)
class RevisionFields:
    """An indicator with the fields of its coming targets, and why they change; then those of its own texts.
    `open`: something was changed in these, or is wrong with them."""

    name: str
    targets: list[BoundField]
    texts: list[BoundField]
    open: bool


@dataclass(frozen=True, kw_only=True)
class HeirFields:
    """The fields of a measure that is to be made."""

    title: str
    fields: list[BoundField]


class DecisionForm(forms.Form):
    """`kinds` are those that can be chosen; with a single one nothing is asked."""

    use_required_attribute = False

    def __init__(self, desk: DecisionDesk, *, kinds: Sequence[str], data: Any = None) -> None:
        self.desk = desk
        self.kinds = tuple(kinds)
        self.typed = data
        told = wanted_of(desk.decision) if desk.decision else None
        self.indicator_fields = IndicatorFields(desk=desk, told=told)
        self.heir_count = self._heir_count(told)
        super().__init__(self._with_another(data), initial=self._initial(told))
        self._add_kind()
        self._add_stage()
        self.revised = self._add_revisions()
        self.fields.update(self.indicator_fields.fields())
        for place in range(self.heir_count):
            self._add_heir(place)

    def _heir_count(self, told: WantedDecision | None) -> int:
        least = max(heirs_asked(kind, moves_on=self.desk.ground.moves_on)[0] for kind in self.kinds)
        if self.typed is not None:
            given = str(self.typed.get("heirs", ""))
            count = int(given) if given.isdecimal() and len(given) < 3 else 0
            count += "more" in self.typed
            return min(max(count, least), MOST_HEIRS)
        return max(len(told.heirs) if told else 0, least)

    def _with_another(self, data: Any) -> Any:
        """What was typed; where another measure was asked for, with what that one usually takes over."""
        if data is None or "more" not in data:
            return data
        more, place = data.copy(), self.heir_count - 1
        for key, value in self._usual_heir(place).items():
            if f"heir-{place}-{key}" not in more:
                more.setlist(f"heir-{place}-{key}", value if isinstance(value, list) else [value])
        return more

    def _initial(self, told: WantedDecision | None) -> dict[str, Any]:
        desk = self.desk
        held: dict[str, Any] = {"seen": desk.decision.version if desk.decision else 0}
        held["decision"] = desk.decision.public_id if desk.decision else ""
        for place in range(self.heir_count):
            held |= {f"heir-{place}-{key}": value for key, value in self._usual_heir(place).items()}
        for (indicator, year), value in desk.ground.targets.items():
            held[f"target-{indicator}-{year}"] = plain(value)
        held |= self.indicator_fields.initial()
        if told is None:
            return held
        held |= {"kind": told.kind, "reason": told.reason, "against": told.against}
        held["stage_to"] = told.stage_to
        held |= {f"met-{place}": met for place, met in enumerate(told.met)}
        for place, heir in enumerate(told.heirs):
            kept = {key: value for key, value in vars(heir).items() if key != "kind" or value}
            held |= {f"heir-{place}-{key}": value for key, value in kept.items()}
        for each in told.revisions:
            held[f"target-{each.indicator}-{each.fiscal_year}"] = plain(each.new)
            held[f"why-{each.indicator}"] = each.reason
        return held

    def _usual_heir(self, place: int) -> dict[str, Any]:
        """What a new measure takes over unless somebody says otherwise."""
        desk = self.desk
        if not desk.sheets:
            return {"kind": "indicator"}
        first = desk.sheets[0].measure
        sections = {code for code, _name in desk.sections}
        usual: dict[str, Any] = {
            "section": first.section if first.section in sections else "",
            "divisions": list(desk.all_of),
            "indicators": [each.public_id for each in desk.indicators] if place == 0 else [],
            "kind": "indicator" if place == 0 and desk.indicators else first.kind,
            "managed_in": first.managed_in,
        }
        if desk.ground.moves_on and len(desk.sheets) == 1:
            usual |= {"number": first.number, **_names(first.public_id)}
        if place == 0:
            usual["planned"] = "\n".join(
                each.sheet.next_planned for each in desk.sheets if each.sheet.next_planned
            )
        return usual

    def _add_kind(self) -> None:
        self.fields["decision"] = Anything(required=False, widget=forms.HiddenInput)
        self.fields["seen"] = Anything(required=False, widget=forms.HiddenInput)
        if len(self.kinds) > 1:
            choices = [
                (kind, f"{said(DECISIONS[kind])}　{said(HELP[kind])}") for kind in self.kinds
            ]
            widget = forms.RadioSelect(choices=choices)
            self.fields["kind"] = Anything(label=gettext_lazy("決定"), widget=widget)
        needless = "continue" in self.kinds
        hint = (
            _("年次報告に載ります。「継続」では書かなくてもかまいません。")
            if needless
            else _("年次報告に載ります。")
        )
        self.fields["reason"] = Anything(
            label=gettext_lazy("決定の理由"),
            required=not needless,
            help_text=hint,
            widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST["reason"]}),
        )

    def _add_stage(self) -> None:
        if not self.desk.ground.staged or "continue" not in self.kinds:
            return
        choices = [("", _("移さない")), *((code, said(words)) for code, words in STAGES.items())]
        self.fields["stage_to"] = Anything(
            label=gettext_lazy("次の年度からの段階"),
            required=False,
            help_text=_("「中止」にするときは、決定も「廃止」を選びます。"),
            widget=forms.RadioSelect(choices=choices),
        )
        for place, text in enumerate(self.desk.ground.criteria):
            self.fields[f"met-{place}"] = Anything(
                label=text, required=False, widget=forms.CheckboxInput
            )
        self.fields["against"] = Anything(
            label=gettext_lazy("基準を満たさずに移す理由"),
            required=False,
            help_text=_(
                "段階を移すときに、満たしていない基準があるか、基準を決めていなければ必要です。"
            ),
            widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST["against"]}),
        )

    def _add_revisions(self) -> list[tuple[str, tuple[int, ...]]]:
        """A field for each coming year that has a target, and the plan's last year."""
        if not self.desk.sheets:
            return []
        ground = self.desk.ground
        revised = []
        for state in self.desk.indicators:
            held = {year for key, year in ground.targets if key == state.public_id}
            coming = {year for year in held | {ground.last_year} if year > ground.year}
            if not coming or not state.unit:
                continue
            for year in sorted(coming):
                words = format_fiscal_year(FiscalYear(year), language=get_language() or "ja")
                label = _("%(year)sの目標（%(unit)s）") % {"year": words, "unit": state.unit}
                attrs = {"inputmode": "decimal", "autocomplete": "off", "data-width": "m"}
                self.fields[f"target-{state.public_id}-{year}"] = Anything(
                    label=label, required=False, widget=forms.TextInput(attrs=attrs)
                )
            self.fields[f"why-{state.public_id}"] = Anything(
                label=gettext_lazy("目標値を変える理由"),
                required=False,
                widget=forms.TextInput(attrs={"maxlength": LONGEST["revision"]}),
            )
            revised.append((state.public_id, tuple(sorted(coming))))
        return revised

    def _add_heir(self, place: int) -> None:
        desk = self.desk
        indicators = [(each.public_id, each.name) for each in desk.indicators]
        kinds = [(code, said(words)) for code, words in plan_api.MEASURE_KINDS.items()]
        filled = desk.decision is None and self._usual_heir(place).get("planned")
        made: dict[str, tuple[Any, str, forms.Widget]] = {
            "number": (gettext_lazy("番号"), _("例：31、7-1。ページの住所になります。"), forms.TextInput(attrs={"data-width": "m", "autocomplete": "off"})),
            "name": (gettext_lazy("取組の名前"), "", forms.TextInput()),
            "name_en": (gettext_lazy("取組の名前（英語）"), "", forms.TextInput(attrs={"lang": "en"})),
            "section": (gettext_lazy("分野・一覧"), "", forms.Select(choices=[("", _("選んでいません")), *desk.sections])),
            "divisions": (gettext_lazy("課"), "", forms.CheckboxSelectMultiple(choices=desk.divisions)),
            "kind": (gettext_lazy("管理のしかた"), _("「成果指標で管理」で引き継ぐ指標がないときは、計画に反映したあと、取組の画面で指標を加えます。それまでは「成果指標は検討中」と公表します。"), forms.Select(choices=kinds)),
            "managed_in": (gettext_lazy("管理している計画"), _("「別の計画で管理」を選んだときだけ書きます。"), forms.TextInput()),
            "indicators": (gettext_lazy("引き継ぐ指標"), _("単位・数え方・基準・これからの目標値も引き継ぎます。"), forms.CheckboxSelectMultiple(choices=indicators)),
            "planned": (gettext_lazy("はじめの年度に取り組むこと"), _("調書の「次の年度に取り組むこと」が入っています。") if filled else "", forms.Textarea(attrs={"rows": 4})),
        }  # fmt: skip
        for key in _HEIR:
            if key == "indicators" and not indicators:
                continue
            label, hint, widget = made[key]
            self.fields[f"heir-{place}-{key}"] = Anything(
                label=label,
                help_text=hint,
                required=key in ("number", "name", "section", "divisions", "kind"),
                widget=widget,
            )

    def _text(self, key: str) -> str:
        return str(self[key].data or "").replace("\r\n", "\n").strip() if key in self.fields else ""

    def wanted(self) -> WantedDecision:
        """What was typed. Raises NumberRefused's sentence as errors in the form by `faults`."""
        kind = self._text("kind") if len(self.kinds) > 1 else self.kinds[0]
        to = self._text("stage_to")
        held = [f"met-{place}" for place in range(len(self.desk.ground.criteria))]
        asked = heirs_asked(kind, moves_on=self.desk.ground.moves_on)
        return WantedDecision(
            kind=kind,
            sheets=tuple(each.sheet.public_id for each in self.desk.sheets),
            reason=self._text("reason"),
            stage_to=to,
            met=tuple(bool(self[key].data) for key in held if key in self.fields) if to else (),
            against=self._text("against") if to else "",
            candidate=self.desk.candidate.public_id if self.desk.candidate else "",
            heirs=tuple(self._heir(place) for place in range(self.heir_count))
            if asked[1] != 0
            else (),
            revisions=tuple(self._revisions()) if kind != "abolish" else (),
            texts=tuple(self._texts()) if kind != "abolish" else (),
        )

    def _heir(self, place: int) -> WantedHeir:
        chosen: dict[str, tuple[str, ...]] = {}
        for key in ("divisions", "indicators"):
            name = f"heir-{place}-{key}"
            given = self[name].data if name in self.fields else []
            chosen[key] = tuple(str(each) for each in given or [])
        kind = self._text(f"heir-{place}-kind")
        elsewhere = self._text(f"heir-{place}-managed_in")
        return WantedHeir(
            number=self._text(f"heir-{place}-number"),
            name=" ".join(self._text(f"heir-{place}-name").split()),
            name_en=" ".join(self._text(f"heir-{place}-name_en").split()),
            section=self._text(f"heir-{place}-section"),
            planned=self._text(f"heir-{place}-planned"),
            kind=kind,
            managed_in=" ".join(elsewhere.split()) if kind == "elsewhere" else "",
            divisions=chosen["divisions"],
            indicators=chosen["indicators"],
        )

    def _texts(self) -> list[WantedTextRevision]:
        return self.indicator_fields.wanted(self.data)

    def _revisions(self) -> list[WantedRevision]:
        found = []
        for indicator, years in self.revised:
            for year in years:
                old = self.desk.ground.targets.get((indicator, year))
                new = self._figure(f"target-{indicator}-{year}", old)
                if new != old:
                    why = self._text(f"why-{indicator}")
                    found.append(
                        WantedRevision(
                            indicator=indicator, fiscal_year=year, old=old, new=new, reason=why
                        )
                    )
        return found

    def _figure(self, key: str, old: Decimal | None) -> Decimal | None:
        try:
            return parse_number(self._text(key))
        except NumberRefused:
            return old

    def unreadable(self) -> list[Fault]:
        """Figures that cannot be read, by field."""
        faults = []
        for indicator, years in self.revised:
            for year in years:
                try:
                    parse_number(self._text(f"target-{indicator}-{year}"))
                except NumberRefused as refused:
                    faults.append((f"target-{indicator}-{year}", str(refused)))
        return faults

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Say each fault beside its field."""
        self.is_valid()
        places = {f"revision-{at}": each for at, each in enumerate(self._revisions())}
        texts = {f"text-{at}": each for at, each in enumerate(self._texts())}
        for key, sentence in faults:
            name = self._field_of(key, places, texts)
            self.add_error(name if name in self.fields else None, self._of_heir(name) + sentence)

    def _field_of(
        self,
        key: str,
        places: Mapping[str, WantedRevision],
        texts: Mapping[str, WantedTextRevision],
    ) -> str:
        place, _dash, part = key.rpartition("-")
        if place in texts:
            return self.indicator_fields.place(texts[place], part)
        if place in places:
            each = places[place]
            return f"why-{each.indicator}" if part == "reason" else f"target-{each.indicator}-{each.fiscal_year}"  # fmt: skip
        return key

    def _of_heir(self, name: str) -> str:
        """Which of several new measures a field is of."""
        place = re.match(r"heir-(\d+)-", name)
        if place is None or self.heir_count < 2:
            return ""
        return _("新しい取組 %(place)d：") % {"place": int(place[1]) + 1}

    def of_stage(self) -> list[BoundField]:
        """The fields about the stage."""
        return [self[key] for key in self.fields if key in ("stage_to", "against")]

    def of_criteria(self) -> list[BoundField]:
        """The criteria to be ticked."""
        return [self[key] for key in self.fields if key.startswith("met-")]

    def of_revisions(self) -> list[RevisionFields]:
        """The fields of targets and of indicators, by indicator."""
        targets = {
            indicator: [*(f"target-{indicator}-{year}" for year in years), f"why-{indicator}"]
            for indicator, years in self.revised
        }
        found = []
        for each in self.desk.indicators:
            texts = self.indicator_fields.names(each.public_id)
            shown = [self[name] for name in texts if name in self.fields]
            found.append(
                RevisionFields(
                    name=each.name,
                    targets=[self[name] for name in targets.get(each.public_id, ())],
                    texts=shown,
                    open=any(self._is_told(field) for field in shown),
                )
            )
        return found

    def _is_told(self, field: BoundField) -> bool:
        """Whether it says something else than the plan, or something is wrong with it."""
        typed = self.is_bound and field.data is not None and field.data != (field.initial or "")
        return bool(field.errors or field.help_text or typed)

    def of_heirs(self) -> list[HeirFields]:
        """The fields of new measures."""
        many = self.heir_count > 1
        return [
            HeirFields(
                title=_("新しい取組 %(place)d") % {"place": place + 1} if many else _("新しい取組"),
                fields=[
                    self[name]
                    for key in _HEIR
                    for name in [f"heir-{place}-{key}"]
                    if name in self.fields
                ],
            )
            for place in range(self.heir_count)
        ]


def _names(measure: str) -> dict[str, str]:
    """What a measure is called in Japanese, and in English where that is another name: whatever the screen
    speaks, each goes into its own field."""
    japanese, english = (
        plan_api.measures_by_id([measure], language)[measure].name for language in ("ja", "en")
    )
    return {"name": japanese, "name_en": english if english != japanese else ""}
