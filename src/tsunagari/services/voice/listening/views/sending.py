"""Somebody writes to the city: the form, the check, the receipt; and what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.services.voice.listening.actions.send_voice import send_voice
from tsunagari.services.voice.listening.forms.voice_form import REPLIES, ReceiptForm, VoiceForm
from tsunagari.services.voice.listening.queries.calls import answers_to, phase_at
from tsunagari.services.voice.listening.queries.voices import (
    division_choices,
    letter_by_receipt,
    voice_by_receipt,
)
from tsunagari.services.voice.listening.rules.choices import AGES, ANSWERS
from tsunagari.services.voice.listening.rules.personal_numbers import holds_telephone
from tsunagari.services.voice.listening.rules.receipts import plain_number
from tsunagari.services.voice.listening.rules.voice_states import LOOKS, TOLD
from tsunagari.services.voice.listening.views.attempts import attempt


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The form; "check" shows what was typed, "back" the form again, "send" sends it."""
    divisions = division_choices((), clock=clock, language=get_language() or "ja")
    if request.method != "POST":
        return _form(request, VoiceForm(divisions=divisions, clock=clock))
    form = VoiceForm(request.POST, divisions=divisions, clock=clock)
    step = request.POST.get("step", "check")
    if step == "back":
        again = {name: request.POST.get(name, "") for name in form.fields}
        return _form(request, VoiceForm(initial=again, divisions=divisions, clock=clock))
    if not form.is_valid():
        return _form(request, form)
    if step != "send":
        return _check(request, form, dict(divisions))
    if attempt(request, "send") is None:
        form.add_error(None, too_often())
        return _form(request, form, status=429)
    receipt = send_voice(
        typed=form.typed, ticket=form.word, language=get_language() or "ja", clock=clock
    )
    context = {"receipt": receipt, "typed": form.typed}
    return render(request, "listening/sent.html", context)


def too_often() -> str:
    """To somebody from whose network many letters came within an hour."""
    return gettext(
        "短い時間に多くの送信がありました。書いた内容は残っています。1時間ほどたってから、もう一度送ってください。"
    )


def _form(request: HttpRequest, form: VoiceForm, *, status: int = 200) -> HttpResponse:
    return render(request, "listening/send.html", {"form": form}, status=status)


def _check(request: HttpRequest, form: VoiceForm, divisions: dict[str, str]) -> HttpResponse:
    typed = form.typed
    context = {
        "form": form,
        "typed": typed,
        "about": divisions.get(typed.about, gettext("分からない")),
        "reply": REPLIES[form.cleaned_data["reply"]],
        "age": said(AGES[typed.age]) if typed.age else "",
        "telephone": holds_telephone(typed.text),
    }
    return render(request, "listening/check.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """Number and code in, what became of the letter out. It is asked by POST: no address holds a code."""
    if request.method != "POST":
        return render(request, "listening/receipt.html", {"form": ReceiptForm()})
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return render(request, "listening/receipt.html", {"form": form})
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    counted = attempt(request, "receipt", key=plain_number(number) or "none")
    if counted is None:
        form.add_error(
            None,
            gettext(
                "続けて間違えたため、しばらく確かめられません。1時間ほどたってから試してください。"
            ),
        )
        return render(request, "listening/receipt.html", {"form": form}, status=429)
    shown = _voice_state(request, number, code) or _letter_state(request, number, code, clock)
    if shown is None:
        form.add_error(
            None,
            gettext("受付番号か確認コードが違います。控えのメールやメモを見て、確かめてください。"),
        )
        return render(request, "listening/receipt.html", {"form": form})
    counted.rollback()
    return shown


def _voice_state(request: HttpRequest, number: str, code: str) -> HttpResponse | None:
    voice = voice_by_receipt(number, code)
    if voice is None:
        return None
    ended = voice.ended_at is not None
    state = "answered" if ended and voice.answer else voice.state
    context = {
        "voice": voice,
        "words": said(TOLD[state]),
        "look": LOOKS[state],
        "answer": voice.answer if ended else "",
    }
    return render(request, "listening/state_voice.html", context)


def _letter_state(
    request: HttpRequest, number: str, code: str, clock: Clock
) -> HttpResponse | None:
    letter = letter_by_receipt(number, code)
    if letter is None:
        return None
    published = phase_at(letter.call, clock()) == "published"
    groups = answers_to(letter) if published else []
    context = {
        "letter": letter,
        "published": published,
        "groups": [(each, said(ANSWERS.get(each.kind, ""))) for each in groups],
    }
    return render(request, "listening/state_letter.html", context)
