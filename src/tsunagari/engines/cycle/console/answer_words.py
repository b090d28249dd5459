"""The answer to a councillor's question in one sentence, and changes in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext

from tsunagari.engines.cycle.console.asked_year import language, year_words
from tsunagari.engines.cycle.queries.question import Answer, Line, ToldEdit, ToldTarget
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.figures import figure, joined
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.texts import N_

FIELDS: Final = {
    "name": N_("名前"),
    "purpose": N_("目的"),
    "outline": N_("概要"),
    "unit": N_("単位"),
    "definition_note": N_("数え方の注"),
    "reason": N_("目標の理由"),
}
"""The words of the texts whose changes an answer tells (queries/question.py, DEFINING)."""


@dataclass(frozen=True, kw_only=True)
class ChangeWords:
    """A change: when, what, before and after, why."""

    day: str
    what: str
    before: str
    after: str
    reason: str


def answer_sentence(found: Answer) -> str:
    """What one would say standing up: from where to where, and how that stands to the target."""
    space = "" if language() == "ja" else " "
    told = [_line_sentence(line, found) for line in found.lines]
    if not any(told):
        told = [_without_figures(found)]
    told += [_goal_sentence(line) for line in found.lines]
    return space.join(filter(None, told))


def _line_sentence(line: Line, found: Answer) -> str:
    known = [
        each for year, each in sorted(line.results.items()) if year >= found.start and each.whole
    ]
    if not known:
        return ""
    first, last = known[0], known[-1]
    words = {
        "name": line.name,
        "first_year": year_words(first.year),
        "first": _said(line, first),
        "last_year": year_words(last.year),
        "last": _said(line, last),
        "change": _amount(line, abs(last.value - first.value)),
    }
    if first.year == last.year:
        return gettext("「%(name)s」は、%(last_year)sに%(last)sでした。") % words
    if any(first.year < year <= last.year for year, _ in line.breaks()):
        return (
            gettext(
                "「%(name)s」は、%(first_year)sに%(first)s、%(last_year)sに%(last)sでした。途中で数え方が変わっているため、そのままは比べられません。"
            )
            % words
        )
    return _compared(last.value - first.value) % words


def _compared(change: Decimal) -> str:
    if change > 0:
        return gettext(
            "「%(name)s」は、%(first_year)sの%(first)sから%(last_year)sの%(last)sへ、%(change)s増えました。"
        )
    if change < 0:
        return gettext(
            "「%(name)s」は、%(first_year)sの%(first)sから%(last_year)sの%(last)sへ、%(change)s減りました。"
        )
    return gettext(
        "「%(name)s」は、%(first_year)sも%(last_year)sも%(last)sで、変わりませんでした。"
    )


def _said(line: Line, result: plan_api.Result) -> str:
    """A figure with its unit; one that is only expected says so."""
    amount = _amount(line, result.value)
    if result.origin == "estimated":
        return gettext("%(amount)s（見込）") % {"amount": amount}
    return amount


def _goal_sentence(line: Line) -> str:
    """The last target that stands."""
    if not line.targets:
        return ""
    goal = line.targets[max(line.targets)]
    return gettext("「%(name)s」の目標は、%(year)sに%(target)sです。") % {
        "name": line.name,
        "year": year_words(goal.year),
        "target": _amount(line, goal.value),
    }


def _without_figures(found: Answer) -> str:
    """Of a measure whose figures are not known: its stages, or that its texts tell what was done."""
    measure = found.page.measure
    stages = [line for line in measure.stages if any(c.cover == "certain" for c in line.cells)]
    if stages:
        words = plan_api.STAGE_WORDS
        return gettext(
            "この取組は数値ではなく段階で管理しています。計画では、%(stages)sと進みます。"
        ) % {
            "stages": gettext("、").join(
                dict.fromkeys(said(words.get(each.word, each.word)) for each in stages)
            )
        }
    if found.lines:
        return gettext(
            "この期間の実績の数値は、まだありません。行ったことは、年度ごとに下にあります。"
        )
    return gettext("この取組には数値の指標がありません。行ったことは、年度ごとに下にあります。")


def _amount(line: Line, value: Decimal) -> str:
    return f"{figure(value, line.digits)}{joined(line.unit)}"


def target_words(told: ToldTarget) -> ChangeWords:
    """A target that was changed."""
    return ChangeWords(
        day=format_day(japan_day(told.changed_at), language=language()),
        what=gettext("%(quoted)s %(name)s：%(year)sの目標値")
        % {
            "quoted": told.measure.quoted,
            "name": told.indicator.name,
            "year": year_words(told.year),
        },
        before=_target(told, told.before),
        after=_target(told, told.after) if told.after is not None else gettext("取り下げ"),
        reason=told.reason,
    )


def _target(told: ToldTarget, value: Decimal | None) -> str:
    return f"{figure(value, told.indicator.digits)}{joined(told.indicator.unit)}"


def edit_words(told: ToldEdit) -> ChangeWords:
    """A text that was changed, with why."""
    edit = told.edit
    return ChangeWords(
        day=format_day(japan_day(edit.made_at), language=language()),
        what=gettext("%(quoted)s %(field)s")
        % {"quoted": told.measure.quoted, "field": said(FIELDS[edit.field])},
        before=edit.before,
        after=edit.after or gettext("（なし）"),
        reason=edit.reason,
    )
