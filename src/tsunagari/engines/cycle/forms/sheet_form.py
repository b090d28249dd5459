"""The form of a sheet's open fields, made from their declaration; it remembers what stood there when it was shown."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tsunagari.engines.cycle.actions.write_sheet import Typed, state_of
from tsunagari.engines.cycle.declare import STEPS
from tsunagari.engines.cycle.queries.sheet_desk import SheetDesk
from tsunagari.engines.cycle.queries.sheet_texts import quarter_key
from tsunagari.engines.cycle.rules.fields import NAMED, QUARTERS, Field
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.cycle.rules.steps import may_write_field
from tsunagari.engines.cycle.rules.typed import tidy
from tsunagari.kernel.i18n.said import said

_ROWS: Final = {2000: 6, 1000: 4, 500: 3}


class Typing(forms.CharField):
    """Whatever was typed: what is wrong with it, the action says. `required` only says on the screen that
    the part is not handed in without it: saving asks for nothing."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, strip=False, **kwargs)

    def validate(self, value: Any) -> None:
        """Nothing here."""


class SheetForm(forms.Form):
    """The fields of some parts of a sheet. `mine` gives what was changed against what was shown."""

    use_required_attribute = False

    def __init__(self, desk: SheetDesk, *, parts: tuple[str, ...], data: Any = None) -> None:
        self.desk = desk
        self.parts = parts
        super().__init__(data, initial=desk.texts)
        for part in parts:
            for field in NAMED.of(part):
                if data is not None or self._open(field):
                    self.fields[field.name] = _input(field)
            if part == "do":
                self._add_quarters()
        self.seen = _opened(data.get("base", "")) if data is not None else {}

    def _open(self, field: Field) -> bool:
        sheet = self.desk.sheet
        return may_write_field(self.desk.cycle.phase, field, state_of(sheet, field.part))

    def _add_quarters(self) -> None:
        for actual in self.desk.actuals:
            if actual.indicator.meter or not actual.awaited:
                continue
            for quarter in QUARTERS:
                label = _("%(indicator)s（%(unit)s）：%(quarter)sの末まで") % {
                    "indicator": actual.indicator.name,
                    "unit": actual.indicator.unit or "－",
                    "quarter": said(STEPS[f"q{quarter}"]),
                }
                key = quarter_key(actual.indicator.public_id, quarter)
                self.fields[key] = Typing(label=label, widget=_narrow("decimal"))

    @property
    def base(self) -> str:
        """What goes into the hidden field: prints of the texts as they were shown."""
        shown = self.seen or {key: print_of(self.desk.texts.get(key, "")) for key in self.fields}
        return json.dumps(shown)

    def mine(self) -> dict[str, Typed]:
        """What the writer changed, and nothing else: what others wrote meanwhile stays."""
        found = {}
        for key in self.fields:
            if key not in self.data:
                continue
            text = self.typed(key)
            seen = self.seen.get(key, print_of(self.desk.texts.get(key, "")))
            if print_of(text) != seen:
                found[key] = Typed(text=text, seen=seen)
        return found

    def typed(self, key: str) -> str:
        """What the writer left in a field."""
        text = str(self.data.get(key, ""))
        field = NAMED.by_name.get(key)
        return tidy(text, field) if field else text.strip()

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Say each fault beside its field."""
        self.is_valid()
        for key, sentence in faults.items():
            self.add_error(key if key in self.fields else None, sentence)

    def overtaken(self, theirs: Mapping[str, str]) -> None:
        """From now on these texts count as seen: whoever saves again means it."""
        self.seen |= {key: print_of(text) for key, text in theirs.items()}

    def fields_of(self, part: str, quarter: int = 0) -> list[forms.BoundField]:
        """The bound fields of a part, or of one of its quarters, in their order; of those that cannot be
        written any more only what was typed in vain."""
        return [
            self[each.name]
            for each in NAMED.of(part)
            if each.quarter == quarter
            and each.name in self.fields
            and (self._open(each) or (self.is_bound and each.name in self.errors))
        ]

    def figures_of(self, quarter: int) -> list[forms.BoundField]:
        """The bound fields of figures at the end of a quarter."""
        return [self[key] for key in self.fields if key.endswith(f".q{quarter}")]


def _opened(base: str) -> dict[str, str]:
    try:
        held = json.loads(base)
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in held.items()} if isinstance(held, dict) else {}


def _narrow(mode: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "data-width": "m"})


def _input(field: Field) -> forms.Field:
    label, hint = said(field.title), said(field.hint) if field.hint else ""
    if field.needed:
        hint = f"{hint}{_('提出するときに必要です。')}"
    told: dict[str, Any] = {"label": label, "help_text": hint, "required": field.needed}
    if field.kind == "choice":
        choices = [("", gettext_lazy("選んでいません")), *((k, said(v)) for k, v in (field.choices or {}).items())]  # fmt: skip
        return Typing(**told, widget=forms.Select(choices=choices))
    if field.kind in ("text", "lines"):
        rows = _ROWS.get(field.longest, 3)
        return Typing(**told, widget=forms.Textarea(attrs={"rows": rows}))
    if field.kind in ("yen", "staff"):
        return Typing(**told, widget=_narrow("decimal"))
    return Typing(**told, widget=forms.TextInput(attrs={"type": "text"}))
