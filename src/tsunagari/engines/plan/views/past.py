"""What a measure's page said before: figures and targets that were replaced, texts that were edited."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.api import FigureVersion, History, IndicatorState, TextEdit
from tsunagari.engines.plan.views.words import amount, moment_words, year_words
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import format_day

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
    history: History | None, indicators: Iterable[IndicatorState], language: str
) -> Past | None:
    """The history of a measure in the reader's language; None where nothing was ever changed."""
    if history is None:
        return None
    states = {each.order: each for each in indicators}
    changes = list(_changes(history.figures, states, language))
    past = Past(
        values=tuple(change for figure, change in changes if figure == "value"),
        targets=tuple(change for figure, change in changes if figure == "target"),
        texts=tuple(_edit(each, states, language) for each in history.edits),
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


def _edit(edit: TextEdit, states: dict[int, IndicatorState], language: str) -> Change:
    field = str(FIELDS.get(edit.field, edit.field))
    state = states.get(edit.indicator) if edit.indicator is not None else None
    what = f"{state.name} {field}" if state and len(states) > 1 else field
    return Change(
        moment=format_day(japan_day(edit.made_at), language=language),
        what=what,
        before=edit.before,
        after=edit.after,
        reason=edit.reason,
    )
