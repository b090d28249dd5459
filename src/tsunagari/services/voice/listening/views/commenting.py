"""Somebody says what she thinks of a draft: the form, the check, the receipt; and what is said when it is late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.services.voice.listening.actions.refused import TooLate
from tsunagari.services.voice.listening.actions.send_opinion import send_opinion
from tsunagari.services.voice.listening.forms.opinion_form import OpinionForm
from tsunagari.services.voice.listening.queries.calls import Listed
from tsunagari.services.voice.listening.rules.choices import AGES, TIES
from tsunagari.services.voice.listening.rules.personal_numbers import holds_telephone
from tsunagari.services.voice.listening.views.attempts import attempt
from tsunagari.services.voice.listening.views.calls import asked_call
from tsunagari.services.voice.listening.views.sending import too_often


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, public_id: str, *, clock: Clock = system_clock) -> HttpResponse:
    """The form; "check" shows what was typed, "back" the form again, "send" sends it."""
    found = asked_call(public_id, clock)
    if found.phase != "open":
        return _late(request, found)
    if request.method != "POST":
        return _form(request, found, OpinionForm(call=found.call, clock=clock))
    form = OpinionForm(request.POST, call=found.call, clock=clock)
    step = request.POST.get("step", "check")
    if step == "back":
        again = {name: request.POST.get(name, "") for name in form.fields}
        return _form(request, found, OpinionForm(initial=again, call=found.call, clock=clock))
    if not form.is_valid():
        return _form(request, found, form)
    if step != "send":
        return _check(request, found, form)
    if attempt(request, "send") is None:
        form.add_error(None, too_often())
        return _form(request, found, form, status=429)
    try:
        receipt = send_opinion(
            call=public_id,
            typed=form.typed,
            ticket=form.word,
            language=get_language() or "ja",
            clock=clock,
        )
    except TooLate:
        return _late(request, found)
    context = {"receipt": receipt, "typed": form.typed, "listed": found, "call": found.call}
    return render(request, "listening/commented.html", context)


def _form(
    request: HttpRequest, found: Listed, form: OpinionForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "listed": found, "call": found.call}
    return render(request, "listening/comment.html", context, status=status)


def _check(request: HttpRequest, found: Listed, form: OpinionForm) -> HttpResponse:
    typed = form.typed
    context = {
        "form": form,
        "typed": typed,
        "listed": found,
        "call": found.call,
        "tie": said(TIES[typed.tie]) if typed.tie else "",
        "age": said(AGES[typed.age]) if typed.age else "",
        "telephone": holds_telephone(typed.text),
    }
    return render(request, "listening/comment_check.html", context)


def _late(request: HttpRequest, found: Listed) -> HttpResponse:
    """Opinions are not taken now; what she has typed is hers, to be copied."""
    text = request.POST.get("text", "") if request.method == "POST" else ""
    context = {"listed": found, "call": found.call, "text": text}
    return render(request, "listening/comment_late.html", context)
