"""What people type is read as text and as nothing else; a letter that cannot be drawn stops no document."""

from io import BytesIO

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.pdf_ua import faults

from tsunagari.kernel.paper.api import PaperFault
from tsunagari.kernel.paper.fonts import drawable
from tsunagari.kernel.paper.letters import Letters
from tsunagari.kernel.paper.tests.pages import chart, document

MARKUP = '#read("/etc/passwd") $x$ \\ ] [ <there> @there *a* _b_ `c` // /* = # - + #{panic()} ${}'


def _title(pdf: bytes) -> str:
    with pikepdf.open(BytesIO(pdf)) as file:
        return str(file.docinfo["/Title"])


def _pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as file:
        return len(file.pages)


def test_markup_that_a_person_typed_is_shown_and_not_obeyed() -> None:
    made = document(MARKUP)
    assert _title(made) == f"報告書 {MARKUP}"
    assert list(faults(made)) == []


@pytest.mark.parametrize("name", ["髙﨑 𠮷", "葛\U000e0100城市", "か\u3099くせい"])
def test_old_letters_and_composed_kana_stay_as_they_were_typed(name: str) -> None:
    assert _title(document(name)) == f"報告書 {name}"


@pytest.mark.parametrize(
    ("typed", "shown", "missing"),
    [
        ("よい😀です", "よい〓です", ["U+1F600"]),
        ("家族👨\u200d👩\u200d👧", "家族〓", ["U+1F468", "U+1F467", "U+1F469"]),
        ("注意⚠\ufe0f", "注意⚠\ufe0f", []),
        ("赤❤\ufe0f", "赤〓", ["U+2764"]),
        ("한국", "〓〓", ["U+AD6D", "U+D55C"]),
        ("外字\ue000", "外字〓", ["U+E000"]),
        ("\ufeff見\u202e出し\x07\x00", "見出し", []),
        ("行\r\n行\r行\t列", "行\n行\n行 列", []),
        ("a\u2028b\u202fc\u00ad", "a\nb c", []),
        ("", "", []),
    ],
)
def test_a_letter_without_a_drawing_is_a_geta_and_is_told(
    typed: str, shown: str, missing: list[str]
) -> None:
    letters = Letters(drawable=drawable())
    assert letters.text(typed) == shown
    assert {letter["code"] for letter in letters.told()} == set(missing)


def test_a_document_with_such_letters_is_made_with_its_chart() -> None:
    made = document("よい😀です", language="ja")
    assert list(faults(made)) == []
    assert "よい〓です" in _title(made)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("\u00ad")  # Typst 0.15.1 breaks off when a link ends in a soft hyphen
def test_whatever_is_typed_makes_a_document(typed: str) -> None:
    assert document(typed).startswith(b"%PDF-1.7")


def test_a_word_of_a_thousand_letters_stays_on_its_pages() -> None:
    assert _pages(document("w" * 1000)) > _pages(document("w" * 10))


def test_words_in_a_chart_are_no_tags_of_the_drawing() -> None:
    drawn = chart(words='a<script>"&').decode()
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_figures_that_are_no_texts_are_refused_by_the_name_of_the_template() -> None:
    with pytest.raises(PaperFault, match=r"^page\.typ: its data is not what JSON can say"):
        document(data={"text": object()})
    with pytest.raises(PaperFault, match="JSON"):
        document(data={"text": float("nan")})


def test_a_fault_of_a_template_names_its_line() -> None:
    with pytest.raises(PaperFault, match=r"^page\.typ:5:\d+: array is empty"):
        document(data={"heads": []})
