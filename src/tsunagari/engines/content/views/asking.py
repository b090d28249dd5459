"""見つからなかった質問を送る: a question without a name; a clerk answers it on the site."""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tsunagari.engines.content.actions.ask_question import ask_question
from tsunagari.engines.content.forms.question_form import QuestionForm
from tsunagari.engines.content.queries.finding import address_of_published
from tsunagari.engines.content.views.index import in_all_languages
from tsunagari.engines.content.views.useful import OWN
from tsunagari.kernel.design.easy import speaks_easy
from tsunagari.kernel.i18n.clock import Clock, system_clock

RATE: Final = "20/h/ip"
"""Questions an hour from one network: a school's class, but no programme."""


# There is no session that a foreign site could use, and reading this page sets no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@speaks_easy
def ask(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The form; what was typed stays where it is refused."""
    in_all_languages(request)
    language = get_language() or "ja"
    if request.method != "POST":
        form = QuestionForm(initial={"text": request.GET.get("q", "")[:300]}, clock=clock)
        return _show(request, form)
    if request.headers.get("Sec-Fetch-Site", "") not in OWN:
        return HttpResponseForbidden()
    form = QuestionForm(request.POST, clock=clock)
    if not form.is_valid():
        return _show(request, form)
    if not ratelimit.consume(request, app="content", action="ask", config={"ask": RATE}):
        form.add_error(None, gettext("短い時間に多くの質問がありました。1時間ほどたってから、もう一度送ってください。"))  # fmt: skip
        return _show(request, form, status=429)
    ask_question(form.cleaned_data["text"], language=language, clock=clock)
    context = {"questions": address_of_published("faq/", language)}
    return render(request, "content/asked.html", context)


def _show(request: HttpRequest, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "questions": address_of_published("faq/", get_language() or "ja")}
    return render(request, "content/ask.html", context, status=status)
