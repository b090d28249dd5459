"""Decisions, their figures and what they do, in the words of the console's screens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from tsunagari.engines.cycle.console.asked_year import language, year_words
from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.models import Decision
from tsunagari.engines.cycle.queries.actuals import Actual
from tsunagari.engines.cycle.queries.decisions import wanted_of
from tsunagari.engines.cycle.queries.year_read import amount
from tsunagari.engines.cycle.rules.decisions import STAGES, WantedRevision
from tsunagari.engines.cycle.rules.deeds import Deed, Done, Outcome, plain
from tsunagari.engines.cycle.rules.text_revisions import WantedTextRevision, named, part_words
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.figures import figure, joined
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity


@dataclass(frozen=True, kw_only=True)
class DoneWords:
    """One decision and what it does, in words; `quiet` where a measure goes on as it is."""

    title: str
    lines: tuple[str, ...]
    wrong: str
    decision: str
    quiet: bool


def figure_lines(actuals: Iterable[Actual]) -> list[str]:
    """Each indicator with its result of the year and its target."""
    return [_figure(each) for each in actuals]


def _figure(actual: Actual) -> str:
    state = actual.indicator
    result = amount(actual.result.value, state) if actual.result else gettext("未入力")
    if actual.goal is None:
        return gettext("%(name)s：%(result)s") % {"name": state.name, "result": result}
    return gettext("%(name)s：%(result)s（%(year)sの目標 %(goal)s）") % {
        "name": state.name,
        "result": result,
        "year": year_words(actual.goal.year),
        "goal": amount(actual.goal.value, state),
    }


def heir_names(decision: Decision) -> list[str]:
    """The measures that a decision makes: number and name."""
    return [f"{each.number} {each.called(language())}" for each in decision.heirs.all()]


def decision_lines(decision: Decision) -> list[tuple[str, str]]:
    """A decision as one reads it: title and words; one query for the name of who made it."""
    told = wanted_of(decision)
    who = identity.people_names({decision.actor}).get(decision.actor, "")
    lines = [
        (gettext("決定"), said(DECISIONS[told.kind])),
        (gettext("決定の理由"), told.reason),
        (gettext("次の年度からの段階"), said(STAGES[told.stage_to]) if told.stage_to else ""),
        (gettext("基準を満たさずに移す理由"), told.against),
        (gettext("新しい取組"), "\n".join(_heir_lines(decision))),
        (gettext("目標値の変更"), "\n".join(_revised(decision, told.revisions))),
        (gettext("指標の見直し"), "\n".join(_texts_revised(told.texts))),
        (gettext("決めた人"), who),
    ]  # fmt: skip
    return [(title, words) for title, words in lines if words]


def _heir_lines(decision: Decision) -> list[str]:
    """The measures that it makes, each with how it is managed where that was chosen."""
    return [
        gettext("%(name)s（%(kind)s）")
        % {"name": name, "kind": said(plan_api.MEASURE_KINDS[heir.kind])}
        if heir.kind
        else name
        for name, heir in zip(heir_names(decision), decision.heirs.all(), strict=True)
    ]


def _texts_revised(revisions: Iterable[WantedTextRevision]) -> list[str]:
    """What changes of which indicator, by the name that it bore; two queries where something does."""
    listed = list(revisions)
    texts = plan_api.indicator_texts({each.indicator for each in listed})
    for each in listed:
        texts.setdefault(each.indicator, {"name": "", "name.en": ""})[each.key] = each.old
    names = {key: named(said_of, "name", language()) for key, said_of in texts.items()}
    return [
        gettext("「%(name)s」の%(part)s：%(before)s → %(after)s（%(reason)s）")
        % {
            "name": names[each.indicator],
            "part": part_words(each.key),
            "before": each.old or gettext("なし"),
            "after": each.new or gettext("なし"),
            "reason": each.reason,
        }
        for each in listed
    ]


def _revised(decision: Decision, revisions: Iterable[WantedRevision]) -> Iterator[str]:
    """Targets that change, as what carrying out does tells them."""
    if not revisions:
        return
    board = plan_api.plan_board(decision.cycle.plan, now=system_clock(), language=language())
    measures = board.measures if board else ()
    states = {one.public_id: one for each in measures for one in each.indicators}
    for each in revisions:
        state = states.get(each.indicator)
        yield _deed(
            Deed(
                act="target",
                measure="",
                name="",
                year=each.fiscal_year,
                detail=state.name if state else gettext("計画にない指標"),
                before=plain(each.old),
                after=plain(each.new),
                digits=state.digits if state else 0,
                unit=state.unit if state else "",
            )
        )


def outcome_words(outcome: Outcome) -> list[DoneWords]:
    """What carrying out does, decision by decision."""
    return [_done(each) for each in outcome.done]


def _done(done: Done) -> DoneWords:
    about = gettext("、").join(done.measures)
    kind = said(DECISIONS[done.kind])
    title = gettext("%(kind)s：%(measures)s") % {"kind": kind, "measures": about} if about else kind
    return DoneWords(
        title=title,
        lines=tuple(_deed(each) for each in done.deeds),
        wrong=done.wrong,
        decision=done.decision,
        quiet=done.kind == "continue"
        and not done.wrong
        and all(deed.act == "goes_on" for deed in done.deeds),
    )


def _deed(deed: Deed) -> str:
    told = {
        "measure": deed.measure,
        "name": deed.name,
        "year": year_words(deed.year),
        "count": deed.count,
        "detail": deed.detail,
        "part": part_words(deed.part) if deed.part else "",
        "before": _side(deed, deed.before),
        "after": _side(deed, deed.after),
    }
    return _SENTENCES[deed.act]() % told


def _side(deed: Deed, text: str) -> str:
    """A figure as people write it, the words of a stage as they are."""
    if not text:
        return gettext("なし")
    if deed.act == "text":
        return gettext("「%(text)s」") % {"text": text}
    if deed.act != "target":
        return text
    return f"{figure(Decimal(text), deed.digits)}{joined(deed.unit)}"


_SENTENCES = {
    "goes_on": lambda: gettext("「%(measure)s %(name)s」は、そのまま続きます。"),
    "ends": lambda: gettext("「%(measure)s %(name)s」は、%(year)sで終わります。"),
    "made": lambda: gettext(
        "「%(measure)s %(name)s」が、%(year)sから始まります（引き継ぐ指標 %(count)s）。"
    ),
    "stage": lambda: gettext("%(year)sから、段階が %(before)s → %(after)s に移ります。"),
    "target": lambda: gettext(
        "「%(detail)s」の%(year)sの目標が、%(before)s → %(after)s に変わります。"
    ),
    "text": lambda: gettext(
        "指標「%(detail)s」の「%(part)s」が、%(before)sから%(after)sに変わります。"
    ),
    "planned": lambda: gettext("%(year)sに取り組むことが、アクションプランに書かれます。"),
}
