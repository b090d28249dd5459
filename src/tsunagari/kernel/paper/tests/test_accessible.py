"""A document can be read by ear: it keeps what a machine can check of PDF/UA-1, and the check finds what does not."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from tests.pdf_ua import faults

from tsunagari.kernel.paper.api import PaperFault
from tsunagari.kernel.paper.tests.pages import document


def test_a_document_has_no_fault_that_a_machine_can_find() -> None:
    assert list(faults(document())) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_reader_hears_the_language_and_the_title(language: str) -> None:
    with pikepdf.open(BytesIO(document(language=language))) as file:
        assert str(file.Root.Lang).partition("-")[0] == language
        assert str(file.docinfo["/Title"]) == "報告書 本文です。"


def test_a_drawing_without_words_for_the_ear_is_refused() -> None:
    with pytest.raises(PaperFault, match=r"^silent_drawing\.typ:5:1: .*missing alt text"):
        document(template="silent_drawing.typ")


def _elements(file: Pdf, kind: str) -> list[pikepdf.Object]:
    return [
        each
        for each in file.objects
        if isinstance(each, Dictionary)
        and each.get("/Type") == Name.StructElem
        and Name(f"/{kind}") == each.S
    ]


def _no_title_in_the_window(file: Pdf) -> None:
    del file.Root.ViewerPreferences


def _no_language(file: Pdf) -> None:
    del file.Root.Lang


def _no_alt(file: Pdf) -> None:
    del _elements(file, "Figure")[0].Alt


def _no_heads(file: Pdf) -> None:
    for head in _elements(file, "TH"):
        head.S = Name.TD


def _a_cell_too_few(file: Pdf) -> None:
    row = _elements(file, "TR")[3]
    row.K = Array(list(row.K)[:1])


def _a_level_left_out(file: Pdf) -> None:
    _elements(file, "H2")[0].S = Name.H4


def _a_link_that_says_nothing(file: Pdf) -> None:
    page = next(page for page in file.pages if "/Annots" in page.obj)
    del page.obj.Annots[0].Contents


def _a_type_of_its_own(file: Pdf) -> None:
    _elements(file, "P")[0].S = Name("/Saying")


def _paint_beside_the_tags(file: Pdf) -> None:
    file.pages[0].contents_add(b"0 0 10 10 re f")


def _an_element_that_lost_its_content(file: Pdf) -> None:
    _elements(file, "P")[0].K = Array()


def _no_standard(file: Pdf) -> None:
    with file.open_metadata(set_pikepdf_as_editor=False) as said:
        del said["pdfuaid:part"]


def _a_font_left_out(file: Pdf) -> None:
    for each in file.objects:
        if isinstance(each, Dictionary) and each.get("/Type") == Name.FontDescriptor:
            for key in ("/FontFile2", "/FontFile3"):
                if key in each:
                    del each[key]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_no_title_in_the_window, "07-001"),
        (_no_language, "11-006"),
        (_no_alt, "13-004"),
        (_no_heads, "15-003"),
        (_a_cell_too_few, "15-001"),
        (_a_level_left_out, "14-003"),
        (_a_link_that_says_nothing, "28-012"),
        (_a_type_of_its_own, "02-001"),
        (_paint_beside_the_tags, "01-005"),
        (_an_element_that_lost_its_content, "01-006"),
        (_no_standard, "06-002"),
        (_a_font_left_out, "31-009"),
    ],
)
def test_the_check_finds_what_a_reader_would_miss(harm: Callable[[Pdf], None], said: str) -> None:
    with pikepdf.open(BytesIO(document())) as file:
        harm(file)
        harmed = BytesIO()
        file.save(harmed)
    assert [fault for fault in faults(harmed.getvalue()) if fault.startswith(said)]
