"""The history of edits as the console shows it: page by page, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from tsunagari.engines.plan.models import Edit

PER_PAGE = 10


@dataclass(frozen=True, kw_only=True)
class EditNow:
    """An edit that may be put back: where it was made and what stood there before."""

    thing: str
    kind: str
    key: str
    before: str


def edits_of(things: Iterable[str], page: str | None) -> Page[Edit]:
    """One page of the edits of some things, by their public ids. Two queries."""
    found = Edit.objects.filter(thing__in=list(things)).order_by("-made_at", "-pk")
    return Paginator(found, PER_PAGE).get_page(page)


def edit_by(public_id: str, things: Iterable[str]) -> EditNow | None:
    """One edit of these things; None for any other, and for additions, which have no before."""
    found = Edit.objects.filter(public_id=public_id, thing__in=list(things)).first()
    if found is None or found.field == ADDED:
        return None
    key = found.field if found.language == "ja" else f"{found.field}.{found.language}"
    return EditNow(thing=found.thing, kind=found.kind, key=key, before=found.before)


def last_edit_at(things: Iterable[str]) -> datetime | None:
    """When one of these things was last edited."""
    return Edit.objects.filter(thing__in=list(things)).values_list("made_at", flat=True).first()


ADDED = "added"
"""The field of an edit that says that the thing was added."""
