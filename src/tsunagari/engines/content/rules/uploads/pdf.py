"""What a PDF says of itself: pages, tags, letters, language; and what to tell whoever puts it up."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf

from tsunagari.engines.content.rules.sentences import Sentence, say
from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.kernel.i18n.texts import N_

LOOKED_AT: Final = 30
"""Pages in which letters are looked for."""

_MOST: Final = 2 * 1024 * 1024
"""Bytes of a page's drawing that are unpacked; letters come early where there are any."""

_DEEPEST: Final = 3
_SHOWS_LETTERS: Final = re.compile(rb"(?:\)|>|\])\s*(?:Tj|TJ|'|\")(?![A-Za-z])")

BROKEN: Final = N_("PDFとして開けません。もとの文書から作り直してください。")
LOCKED: Final = N_(
    "パスワードのかかったPDFです。読む人が開けないか、読み上げられません。パスワードと制限を外したものに替えてください。"
)
SCANNED: Final = N_(
    "紙を写した画像のPDFです。文字がないため、読み上げも検索もできません。もとの文書から作り直すか、内容をページに書いてください。"
)
UNTAGGED: Final = N_(
    "タグのないPDFです。読み上げる人に、見出しや表が伝わりません。Wordなどで「アクセシビリティ用のタグ」を付けて保存し直してください。"
)


@dataclass(frozen=True, kw_only=True)
class PdfFacts:
    """What was found. `pages` is None where it cannot be opened without a password; so are the others.

    `tagged`: it has a structure (StructTreeRoot) and says so (MarkInfo), as PDF/UA-1 7.1 asks. `has_text`: letters
    are drawn on one of its first pages.
    """

    pages: int | None = None
    tagged: bool | None = None
    has_text: bool | None = None
    locked: bool = False
    language: str = ""
    title: str = ""


def pdf_facts(data: bytes) -> PdfFacts:
    """Read a PDF. UploadRefused where it cannot be opened at all."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return _facts(pdf)
    except pikepdf.PasswordError:
        return PdfFacts(locked=True)
    except UploadRefused:
        raise
    except Exception as broken:  # the library raises whatever its parsers raise
        raise UploadRefused(BROKEN) from broken


def warnings_of(
    *, tagged: bool | None, has_text: bool | None, locked: bool | None
) -> tuple[Sentence, ...]:
    """What to tell about a PDF that is kept all the same, the gravest first; () for a good one."""
    if locked:
        return (say(LOCKED),)
    if has_text is False:
        return (say(SCANNED),)
    return (say(UNTAGGED),) if tagged is False else ()


def _facts(pdf: Any) -> PdfFacts:
    root = pdf.Root
    marked = root.get("/MarkInfo")
    return PdfFacts(
        pages=len(pdf.pages),
        tagged="/StructTreeRoot" in root and bool(marked is not None and marked.get("/Marked")),
        has_text=any(_shows(page.obj, 0) for page in pdf.pages[:LOOKED_AT]),
        locked=pdf.is_encrypted and not pdf.allow.accessibility,
        language=str(root.get("/Lang", ""))[:35],
        title=str(pdf.docinfo.get("/Title", ""))[:255] if pdf.trailer.get("/Info") else "",
    )


def _shows(drawn: Any, depth: int) -> bool:
    """Whether letters are drawn by a page, or by a form that it draws."""
    if any(_SHOWS_LETTERS.search(_drawing(stream)) for stream in _streams(drawn)):
        return True
    resources = _resources(drawn)
    forms = resources.get("/XObject") if resources is not None else None
    if forms is None or depth >= _DEEPEST:
        return False
    return any(
        _shows(form, depth + 1)
        for form in list(forms.as_dict().values())[:50]
        if form.get("/Subtype") == "/Form"
    )


def _resources(drawn: Any) -> Any:
    """What it draws with; a page may have that from the pages above it."""
    for _ in range(20):
        found = drawn.get("/Resources")
        if found is not None or "/Parent" not in drawn:
            return found
        drawn = drawn["/Parent"]
    return None


def _streams(drawn: Any) -> Iterator[Any]:
    if isinstance(drawn, pikepdf.Stream):
        yield drawn
        return
    contents = drawn.get("/Contents")
    if isinstance(contents, pikepdf.Array):
        yield from list(contents)[:200]
    elif contents is not None:
        yield contents


def _drawing(stream: Any) -> bytes:
    """The beginning of a drawing. It is unpacked here and not by the library, which would unpack gigabytes."""
    raw = bytes(stream.read_raw_bytes())
    kind = stream.get("/Filter")
    names = list(kind) if isinstance(kind, pikepdf.Array) else [kind] if kind is not None else []
    if not names:
        return raw[:_MOST]
    if [str(name) for name in names] == ["/FlateDecode"]:
        try:
            return zlib.decompressobj().decompress(raw, _MOST)
        except zlib.error:
            return b""
    return bytes(stream.read_bytes())[:_MOST] if len(raw) < 100_000 else b""
