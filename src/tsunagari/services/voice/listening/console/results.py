"""Groups of opinions with the city's answers, and the results as they are published."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only
from tsunagari.services.voice.listening.actions.decide_call import (
    ask_results,
    decide_results,
    write_results,
)
from tsunagari.services.voice.listening.actions.refused import NotYours, Overtaken, Refused
from tsunagari.services.voice.listening.actions.sort_opinions import remove_group, write_group
from tsunagari.services.voice.listening.console.asked import asked_call, hand_of, refused
from tsunagari.services.voice.listening.forms.console_forms import (
    GroupForm,
    MomentForm,
    ResultsForm,
)
from tsunagari.services.voice.listening.models import Call, Group
from tsunagari.services.voice.listening.queries.calls import (
    groups_of,
    loose_opinions,
    phase_at,
    results_of,
)
from tsunagari.services.voice.listening.rules.choices import ANSWERS, LONGEST_TEXT
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.plain_text import plain_text


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, public_id: str, group_id: str = "") -> HttpResponse:
    """A group's wording and answer, beside its opinions."""
    hand = hand_of(request)
    call = asked_call(hand, public_id)
    found = call.groups.filter(public_id=group_id).first() if group_id else None
    if group_id and found is None:
        raise Http404
    names = (*GroupForm.base_fields,)
    initial = {name: getattr(found, name) for name in names} if found else {}
    form = GroupForm(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, object] = {
        "call": call,
        "group": found,
        "form": form,
        "opinions": list(found.opinions.select_related("letter")) if found else [],
    }
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("do") == "remove" and found is not None:
                remove_group(call=public_id, group=group_id, hand=hand, clock=system_clock)
                messages.success(request, gettext("まとまりを消しました。意見は残っています。"))
                return HttpResponseRedirect(reverse("listening_results", args=[public_id]))
            if form.is_valid():
                _write(call, group_id, form, hand)
                messages.success(request, gettext("まとまりを保存しました。"))
                return HttpResponseRedirect(reverse("listening_results", args=[public_id]))
        except NotYours as not_yours:
            return refused(request, str(not_yours))
        except Refused as why:
            form.add_error(None, str(why))
        except Overtaken as overtaken:
            form.data = {**request.POST.dict(), "version": overtaken.version}
            context["theirs"] = _in_words(overtaken.theirs, form)
            status = 409
    return render(request, "listening/console/group.html", context, status=status)


def _write(call: Call, group_id: str, form: GroupForm, hand: Hand) -> None:
    write_group(
        call=call.public_id,
        group=group_id,
        typed=form.typed,
        version=form.cleaned_data["version"] or 0,
        hand=hand,
        clock=system_clock,
    )


def _in_words(theirs: dict[str, str], form: GroupForm | ResultsForm) -> list[tuple[object, str]]:
    told = {**theirs, "kind": said(ANSWERS.get(theirs.get("kind", ""), ""))}
    return [(form.fields[name].label, words) for name, words in told.items() if words]


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, public_id: str) -> HttpResponse:
    """The groups, what stands above them, and the steps to publication."""
    hand = hand_of(request)
    call = asked_call(hand, public_id)
    if request.method != "POST":
        return _show(request, call, hand)
    try:
        words = _do(request, call, hand)
    except NotYours as not_yours:
        return refused(request, str(not_yours))
    except Refused as why:
        return _show(request, call, hand, refusal=str(why))
    except Overtaken as overtaken:
        form = ResultsForm({**request.POST.dict(), "version": overtaken.version})
        theirs = _in_words(overtaken.theirs, form)
        return _show(request, call, hand, status=409, form=form, theirs=theirs)
    messages.success(request, words)
    return HttpResponseRedirect(reverse("listening_results", args=[public_id]))


def _do(request: HttpRequest, call: Call, hand: Hand) -> str:
    do, key = request.POST.get("do", ""), call.public_id
    if do == "ask":
        ask_results(call=key, hand=hand, clock=system_clock)
        return gettext("課長に結果の承認を依頼しました。")
    if do in ("approve", "return"):
        moment = MomentForm(request.POST)
        if not moment.is_valid():
            raise Refused(" ".join(str(each) for each in moment.errors["day"]))
        decide_results(
            call=key,
            approve=do == "approve",
            comment=plain_text(request.POST.get("comment", ""))[:LONGEST_TEXT],
            publish_at=moment.moment,
            hand=hand,
            clock=system_clock,
        )
        return (
            gettext("結果の公表を承認しました。")
            if do == "approve"
            else gettext("差し戻しました。")
        )
    form = ResultsForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(e) for errors in form.errors.values() for e in errors))
    write_results(
        call=key,
        text=form.cleaned_data["results_text"],
        changed_parts=form.cleaned_data["changed_parts"],
        version=form.cleaned_data["version"] or 0,
        hand=hand,
        clock=system_clock,
    )
    return gettext("保存しました。")


def _show(
    request: HttpRequest, call: Call, hand: Hand, *, status: int = 200, **shown: object
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    if typed is not None:
        call = asked_call(hand, call.public_id)
    now = system_clock()
    initial = {name: getattr(call, name) for name in ResultsForm.base_fields}
    kept = typed if typed is not None and typed.get("do") == "write" else None
    context = {
        "call": call,
        "phase": phase_at(call, now),
        "groups": [(each, said(ANSWERS.get(each.kind, ""))) for each in _groups(call)],
        "loose": loose_opinions(call),
        "results": results_of(call),
        "form": ResultsForm(kept, initial=initial),
        "moment_form": MomentForm(typed),
        "comment": typed.get("comment", "") if typed is not None else "",
        "heads": hand.heads(identity.successors(call.division, FiscalYear.at(now))),
        "writes": phase_at(call, now) == "sorting" and call.results_decision != "approved",
        "sorts": phase_at(call, now) in ("open", "sorting") and call.results_decision != "approved",
        **shown,
    }
    return render(request, "listening/console/results.html", context, status=status)


def _groups(call: Call) -> list[Group]:
    return list(groups_of(call))


URLS: list[URLPattern] = [
    path("listening/calls/<slug:public_id>/results/", results, name="listening_results"),
    path("listening/calls/<slug:public_id>/groups/new/", group, name="listening_group_new"),
    path("listening/calls/<slug:public_id>/groups/<slug:group_id>/", group, name="listening_group"),
]
"""Addresses below /console/."""
