"""The links of a page, and which of those within the site lead nowhere; no other host is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve
from wagtail.models import Page

from tsunagari.engines.content.models import Attachment, FormerAddress, LinkUse, Published
from tsunagari.engines.content.models.pieces_of import pieces_of, raw_stream
from tsunagari.engines.content.queries.around import chosen_pages, rich_texts
from tsunagari.engines.content.queries.finding import page_at
from tsunagari.engines.content.rules.addresses import Target, target_of
from tsunagari.engines.content.rules.headings import headings_in
from tsunagari.engines.content.rules.passages import Page as Letters
from tsunagari.engines.content.rules.pieces import Knowledge

_OF_THE_FRAME: Final = ("", "main", "top", "useful")
"""Anchors that every page has, and the one that means its top."""


@dataclass(frozen=True, kw_only=True)
class Use:
    """A link of a page: what it opens, its words, the block in which it stands, what is wrong with it ("")."""

    address: str
    text: str
    part: str
    outward: bool
    fault: str


def links_of(page: Any, knowledge: Knowledge) -> tuple[Use, ...]:
    """Every link of a page's text and blocks, once for each block and address."""
    found: dict[tuple[str, str], Use] = {}
    for address, text, part in _named(page, knowledge):
        target = target_of(address, knowledge.hosts)
        if target.kind != "other":
            found.setdefault(
                (part, target.address),
                Use(
                    address=target.address[:1000],
                    text=text[:200],
                    part=part,
                    outward=target.kind == "outward",
                    fault=_fault(page, target),
                ),
            )
    return tuple(found.values())


def _named(page: Any, knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    for link in Letters(pieces_of(page), knowledge).links:
        yield link.target, link.text, link.place.part
    for block in raw_stream(page):
        if block["type"] == "downloads":
            for item in block["value"]:
                yield f"document:{item['value']['file']}", item["value"]["title"] or "", block["id"]
        elif block["type"] == "video" and block["value"].get("address"):
            yield block["value"]["address"], block["value"].get("title") or "", block["id"]
    for key in chosen_pages(page.body):
        yield f"page:{key}", "", ""


def _fault(page: Any, target: Target) -> str:
    faults = LinkUse.Faults
    if target.kind == "page":
        if Published.objects.filter(page_id=target.key).exists():
            return ""
        return _gone(target.key)
    if target.kind == "file":
        return "" if Attachment.objects.filter(pk=target.key).exists() else faults.FILE
    if target.kind == "anchor":
        return "" if _has_anchor(page, target.anchor) else faults.ANCHOR
    return _fault_within(target) if target.kind == "within" else ""


def _gone(key: int) -> str:

    there = Page.objects.filter(pk=key).exists()
    return LinkUse.Faults.UNPUBLISHED if there else LinkUse.Faults.MISSING


def _fault_within(target: Target) -> str:
    faults = LinkUse.Faults
    if target.path.startswith(settings.MEDIA_URL):
        name = target.path.removeprefix(settings.MEDIA_URL)
        try:
            return "" if default_storage.exists(name) else faults.FILE
        except (ValueError, OSError):
            return faults.FILE
    language, path = _language_and_path(target.path)
    if FormerAddress.objects.filter(language=language, path=path).exists():
        return ""
    page = page_at(path, language)
    if page is not None:
        return "" if _has_anchor(page, target.anchor) else faults.ANCHOR
    try:
        opened = resolve(target.path, urlconf=settings.ROOT_URLCONF).view_name
    except Resolver404:
        return faults.MISSING
    return faults.MISSING if opened in ("content:page", "content:former") else ""


def _language_and_path(path: str) -> tuple[str, str]:
    first, _, rest = path.lstrip("/").partition("/")
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return (first, rest) if first in others else (settings.LANGUAGE_CODE, path.lstrip("/"))


def _has_anchor(page: Any, anchor: str) -> bool:
    if anchor in _OF_THE_FRAME:
        return True
    texts = [text.source for text in rich_texts(page.body)]
    return any(heading.anchor == anchor for heading in headings_in(texts))
