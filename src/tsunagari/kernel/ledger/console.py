"""The console's screens of the ledger: what happened (監査記録), and what listeners could not take."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext, ngettext, override, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import day_start, japan
from tsunagari.kernel.i18n.eras import DateRefused, format_day, parse_day
from tsunagari.kernel.i18n.tabular import MARK, table_lines
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger import api, queries, rules
from tsunagari.kernel.ledger.actions.hear_again import hear_again
from tsunagari.kernel.ledger.actions.look import look
from tsunagari.kernel.ledger.declare import KINDS
from tsunagari.kernel.ledger.models import Entry

LOOK = "ledger.view_entry"
DECIDE = "ledger.change_unheard"
PER_PAGE = 50
ROWS_AT_ONCE = 1000
"""Of an export: read, written and sent before the next are read."""


COLUMNS = (
    N_("番号"), N_("日時"), N_("出来事"), N_("対象"), N_("行った人"), N_("課"), N_("内容"),
)  # fmt: skip
"""Headings of an export."""


@permission_required(LOOK, raise_exception=True)
def entries(request: HttpRequest) -> HttpResponseBase:
    """What happened, newest first, by kind, person (public id) and days; as CSV on request."""
    asked, faults = _asked(request)
    found = queries.find(**asked)
    exported = "export" in request.GET
    who = str(getattr(request.user, "public_id", ""))
    look(actor=who, kind=asked["name"], about=asked["person"], exported=exported)
    if exported:
        return _export(found)
    page = queries.leaf(
        found, size=PER_PAGE, before=_at(request, "before"), after=_at(request, "after")
    )
    context = {
        "page_title": gettext("監査記録"),
        "kinds": [(name, rules.title_of(name)) for name in sorted(KINDS)],
        "rows": [
            (entry, rules.title_of(entry.name), _moment(entry), _details(entry))
            for entry in page.entries
        ],
        "page": page,
        "years": settings.LEDGER_YEARS,
        "faults": faults,
        "seal": queries.last_seal(),
        "lag": api.lag(),
        "unheard": queries.set_aside(),
        "may_decide": request.user.has_perm(DECIDE),
    }
    return render(request, "ledger/entries.html", context)


@require_POST
@permission_required(DECIDE, raise_exception=True)
def try_again(request: HttpRequest) -> HttpResponse:
    """Hand the chosen set-aside events to their listeners once more."""
    chosen = [int(each) for each in request.POST.getlist("unheard") if each.isdecimal()]
    heard = sum(hear_again(unheard=each, clock=system_clock) for each in chosen)
    if not chosen:
        messages.warning(request, gettext("もう一度渡すものを選んでください。"))
    elif heard < len(chosen):
        messages.error(
            request, gettext("まだ受け取れないものがあります。担当の技術者に知らせてください。")
        )
    else:
        text = ngettext("%(count)d件を渡しました。", "%(count)d件を渡しました。", heard)
        messages.success(request, text % {"count": heard})
    return HttpResponseRedirect(reverse("ledger_entries"))


def _asked(request: HttpRequest) -> tuple[dict[str, Any], list[str]]:
    asked: dict[str, Any] = {
        "name": request.GET.get("name", ""),
        "person": request.GET.get("person", "").strip(),
    }
    faults = []
    for field in ("since", "until"):
        text = request.GET.get(field, "").strip()
        try:
            asked[field] = day_start(parse_day(text)) if text else None
        except DateRefused as refused:
            faults.append(str(refused))
            asked[field] = None
        except OverflowError:  # the first day of the calendar, in Japan: nothing is older
            asked[field] = None
    return asked, faults


def _at(request: HttpRequest, word: str) -> int:
    """The position in the address; 0 for none, and for what is none."""
    text = request.GET.get(word, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _moment(entry: Entry) -> str:
    local = japan(entry.recorded_at)
    day = format_day(local.date(), language=get_language() or "ja", weekday=True)
    return f"{day} {local:%H:%M:%S}"


def _export(found: QuerySet[Entry]) -> StreamingHttpResponse:
    """Everything that was found, sent while it is read: memory does not grow with the ledger."""
    response = StreamingHttpResponse(
        _lines(found, get_language() or "ja"), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _lines(found: QuerySet[Entry], language: str) -> Iterator[bytes]:
    """The file piece by piece. It is written after the view has ended and the reader's language with it,
    so each piece takes the language up again."""
    with override(language):
        head = table_lines([[gettext(word) for word in COLUMNS]])
    yield MARK + head
    for batch in queries.leaves(found, size=ROWS_AT_ONCE):
        with override(language):
            piece = table_lines(_row(entry) for entry in batch)
        yield piece


def _row(entry: Entry) -> tuple[str | int, ...]:
    return (
        entry.position, f"{japan(entry.recorded_at):%Y-%m-%d %H:%M:%S}", rules.title_of(entry.name),
        entry.subject, entry.actor, entry.division,
        pgettext("between details", "、").join(_details(entry)),
    )  # fmt: skip


def _details(entry: Entry) -> list[str]:
    return [rules.detail(*each) for each in rules.details(entry.name, entry.data)]


@tells_needs
def needs_of_the_ledger(request: HttpRequest) -> Iterator[Need]:
    """Events set aside, for those who may decide."""
    if not request.user.has_perm(DECIDE):
        return
    count = len(queries.set_aside())
    if count:
        title = ngettext(
            "受け取られなかった出来事が%(count)d件あります",
            "受け取られなかった出来事が%(count)d件あります",
            count,
        )
        yield Need(
            title=title % {"count": count},
            detail=gettext("くり返し試しましたが、知らせる先が受け取れませんでした。"),
            address=reverse("ledger_entries"),
            action=gettext("確かめる"),
            urgent=True,
        )


@hooks.register("register_admin_urls")
def console_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("audit/", entries, name="ledger_entries"),
        path("audit/again/", try_again, name="ledger_try_again"),
    ]


class AuditMenuItem(MenuItem):
    """Shown to those who may look at the ledger."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this clerk may."""
        return bool(request.user.has_perm(LOOK))


@hooks.register("register_admin_menu_item")
def audit_menu_item() -> MenuItem:
    """The menu's entry."""
    return AuditMenuItem(_("監査記録"), reverse("ledger_entries"), icon_name="list-ul", order=900)
