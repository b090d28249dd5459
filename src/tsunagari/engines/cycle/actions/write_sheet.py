"""Writes fields of a measure's sheet: what was changed, and nothing that others changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.note_changes import note_changes
from tsunagari.engines.cycle.models import Cycle, QuarterFigure, Sheet
from tsunagari.engines.cycle.queries.sheet_texts import figures_of, parts_of_key, texts_of
from tsunagari.engines.cycle.queries.working import working_for, writing
from tsunagari.engines.cycle.rules.fields import NAMED
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.cycle.rules.steps import may_write, may_write_field
from tsunagari.engines.cycle.rules.typed import FieldRefused, Held, text_of, value_of
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.widths import NumberRefused, parse_number


class NotYourSheet(PermissionError):
    """The sheet is another division's."""


class SheetRefused(ValueError):
    """Nothing was written; `faults` says why, by key ("" for the whole sheet)."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


class SheetOvertaken(RuntimeError):
    """Somebody else changed the same fields meanwhile; `theirs` says how they read now. Nothing was written."""

    def __init__(self, theirs: Mapping[str, str]) -> None:
        self.theirs = dict(theirs)
        super().__init__(
            _(
                "入力しているあいだに、ほかの人が同じ欄を直しました。いまの内容を確かめて、もう一度保存してください。入力した内容は残してあります。"
            )
        )


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What is to stand in a field, and the print of the text that the writer saw there."""

    text: str
    seen: str


def write_sheet(
    *, sheet: str, typed: Mapping[str, Typed], hand: Hand, clock: Clock, way: str = "screen"
) -> tuple[str, ...]:
    """Let fields of a sheet read as typed; returns the keys that changed, () when nothing was to do.

    `sheet` is a public id; keys are as in queries/sheet_texts.py. Those who write one sheet wait for each
    other. Raises Sheet.DoesNotExist, NotYourSheet, SheetRefused, SheetOvertaken; then nothing was written.
    """
    with transaction.atomic():
        return _write(sheet, typed, hand, clock(), way)


def _write(
    public_id: str, typed: Mapping[str, Typed], hand: Hand, now: datetime, way: str
) -> tuple[str, ...]:
    sheet = claim_sheet(public_id)
    check_writer(sheet, hand, now)
    standing = texts_of(sheet, figures_of([sheet])[sheet.pk])
    values, faults = _values(sheet, typed)
    wanted = {
        key: value for key, value in values.items() if text_of(value) != standing.get(key, "")
    }
    _check_open(sheet, wanted, faults)
    if faults:
        raise SheetRefused(faults)
    theirs = {
        key: standing.get(key, "")
        for key in wanted
        if typed[key].seen != print_of(standing.get(key, ""))
    }
    if theirs:
        raise SheetOvertaken(theirs)
    changes = [(key, standing.get(key, ""), text_of(value)) for key, value in wanted.items()]
    _keep(sheet, wanted)
    note_changes(sheet=sheet, changes=changes, hand=hand, way=way, now=now)
    return tuple(wanted)


def claim_sheet(public_id: str) -> Sheet:
    """The sheet with its cycle, held until the transaction ends. The cycle is held as well, so that nobody
    writes while a year is being frozen."""
    cycle = Sheet.objects.values_list("cycle", flat=True).get(public_id=public_id)
    Cycle.objects.select_for_update().get(pk=cycle)
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("cycle")
        .get(public_id=public_id)
    )


def check_writer(sheet: Sheet, hand: Hand, now: datetime) -> None:
    """Raise NotYourSheet unless the sheet is hers to write."""
    if not hand.works_for(writing(sheet, working_for([sheet], now))):
        raise NotYourSheet


def part_of(key: str) -> str:
    """The part of the sheet to which a key belongs."""
    field = NAMED.by_name.get(key)
    return field.part if field else "do"


def state_of(sheet: Sheet, part: str) -> str:
    """How a part stands. The record of the year goes with the check."""
    return sheet.plan_state if part == "plan" else sheet.check_state


def _values(sheet: Sheet, typed: Mapping[str, Typed]) -> tuple[dict[str, Held], dict[str, str]]:
    values: dict[str, Held] = {}
    faults: dict[str, str] = {}
    for key, each in typed.items():
        try:
            values[key] = _value(sheet, key, each.text)
        except FieldRefused as refused:
            faults[key] = str(refused)
    return values, faults


def _value(sheet: Sheet, key: str, text: str) -> Held:
    field = NAMED.by_name.get(key)
    if field is not None:
        return value_of(text, field)
    return _quarter_value(sheet, key, text)


def _quarter_value(sheet: Sheet, key: str, text: str) -> Decimal | None:
    place = parts_of_key(key)
    heads = plan_api.measures_by_id([sheet.measure], "ja")
    indicators = heads[sheet.measure].indicators if sheet.measure in heads else ()
    head = next((each for each in indicators if place and each.public_id == place[0]), None)
    if head is None:
        raise FieldRefused(_("この取組にない項目です。画面を開き直してください。"))
    try:
        figure = parse_number(text)
    except NumberRefused as refused:
        raise FieldRefused(str(refused)) from refused
    if figure is not None and (abs(figure) >= 10**15 or figure != round(figure, head.digits)):
        raise FieldRefused(
            _("小数は第%(digits)d位までで入力してください。") % {"digits": head.digits}
            if head.digits
            else _("整数で入力してください。")
        )
    return figure


def _check_open(sheet: Sheet, wanted: Mapping[str, Held], faults: dict[str, str]) -> None:
    for key in wanted:
        part, field = part_of(key), NAMED.by_name.get(key)
        phase, state = sheet.cycle.phase, state_of(sheet, part)
        if not may_write(phase, part, state):
            faults[key] = closed_words(sheet, part)
        elif field is not None and not may_write_field(phase, field, state):
            faults[key] = _("点検の前に決めておくものです。点検が始まったあとは変えられません。")


def closed_words(sheet: Sheet, part: str) -> str:
    """Why a part cannot be written now, and what to do."""
    if sheet.cycle.phase == "frozen":
        return _("この年度は確定しています。直すときは、事務局が正誤として公表します。")
    if state_of(sheet, part) in ("submitted", "accepted"):
        return _("提出したあとは直せません。直すときは、事務局に差し戻しを頼んでください。")
    return _("いまの段階では、この欄は書けません。")


def _keep(sheet: Sheet, wanted: Mapping[str, Held]) -> None:
    fields = [key for key in wanted if key in NAMED.by_name]
    for key in fields:
        setattr(sheet, key, wanted[key])
    if fields:
        sheet.save(update_fields=fields)
    for key, value in wanted.items():
        place = parts_of_key(key) if key not in NAMED.by_name else None
        if place is None:
            continue
        indicator, quarter = place
        if value is None:
            sheet.quarter_figures.filter(indicator=indicator, quarter=quarter).delete()
        else:
            QuarterFigure.objects.update_or_create(
                sheet=sheet, indicator=indicator, quarter=quarter, defaults={"value": value}
            )
