"""A sheet's fields, figures and history in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext

from tsunagari.engines.cycle.console.asked_year import year_words
from tsunagari.engines.cycle.console.year_words import STATE_WORDS
from tsunagari.engines.cycle.declare import PARTS, STEPS, SheetWritten
from tsunagari.engines.cycle.forms.sheet_form import SheetForm
from tsunagari.engines.cycle.models import Change, Move
from tsunagari.engines.cycle.queries.actuals import Actual
from tsunagari.engines.cycle.queries.sheet_desk import SheetDesk
from tsunagari.engines.cycle.queries.sheet_texts import parts_of_key
from tsunagari.engines.cycle.rules.fields import FUNDS, NAMED, Field
from tsunagari.kernel.design.figures import figure, joined
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity import api as identity

ORIGINS: Final = {
    "metered": N_("自動計測"),
    "summed": N_("自動計測と取込・入力の合計"),
    "loaded": N_("取込"),
    "typed": N_("入力"),
    "estimated": N_("見込み"),
}
WAYS: Final = SheetWritten.words["way"].values


@dataclass(frozen=True, kw_only=True)
class ActualRow:
    """An indicator's year in words. `goal_year` is the year of its target, "" for this one. `enter` is where its result is entered, "" where it is not."""

    name: str
    result: str
    origin: str
    source: str
    reason: str
    before: str
    goal: str
    goal_year: str
    quarters: list[str]
    note: str
    enter: str

    @property
    def quartered(self) -> bool:
        """Whether anything is known of a quarter."""
        return any(self.quarters)


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A change in words."""

    change: Change
    who: str
    title: str
    before: str
    after: str
    way: str


@dataclass(frozen=True, kw_only=True)
class MoveRow:
    """Handing in, giving back or accepting, in words."""

    move: Move
    who: str
    what: str


@dataclass(frozen=True, kw_only=True)
class ConflictRow:
    """A field that somebody else changed meanwhile. `field` is its id on the screen, "" where it is not
    there; `who` and `when` tell who changed it last, "" and None where that is not known."""

    title: str
    field: str
    theirs: str
    yours: str
    who: str
    when: datetime | None


def words_of(field: Field, text: str) -> str:
    """A field's text as people read it: choices in words, money with commas."""
    if not text:
        return ""
    if field.kind == "choice":
        return said((field.choices or {}).get(text, text))
    if field.kind == "yen":
        return gettext("%(yen)s円") % {"yen": figure(Decimal(text))}
    return text


def read_lines(desk: SheetDesk, fields: Iterable[Field]) -> list[tuple[str, str]]:
    """Title and words of each field that says anything; after the funds, what is left of the cost."""
    lines = []
    for field in fields:
        words = words_of(field, desk.texts.get(field.name, ""))
        if words:
            lines.append((said(field.title), words))
        if field.name == FUNDS[-1] and desk.sheet.settled is not None:
            lines.append((gettext("うち一般財源"), _general(desk)))
    return lines


def _general(desk: SheetDesk) -> str:
    funds = sum(getattr(desk.sheet, name) or 0 for name in FUNDS)
    return gettext("%(yen)s円") % {"yen": figure(Decimal((desk.sheet.settled or 0) - funds))}


def title_of(desk: SheetDesk, key: str) -> str:
    """What a key is called on the screen."""
    field = NAMED.by_name.get(key)
    if field is not None:
        quarter = said(STEPS[f"q{field.quarter}"]) if field.quarter else ""
        return f"{quarter} {said(field.title)}".strip()
    place = parts_of_key(key)
    names = {each.indicator.public_id: each.indicator.name for each in desk.actuals}
    indicator, quarter_of = place or ("", 1)
    return f"{said(STEPS[f'q{quarter_of}'])} {names.get(indicator, '')}".strip()


def conflict_rows(
    desk: SheetDesk, theirs: Mapping[str, str], form: SheetForm, opens: Collection[str]
) -> list[ConflictRow]:
    """What others saved beside what was typed. Two queries."""
    last: dict[str, Change] = {}
    for each in Change.objects.filter(sheet=desk.sheet, field__in=theirs).order_by("made_at", "pk"):
        last[each.field] = each
    names = identity.people_names({each.actor for each in last.values()})
    rows = []
    for key, text in theirs.items():
        change, field = last.get(key), NAMED.by_name.get(key)
        shown = (field.part if field else "do") in opens and key in form.fields
        rows.append(
            ConflictRow(
                title=title_of(desk, key),
                field=str(form[key].id_for_label) if shown else "",
                theirs=_key_words(desk, key, text),
                yours=_key_words(desk, key, form.typed(key)),
                who=names.get(change.actor, "") if change else "",
                when=change.made_at if change else None,
            )
        )
    return rows


def _key_words(desk: SheetDesk, key: str, text: str) -> str:
    """What stands at a key as people read it; as it was typed where it cannot be read."""
    field = NAMED.by_name.get(key)
    indicator = (parts_of_key(key) or ("", 0))[0]
    states = {each.indicator.public_id: each.indicator for each in desk.actuals}
    try:
        if field is not None:
            return words_of(field, text)
        state = states[indicator]
        return _amount(Decimal(text), state.digits, state.unit) if text else ""
    except (InvalidOperation, KeyError):
        return text


def actual_rows(desk: SheetDesk, *, may_enter: bool) -> list[ActualRow]:
    """Each indicator's year."""
    return [_actual_row(each, desk, may_enter=may_enter) for each in desk.actuals]


def _actual_row(actual: Actual, desk: SheetDesk, *, may_enter: bool) -> ActualRow:
    state, result = actual.indicator, actual.result
    unit, year = state.unit, desk.cycle.fiscal_year
    typed = {each.quarter: each.value for each in desk.figures if each.indicator == state.public_id}
    quarters = [typed.get(place, counted) for place, counted in enumerate(actual.quarters, start=1)]
    return ActualRow(
        name=state.name,
        result=_amount(result.value, state.digits, unit) if result else "",
        origin=said(ORIGINS[result.origin]) if result else "",
        source=result.source if result else "",
        reason=result.reason if result else "",
        before=_amount(actual.before.value, state.digits, unit) if actual.before else "",
        goal=_amount(actual.goal.value, state.digits, unit) if actual.goal else "",
        goal_year=year_words(actual.goal.year) if actual.goal and actual.goal.year != year else "",
        quarters=[figure(each, state.digits) if each is not None else "" for each in quarters],
        note="" if actual.awaited else gettext("指標は検討中です"),
        enter=reverse("plan_figures_enter", args=[state.public_id, year])
        if may_enter and actual.awaited
        else "",
    )


def _amount(value: Decimal | None, digits: int, unit: str) -> str:
    return f"{figure(value, digits)}{joined(unit)}" if value is not None else ""


def change_rows(desk: SheetDesk) -> list[ChangeRow]:
    """The changes of a sheet with who made them; one query."""
    names = identity.people_names({each.actor for each in desk.changes})
    rows = []
    for each in desk.changes:
        field = NAMED.by_name.get(each.field)
        rows.append(
            ChangeRow(
                change=each,
                who=names.get(each.actor, ""),
                title=title_of(desk, each.field),
                before=words_of(field, each.before) if field else each.before,
                after=words_of(field, each.after) if field else each.after,
                way=said(WAYS[each.way]),
            )
        )
    return rows


def move_rows(desk: SheetDesk) -> list[MoveRow]:
    """How the sheet was handed in and given back; one query."""
    names = identity.people_names({each.actor for each in desk.moves})
    return [
        MoveRow(
            move=each,
            who=names.get(each.actor, ""),
            what=gettext("%(part)s：%(state)s")
            % {"part": said(PARTS[each.part]), "state": STATE_WORDS[each.after]},
        )
        for each in desk.moves
    ]
