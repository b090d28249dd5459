"""Which pages a change of divisions concerns: those of a division, and those whose contact names it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, TaskState

from tsunagari.engines.content.models import PAGE_TYPES
from tsunagari.engines.content.models.pieces_of import raw_stream
from tsunagari.engines.content.rules.contact_blocks import names_division


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """How many pages of a kind in a language belong to a division, and on how many its name stands as a contact."""

    kind: str
    language: str
    own: int
    contacts: int


def concerned_pages(division: str) -> Iterator[Any]:
    """Pages of a division, and pages on which a contact may name it, also in a newer version."""
    drafted = _drafts_that_name(division)
    for kind in PAGE_TYPES:
        named = kind.objects.annotate(told=Cast("body", TextField()))
        wanted = Q(division=division) | Q(told__contains=f'"{division}"') | Q(pk__in=drafted)
        yield from named.filter(wanted).select_related("locale").order_by("pk").iterator(200)


def counted(division: str) -> tuple[Concerned, ...]:
    """What a handing over would change, by kind and language."""
    counts: dict[tuple[str, str], list[int]] = {}
    for page in concerned_pages(division):
        own = page.division == division
        contact = names_division(raw_stream(page), division)
        if own or contact:
            held = counts.setdefault((page.kind, page.locale.language_code), [0, 0])
            held[0] += own
            held[1] += contact
    return tuple(
        Concerned(kind=kind, language=language, own=own, contacts=contacts)
        for (kind, language), (own, contacts) in counts.items()
    )


def living_versions(page: Any) -> "QuerySet[Any]":
    """Versions that residents or clerks meet still: the published, the newest, those with a time, those in approval."""
    decided = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    keys = [key for key in (page.live_revision_id, page.latest_revision_id) if key]
    found: QuerySet[Any] = Revision.objects.filter(
        Q(pk__in=keys) | Q(pk__in=decided) | Q(approved_go_live_at__isnull=False),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
    )
    return found


def _drafts_that_name(division: str) -> list[int]:
    """Pages whose newest version names the division though the page itself does not."""
    with_drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    rows = with_drafts.annotate(told=Cast("latest_revision__content", TextField()))
    return list(rows.filter(told__contains=division).values_list("pk", flat=True))


def divisions_with_pages() -> list[str]:
    """The codes of divisions that answer for a page."""
    codes = {code for kind in PAGE_TYPES for code in kind.objects.values_list("division", flat=True).distinct()}  # fmt: skip
    return sorted(codes - {""})
