"""答えのない質問: what residents asked and did not find; a clerk answers, puts together, or lays aside."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.defaults import permission_denied
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.engines.content.actions.answer_question import answer_question
from tsunagari.engines.content.actions.ask_question import QuestionRefused, ask_question
from tsunagari.engines.content.actions.lay_question_aside import lay_question_aside
from tsunagari.engines.content.actions.merge_question import merge_question
from tsunagari.engines.content.actions.question_rows import NotSettled
from tsunagari.engines.content.models import UnansweredQuestion
from tsunagari.engines.content.models.permission import is_of_office
from tsunagari.engines.content.models.unanswered import LONGEST_REASON
from tsunagari.engines.content.queries.asked import number_waiting, unanswered
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import Actor, acting, actor_of, staff_only

ROLES = ("member", "head", "secretariat", "administrator")
A_PAGE = 30
LONGEST_SOUGHT = 100


def is_writer(actor: Actor | None) -> bool:
    """Whoever writes pages for a division."""
    return actor is not None and any(actor.has_role(role) for role in ROLES)


def _refused(request: HttpRequest) -> HttpResponse:
    # Answered here: Wagtail turns a PermissionDenied that is raised into a way back to its start.
    words = gettext(
        "この画面は、課の担当者が使います。担当を切り替えるか、担当の課に聞いてください。"
    )
    return permission_denied(request, PermissionDenied(words))


@never_cache
@staff_only
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The questions that wait; `?state=` shows the others."""
    if not is_writer(actor_of(request)):
        return _refused(request)
    states = dict(UnansweredQuestion.States.choices)
    asked = request.GET.get("state", "waiting")
    state = asked if asked in states else "waiting"
    rows = unanswered(state)
    context = {
        "state": state,
        "states": list(states.items()),
        "shown": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "others": [(each.public_id, each.text) for each in rows] if state == "waiting" else [],
        "longest": LONGEST_REASON,
    }
    return render(request, "content/console/questions.html", context)


def _settling(do: Callable[[HttpRequest, str], HttpResponse]) -> Any:
    """A way to settle a question: for writers, by POST, and what refuses it is said on the list."""

    @staff_only
    @require_POST
    def settling(request: HttpRequest, public_id: str) -> HttpResponse:
        if not is_writer(actor_of(request)):
            return _refused(request)
        try:
            return do(request, public_id)
        except NotSettled as refused:
            messages.error(request, gettext(str(refused)))
            return _back()

    return settling


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("content_questions"))


@_settling
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin the answer in the editor."""
    page = answer_question(public_id, by=acting(request), owner=request.user, clock=system_clock)
    messages.success(request, gettext("答えの下書きを作りました。質問の文を短く整え、答えを書いてください。"))  # fmt: skip
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page]))


@staff_only
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a question and its answer with words that were sought in vain."""
    if not is_writer(actor_of(request)):
        return _refused(request)
    words = request.POST.get("words", "").strip()[:LONGEST_SOUGHT]
    language = "en" if request.POST.get("language") == "en" else "ja"
    with override(language):
        asked = gettext("「%(words)s」については、どこを見ればよいですか。") % {"words": words}
    try:
        question = ask_question(asked, language=language, clock=system_clock)
    except QuestionRefused as refused:
        messages.error(request, gettext(str(refused)))
        return _back()
    settled: HttpResponse = answer(request, question)
    return settled


@_settling
def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """It asks the same as another."""
    into = request.POST.get("into", "")[:22]
    merge_question(public_id, into, by=acting(request), clock=system_clock)
    messages.success(request, gettext("まとめました。"))
    return _back()


@_settling
def aside(request: HttpRequest, public_id: str) -> HttpResponse:
    """Nobody will answer it."""
    reason = request.POST.get("reason", "")
    lay_question_aside(public_id, reason, by=acting(request), clock=system_clock)
    messages.success(request, gettext("答えないことにしました。"))
    return _back()


@tells_needs
def questions_wait(request: HttpRequest) -> Iterator[Need]:
    """The office of the website hears of questions without an answer."""
    actor = actor_of(request)
    if actor is None or actor.kind != "staff" or not is_of_office(actor):
        return
    if n := number_waiting():
        words = ngettext("答えのない質問が%(n)d件あります", "答えのない質問が%(n)d件あります", n)
        yield Need(
            title=words % {"n": n},
            detail=gettext("よくある質問"),
            address=reverse("content_questions"),
            action=gettext("答えを書く"),
        )


class ForWriters(MenuItem):
    """Shown to those who write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether she does."""
        return is_writer(actor_of(request))


@hooks.register("register_admin_urls")
def question_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("questions/", index, name="content_questions"),
        path("questions/begin/", begin, name="content_question_begin"),
        path("questions/<str:public_id>/answer/", answer, name="content_question_answer"),
        path("questions/<str:public_id>/merge/", merge, name="content_question_merge"),
        path("questions/<str:public_id>/aside/", aside, name="content_question_aside"),
    ]


@hooks.register("register_admin_menu_item")
def questions_menu_item() -> MenuItem:
    """The menu's entry."""
    return ForWriters(
        _("答えのない質問"),
        reverse("content_questions"),
        name="content-questions",
        icon_name="help",
        order=165,
    )
