"""Texts that travel as signs, in the words of a screen."""

import json
from collections.abc import Mapping

from django.utils.translation import gettext

from tsunagari.engines.plan.queries.board import MeasureState
from tsunagari.engines.plan.queries.choices import Choices
from tsunagari.engines.plan.queries.edits import ADDED
from tsunagari.engines.plan.rules.addable import ADDED as ADDED_SHEETS
from tsunagari.engines.plan.rules.editable import SHEETS, Editable, Sheet, parts_of
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.i18n.said import said

PRESETS = {
    "words": "言葉のみ",
    "abcd": "A〜D",
    "fsabc": "F・S・A・B・C・X・Y・Z",
}


def title_of(sheet: Sheet | None, kind: str, field: str) -> str:
    """What a field of a thing is called."""
    if field == ADDED:
        return gettext("追加")
    each = field_of(sheet, kind, field)
    return said(each.title) if each else field


def field_of(sheet: Sheet | None, kind: str, field: str) -> Editable | None:
    """A field by its name; None for one that the thing has no longer."""
    known = sheet or SHEETS.get(kind)
    return known.by_name.get(field) if known else None


def kind_title(kind: str) -> str:
    """What a kind of thing is called."""
    known = SHEETS.get(kind) or ADDED_SHEETS.get(kind)
    return said(known.title) if known else kind


def words_of(each: Editable | None, text: str, choices: Choices) -> str:
    """A text as one reads it: names in place of signs; a word for nothing."""
    if each is None:
        return text
    if each.kind == "truth":
        return gettext("はい") if text else gettext("いいえ")
    if not text:
        return gettext("（空）")
    if each.kind == "choice":
        words = (each.choices or {}).get(text)
        return said(words) if words else text
    if each.kind == "year":
        return format_fiscal_year(FiscalYear(int(text)), language="ja")
    if each.kind in ("codes", "ties", "ref"):
        names = dict(choices.get(each.name, []))
        return "、".join(names.get(code, code) for code in text.split(","))
    if each.kind == "scale":
        return scale_words(text)
    return text


def division_words(measure: MeasureState) -> str:
    """The divisions of a measure, and 関係各課 where the plan names others no more exactly."""
    others = [gettext("関係各課")] if measure.and_others else []
    return "、".join([*(each.name for each in measure.divisions), *others])


def scale_words(text: str) -> str:
    """A scale in one sentence."""
    try:
        kept: Mapping[str, object] = json.loads(text)
    except ValueError:
        return text
    preset = str(kept.get("preset", "words"))
    grades = kept.get("grades")
    letters = (
        "・".join(str(each["code"]) for each in grades)
        if isinstance(grades, list) and grades
        else ""
    )
    return gettext("%(grades)s、順調は%(on)s以上、やや遅れは%(behind)s以上") % {
        "grades": letters or gettext(PRESETS.get(preset, "言葉のみ")),
        "on": kept.get("on_track", ""),
        "behind": kept.get("slightly_behind", ""),
    }


def key_title(sheet: Sheet | None, kind: str, key: str) -> str:
    """What a key is called: a field, and its language where that is not Japanese."""
    name, language = parts_of(key)
    title = title_of(sheet, kind, name)
    return title if language == "ja" else gettext("%(title)s（英語）") % {"title": title}
