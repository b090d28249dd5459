"""Show a page: what residents read follows what was published; an address that a page had leads on."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from tsunagari.engines.content.actions.renew_kept import renew_kept
from tsunagari.engines.content.declare import PagePublished
from tsunagari.engines.content.models import CityPage, FormerAddress, Label, Published
from tsunagari.engines.content.models.published import path_of
from tsunagari.engines.content.queries.search_entries import entry_of
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.ledger.api import record
from tsunagari.kernel.search.api import put


@transaction.atomic
def show_page(page: CityPage, *, clock: Clock) -> None:
    """Write what every list, address and search knows of a page that is live now, and record that it was published.

    A page that waits for its day, or was taken away meanwhile, is not shown.
    """
    if not page.live:
        return
    before = Published.objects.filter(page_id=page.pk).first()
    labels = labels_of(before)
    row = _write(page, before, clock)
    record(
        PagePublished(
            subject=page.public_id,
            division=page.division,
            kind=page.kind,
            language=row.language,
            first=before is None,
        )
    )
    renew_kept(before, row, labels_before=labels, labels_now=page.labels)
    _tell_search(page, row)
    if before and before.path != row.path:
        _show_family(page, clock, itself=False)
    if before is None:
        _show_mirrored_above(page, clock)


@transaction.atomic
def show_moved(page: CityPage, *, clock: Clock) -> None:
    """Follow a page, and what stands below it, to a new address or place."""
    _show_family(page, clock, itself=True)


def _show_mirrored_above(page: CityPage, clock: Clock) -> None:
    """A translation brings the topics above it along as mirrors, of which Wagtail says nothing when it makes them."""
    mirrors = page.get_ancestors().filter(live=True, alias_of__isnull=False, published=None)
    for mirror in mirrors.specific():
        show_page(mirror, clock=clock)


def _show_family(page: CityPage, clock: Clock, *, itself: bool) -> None:
    family = Published.objects.filter(page__path__startswith=page.path).select_related("page")
    for before in list(family if itself else family.exclude(page_id=page.pk)):
        now, labels = before.page.specific, labels_of(before)
        row = _write(now, before, clock)
        renew_kept(before, row, labels_before=labels, labels_now=now.labels)
        _tell_search(now, row)


def _tell_search(page: CityPage, row: Published) -> None:
    if row.kind not in ("home", "list"):
        put([entry_of(page, row, page.labels)])


def labels_of(row: Published | None) -> tuple[tuple[str, str], ...]:
    """The labels of a published page as they stand; () for none."""
    return tuple(row.labels.values_list("sort", "code")) if row else ()


def _write(page: CityPage, before: Published | None, clock: Clock) -> Published:
    facts = facts_of(page, clock())
    language, path = facts["language"], facts["path"]
    if before and (before.language, before.path) != (language, path):
        FormerAddress.objects.update_or_create(
            language=before.language,
            path=before.path,
            defaults={"page_id": page.pk, "left_at": clock()},
        )
    FormerAddress.objects.filter(language=language, path=path).delete()
    row, _new = Published.objects.update_or_create(page_id=page.pk, defaults=facts)
    wanted = set(page.labels)
    kept = set()
    for label in row.labels.all():
        if (label.sort, label.code) in wanted:
            kept.add((label.sort, label.code))
        else:
            label.delete()
    Label.objects.bulk_create(
        Label(published=row, sort=sort, code=code) for sort, code in sorted(wanted - kept)
    )
    return row


def facts_of(page: Any, now: datetime) -> dict[str, Any]:
    """What `Published` keeps of a page; `now` is when it was published, where the page itself does not say."""
    path = path_of(page)
    first = page.first_published_at or now
    changed = page.last_published_at or now
    return {
        "public_id": page.public_id,
        "language": page.locale.language_code,
        "path": path,
        "parent_path": path.rstrip("/").rpartition("/")[0] + "/" if path.count("/") > 1 else "",
        "depth": path.count("/"),
        "order": page.path,
        "kind": page.kind,
        "translations": page.translation_key,
        "title": page.title,
        "summary": page.summary,
        "icon": getattr(page, "icon", ""),
        "division": page.division,
        "category": getattr(page, "category", ""),
        "urgent": getattr(page, "urgent", False),
        "day": _day(page, changed),
        "begins": getattr(page, "begins", None),
        "ends": getattr(page, "ends", None) or (page.expire_at if page.kind == "news" else None),
        "place": getattr(page, "place", ""),
        "checked_on": page.checked_on,
        "first_published_at": first,
        "changed_at": changed,
    }


def _day(page: Any, changed: datetime) -> date:
    if page.kind == "news":
        named: date = page.day
        return named
    return japan_day(page.begins if page.kind == "event" else changed)
