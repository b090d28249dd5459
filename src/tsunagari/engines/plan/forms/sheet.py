"""A form of one thing of the plan, made from its sheet: Japanese and English side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, pgettext

from tsunagari.engines.plan.queries.choices import Choices
from tsunagari.engines.plan.rules.editable import Editable, Sheet, english, parts_of
from tsunagari.engines.plan.rules.text_faults import tidy
from tsunagari.kernel.i18n.said import said

CHECKBOXES = ("codes", "ties")
LONG = 100
"""Letters from which a line gets a field of two rows, so that it is seen whole."""


class Typed(forms.Field):
    """Whatever was typed or ticked: what is wrong with it, rules/text_faults.py says, in our words."""

    def validate(self, value: Any) -> None:
        """Nothing here."""

    def run_validators(self, value: Any) -> None:
        """Nor here."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One field on the screen, by its name in the sheet. `theirs` is what somebody else wrote meanwhile,
    None where nobody did."""

    name: str
    field: BoundField
    english: BoundField | None
    outdated: bool
    confirm: str
    wide: bool
    theirs: str | None = None
    theirs_english: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fold:
    """The fields of one thing inside the thing, such as a plan's viewpoint, under its name."""

    title: str
    lines: tuple[Line, ...]

    @property
    def open(self) -> bool:
        """Whether something in it wants to be seen: a fault, or what somebody else wrote meanwhile."""
        return any(
            line.field.errors
            or (line.english and line.english.errors)
            or line.theirs is not None
            or line.theirs_english is not None
            for line in self.lines
        )


class SheetForm(forms.Form):
    """The fields of one thing; after binding, `typed` gives its texts by key."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        sheet: Sheet,
        choices: Choices,
        texts: Mapping[str, str] | None = None,
        outdated: frozenset[str] = frozenset(),
        without: frozenset[str] = frozenset(),
        prefix: str = "",
    ) -> None:
        self.sheet = sheet
        self.texts = dict(texts or {})
        self.outdated = outdated
        self.keys = [key for key in sheet.keys if parts_of(key)[0] not in without]
        self.theirs: dict[str, str] = {}
        initial = {key: self._initial(key) for key in self.keys}
        super().__init__(data, prefix=prefix or None, initial=initial)
        for key in self.keys:
            self.fields[key] = _field(sheet, key, choices, self.texts.get(key, ""))

    def _initial(self, key: str) -> Any:
        text = self.texts.get(key, "")
        kind = self.sheet.by_name[parts_of(key)[0]].kind
        if kind in CHECKBOXES:
            return [each for each in text.split(",") if each]
        return bool(text) if kind == "truth" else text

    def typed(self) -> dict[str, str]:
        """Every text as it was typed, tidied. Lists keep the order in which they stood."""
        return {key: self._typed(key) for key in self.keys}

    def _typed(self, key: str) -> str:
        kind = self.sheet.by_name[parts_of(key)[0]].kind
        value = self[key].data
        if kind in CHECKBOXES:
            before = self.texts.get(key, "").split(",")
            ticked = [str(each) for each in value or []]
            kept = [each for each in before if each in ticked]
            return ",".join([*kept, *(each for each in ticked if each not in kept)])
        if kind == "truth":
            return "1" if value else ""
        return tidy(str(value or ""), kind)

    def confirmed(self) -> frozenset[str]:
        """Fields whose English was looked at and still fits."""
        return frozenset(
            name for name in self.outdated if self.data and self.data.get(self._confirm(name))
        )

    def _confirm(self, name: str) -> str:
        return self.add_prefix(f"{name}.ok")

    def lines(self) -> Iterator[Line]:
        """The fields in their order, each with its English."""
        for each in self.sheet.fields:
            if each.name not in self.fields:
                continue
            key = english(each.name)
            yield Line(
                name=each.name,
                field=self[each.name],
                english=self[key] if each.translated else None,
                outdated=each.name in self.outdated,
                confirm=self._confirm(each.name),
                wide=each.kind in ("text", *CHECKBOXES),
                theirs=self._theirs_in_words(each.name),
                theirs_english=self.theirs.get(key),
            )

    def own_lines(self) -> list[Line]:
        """The lines of the thing itself."""
        return [line for line in self.lines() if "." not in line.name]

    def labels(self) -> list[Line]:
        """A plan's words for its columns."""
        return [line for line in self.lines() if line.name.startswith("labels.")]

    def viewpoints(self) -> list[Fold]:
        """A plan's viewpoints."""
        return self._folds("viewpoints")

    def issues(self) -> list[Fold]:
        """A plan's central issues."""
        return self._folds("issues")

    def _folds(self, group: str) -> list[Fold]:
        lines = [line for line in self.lines() if line.name.startswith(f"{group}.")]
        return [
            Fold(title=self.texts[f"{place}.name"], lines=tuple(held))
            for place, held in groupby(lines, key=lambda line: line.name.rpartition(".")[0])
        ]

    def _theirs_in_words(self, name: str) -> str | None:
        """What somebody else wrote meanwhile: what was chosen by its name, not by its sign."""
        text = self.theirs.get(name)
        offered = dict(getattr(self.fields[name].widget, "choices", ()))
        if not text or not offered:
            return text
        return "、".join(str(offered.get(code, code)) for code in text.split(","))


def _field(sheet: Sheet, key: str, choices: Choices, now: str) -> forms.Field:
    name, language = parts_of(key)
    each = sheet.by_name[name]
    title = said(each.title)
    if language == "en":
        title = gettext("%(title)s（英語）") % {"title": title}
    hint = said(each.hint) if each.hint and language == "ja" else ""
    return Typed(
        label=title,
        help_text=hint,
        required=each.needed and language == "ja",
        widget=_widget(each, language, choices.get(name, []), now),
    )


def _widget(
    each: Editable, language: str, offered: list[tuple[str, str]], now: str
) -> forms.Widget:
    if each.kind in CHECKBOXES:
        return forms.CheckboxSelectMultiple(choices=offered)
    if each.kind == "truth":
        return forms.CheckboxInput()
    if each.kind == "choice":
        words = [(value, said(title)) for value, title in (each.choices or {}).items()]
        return forms.Select(choices=words if now or "" in dict(words) else [_none(), *words])
    if each.kind == "ref":
        known = offered if now in ("", *dict(offered)) else [*offered, (now, now)]
        return forms.Select(choices=known if each.needed and now else [_none(), *known])
    lang = {"lang": language} if language != "ja" else {}
    if each.kind == "text" or (each.translated and each.longest >= LONG):
        rows = 5 if each.kind == "text" else 2
        return forms.Textarea(attrs={"rows": rows, **lang})
    kinds = {"whole": "numeric", "year": "numeric", "figure": "decimal"}
    attrs = {"inputmode": kinds[each.kind], "data-width": "8"} if each.kind in kinds else {}
    return forms.TextInput(attrs={**attrs, **lang})


def _none() -> tuple[str, str]:
    return ("", pgettext("nothing chosen", "選んでいない"))
