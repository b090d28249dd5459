"""What an old site would become: its first pages with their notes and faults, before anything is written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from wagtail.models import Locale

from tsunagari.engines.content.models import ArticlePage
from tsunagari.engines.content.models.city_page import LONGEST_SUMMARY
from tsunagari.engines.content.models.knowledge import knowledge_for
from tsunagari.engines.content.models.pieces_of import pieces_of
from tsunagari.engines.content.rules.checking import check
from tsunagari.engines.content.rules.old_pages.new_blocks import stream_of
from tsunagari.engines.content.rules.old_pages.source import OldSource
from tsunagari.engines.content.rules.pieces import Language
from tsunagari.engines.content.rules.sentences import Sentence

SHOWN: Final = 30
"""Pages of a preview: a screen's worth, read in about two seconds."""


@dataclass(frozen=True, kw_only=True)
class PagePreview:
    """An old page as it would come over. `files` counts what came with it."""

    address: str
    title: str
    files: int
    notes: tuple[Sentence, ...]
    refusing: int
    faults: int


def import_preview(source: OldSource, language: Language) -> Iterator[PagePreview]:
    """The first pages."""
    knowledge = knowledge_for(language, "")
    locale = Locale.objects.get(language_code=language)
    for old in islice(source.pages(), SHOWN):
        body = stream_of(old.blocks, address=old.address, pictures={})
        page = ArticlePage(
            title=old.title[:255],
            summary=old.summary[:LONGEST_SUMMARY],
            locale=locale,
            body=json.dumps(body, ensure_ascii=False),
        )
        faults = check(pieces_of(page), replace(knowledge, title=page.title)) if body else ()
        yield PagePreview(
            address=old.address,
            title=old.title,
            files=sum(source.file(address) is not None for address in old.files),
            notes=tuple(each.said for each in old.notes),
            refusing=sum(fault.level == "A" for fault in faults),
            faults=len(faults),
        )
