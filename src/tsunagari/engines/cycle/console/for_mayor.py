"""The year on one page for the mayor: what moved, what is late, what is to be decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    year_words,
)
from tsunagari.engines.cycle.console.paper_words import (
    MeasureView,
    as_of,
    change_words,
    figure_address,
    measure_view,
    only_readers,
    public_address,
    there_are,
)
from tsunagari.engines.cycle.declare import DECISIONS, PHASES, STEPS
from tsunagari.engines.cycle.models import Decision
from tsunagari.engines.cycle.queries.deciding import (
    ForMayor,
    Moved,
    StageToDecide,
    TargetToSet,
    Turned,
    for_mayor,
)
from tsunagari.engines.cycle.queries.waiting import Cell
from tsunagari.engines.cycle.queries.year_read import amount
from tsunagari.engines.cycle.rules.decisions import PHASES as DECIDING
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import staff_only

SHOWN: Final = 6
"""Rows of a list that the page shows; how many more there are is said, with a link to all of them."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Rows of a list, how many more there are, and where all of them stand."""

    rows: tuple[Any, ...]
    more: int
    address: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A measure in a list, with the words that stand behind it; `before` and `after` are statuses."""

    quoted: str
    name: str
    address: str
    words: str = ""
    before: plan_api.Mark | None = None
    after: plan_api.Mark | None = None


@never_cache
@staff_only
@require_safe
def mayor(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """The page; for whoever reads the whole year."""
    cycle = asked_cycle(plan, year)
    if not hand_of(request).reads_all:
        return only_readers(request)
    now = system_clock()
    found = for_mayor(cycle, now=now, language=language())
    if found is None:
        raise Http404
    context = {
        "cycle": cycle,
        "found": found,
        "head": found.read.head,
        "title": year_words(year),
        "phase": said(PHASES[cycle.phase]),
        "sentence": plan_api.sentence(found.read.head.short_name, found.counts),
        "as_of": as_of(now),
        **_moved(found),
        **_late(found),
        **_to_decide(found),
    }
    return render(request, "cycle/console/for_mayor.html", context)


def _listed(rows: Sequence[Any], address: str) -> Listed:
    return Listed(rows=tuple(rows[:SHOWN]), more=max(0, len(rows) - SHOWN), address=address)


def _year_address(found: ForMayor) -> str:
    return reverse("cycle_year", args=[found.read.cycle.plan, found.read.year])


def _moved(found: ForMayor) -> dict[str, Any]:
    year = reverse("plan:year", args=[found.read.cycle.plan, found.read.year])
    return {
        "better": _listed([_turned(e, found) for e in found.turned if e.turn == "better"], year),
        "worse": _listed([_turned(e, found) for e in found.turned if e.turn == "worse"], year),
        "toward": [_figure(each, found) for each in found.toward],
        "away": [_figure(each, found) for each in found.away],
        "year_before": year_words(found.read.year - 1),
    }


def _turned(each: Turned, found: ForMayor) -> Line:
    head = found.read.head
    return Line(
        quoted=each.measure.quoted,
        name=each.measure.name,
        address=public_address(head.code, each.measure.number),
        before=plan_api.mark_in(head, each.before),
        after=plan_api.mark_in(head, each.after),
    )


def _figure(each: Moved, found: ForMayor) -> Line:
    words = gettext("%(name)s %(before)s → %(after)s（%(change)s）") % {
        "name": each.indicator.name,
        "before": amount(each.before, each.indicator),
        "after": amount(each.after, each.indicator),
        "change": change_words(each.change),
    }
    return Line(
        quoted=each.measure.quoted,
        name=each.measure.name,
        address=figure_address(found.read.head.code, each.measure.number, each.indicator),
        words=words,
    )


def _late(found: ForMayor) -> dict[str, Any]:
    late = [_view(each, found) for each in found.late]
    divisions = [
        (
            row.name,
            gettext("、").join(_late_step(cell) for cell in row.cells if cell.state == "late"),
            f"{_year_address(found)}?division={row.code}#sheets",
        )
        for row in found.late_rows
    ]
    return {
        "late": _listed(late, reverse("plan:plan", args=[found.read.cycle.plan])),
        "late_divisions": _listed(divisions, f"{_year_address(found)}?state=late#sheets"),
        "overdue": _listed(
            [_stage(e, found) for e in found.stages if e.stand.overdue], _year_address(found)
        ),
    }


def _late_step(cell: Cell) -> str:
    told = {"step": said(STEPS[cell.step]), "n": cell.total - cell.done - cell.handed_in}
    return gettext("%(step)s %(n)d件") % told


def _view(measure: plan_api.MeasureState, found: ForMayor) -> MeasureView:
    return measure_view(measure, found.read.head, found.read.cycle)


def _to_decide(found: ForMayor) -> dict[str, Any]:
    year = _year_address(found)
    return {
        "decisions": _listed([_decision(each, found) for each in found.decisions], year),
        "stages": _listed([_stage(e, found) for e in found.stages if not e.stand.overdue], year),
        "targets": _listed([_target(each, found) for each in found.targets], year),
        "candidates": _listed(_candidates(found), year),
        "waiting": _waiting(found),
    }


def _candidates(found: ForMayor) -> list[tuple[str, str]]:
    """Each with its driver in the reader's language; one that is gone as it was called then."""
    if not found.candidates:
        return []
    names = {each.public_id: each.name for each in plan_api.drivers(language())}
    return [(each.text, names.get(each.driver, each.driver_name)) for each in found.candidates]


def _waiting(found: ForMayor) -> str:
    """How much waits; of what is not decided only while decisions are made."""
    held, asked = len(found.decisions), found.read.cycle.phase in DECIDING
    undecided, unanswered = found.undecided if asked else 0, found.unanswered
    return there_are(
        (
            (held, ngettext("決定して、まだ計画に反映していないものが%(n)d件", "決定して、まだ計画に反映していないものが%(n)d件", held)),
            (undecided, ngettext("見直しをまだ決めていない取組が%(n)d件", "見直しをまだ決めていない取組が%(n)d件", undecided)),
            (unanswered, ngettext("回答していない委員の意見が%(n)d件", "回答していない委員の意見が%(n)d件", unanswered)),
        ),
        nothing=gettext("反映を待つ決定も、回答を待つ意見もありません。"),
    )  # fmt: skip


def _decision(decision: Decision, found: ForMayor) -> Line:
    numbers = {each.sheet.pk: each.measure for each in found.read.sheets}
    about = [numbers[sheet.pk] for sheet in decision.sheets.all() if sheet.pk in numbers]
    names = _names(about) or gettext("、").join(
        each.called(language()) for each in decision.heirs.all()
    )
    return Line(
        quoted=said(DECISIONS[decision.kind]),
        name=names,
        address=reverse("cycle_sheet", args=[found.read.cycle.plan, found.read.year, about[0].number])
        if about
        else _year_address(found),
        words=decision.reason,
    )  # fmt: skip


def _names(measures: Iterable[plan_api.MeasureState]) -> str:
    return gettext("、").join(f"{each.quoted} {each.name}" for each in measures)


def _stage(each: StageToDecide, found: ForMayor) -> Line:
    head = found.read.head
    return Line(
        quoted=each.measure.quoted,
        name=each.measure.name,
        address=reverse("cycle_sheet", args=[head.code, found.read.year, each.measure.number]),
        words=_stage_words(each),
    )


def _stage_words(each: StageToDecide) -> str:
    told = {
        "now": each.stand.now,
        "next": each.stand.following,
        "year": year_words(each.stand.from_year) if each.stand.from_year else "",
        "met": each.met,
        "all": len(each.decision.criteria) if each.decision else len(each.criteria),
    }
    if each.stand.overdue and not each.stand.following:
        schedule = gettext("「%(now)s」の期間が終わり、次の段階が決まっていません。") % told
    elif each.stand.overdue:
        schedule = (
            gettext("「%(now)s」の期間が終わりました。次は%(year)sの「%(next)s」です。") % told
        )
    elif not each.stand.begun:
        schedule = gettext("%(year)sに「%(next)s」を始める予定です。") % told
    else:
        schedule = gettext("%(year)sに「%(now)s」から「%(next)s」へ移る予定です。") % told
    return f"{schedule}{_criteria_words(each, told)}"


def _criteria_words(each: StageToDecide, told: dict[str, Any]) -> str:
    if each.decision is not None and each.decision.stage_to:
        return gettext("移すと決めました。基準%(all)d件のうち%(met)d件を満たしています。") % told
    if each.decision is not None:
        return gettext("段階は動かさないと決めました。")
    if each.criteria:
        return gettext("基準は%(all)d件。満たしたかどうかは、まだ確かめていません。") % told
    return gettext("移す基準が、まだ書かれていません。")


def _target(each: TargetToSet, found: ForMayor) -> Line:
    when = (
        gettext("「%(name)s」を%(year)sに設定する計画です。")
        % {"name": each.indicator.name, "year": year_words(each.year)}
        if each.year
        else gettext("「%(name)s」の目標が検討中です。") % {"name": each.indicator.name}
    )
    return Line(
        quoted=each.measure.quoted,
        name=each.measure.name,
        address=public_address(found.read.head.code, each.measure.number),
        words=when,
    )


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/for/mayor/", mayor, name="cycle_for_mayor"),
]
"""Addresses below /console/."""
