"""What a measure's page said before: figures and targets that were replaced, texts that were edited."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.api import (
    FigureVersion,
    History,
    IndicatorState,
    PlanHead,
    TextEdit,
)
from tsunagari.engines.plan.rules.editable import SHEETS
from tsunagari.engines.plan.views.words import amount, moment_words, year_words
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity

FIELDS: dict[str, Promise | str] = {
    "name": _("名前"),
    "purpose": _("目的"),
    "outline": _("概要"),
    "note": _("注"),
    "mended": _("直したところ"),
    "managed_in": _("管理する計画"),
    "divisions": _("担当する課"),
    "unit": _("単位"),
    "reason": _("目標の理由"),
    "definition_note": _("数え方の注"),
    "meter": _("数え方"),
    "direction": _("目標の向き"),
    "accumulate": _("年度の合計のしかた"),
    "planned": pgettext_lazy("of an action", "予定"),
    "done": pgettext_lazy("of an action", "行ったこと"),
    "stages": _("段階"),
    "viewpoints": _("視点"),
    "section": _("計画の中の場所"),
    "kind": _("管理のしかた"),
    "from_year": _("はじまる年度"),
    "until_year": _("終わる年度"),
    "until_reason": _("終わる理由"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: when, of what, from what to what, and why."""

    moment: str
    what: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Past:
    """The changes of a measure, newest first."""

    values: tuple[Change, ...]
    targets: tuple[Change, ...]
    texts: tuple[Change, ...]


def past_of(
    history: History | None, head: PlanHead, indicators: Iterable[IndicatorState], language: str
) -> Past | None:
    """The history of a measure in the reader's language; None where nothing was ever changed."""
    if history is None:
        return None
    states = {each.order: each for each in indicators}
    changes = list(_changes(history.figures, states, language))
    names = _names(history.edits, head, language)
    past = Past(
        values=tuple(change for figure, change in changes if figure == "value"),
        targets=tuple(change for figure, change in changes if figure == "target"),
        texts=tuple(_edit(each, states, names, language) for each in history.edits),
    )
    return past if past.values or past.targets or past.texts else None


def _changes(
    figures: Iterable[FigureVersion], states: dict[int, IndicatorState], language: str
) -> Iterator[tuple[str, Change]]:
    """Each version beside the one that took its place: the one that begins when it ends."""
    listed = list(figures)
    for old in sorted(listed, key=lambda each: each.since, reverse=True):
        if old.until is None or old.indicator not in states:
            continue
        new = next((each for each in listed if _follows(each, old)), None)
        state = states[old.indicator]
        yield (
            old.figure,
            Change(
                moment=moment_words(old.until, language),
                what=_what(old, state, len(states), language),
                before=_figure(old, state),
                after=_figure(new, state),
                reason=new.reason if new else "",
            ),
        )


def _follows(each: FigureVersion, old: FigureVersion) -> bool:
    if each.public_id == old.public_id:
        return False
    place = (each.figure, each.indicator, each.year, each.month)
    return place == (old.figure, old.indicator, old.year, old.month) and each.since == old.until


def _what(version: FigureVersion, state: IndicatorState, many: int, language: str) -> str:
    year = year_words(version.year, language)
    if version.month:
        year = gettext("%(year)s %(month)s月分") % {"year": year, "month": version.month}
    return f"{year} {state.name}" if many > 1 else year


def _figure(version: FigureVersion | None, state: IndicatorState) -> str:
    if version is None or version.value is None:
        return gettext("取り下げ")
    return amount(version.value, state)


def _names(edits: Iterable[TextEdit], head: PlanHead, language: str) -> dict[str, dict[str, str]]:
    """The names behind the signs of divisions, viewpoints and fields, by what was edited."""
    texts = (text for each in edits if each.field == "divisions" for text in _both(each))
    codes = {code for text in texts for code in text.split(",") if code}
    year = FiscalYear(head.first_year)
    return {
        "divisions": identity.division_names(codes, year, language) if codes else {},
        "viewpoints": {each.code: each.name for each in head.viewpoints},
        "section": {each.code: each.name for each in head.sections},
    }


def _both(edit: TextEdit) -> tuple[str, str]:
    return edit.before, edit.after


def _in_words(edit: TextEdit, text: str, names: dict[str, dict[str, str]], language: str) -> str:
    """A text as one reads it: names in place of signs."""
    if edit.field in names:
        known = names[edit.field]
        between = "、" if language == "ja" else ", "
        return between.join(known.get(code, code) for code in text.split(","))
    sheet = SHEETS["measure" if edit.indicator is None else "indicator"]
    field = sheet.by_name.get(edit.field)
    words = (field.choices or {}).get(text) if field else None
    return said(words) if words else text


def _edit(
    edit: TextEdit,
    states: dict[int, IndicatorState],
    names: dict[str, dict[str, str]],
    language: str,
) -> Change:
    field = str(FIELDS.get(edit.field, edit.field))
    state = states.get(edit.indicator) if edit.indicator is not None else None
    what = f"{state.name} {field}" if state and len(states) > 1 else field
    return Change(
        moment=format_day(japan_day(edit.made_at), language=language),
        what=what,
        before=_in_words(edit, edit.before, names, language),
        after=_in_words(edit, edit.after, names, language),
        reason=edit.reason,
    )
