"""Candidates for the next action plan, drawn from drivers: the three viewpoints as three lists, and one form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.engines.cycle.actions.weigh_candidate import (
    CandidateOvertaken,
    CandidateRefused,
    weigh_candidate,
)
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.forms.candidate_form import CandidateForm
from tsunagari.engines.cycle.models import Candidate, Cycle
from tsunagari.engines.cycle.queries.candidates import (
    DrawnCandidate,
    WeighedDriver,
    weighed_drivers,
    weighed_of,
)
from tsunagari.engines.cycle.rules.candidates import STATES
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import staff_only

LOOKS: Final[Mapping[str, str]] = {
    "open": "ongoing",
    "taken": "achieved",
    "not_taken": "neutral",
}
"""The looks of <c-status> for the states."""

OUTLINE: Final = 160
"""Letters of a driver's outline that the list shows."""


@dataclass(frozen=True, kw_only=True)
class DriverWords:
    """A driver in words, with its candidates; `address` draws a new one, "" where the driver is gone."""

    name: str
    source: str
    outline: str
    address: str
    looked_at: bool
    candidates: list[tuple[DrawnCandidate, str, str]]


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD"])
def candidates(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Three lists; drivers that nobody looked at come first."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    found = weighed_drivers(cycle, language())
    lists = [
        (kind, said(plan_api.DRIVER_KINDS[kind]), [_driver(each, cycle) for each in listed])
        for kind, listed in found.items()
    ]
    context = {
        "cycle": cycle,
        "title": year_words(year),
        "following": year_words(year + 1),
        "lists": lists,
        "waiting": sum(not each.looked_at for _kind, _title, listed in lists for each in listed),
        "may_write": cycle.phase != "frozen",
    }
    return render(request, "cycle/console/candidates.html", context)


def _driver(weighed: WeighedDriver, cycle: Cycle) -> DriverWords:
    place = [cycle.plan, cycle.fiscal_year]
    drawn = [
        (each, said(STATES[each.row.state]), LOOKS[each.row.state]) for each in weighed.candidates
    ]
    driver = weighed.driver
    if driver is None:
        row = weighed.candidates[0].row
        gone = gettext("%(source)s（計画の背景からは、なくなっています）")
        source = gone % {"source": row.driver_source}
        return DriverWords(name=row.driver_name, source=source, outline="", address="", looked_at=True, candidates=drawn)  # fmt: skip
    return DriverWords(
        name=driver.name,
        source=_source(driver),
        outline=brief(driver.outline),
        address=reverse("cycle_candidate_draw", args=[*place, driver.public_id]),
        looked_at=bool(drawn),
        candidates=drawn,
    )


def brief(text: str) -> str:
    """Its beginning; where words have spaces between them, none is cut."""
    if len(text) <= OUTLINE:
        return text
    cut = text[: OUTLINE - 1]
    if cut[-1].isascii() and text[OUTLINE - 1].isalnum():
        cut = cut.rpartition(" ")[0] or cut
    return f"{cut.rstrip()}…"


def _source(driver: plan_api.DriverState) -> str:
    day = format_day(driver.issued_on, language=language()) if driver.issued_on else ""
    issued = day or (str(driver.issued_year) if driver.issued_year else "")
    return gettext("・").join(each for each in (driver.issuer, issued, driver.source) if each)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, plan: str, year: int, driver: str) -> HttpResponse:
    """Draw a candidate from a driver."""
    cycle = asked_cycle(plan, year)
    found = next((each for each in plan_api.drivers(language()) if each.public_id == driver), None)
    if found is None:
        raise Http404
    facts = [(gettext("背景"), found.name), (gettext("出典"), _source(found)), (gettext("説明"), found.outline)]  # fmt: skip
    return _weigh(request, cycle, facts, driver=driver, row=None)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: HttpRequest, plan: str, year: int, public_id: str) -> HttpResponse:
    """Weigh a candidate that was drawn."""
    cycle = asked_cycle(plan, year)
    row = (
        cycle.candidates.filter(public_id=public_id[:22]).first()
        if public_id.isprintable()
        else None
    )
    if row is None:
        raise Http404
    found = next((e for e in plan_api.drivers(language()) if e.public_id == row.driver), None)
    facts = (
        [(gettext("背景"), found.name), (gettext("出典"), _source(found))]
        if found
        else [(gettext("背景"), row.driver_name), (gettext("出典"), row.driver_source)]
    )
    return _weigh(request, cycle, facts, driver=row.driver, row=row)


def _weigh(
    request: HttpRequest,
    cycle: Cycle,
    facts: list[tuple[str, str]],
    *,
    driver: str,
    row: Candidate | None,
) -> HttpResponse:
    hand = hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    weighed = weighed_of(row) if row else None
    data = request.POST if request.method == "POST" else None
    form, status = CandidateForm(_measures(cycle), weighed=weighed, data=data), 200
    if data is not None:
        try:
            weigh_candidate(
                cycle=cycle.public_id,
                driver=driver,
                weighed=form.weighed(),
                candidate=row.public_id if row else "",
                seen=str(data.get("seen", "")),
                hand=hand,
                clock=system_clock,
            )
        except CandidateRefused as refused:
            form.refuse(refused.faults)
        except CandidateOvertaken:
            form, status = _again(form, data, weighed), 409
        else:
            messages.success(request, gettext("候補を保存しました。"))
            return HttpResponseRedirect(reverse("cycle_candidates", args=[cycle.plan, cycle.fiscal_year]))  # fmt: skip
    context = {
        "cycle": cycle,
        "form": form,
        "facts": [(title, words) for title, words in facts if words],
        "fields": [form[name] for name in ("text", "state", "measure", "reason")],
        "theirs": _theirs(row) if status == 409 and row else [],
        "overtaken": status == 409,
        "may_write": cycle.phase != "frozen",
    }
    return render(request, "cycle/console/candidate.html", context, status=status)


def _again(form: CandidateForm, data: Mapping[str, object], weighed: object) -> CandidateForm:
    """What was typed stays; whoever saves again has seen what the other wrote."""
    copy = {**{key: data.get(key, "") for key in form.fields}, "seen": getattr(weighed, "seen", "")}
    measures = list(form.fields["measure"].widget.choices)[1:]
    return CandidateForm(measures, weighed=None, data=copy)


def _theirs(row: Candidate) -> list[tuple[str, str]]:
    words = [
        (gettext("次の年度にすること"), row.text),
        (gettext("扱い"), said(STATES[row.state])),
        (gettext("理由"), row.reason),
    ]
    return [(title, text) for title, text in words if text]


def _measures(cycle: Cycle) -> list[tuple[str, str]]:
    heads = plan_api.measures_of_year(cycle.plan, cycle.fiscal_year, language())
    return [(each.public_id, f"{each.quoted} {each.name}") for each in heads]


_HERE = "year/<slug:plan>/<int:year>/candidates/"
URLS: list[URLPattern] = [
    path(_HERE, candidates, name="cycle_candidates"),
    path(f"{_HERE}drivers/<str:driver>/", draw, name="cycle_candidate_draw"),
    path(f"{_HERE}<str:public_id>/", candidate, name="cycle_candidate"),
]
