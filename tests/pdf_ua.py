"""What a machine can check of PDF/UA-1 (ISO 14289-1) in a PDF, in the order of the Matterhorn Protocol 1.1.

This stands in for veraPDF, which is in none of the package registries that the checks use. It reads the file with
pikepdf (QPDF), another program than the one that wrote it, and tells each fault in a sentence that begins
with the number of the checkpoint. Not checked: whether the words are right and the order makes sense (a
person does that), and what such documents never hold: forms, media, encryption, optional content.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

_STANDARD: Final = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 "
    "L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot "
    "Ruby RB RT RP Warichu WT WP Figure Formula Form"
)
_PAINTING: Final = "f F f* B B* b b* S s Tj TJ ' \" Do sh BI INLINE IMAGE EI"

STANDARD: Final = frozenset(_STANDARD.split())
"""The structure types of PDF 1.7 (ISO 32000-1, 14.8.4)."""

PAINTING: Final = frozenset(_PAINTING.split())
"""The operators that leave something on the page (ISO 32000-1, annex A)."""

PARENTS: Final = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}


def faults(pdf: bytes) -> Iterator[str]:
    """Every fault found, as a sentence; nothing for a file that keeps what can be checked."""
    with pikepdf.open(BytesIO(pdf)) as file:
        yield from _of_the_whole(file)
        if Name.StructTreeRoot not in file.Root:
            yield "01-006: the document has no structure tree."
            return
        tree = _Tree(file)
        yield from tree.faults()
        for number, page in enumerate(file.pages, start=1):
            yield from _of_content(file, page, number, tree)
            yield from _of_annotations(page, number, tree)
        yield from _of_fonts(file)


def _of_the_whole(file: Pdf) -> Iterator[str]:
    root = file.Root
    with file.open_metadata(set_pikepdf_as_editor=False) as said:
        if said.get("pdfuaid:part") != "1":
            yield "06-002: the metadata do not say PDF/UA-1."
        if not said.get("dc:title"):
            yield "06-003: the metadata have no title."
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle"):
        yield "07-001: the window would show the file's name and not the title."
    if not root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield "01-007: the document does not say that it is tagged."
    if root.get("/MarkInfo", Dictionary()).get("/Suspects"):
        yield "02-001: the tags are said to be suspect."
    if not str(root.get("/Lang", "")):
        yield "11-006: the document has no language."
    if "/Outlines" not in root:
        yield "the document has no bookmarks (WCAG 2.4.5 in a long one)."
    if file.is_encrypted:
        yield "26-001: the document is encrypted."


class _Tree:
    """The structure tree: its elements in reading order, and which content belongs to which of them."""

    def __init__(self, file: Pdf) -> None:
        self.root = file.Root.StructTreeRoot
        self.roles = {
            str(key)[1:]: str(value)[1:]
            for key, value in self.root.get("/RoleMap", Dictionary()).items()
        }
        self.parents = dict(_numbers(self.root.get("/ParentTree", Dictionary())))
        self.elements: list[tuple[Any, str, str]] = []
        self.contents: set[tuple[int, int, int]] = set()
        self.objects: dict[tuple[int, int], str] = {}
        for kid in _kids(self.root):
            self._walk(kid, "", 0)

    def kind(self, element: Any) -> str:
        """The standard type of an element; a type without a role stays what it is."""
        said, seen = str(element.S)[1:], set()
        while said in self.roles and said not in seen and said not in STANDARD:
            seen.add(said)
            said = self.roles[said]
        return said

    def _walk(self, element: Any, above: str, page: int) -> None:
        kind = self.kind(element)
        self.elements.append((element, kind, above))
        page = element.Pg.objgen[0] if "/Pg" in element else page
        for kid in _kids(element):
            if isinstance(kid, int):
                self.contents.add((page, kid, element.objgen[0]))
            elif kid.get("/Type") == Name.MCR:
                on = kid.Pg.objgen[0] if "/Pg" in kid else page
                self.contents.add((on, int(kid.MCID), element.objgen[0]))
            elif kid.get("/Type") == Name.OBJR:
                self.objects[kid.Obj.objgen] = kind
            else:
                self._walk(kid, kind, page)

    def faults(self) -> Iterator[str]:
        if not self.parents:
            yield "01-006: the parent tree is empty."
        for element, kind, above in self.elements:
            if kind not in STANDARD:
                yield f"02-001: the type {kind} is none of the standard and has no role."
            if kind in PARENTS and above not in PARENTS[kind]:
                yield f"09-004: {kind} stands in {above or 'the root'}."
            if kind in ("Figure", "Formula") and not str(element.get("/Alt", "")).strip():
                yield f"13-004: a {kind} has no alternative text."
            if kind == "Table":
                yield from self._of_table(element)
        yield from self._of_headings()

    def _of_headings(self) -> Iterator[str]:
        levels = [int(kind[1]) for _, kind, _ in self.elements if kind[:1] == "H" and kind[1:]]
        if not levels:
            yield "14: the document has no headings."
        before = 0
        for level in levels:
            if level > before + 1:
                yield f"14-003: H{level} follows H{before}."
            before = level

    def _of_table(self, table: Any) -> Iterator[str]:
        """Regular, and every cell below a head: a row's cells, with those that reach over it, fill its width."""
        rows = list(self._rows(table))
        widths, reaching = set(), dict[int, int]()
        heads = 0
        for at, row in enumerate(rows):
            wide = reaching.get(at, 0)
            for cell in _kids(row):
                said = _attributes(cell)
                across, down = int(said.get("/ColSpan", 1)), int(said.get("/RowSpan", 1))
                wide += across
                for below in range(at + 1, at + down):
                    reaching[below] = reaching.get(below, 0) + across
                if self.kind(cell) == "TH":
                    heads += 1
                    if "/Scope" not in said:
                        yield "15-003: a head of a table has no scope."
            widths.add(wide)
        if len(widths) > 1:
            yield f"15-001: the rows of a table have {sorted(widths)} columns."
        if not heads:
            yield "15-003: a table has no heads."

    def _rows(self, element: Any) -> Iterator[Any]:
        for kid in _kids(element):
            if isinstance(kid, int) or "/S" not in kid:
                continue
            if self.kind(kid) == "TR":
                yield kid
            elif self.kind(kid) in ("THead", "TBody", "TFoot"):
                yield from self._rows(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _attributes(element: Any) -> dict[str, Any]:
    said = element.get("/A")
    if said is None:
        return {}
    each = list(said) if isinstance(said, Array) else [said]
    return {key: value for one in each if isinstance(one, Dictionary) for key, value in one.items()}


def _numbers(node: Any) -> Iterator[tuple[int, Any]]:
    """A number tree, flat."""
    flat = list(node.get("/Nums", Array()))
    yield from ((int(flat[at]), flat[at + 1]) for at in range(0, len(flat), 2))
    for kid in node.get("/Kids", Array()):
        yield from _numbers(kid)


def _of_content(file: Pdf, page: pikepdf.Page, number: int, tree: _Tree) -> Iterator[str]:
    """Whatever is painted is an artifact or belongs to an element, and the element knows it."""
    marked = tree.parents.get(int(page.obj.get("/StructParents", -1)))
    inside: list[int | str | None] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, said = instruction.operands, str(instruction.operator)
        if said in ("BDC", "BMC"):
            inside.append(_mark(operands))
            if inside.count("artifact") and any(isinstance(one, int) for one in inside):
                yield f"01-003: page {number}: an artifact and tagged content stand in each other."
        elif said == "EMC":
            mark = inside.pop()
            if isinstance(mark, int):
                yield from _known(page, number, mark, marked, tree)
        elif said in PAINTING and not any(one is not None for one in inside):
            yield f"01-005: page {number}: {said} paints what is neither tagged nor an artifact."


def _mark(operands: Any) -> int | str | None:
    if str(operands[0]) == "/Artifact":
        return "artifact"
    said = operands[1] if len(operands) > 1 else None
    return int(said.MCID) if isinstance(said, Dictionary) and "/MCID" in said else None


def _known(page: pikepdf.Page, number: int, mark: int, marked: Any, tree: _Tree) -> Iterator[str]:
    if marked is None or mark >= len(marked):
        yield f"01-006: page {number}: the parent tree does not know the content {mark}."
    elif (page.obj.objgen[0], mark, marked[mark].objgen[0]) not in tree.contents:
        yield f"01-006: page {number}: the element of the content {mark} does not know it."


def _of_annotations(page: pikepdf.Page, number: int, tree: _Tree) -> Iterator[str]:
    links = page.obj.get("/Annots", Array())
    if len(links) and page.obj.get("/Tabs") != Name.S:
        yield f"28-008: page {number}: the tabulator does not follow the structure."
    for link in links:
        if link.get("/Subtype") != Name.Link:
            yield f"28: page {number}: an annotation is no link."
        if tree.objects.get(link.objgen) != "Link" or "/StructParent" not in link:
            yield f"28-011: page {number}: a link stands in no element Link."
        if not str(link.get("/Contents", "")).strip():
            yield f"28-012: page {number}: a link does not say where it leads."


def _of_fonts(file: Pdf) -> Iterator[str]:
    for each in file.objects:
        if not isinstance(each, Dictionary) or each.get("/Type") != Name.Font:
            continue
        if each.get("/Subtype") == Name.Type0:
            if "/ToUnicode" not in each:
                yield f"10-001: the font {each.BaseFont} has no table of what its letters mean."
            continue
        descriptor = each.get("/FontDescriptor", Dictionary())
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"31-009: the font {each.get('/BaseFont')} is not embedded."
