"""Pasting from Word and Excel: what stood on the clipboard as blocks of the stream, and what was changed on the way."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.blocks import RichTextBlock

from tsunagari.engines.content.console.checking import not_yours, refused
from tsunagari.engines.content.console.field_values import rich_state
from tsunagari.engines.content.forms.posted_page import edited_page
from tsunagari.engines.content.models.blocks import PLAIN
from tsunagari.engines.content.rules.pasted.blocks import (
    Block,
    Heading,
    Pasted,
    Picture,
    Table,
    Text,
)
from tsunagari.engines.content.rules.pasted.cleaning import clean, clean_lines
from tsunagari.kernel.identity.api import staff_only

LARGEST = 2_000_000
"""Bytes that are taken at once; pictures inside are left away before they are sent."""


@never_cache
@require_POST
@staff_only
def paste(request: HttpRequest) -> JsonResponse:
    """Blocks and notes for the body of the request: HTML, or cells between tabs (?lines=1).

    With ?plain=1 the texts are for a field that has no headings.
    """
    try:
        page = edited_page(request)
    except PermissionDenied:
        return not_yours()
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return refused(
            gettext("一度に貼り付けるには長すぎます。いくつかに分けて貼り付けてください。"), 413
        )
    said = request.body.decode("utf-8", "replace")
    pasted = clean_lines(said) if "lines" in request.GET else clean(said)
    editor = (
        RichTextBlock(features=PLAIN)
        if "plain" in request.GET
        else page.body.stream_block.child_blocks["text"]
    )
    with_headings = "plain" not in request.GET
    blocks = list(_blocks(pasted.blocks, editor, with_headings=with_headings))
    return JsonResponse({"blocks": blocks, "notes": list(_notes(pasted))})


def _blocks(
    blocks: Sequence[Block], editor: RichTextBlock, *, with_headings: bool
) -> Iterator[dict[str, Any]]:
    for is_text, run in groupby(blocks, key=lambda block: isinstance(block, Text | Heading)):
        if is_text:
            html = "".join(_html(block, with_headings) for block in run)
            yield {"type": "text", "value": rich_state(editor, html)}
            continue
        for block in run:
            if isinstance(block, Table):
                yield {"type": "table", "value": _table(block)}


def _html(block: Block, with_headings: bool) -> str:  # noqa: FBT001 - one of two ways to write a heading
    if isinstance(block, Heading):
        words = escape(block.text, quote=False)
        return (
            f"<h{block.level}>{words}</h{block.level}>"
            if with_headings
            else f"<p><b>{words}</b></p>"
        )
    return block.html if isinstance(block, Text) else ""


def _table(table: Table) -> dict[str, Any]:
    """As Wagtail's table block stores it."""
    choice = {(True, True): "both", (True, False): "row", (False, True): "column"}
    return {
        "data": [list(row) for row in table.rows],
        "cell": [],
        "mergeCells": [],
        "table_caption": table.caption,
        "table_header_choice": choice.get((table.header_row, table.header_column), "neither"),
        "first_row_is_table_header": table.header_row,
        "first_col_is_header": table.header_column,
    }


def _notes(pasted: Pasted) -> Iterator[str]:
    for note in pasted.notes:
        yield note.said.told(gettext)
    pictures = [block for block in pasted.blocks if isinstance(block, Picture)]
    if pictures:
        named = gettext("、").join(filter(None, (block.alt for block in pictures)))
        sentence = gettext(
            "画像%(count)s枚は入っていません。画像のブロックを足して、入れ直してください。"
        ) % {"count": len(pictures)}
        yield (
            gettext("%(sentence)s（%(named)s）")
            % {
                "sentence": sentence,
                "named": named,
            }
            if named
            else sentence
        )


URLS: list[URLPattern] = [path("content/paste/", paste, name="content_paste")]
