"""Bring an old site over: its pages become drafts, with their files; nothing is published.

Twice over everything: first a draft for each page, so that each has its key; then the links between them. It may
stop anywhere and be begun again: what stands is not made twice.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.db import transaction
from wagtail.models import Page

from tsunagari.engines.content.actions.keep_file import keep_attachment, keep_picture
from tsunagari.engines.content.models import (
    ArticlePage,
    FormerAddress,
    ImportedPage,
    SiteImport,
)
from tsunagari.engines.content.models.city_page import LONGEST_SUMMARY
from tsunagari.engines.content.models.knowledge import knowledge_for
from tsunagari.engines.content.models.pieces_of import pieces_of
from tsunagari.engines.content.rules.checking import check
from tsunagari.engines.content.rules.old_pages import places, told
from tsunagari.engines.content.rules.old_pages.new_blocks import stream_of, with_new_links
from tsunagari.engines.content.rules.old_pages.old_page import OldPage
from tsunagari.engines.content.rules.old_pages.source import OldSource
from tsunagari.engines.content.rules.pasted.blocks import Picture
from tsunagari.engines.content.rules.pieces import Knowledge, Language
from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.kernel.i18n.clock import Clock

Tell = Callable[[int, int], None]
"""Hears how many pages are done, and of how many."""

LARGEST_FILE: Final = 50 * 1024 * 1024
_SHOWN_FAULT: Final = 60


def bring_site(
    bringing: SiteImport, source: OldSource, *, clock: Clock, tell: Tell = lambda *_: None
) -> None:
    """Make drafts of what is new, renew drafts that no clerk has touched, leave everything else as it is."""
    bringing.state, bringing.total, bringing.done = bringing.States.RUNNING, 2 * source.count, 0
    bringing.missing = list(source.missing)[:5000]
    bringing.save()
    work = _Bringing(bringing, source, clock)
    for page in source.pages():
        with transaction.atomic():
            work.draft(page)
        work.count(tell)
    for key in ImportedPage.objects.filter(brought_by=bringing, written=False).order_by("pk").values_list("pk", flat=True):  # fmt: skip
        with transaction.atomic():
            work.write(ImportedPage.objects.select_related("page", "revision").get(pk=key))
        work.count(tell)
    bringing.state, bringing.ended_at, bringing.done = bringing.States.DONE, clock(), bringing.total
    bringing.save()


class _Bringing:
    """One bringing over: which old address is which page and file."""

    def __init__(self, bringing: SiteImport, source: OldSource, clock: Clock) -> None:
        if bringing.below is None:
            raise LookupError("the page below which the site was to stand is gone")
        self._bringing, self._source, self._clock = bringing, source, clock
        self._top: Any = bringing.below.specific
        self._language: Language = self._top.locale.language_code
        self._knowledge: Knowledge = knowledge_for(self._language, "")
        self._pages = {
            places.address_key(address): page
            for address, page in ImportedPage.objects.exclude(page=None).values_list(
                "address", "page"
            )
        }
        self._files: dict[str, int] = {}
        self._refused: dict[str, dict[str, Any]] = {}
        self._slugs: dict[int, set[str]] = {}

    def count(self, tell: Tell) -> None:
        """One more is done; written down now and then, so that a screen can show it."""
        self._bringing.done += 1
        if self._bringing.done % 20 == 0:
            self._bringing.save(update_fields=["done"])
            tell(self._bringing.done, self._bringing.total)

    def draft(self, old: OldPage) -> None:
        """A draft for an old page that is new here, or that changed while nobody touched its draft."""
        address = old.address[:600]
        row = (
            ImportedPage.objects.select_related("page", "revision").filter(address=address).first()
        )
        content = _print(old)
        if row is not None and (row.content_print == content or _is_touched(row)):
            if not row.written:
                ImportedPage.objects.filter(pk=row.pk).update(brought_by=self._bringing)
            return
        if not old.blocks:
            self._note_empty(old, row, content)
            return
        row = row or ImportedPage(address=address)
        notes = told.kept_notes(old.notes)
        row.files, pictures, refused = self._files_of(old)
        body = stream_of(old.blocks, address=address, pictures=pictures)
        page = self._page(old, row, body)
        row.page, row.title, row.content_print = page, page.title, content
        row.brought_by, row.written, row.notes = self._bringing, False, notes + refused
        row.save()
        self._pages[places.address_key(address)] = page.pk
        row.notes += self._lead_on(old.address, page)
        row.save(update_fields=["notes"])

    def _note_empty(self, old: OldPage, row: ImportedPage | None, content: str) -> None:
        row = row or ImportedPage(address=old.address[:600])
        row.title, row.content_print, row.brought_by = _title(old), content, self._bringing
        row.notes, row.written = [told.note(told.EMPTY)], True
        row.save()

    def _page(self, old: OldPage, row: ImportedPage, body: list[dict[str, Any]]) -> Any:
        said = {
            "title": _title(old),
            "summary": old.summary[:LONGEST_SUMMARY],
            "keywords": "、".join(old.keywords)[:500],
        }
        if row.page is not None:
            page: Any = row.page.specific
            for name, value in said.items():
                setattr(page, name, value)
            page.body = json.dumps(body, ensure_ascii=False)
            page.save(clean=False)
            return page
        parent = self._parent(old.address)
        page = ArticlePage(
            live=False,
            has_unpublished_changes=True,
            slug=self._slug(old.address, parent),
            division=self._bringing.division,
            locale=self._top.locale,
            body=json.dumps(body, ensure_ascii=False),
            **said,
        )
        page.draft_title = page.title
        parent.add_child(instance=page)
        return page

    def _parent(self, address: str) -> Any:
        """The page of the nearest folder above that came over, else the page below which all stand."""
        for folder in places.above(places.address_key(address)):
            key = self._pages.get(folder)
            found = Page.objects.filter(pk=key).first() if key else None
            if found is not None and found.is_descendant_of(self._top):
                return found
        return Page.objects.get(pk=self._top.pk)

    def _slug(self, address: str, parent: Page) -> str:
        taken = self._slugs.get(parent.pk)
        if taken is None:
            taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
            self._slugs[parent.pk] = taken
        wanted = places.slug_for(address) or "page"
        number, slug = 1, wanted
        while slug in taken:
            number += 1
            slug = f"{wanted}-{number}"
        taken.add(slug)
        return slug

    def _lead_on(self, address: str, page: Page) -> list[dict[str, Any]]:
        """The old addresses lead to the page, once it is published."""
        ways = places.former_paths(address)
        notes = [] if ways else [told.note(told.NO_WAY, address=address)]
        for language, path in ways:
            row, _new = FormerAddress.objects.get_or_create(
                language=language,
                path=path,
                defaults={"page_id": page.pk, "left_at": self._clock()},
            )
            if row.page_id != page.pk:
                notes.append(told.note(told.LEADS_ELSEWHERE, address=f"/{path}"))
        return notes

    def _files_of(
        self, old: OldPage
    ) -> tuple[dict[str, int], dict[str, int], list[dict[str, Any]]]:
        """Files by address key, pictures by address, and sentences about those that did not come."""
        alts = {block.src: block.alt for block in old.blocks if isinstance(block, Picture)}
        words = {link.address: link.text for link in old.links}
        files: dict[str, int] = {}
        pictures: dict[str, int] = {}
        notes = []
        for address in old.files:
            if address in alts:
                key = self._kept(address, alt=alts[address])
                pictures |= {address: key} if key else {}
            if address in words or address not in alts:
                key = self._kept(address, title=words.get(address, ""))
                files |= {places.address_key(address): key} if key else {}
            if address in self._refused:
                notes.append(self._refused[address])
        return files, pictures, notes

    def _kept(self, address: str, *, title: str = "", alt: str | None = None) -> int | None:
        name = PurePosixPath(unquote(urlsplit(address).path)).name or "file"
        known = f"{'' if alt is None else 'picture:'}{address}"
        if known in self._files or address in self._refused:
            return self._files.get(known)
        file = self._source.file(address)
        if file is None or file.stat().st_size > LARGEST_FILE:
            self._refused[address] = told.note(told.NO_FILE, name=address)
            return None
        try:
            if alt is None:
                key = keep_attachment(
                    file.read_bytes(), name=name, title=title or PurePosixPath(name).stem
                )
            else:
                key = keep_picture(
                    file.read_bytes(), title=alt or PurePosixPath(name).stem, alt=alt
                )
        except UploadRefused as refused:
            self._refused[address] = told.note(
                told.FILE_REFUSED, name=name, why=refused.said.told(str)
            )
            return None
        self._files[known] = key
        return key

    def write(self, row: ImportedPage) -> None:
        """The links of a draft, its version for the editor, and what is to be mended on it."""
        if row.page is None:
            ImportedPage.objects.filter(pk=row.pk).update(written=True)
            return
        page: Any = row.page.specific
        raw, left = self._linked(list(page.body.raw_data), row.files)
        page.body = json.dumps(raw, ensure_ascii=False)
        page.save(clean=False)
        revision = page.save_revision(clean=False)
        row.revision, row.written, row.links = revision, True, left[:200]
        faults = check(pieces_of(page), replace(self._knowledge, title=page.title))
        row.faults = told.kept_faults(faults, _places(raw))
        row.save()

    def _linked(
        self, raw: list[Any], files: dict[str, int]
    ) -> tuple[list[dict[str, Any]], list[str]]:
        host = places.address_key(self._source.base).partition("/")[0]
        found: list[dict[str, Any]] = []
        left: list[str] = []
        for block in raw:
            value = block["value"]
            if block["type"] == "text":
                value, others = with_new_links(value, pages=self._pages, files=files)
                left += [
                    each for each in others if places.address_key(each).partition("/")[0] == host
                ]
            found.append({"type": block["type"], "value": value, "id": block["id"]})
        return found, left


def _print(old: OldPage) -> str:
    said = repr((old.title, old.summary, old.keywords, old.blocks))
    return sha256(said.encode()).hexdigest()


def _is_touched(row: ImportedPage) -> bool:
    """Whether a clerk wrote, published, moved on or deleted what was imported."""
    if row.page is None:
        return row.written
    if not row.written:
        return False
    return bool(row.page.live or row.page.latest_revision_id != row.revision_id)


def _title(old: OldPage) -> str:
    return (old.title or PurePosixPath(unquote(urlsplit(old.address).path)).stem or old.address)[
        :255
    ]


def _places(raw: list[dict[str, Any]]) -> dict[str, str]:
    """Which block it is, from the top: what a report can say of a place."""
    return {block["id"]: str(number) for number, block in enumerate(raw, start=1)}
