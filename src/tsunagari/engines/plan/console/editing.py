"""How every edit in the plan's console goes: who may, save, what somebody else changed, history, put back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.defaults import permission_denied

from tsunagari.engines.plan.actions.edit_things import (
    Editor,
    Overtaken,
    Root,
    Wanted,
    edit_things,
)
from tsunagari.engines.plan.console.words import field_of, key_title, kind_title, words_of
from tsunagari.engines.plan.forms.desk import DeskForm
from tsunagari.engines.plan.models import Edit
from tsunagari.engines.plan.queries.choices import Choices
from tsunagari.engines.plan.queries.desk import Desk
from tsunagari.engines.plan.queries.edits import ADDED, edit_by, edits_of
from tsunagari.engines.plan.rules.rights import can_edit_plan
from tsunagari.engines.plan.rules.text_faults import Refused
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import Actor, acting, people_names


@dataclass(frozen=True, kw_only=True)
class Screen:
    """One editing screen: how its desk is read, what can be chosen, its template and its address."""

    read: Callable[[], Desk | None]
    choices: Callable[[Desk], Choices]
    template: str
    address: str
    without: frozenset[str] = frozenset()
    more: Callable[[Desk], Mapping[str, Any]] = field(default=lambda _desk: {})


@dataclass(frozen=True, kw_only=True)
class EditRow:
    """One edit of the history in words."""

    edit: Edit
    who: str
    what: str
    title: str
    before: str
    after: str
    added: bool


@dataclass(frozen=True, kw_only=True)
class ConflictRow:
    """What two editors wrote into one field."""

    what: str
    title: str
    theirs: str
    yours: str | None


def may_edit(actor: Actor) -> bool:
    """The plan's secretariat, acting as it."""
    return can_edit_plan([actor.post.role] if actor.post else [])


def editor(request: HttpRequest, reason: str = "") -> Editor:
    """Who edits now."""
    actor = acting(request)
    return Editor(actor=actor.public_id, division=actor.division, reason=reason, now=system_clock())


def refused(request: HttpRequest) -> HttpResponse:
    """403 in words. Answered here: Wagtail turns a PermissionDenied that is raised into a way back."""
    sentence = gettext(
        "計画の記載を直せるのは、計画の事務局です。直したいところがあるときは、事務局に知らせてください。"
    )
    return permission_denied(request, PermissionDenied(sentence))


def edit_screen(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Show a desk, or save what was typed."""
    desk = _read(screen)
    choices = screen.choices(desk)
    if request.method != "POST":
        return _show(request, screen, desk, DeskForm(desk, choices=choices, without=screen.without))
    if not may_edit(acting(request)):
        return refused(request)
    form = DeskForm(desk, choices=choices, data=request.POST, without=screen.without)
    return _save(request, screen, desk, form)


def _read(screen: Screen) -> Desk:
    desk = screen.read()
    if desk is None:
        raise Http404
    return desk


def _save(request: HttpRequest, screen: Screen, desk: Desk, form: DeskForm) -> HttpResponse:
    if not form.reason.is_valid():
        return _show(request, screen, desk, form)
    reason = form.reason.cleaned_data["reason"].strip()
    try:
        count = edit_things(root=form.root(), wanted=form.wanted(), by=editor(request, reason))
    except Refused as fault:
        form.refuse(fault.faults)
        return _show(request, screen, desk, form)
    except Overtaken:
        fresh = _read(screen)
        return _show(request, screen, fresh, form.merged(fresh), status=409)
    except LookupError as gone:
        raise Http404 from gone
    tell(request, count)
    return HttpResponseRedirect(screen.address)


def tell(request: HttpRequest, count: int) -> None:
    """Say how many places were changed."""
    if not count:
        messages.info(request, gettext("変わったところはありません。"))
        return
    said = ngettext(
        "%(count)dか所を直しました。公開しているページに、もう反映されています。",
        "%(count)dか所を直しました。公開しているページに、もう反映されています。",
        count,
    )
    messages.success(request, said % {"count": count})


def _show(
    request: HttpRequest, screen: Screen, desk: Desk, form: DeskForm, *, status: int = 200
) -> HttpResponse:
    page = edits_of(desk.ids, request.GET.get("edits"))
    editing = may_edit(acting(request))
    context = {
        "desk": desk,
        "form": form,
        "may_edit": editing,
        "history": page,
        "edits": edit_rows(page, desk, form.choices),
        "conflicts": [
            ConflictRow(
                what=_what(desk, each.thing.kind, each.thing.public_id),
                title=key_title(each.thing.sheet, each.thing.kind, each.key),
                theirs=words_of(
                    field_of(each.thing.sheet, each.thing.kind, each.key.removesuffix(".en")),
                    each.theirs,
                    form.choices,
                ),
                yours=None
                if each.yours is None
                else words_of(
                    field_of(each.thing.sheet, each.thing.kind, each.key.removesuffix(".en")),
                    each.yours,
                    form.choices,
                ),
            )
            for each in form.differences
        ],
        "overtaken": status == 409,
        "reading": [] if editing else _reading(form),
        **screen.more(desk),
    }
    return render(request, screen.template, context, status=status)


def edit_rows(page: Page[Edit], desk: Desk, choices: Choices) -> list[EditRow]:
    """The edits of a page in words, with who made them; one query for the names."""
    sheets = {each.public_id: each.sheet for each in desk.things}
    names = people_names({each.actor for each in page if each.actor})
    rows = []
    for each in page:
        sheet = sheets.get(each.thing)
        known = field_of(sheet, each.kind, each.field)
        key = each.field if each.language == "ja" else f"{each.field}.{each.language}"
        rows.append(
            EditRow(
                edit=each,
                who=names.get(each.actor, gettext("（消したアカウント）")) if each.actor else "",
                what=_what(desk, each.kind, each.thing) or _added_inside(each, desk),
                title=key_title(sheet, each.kind, key),
                before=words_of(known, each.before, choices),
                after=words_of(known, each.after, choices),
                added=each.field == ADDED,
            )
        )
    return rows


def _added_inside(edit: Edit, desk: Desk) -> str:
    """What was added to the root's own row: a viewpoint, a central issue."""
    if edit.field != ADDED or edit.kind == desk.kind:
        return ""
    return gettext("%(kind)s「%(label)s」") % {"kind": kind_title(edit.kind), "label": edit.after}


def _what(desk: Desk, kind: str, thing: str) -> str:
    """Which thing of the desk: nothing for the root itself."""
    if thing == desk.public_id:
        return ""
    label = next((each.label for each in desk.things if each.public_id == thing), "")
    return gettext("%(kind)s「%(label)s」") % {"kind": kind_title(kind), "label": label}


@dataclass(frozen=True, kw_only=True)
class ReadPart:
    """One thing for those who read only: titles and words."""

    title: str
    lines: list[tuple[str, str, str]]


def _reading(form: DeskForm) -> list[ReadPart]:
    parts = []
    for part in form.parts:
        if part.thing is None:
            continue
        texts = part.thing.texts
        lines = [
            (
                key_title(part.thing.sheet, part.kind, key),
                words_of(field_of(part.thing.sheet, part.kind, key.removesuffix(".en")), text, form.choices),
                "en" if key.endswith(".en") else "ja",
            )
            for key in part.form.keys
            for text in [texts[key]]
            if text
        ]  # fmt: skip
        title = kind_title(part.kind)
        if part.thing.public_id != form.desk.public_id:
            title = gettext("%(kind)s「%(label)s」") % {"kind": title, "label": part.thing.label}
        parts.append(ReadPart(title=title, lines=lines))
    return parts


def put_back(request: HttpRequest, screen: Screen, edit: str) -> HttpResponse:
    """Let a field read as it did before an edit: a new edit, which can be put back in turn."""
    if not may_edit(acting(request)):
        return refused(request)
    desk = _read(screen)
    found = edit_by(edit, desk.ids) if edit.isprintable() else None
    if found is None:
        raise Http404
    wanted = Wanted(kind=found.kind, thing=found.thing, texts={found.key: found.before})
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() and len(given) < 10 else 0
    root = Root(kind=desk.kind, public_id=desk.public_id, version=version)
    try:
        count = edit_things(
            root=root,
            wanted=[wanted],
            by=editor(request, gettext("履歴から前の内容に戻しました。")),
        )
    except Refused as fault:
        messages.error(request, str(fault))
    except Overtaken:
        messages.error(
            request,
            gettext(
                "この画面を開いたあとに、ほかの人が直しました。いまの内容を確かめてから、もう一度戻してください。"
            ),
        )
    except LookupError as gone:
        raise Http404 from gone
    else:
        tell(request, count)
    return HttpResponseRedirect(screen.address)
