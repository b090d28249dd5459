"""Evidence in the console: taken out by clerks, put behind a figure, opened to residents or closed, withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tsunagari.engines.plan.actions.attach_evidence import (
    NotYourFigure,
    attach_evidence,
    note_reading,
    show_evidence,
)
from tsunagari.engines.plan.actions.withdraw_evidence import withdraw_evidence
from tsunagari.engines.plan.console.asked_figure import refused
from tsunagari.engines.plan.console.figure_words import (
    hand_of,
    language,
    parts,
    period_words,
    version_rows,
)
from tsunagari.engines.plan.forms.figures import EvidenceForm, WithdrawForm
from tsunagari.engines.plan.models import Evidence
from tsunagari.engines.plan.queries.evidence import evidence_file, indicator_of, standing_evidence
from tsunagari.engines.plan.queries.figure_desk import figure_desk
from tsunagari.engines.plan.rules.typed_figure import Period
from tsunagari.kernel.files import api as files
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only


@never_cache
@staff_only
@require_safe
def take_out(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Save the file of any evidence; what residents cannot open is recorded."""
    found = evidence_file(public_id)
    if found is None:
        raise Http404
    try:
        answer = files.hand_out(found.kept)
    except files.FileMissing as gone:
        raise Http404 from gone
    if not found.public and request.method == "GET":
        note_reading(evidence=public_id, hand=hand_of(request))
    return answer


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, public_id: str, value: str) -> HttpResponse:
    """Put evidence behind a figure that stands already."""
    hand = hand_of(request)
    desk = figure_desk(public_id, now=system_clock(), language=language())
    version = next((each for each in desk.versions if each.public_id == value), None) if desk else None  # fmt: skip
    if desk is None or version is None or version.figure != "value":
        raise Http404
    if not hand.may_enter(desk.working):
        return refused(request)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EvidenceForm(*given, initial={"evidence_public": ""})
    if request.method == "POST" and form.is_valid():
        new = form.evidence()
        assert new is not None  # noqa: S101 - a valid form has one
        try:
            attach_evidence(value=value, given=new, hand=hand, clock=system_clock)
        except NotYourFigure:
            return refused(request)
        except files.FileRefused as fault:
            form.add_error("evidence_file", str(fault))
        else:
            messages.success(request, gettext("根拠資料を登録しました。"))
            return HttpResponseRedirect(reverse("plan_figures_of", args=[public_id]))
    context = {
        "desk": desk,
        "form": form,
        "title": period_words(Period(year=version.year, month=version.month)),
        "figure": parts(version, desk),
    }
    return render(request, "plan/console/figure_evidence.html", context)


@staff_only
@require_POST
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open evidence to residents, or close it to them."""
    indicator = indicator_of(public_id)
    if indicator is None:
        raise Http404
    public = request.POST.get("public") == "1"
    try:
        show_evidence(evidence=public_id, public=public, hand=hand_of(request), clock=system_clock)
    except NotYourFigure:
        return refused(request)
    text = (
        gettext("資料を公開しました。公開ページから、だれでも開けます。")
        if public
        else gettext("資料の公開をやめました。職員だけが開けます。")
    )
    messages.success(request, text)
    return HttpResponseRedirect(reverse("plan_figures_of", args=[indicator]))


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back evidence that was given by mistake, with the reason."""
    hand, found = hand_of(request), standing_evidence(public_id)
    desk = found and figure_desk(found.indicator, now=system_clock(), language=language())
    if not found or not desk:
        raise Http404
    if not hand.may_enter(desk.working):
        return refused(request)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_evidence(evidence=public_id, reason=reason, hand=hand, clock=system_clock)
        except Evidence.DoesNotExist:  # somebody else has done so meanwhile
            raise Http404 from None
        messages.success(request, gettext("資料を取り下げました。ファイルは消えました。"))
        return HttpResponseRedirect(reverse("plan_figures_of", args=[found.indicator]))
    behind = [
        (row.what, row.new)
        for row in version_rows(desk)
        if any(each.public_id in found.copies for each in row.evidence)
    ]
    context = {"desk": desk, "form": form, "found": found, "behind": behind}
    return render(request, "plan/console/figure_withdraw.html", context)


URLS: list[URLPattern] = [
    path("plan-evidence/<str:public_id>/withdraw/", withdraw, name="plan_evidence_withdraw"),
    path("plan-evidence/<str:public_id>/", take_out, name="plan_evidence"),
    path("plan-evidence/<str:public_id>/show/", show, name="plan_evidence_show"),
    path(
        "plan-figures/<str:public_id>/values/<str:value>/evidence/",
        attach,
        name="plan_figures_evidence",
    ),
]
