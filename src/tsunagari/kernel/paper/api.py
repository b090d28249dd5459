"""What other rooms may ask for: a document as tagged PDF.

A document is a Typst template of the room that asks, and data. The data reaches Typst as JSON beside the
template and is never pasted into it: nothing that a person typed is read as markup.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

import typst

from tsunagari.kernel.design.colour import Shades
from tsunagari.kernel.design.tokens import FIXED
from tsunagari.kernel.paper.chart import chart_drawing
from tsunagari.kernel.paper.fonts import FontsMissing, drawable, fonts
from tsunagari.kernel.paper.letters import Letters

__all__ = ["FontsMissing", "PaperFault", "chart_drawing", "typeset"]

Standard = Literal["ua-1", "a-2a", "a-3a"]
_LOOK: Final = Path(__file__).parent / "templates" / "paper" / "look.typ"
_NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})
_COLOURS: Final = MappingProxyType(
    {
        "ink": "color-neutral-solid-gray-900",
        "soft": "color-neutral-solid-gray-700",
        "edge": "color-neutral-solid-gray-600",
        "bad": "color-semantic-error-2",
        "good": "color-primitive-green-900",
        "warning": "color-primitive-yellow-1100",
    }
)
"""What a colour is for on paper, and its token."""


class PaperFault(RuntimeError):
    """A document that could not be made; the message says in a sentence what in which template was wrong."""


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    title: str,
    author: str,
    language: str,
    made_at: datetime,
    shades: Shades,
    images: Mapping[str, bytes] = _NOTHING,
    standards: tuple[Standard, ...] = ("ua-1",),
) -> bytes:
    """A document as PDF: the same arguments give the same bytes, in any process and any zone of time.

    `template` is a .typ file; the .typ files beside it can be imported by it by their names, the shared look
    as "/look.typ", which hands it `data`. `data` is what JSON can say; figures and days come as the texts
    that shall be read. `images` are drawn by their names ("1.svg"), each with an alternative text from the
    template. `made_at` is an aware moment: it stands in the file as the moment of its making.

    Raises PaperFault for a template that Typst refuses, an image without an alternative text among it, and
    FontsMissing.
    """
    if made_at.tzinfo is None:
        raise PaperFault(f"{template.name}: made_at has no zone; pass an aware moment.")
    letters = Letters(drawable=drawable())
    fitting = letters.fit(data)
    drawings = {f"images/{name}": _fitting(name, each, letters) for name, each in images.items()}
    frame = {
        "title": letters.text(title),
        "author": letters.text(author),
        "language": language,
        "colours": _colours(shades),
        "missing": letters.told(),
    }
    files = {
        **{path.name: path.read_bytes() for path in sorted(template.parent.glob("*.typ"))},
        "main.typ": template.read_bytes(),
        "look.typ": _LOOK.read_bytes(),
        "paper.json": _json(template, frame),
        "data.json": _json(template, fitting),
        **drawings,
    }
    return _compiled(template, files, made_at, standards)


def _colours(shades: Shades) -> dict[str, str]:
    fixed = {colour.name: colour.value for colour in FIXED}
    own = {"key": shades.key, "dark": shades.dark, "pale": shades.pale, "line": shades.line}
    return own | {use: fixed[token] for use, token in _COLOURS.items()}


def _fitting(name: str, image: bytes, letters: Letters) -> bytes:
    """Letters in a drawing are letters of the document."""
    return letters.text(image.decode()).encode() if name.endswith(".svg") else image


def _json(template: Path, said: object) -> bytes:
    try:
        return json.dumps(said, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as fault:
        raise PaperFault(
            f"{template.name}: its data is not what JSON can say ({fault}); pass the text that shall be read."
        ) from fault


def _compiled(
    template: Path, files: dict[str, bytes], made_at: datetime, standards: tuple[Standard, ...]
) -> bytes:
    # A compiler of its own for each document: one that is shared refuses a second thread.
    compiler = typst.Compiler(
        root=str(template.parent), font_paths=fonts(), ignore_system_fonts=True
    )
    try:
        made = compiler.compile(
            input=files,  # type: ignore[type-var]  # the stubs leave out the map of files
            format="pdf",
            pdf_standards=list(standards),
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as fault:
        raise PaperFault(_told(template, fault)) from fault
    if not isinstance(made, bytes):
        raise PaperFault(f"{template.name}: Typst gave no document.")
    return made


def _told(template: Path, fault: typst.TypstError) -> str:
    place = next((line for line in fault.diagnostic.splitlines() if "┌─" in line), "")
    where = place.rpartition("/")[2] or place.partition("┌─")[2]
    where = where.strip().replace("main.typ", template.name)
    hints = "; ".join(fault.hints)
    mend = f" Typst says how to mend it: {hints}." if hints else ""
    return f"{where or template.name}: {fault.message}.{mend}"
