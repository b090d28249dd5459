"""The console's screen of the work behind the pages (裏方の仕事): what lies dead, runs and waits; who works."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.kernel.jobs import api, queries
from tsunagari.kernel.jobs.actions.retry import retry
from tsunagari.kernel.jobs.actions.withdraw import withdraw
from tsunagari.kernel.jobs.declare import TITLES
from tsunagari.kernel.jobs.models import Job, State, TickerState

ORDER: Final = (State.DEAD, State.RUNNING, State.WAITING, State.DONE, State.WITHDRAWN)
PER_PAGE: Final = 50
LOOK: Final = "jobs.view_job"
DECIDE: Final = "jobs.change_job"


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One state as a link with its count."""

    state: State
    count: int
    address: str
    current: bool


def title_of(path_of_task: str) -> str:
    """What a job or ticker is called: its declared title, else room and function."""
    title = TITLES.get(path_of_task)
    if title:
        return gettext(title)
    module, _dot, function = path_of_task.rpartition(".")
    return f"{module.removeprefix('tsunagari.').removesuffix('.tasks')}: {function}"


@permission_required(LOOK, raise_exception=True)
def jobs_index(request: HttpRequest) -> HttpResponse:
    """Jobs of one state, searched; workers and tickers under them."""
    api.discover_tasks()
    state = _state(request)
    words = request.GET.get("q", "").strip()
    jobs = queries.jobs_in(state, words)
    if "export" in request.GET:
        return _export(jobs)
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("p"))
    now = system_clock()
    context = {
        "page_title": gettext("裏方の仕事"),
        "tabs": _tabs(state, words),
        "state": state,
        "words": words,
        "page": page,
        "rows": [(job, title_of(job.task)) for job in page],
        "may_decide": request.user.has_perm(DECIDE),
        "can_retry": state in (State.DEAD, State.WITHDRAWN),
        "can_withdraw": state in (State.DEAD, State.WAITING),
        "tickers": [
            (ticker, title_of(ticker.name), _fails(ticker)) for ticker in queries.ticker_states(now)
        ],
        **_workers(now),
    }
    return render(request, "jobs/index.html", context)


@require_POST
@permission_required(DECIDE, raise_exception=True)
def decide(request: HttpRequest, verb: str) -> HttpResponse:
    """Retry or withdraw the jobs that were ticked."""
    act: Callable[..., bool] = retry if verb == "retry" else withdraw
    chosen = [public_id for public_id in request.POST.getlist("job") if public_id.isprintable()]
    who = str(getattr(request.user, "public_id", ""))
    changed = sum(
        act(public_id=public_id, actor=who, now=system_clock()) for public_id in chosen[:PER_PAGE]
    )
    _tell(request, verb, chosen=len(chosen), changed=changed)
    state = request.POST.get("state", State.DEAD)
    return HttpResponseRedirect(
        f"{reverse('jobs_index')}?state={state if state in State else State.DEAD}"
    )


def _tell(request: HttpRequest, verb: str, *, chosen: int, changed: int) -> None:
    if not chosen:
        messages.warning(request, gettext("仕事が選ばれていません。表の左の欄で選んでください。"))
        return
    if changed and verb == "retry":
        text = ngettext(
            "%(count)d件をもう一度実行します。", "%(count)d件をもう一度実行します。", changed
        )
        messages.success(request, text % {"count": changed})
    elif changed:
        text = ngettext("%(count)d件を取り下げました。", "%(count)d件を取り下げました。", changed)
        messages.success(request, text % {"count": changed})
    if changed < chosen:
        messages.warning(
            request, gettext("ほかの仕事は、その間に状態が変わったため、そのままにしました。")
        )


def _state(request: HttpRequest) -> State:
    asked = request.GET.get("state", "")
    return State(asked) if asked in State else State.DEAD


def _tabs(current: State, words: str) -> list[Tab]:
    counts = queries.counts_by_state()
    tail = f"&{urlencode({'q': words})}" if words else ""
    index = reverse("jobs_index")
    return [
        Tab(
            state=state,
            count=counts.get(state, 0),
            address=f"{index}?state={state}{tail}",
            current=state == current,
        )
        for state in ORDER
    ]


def _workers(now: datetime) -> dict[str, Any]:
    workers = list(queries.live_workers(now))
    return {"workers": workers, "last_worker": None if workers else queries.last_worker()}


def _fails(ticker: TickerState) -> bool:
    failed = ticker.last_error_at
    return failed is not None and (ticker.last_ok_at is None or ticker.last_ok_at < failed)


def _export(jobs: QuerySet[Job]) -> HttpResponse:
    headers = [
        gettext("番号"), gettext("仕事"), gettext("状態"), gettext("登録"), gettext("次の実行"),
        gettext("回数"), gettext("上限"), gettext("原因"), gettext("場所"),
    ]  # fmt: skip
    table = write_table(headers, (_line(job) for job in jobs.iterator(chunk_size=1000)))
    return HttpResponse(
        table,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="jobs.csv"'},
    )


def _line(job: Job) -> list[str | int]:
    return [
        job.public_id,
        title_of(job.task),
        str(State(job.state).label),
        f"{japan(job.enqueued_at):%Y-%m-%d %H:%M:%S}",
        f"{japan(job.run_after):%Y-%m-%d %H:%M:%S}",
        job.attempts,
        job.max_attempts,
        job.error_class,
        job.error_place.rpartition("\n")[2],
    ]


class JobsMenuItem(MenuItem):
    """Shown to those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Administrators and the secretariat, by the permission their role gives."""
        return bool(request.user.has_perm(LOOK))


@tells_needs
def standing_needs(request: HttpRequest) -> Iterator[Need]:
    """What waits for a person: no worker lives, or jobs lie dead."""
    if not request.user.has_perm(LOOK):
        return
    address = reverse("jobs_index")
    if not api.any_worker_alive(system_clock()):
        yield Need(
            title=gettext("集計と配信を行うプロセスが動いていません"),
            detail=gettext("数値は更新されず、通知は送られません。"),
            address=address,
            action=gettext("直し方を見る"),
            urgent=True,
        )
    dead = queries.counts_by_state().get(State.DEAD, 0)
    if dead:
        title = ngettext(
            "止まっている仕事が%(count)d件あります", "止まっている仕事が%(count)d件あります", dead
        )
        yield Need(
            title=title % {"count": dead},
            detail=gettext("原因を確かめて、もう一度実行するか取り下げてください。"),
            address=address,
            action=gettext("止まっている仕事を見る"),
        )


@hooks.register("register_admin_urls")
def console_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("jobs/", jobs_index, name="jobs_index"),
        path("jobs/retry/", partial(decide, verb="retry"), name="jobs_retry"),
        path("jobs/withdraw/", partial(decide, verb="withdraw"), name="jobs_withdraw"),
    ]


@hooks.register("register_admin_menu_item")
def jobs_menu_item() -> MenuItem:
    """The menu's entry."""
    return JobsMenuItem(
        _("裏方の仕事"), reverse("jobs_index"), name="jobs", icon_name="tasks", order=900
    )
