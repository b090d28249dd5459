"""What stands around and within a page when it is drawn: read in few questions, whatever the page holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from wagtail.rich_text import RichText

from tsunagari.engines.content.models import Attachment, Published
from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.models.published import path_of
from tsunagari.engines.content.queries.rows import PageRow, row_of, rows_of
from tsunagari.engines.content.rules import kept_names
from tsunagari.engines.content.rules.headings import Heading, headings_in
from tsunagari.engines.content.rules.rich_links import FileLink, named_in


@dataclass(frozen=True, kw_only=True)
class Around:
    """Everything that a page's template asks for beside the page itself.

    `pages` are those that the text, its blocks and its lists lead to, by primary key. `headings` are those of the second
    level, and `first_heading` says for each text how many stand before it. `made_of` names what a kept answer of it was
    made of.
    """

    above: tuple[PageRow, ...]
    below: tuple[PageRow, ...]
    addresses: Mapping[str, str]
    pages: Mapping[int, PageRow]
    files: Mapping[int, FileLink]
    headings: tuple[Heading, ...]
    first_heading: Mapping[str, int]
    made_of: tuple[str, ...]


def around(page: Any) -> Around:
    """The surroundings of a page, published or a draft that is being previewed."""
    language, path = page.locale.language_code, path_of(page)
    texts = [text.source for text in rich_texts(page.body)]
    named = named_in(texts)
    wanted = named.pages | set(chosen_pages(page.body))
    rows = _rows(wanted, language)
    above = _above(path, language)
    below = _below(path, language) if page.kind in ("topic", "page") else ()
    return Around(
        above=above,
        below=below,
        addresses=_addresses(page, language, path),
        pages=rows,
        files=_files(named.files | set(chosen_files(page.body))),
        headings=headings_in(texts),
        first_heading=_first_headings(texts),
        made_of=_made_of(page, path, language, (*above, *below, *rows.values())),
    )


def _first_headings(texts: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    before = 0
    for text in texts:
        found.setdefault(text, before)
        before += len(headings_in([text]))
    return found


def _made_of(page: Any, path: str, language: str, shown: tuple[PageRow, ...]) -> tuple[str, ...]:
    names = {kept_names.page_name(page.public_id)}
    names |= {kept_names.link_name(row.public_id) for row in shown}
    names.add(kept_names.below_name(path, language))
    names.add(kept_names.translations_name(str(page.translation_key)))
    return tuple(sorted(names))


def _above(path: str, language: str) -> tuple[PageRow, ...]:
    parts = path.rstrip("/").split("/")
    paths = ["/".join(parts[:end]) + "/" for end in range(1, len(parts))]
    if not paths:
        return ()
    found = Published.objects.filter(language=language, path__in=paths).order_by("depth")
    return rows_of(found)


def _below(path: str, language: str) -> tuple[PageRow, ...]:
    found = Published.objects.filter(language=language, parent_path=path).order_by("order")
    return rows_of(found[:200])


def _addresses(page: Any, language: str, path: str) -> dict[str, str]:
    found = Published.objects.filter(translations=page.translation_key)
    addresses = {each.language: address_of(each.path, each.language) for each in found}
    return {**addresses, language: address_of(path, language)}


def _rows(keys: set[int] | frozenset[int], language: str) -> dict[int, PageRow]:
    """Published pages by key; one that has an edition in the reader's language is taken in that."""
    if not keys:
        return {}
    found = list(Published.objects.filter(page_id__in=keys))
    foreign = [each for each in found if each.language != language]
    own: dict[Any, Published] = {}
    if foreign:
        wanted = [each.translations for each in foreign]
        rows = Published.objects.filter(translations__in=wanted, language=language)
        own = {each.translations: each for each in rows}
    return {each.page_id: row_of(own.get(each.translations, each)) for each in found}


def _files(keys: set[int] | frozenset[int]) -> dict[int, FileLink]:
    if not keys:
        return {}
    return {file.pk: file_link(file) for file in Attachment.objects.filter(pk__in=keys)}


def file_link(file: Any) -> FileLink:
    """A file's address, and its kind and size in words."""
    kind = str(file.file_extension).upper()
    size = filesizeformat(file.file_size or 0).replace("\xa0", " ")
    return FileLink(address=file.url, about=f"{kind}、{size}")


def rich_texts(value: Any) -> Iterator[RichText]:
    """Every rich text within a stream, at any depth."""
    for part in _leaves(value):
        if isinstance(part, RichText):
            yield part


def chosen_pages(value: Any) -> Iterator[int]:
    """Primary keys of the pages that blocks of a stream have chosen."""
    for block in value.raw_data:
        if block["type"] in ("related", "questions", "events"):
            chosen = (each["value"] for each in block["value"])
            yield from (int(key) for key in chosen if key)


def chosen_files(value: Any) -> Iterator[int]:
    """Primary keys of the files that blocks of a stream have chosen."""
    for part in _leaves(value):
        if isinstance(part, Attachment):
            yield part.pk


def _leaves(value: Any) -> Iterator[Any]:
    if hasattr(value, "block_type"):
        if value.block_type not in ("related", "questions", "events"):
            yield from _leaves(value.value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _leaves(part)
    elif hasattr(value, "__iter__") and not isinstance(value, str | RichText):
        for part in value:
            yield from _leaves(part)
    else:
        yield value
