"""A saved page of an old site as blocks, links and files."""

import re
from typing import Final
from urllib.parse import urlsplit

from tsunagari.engines.content.rules.old_pages import signed
from tsunagari.engines.content.rules.old_pages.encodings import decode
from tsunagari.engines.content.rules.old_pages.main_part import main_part
from tsunagari.engines.content.rules.old_pages.old_page import OldLink, OldPage
from tsunagari.engines.content.rules.pasted.blocks import Block, Heading, Notes, Picture
from tsunagari.engines.content.rules.pasted.cleaning import blocks_of
from tsunagari.engines.content.rules.pasted.tree import read_document

FILES: Final = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|zip|lzh|jtd|jpe?g|png|gif|webp|svg|bmp|mp3|mp4|wmv|kml|rtf)$",
    re.IGNORECASE,
)


def read_old_page(html: bytes, address: str) -> OldPage:
    """What a saved page says; `address` is where it stood, from which its links are told."""
    notes = Notes()
    root = read_document(decode(html), notes)
    main = main_part(root)
    blocks, found = blocks_of(main, notes, within=address)
    links = links_of(found)
    title = signed.title_of(root, main)
    whole = root.text()
    return OldPage(
        address=address,
        title=title,
        summary=signed.summary_of(root),
        blocks=without_title(blocks, title),
        links=links,
        files=files_of(links, blocks),
        notes=notes.told(),
        language=signed.language_of(root, main.text()),
        division=signed.division_of(whole),
        updated=signed.updated_of(whole),
        keywords=signed.keywords_of(root),
    )


def links_of(found: tuple[tuple[str, str], ...]) -> tuple[OldLink, ...]:
    """Each link once."""
    return tuple(OldLink(address=address, text=text) for address, text in dict.fromkeys(found))


def files_of(links: tuple[OldLink, ...], blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """Addresses of documents and pictures that the page uses, each once."""
    files = [link.address for link in links if FILES.search(_path(link.address))]
    files += [block.src for block in blocks if isinstance(block, Picture)]
    return tuple(dict.fromkeys(files))


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """The blocks without a first heading that only repeats the title; what was below it moves up by one."""
    if blocks and isinstance(blocks[0], Heading) and blocks[0].text == title:
        return tuple(
            Heading(level=max(2, block.level - 1), text=block.text)
            if isinstance(block, Heading)
            else block
            for block in blocks[1:]
        )
    return blocks
