"""The form of everything that is edited together; when two edit at once, what each of them changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.actions.edit_things import Root, Wanted
from tsunagari.engines.plan.forms.sheet import SheetForm
from tsunagari.engines.plan.queries.choices import Choices
from tsunagari.engines.plan.queries.desk import Desk, Thing
from tsunagari.engines.plan.rules.editable import ACTION, REASON, parts_of
from tsunagari.engines.plan.rules.text_faults import Fault, tidy


class ReasonForm(forms.Form):
    """Why it is changed; rules ask for it where figures come to mean something else."""

    reason = forms.CharField(
        label=_("修正の理由"),
        required=False,
        max_length=REASON,
        help_text=_("数値の意味や判定が変わる修正では必須です。例：要綱の改正で対象が変わったため"),
        error_messages={"max_length": _("修正の理由は300文字までにしてください。")},
    )


class AddingReasonForm(ReasonForm):
    """Why something is added; nobody has to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label = _("加える理由")
        field.help_text = _("履歴に残ります。例：方針の見直しで加わったため")
        field.error_messages["max_length"] = _("加える理由は300文字までにしてください。")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A text that somebody else changed meanwhile; `yours` is None where the editor left it alone."""

    thing: Thing
    key: str
    theirs: str
    yours: str | None


@dataclass(kw_only=True)
class Part:
    """One thing with its form. `year` is set for a yearly action that nobody wrote yet."""

    kind: str
    thing: Thing | None
    form: SheetForm
    year: int | None = None

    @property
    def name(self) -> str:
        """The prefix of its fields: the thing's public id."""
        return self.thing.public_id if self.thing else f"year-{self.year}"


class DeskForm:
    """The forms of a desk. `base` remembers each text as the editor saw it, as a short print."""

    def __init__(
        self,
        desk: Desk,
        *,
        choices: Choices,
        data: Any = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self.desk = desk
        self.choices = choices
        self.data = data
        self.without = without
        self.version = desk.version
        self.differences: list[Difference] = []
        self.parts = [self._part(each, data) for each in desk.things]
        self.parts += [
            Part(
                kind="action",
                thing=None,
                year=year,
                form=SheetForm(data, sheet=ACTION, choices={}, prefix=f"year-{year}"),
            )
            for year in desk.years_without
        ]
        self.reason = ReasonForm(data)
        self.seen = _opened(data.get("base", "")) if data is not None else {}

    def _part(self, thing: Thing, data: Any) -> Part:
        form = SheetForm(
            data,
            sheet=thing.sheet,
            choices=self.choices,
            texts=thing.texts,
            outdated=thing.outdated,
            without=self.without,
            prefix=thing.public_id,
        )
        return Part(kind=thing.kind, thing=thing, form=form)

    @property
    def shown_version(self) -> str:
        """The version that goes into the form: the one the editor knows of."""
        return str(self.data.get("version", "")) if self.seen else str(self.version)

    @property
    def base(self) -> str:
        """What goes into the hidden field: the texts as the editor knows them."""
        if self.seen:
            return json.dumps(self.seen)
        return json.dumps({_place(part, key): _print(part, key) for part, key in self._each()})

    def _each(self) -> Iterator[tuple[Part, str]]:
        for part in self.parts:
            for key in part.form.keys:
                yield part, key

    def root(self) -> Root:
        """What is edited, and the version that the editor saw."""
        given = str(self.data.get("version", ""))
        version = int(given) if given.isdecimal() and len(given) < 10 else 0
        return Root(kind=self.desk.kind, public_id=self.desk.public_id, version=version)

    def wanted(self) -> list[Wanted]:
        """What the editor changed, and nothing else: what others wrote meanwhile stays."""
        found = []
        for part in self.parts:
            texts = self._mine(part)
            confirmed = part.form.confirmed()
            if texts or confirmed:
                thing = part.thing.public_id if part.thing else ""
                found.append(
                    Wanted(
                        kind=part.kind,
                        thing=thing,
                        texts=texts,
                        confirmed=confirmed,
                        year=part.year,
                    )
                )
        return found

    def _mine(self, part: Part) -> dict[str, str]:
        if part.name not in self._posted():
            return {}
        typed = part.form.typed()
        return {
            key: text
            for key, text in typed.items()
            if _short(text) != self.seen.get(_place(part, key), _print(part, key))
        }

    def _posted(self) -> set[str]:
        """Things that stood on the editor's screen: one that was added meanwhile did not."""
        return {place.split("|")[0] for place in self.seen} or {part.name for part in self.parts}

    def merged(self, fresh: Desk) -> "DeskForm":
        """The same form over what stands now: what the editor changed is kept, the rest is as others
        left it, and every difference is named."""
        data = self.data.copy()
        now = DeskForm(fresh, choices=self.choices, data=data, without=self.without)
        for part in now.parts:
            mine = self._mine_of(part)
            for key in part.form.keys:
                if key not in mine:
                    _put(data, part, key)
            now.differences += list(self._differences(part, mine))
        now.seen = {}
        return now

    def _mine_of(self, part: Part) -> Mapping[str, str]:
        mine = next((each for each in self.parts if each.name == part.name), None)
        return self._mine(mine) if mine else {}

    def _differences(self, part: Part, mine: Mapping[str, str]) -> Iterator[Difference]:
        if part.thing is None:
            return
        for key in part.form.keys:
            theirs = part.thing.texts[key]
            seen = self.seen.get(_place(part, key))
            if seen == _print(part, key) or theirs == mine.get(key):
                continue
            part.form.theirs[key] = theirs
            yield Difference(thing=part.thing, key=key, theirs=theirs, yours=mine.get(key))

    def refuse(self, faults: Mapping[str, list[Fault]]) -> None:
        """Say each fault beside its field."""
        for thing, listed in faults.items():
            for key, sentence in listed:
                self._refuse(thing, key, sentence)

    def _refuse(self, thing: str, key: str, sentence: str) -> None:
        if key == "reason":
            self.reason.is_valid()
            self.reason.add_error("reason", sentence)
            return
        part = next(
            (each for each in self.parts if each.thing and each.thing.public_id == thing), None
        ) or next((each for each in self.parts if not each.thing), self.parts[0])
        part.form.is_valid()
        part.form.add_error(key if key in part.form.fields else None, sentence)

    def errors(self) -> list[tuple[str, str]]:
        """Every fault with the address of its field, for the summary."""
        found: list[tuple[str, str]] = []
        for form in [*(part.form for part in self.parts), self.reason]:
            if not form.is_bound:
                continue
            found += [("#main", str(each)) for each in form.non_field_errors()]
            found += [
                (f"#{field.id_for_label or field.auto_id}", str(each))
                for field in form
                for each in field.errors
            ]
        return found


def _place(part: Part, key: str) -> str:
    return f"{part.name}|{key}"


def _print(part: Part, key: str) -> str:
    text = part.thing.texts[key] if part.thing else ""
    return _short(tidy(text, part.form.sheet.by_name[parts_of(key)[0]].kind))


def _short(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:10]


def _opened(base: str) -> dict[str, str]:
    try:
        held = json.loads(base)
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in held.items()} if isinstance(held, dict) else {}


def _put(data: Any, part: Part, key: str) -> None:
    """Let the form hold what stands in the database."""
    name = part.form.add_prefix(key)
    value = part.form.initial[key]
    if isinstance(value, list):
        data.setlist(name, value)
    elif isinstance(value, bool):
        data.setlist(name, ["on"] if value else [])
    else:
        data[name] = value
