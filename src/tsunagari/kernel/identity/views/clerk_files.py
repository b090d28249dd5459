"""The list of clerks as a workbook: written as it is filtered, read back with a preview."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tsunagari.kernel.design.consent import NotConsented, print_of
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE, Value, write_workbook
from tsunagari.kernel.identity import api, queries
from tsunagari.kernel.identity.actions.load_clerks import (
    load_clerks,
    note_written,
    preview_clerks,
)
from tsunagari.kernel.identity.declare import ROLES, Actor
from tsunagari.kernel.identity.forms import ClerkFileForm, opened_clerks, sealed_clerks
from tsunagari.kernel.identity.models import Account, Post
from tsunagari.kernel.identity.queries import account_values, post_values
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.identity.rules.clerk_sheet import CLOSED, CONCURRENT, OPEN, headers, mark


def workbook(name: str, headings: list[str], rows: list[list[Value]]) -> HttpResponse:
    """A workbook to be saved, named after what it holds and the day."""
    response = HttpResponse(write_workbook(headings, rows, title=name), content_type=WORKBOOK_TYPE)
    day = japan_day(system_clock())
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}-{day}.xlsx") or ""
    )
    return response


@never_cache
@api.requires_role("administrator")
@require_GET
def write(request: HttpRequest) -> HttpResponse:
    """The clerks of the list with the posts they hold or will hold: no password, no factor."""
    today, actor = japan_day(system_clock()), api.acting(request)
    accounts = queries.clerks(
        words=request.GET.get("q", ""),
        division=request.GET.get("division", ""),
        state=request.GET.get("state", ""),
        today=today,
    )
    rows = list(_rows(list(accounts)))
    note_written(count=len(rows), actor=actor.public_id, acting_for=actor.division)
    return workbook(gettext("職員"), headers(), rows)


def _rows(accounts: list[Account]) -> Iterator[list[Value]]:
    today = japan_day(system_clock())
    held = {
        account.pk: [post for post in account.posts.all() if not post.ends or post.ends >= today]
        for account in accounts
    }
    names = api.names_of({post.division.code for posts in held.values() for post in posts})
    for account in accounts:
        posts: list[Post | None] = [*held[account.pk]]
        for post in posts or [None]:
            yield _row(account, post, names)


def _row(account: Account, post: Post | None, names: dict[str, str]) -> list[Value]:
    person, values = account_values(account), post_values(post) if post else None
    row: list[Value] = [account.login_name, person.name, person.kana, person.work_email]
    row.append(gettext(OPEN if account.is_active else CLOSED))
    if post is None or values is None:
        return [*row, *[None] * 7, mark(person, None)]
    return [
        *row,
        names[values.division],
        values.title,
        gettext(ROLES[values.role]),
        gettext(CONCURRENT) if values.concurrent else None,
        values.begins,
        values.ends,
        post.public_id,
        mark(person, values),
    ]


@never_cache
@api.requires_role("administrator")
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Choose a file, see every change it would make, and only then take it in."""
    actor = api.acting(request)
    if "previewed" in request.POST:
        return _confirm(request, actor)
    form = (
        ClerkFileForm(request.POST, request.FILES) if request.method == "POST" else ClerkFileForm()
    )
    if not form.is_valid():
        return render(request, "identity/clerks_load.html", {"form": form})
    outcome = preview_clerks(
        form.rows,
        today=japan_day(system_clock()),
        actor=actor.public_id,
        acting_for=actor.division,
    )
    faults = sorted([*form.faults, *outcome.faults])
    previewed = ""
    if outcome.changes and not faults:
        lines = {change.line for change in outcome.changes}
        changing = [row for row in form.rows if row.line in lines]
        previewed = sealed_clerks(actor=actor.public_id, rows=changing, changes=outcome.changes)
    context = {"form": form, "outcome": outcome, "faults": faults, "previewed": previewed}
    return render(request, "identity/clerks_load.html", {**context, "name": form.name})


def _confirm(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        rows, seen = opened_clerks(request.POST["previewed"], actor=actor.public_id)
        outcome = load_clerks(
            rows,
            shown=lambda found: print_of(found.changes) == seen,
            today=japan_day(system_clock()),
            actor=actor.public_id,
            acting_for=actor.division,
        )
    except (Refused, NotConsented) as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("identity_clerks_load"))
    messages.success(
        request,
        gettext("読み込みました（加えた行：%(added)d、変えた行：%(changed)d）。")
        % {"added": outcome.added, "changed": outcome.changed},
    )
    return HttpResponseRedirect(reverse("identity_clerks"))
