"""A file is taken for what is in it; of a PDF it is told whether everybody can read it."""

import pytest

from tsunagari.engines.content.rules.uploads import files, pdf
from tsunagari.engines.content.rules.uploads.files import file_ending
from tsunagari.engines.content.rules.uploads.pdf import pdf_facts, warnings_of
from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.engines.content.tests.uploads import samples


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (samples.pdf(), "a.PDF"),
        (samples.office("word/document.xml"), "申請書.docx"),
        (samples.office("xl/workbook.xml"), "a.xlsx"),
        (samples.office("ppt/presentation.xml"), "a.pptx"),
        (samples.packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "a.odt"),
        (samples.packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "a.ods"),
        ("番号,名前\r\n1,市役所\r\n".encode("cp932"), "施設.csv"),
        ("おしらせ".encode(), "a.txt"),
        (samples.packed({"図面.pdf": samples.pdf()}), "a.zip"),
    ],
)
def test_what_a_city_gives_out_is_taken(data: bytes, name: str) -> None:
    assert name.lower().endswith(file_ending(data, name))


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (samples.office("word/document.xml"), "a.xlsx", r"\.docx"),
        (samples.office("x.xml", word=b""), "a.pdf", r"\.zip"),
        (samples.pdf(), "a.txt", "名前と中身"),
        (b"<!DOCTYPE html><html></html>", "a.pdf", "PDFで保存し直して"),
        (b"MZ\x90\x00\x03" + b"\0" * 100, "a.zip", "登録できるのは PDF"),
        (samples.picture(), "a.jpg", "「画像」として"),
        (samples.office("word/document.xml", contents=b"x.macroEnabled.main+xml"), "a.docx", "マクロ"),
        (samples.packed({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}), "a.xlsm", "マクロ"),
        (samples.packed({"a/setup.exe": b"MZ"}), "a.zip", r"setup\.exe"),
        (samples.packed({"a.txt": b"x"})[:-8], "a.zip", "壊れて"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.doc", "古いOffice形式"),
        (b"", "a.pdf", "空です"),
    ],
)  # fmt: skip
def test_what_may_harm_or_says_it_is_another_is_refused(data: bytes, name: str, said: str) -> None:
    with pytest.raises(UploadRefused, match=said):
        file_ending(data, name)


def test_a_packed_file_that_unfolds_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(UploadRefused, match="安全に開けません"):
        file_ending(samples.packed({"a.txt": b"\0" * 2_000_000}), "a.zip")
    many = samples.packed({f"{number}.txt": b"" for number in range(files.MOST_PARTS + 1)})
    with pytest.raises(UploadRefused, match="安全に開けません"):
        file_ending(many, "a.zip")


def test_a_good_pdf_is_told_apart_from_a_scanned_one() -> None:
    good = pdf_facts(samples.pdf())
    assert (good.pages, good.tagged, good.has_text, good.locked) == (1, True, True, False)
    assert (good.language, good.title) == ("ja-JP", "児童手当")
    scanned = pdf_facts(samples.pdf(drawing=b"q 600 0 0 800 0 0 cm /Im0 Do Q", tagged=False))
    assert (scanned.tagged, scanned.has_text) == (False, False)
    said = [each.words for each in warnings_of(tagged=False, has_text=False, locked=False)]
    assert said == [pdf.SCANNED]
    assert not warnings_of(tagged=True, has_text=True, locked=False)


def test_a_pdf_with_a_password_is_told_and_a_broken_one_refused() -> None:
    locked = pdf_facts(samples.pdf(password="abc"))
    assert locked.locked
    assert locked.pages is None
    with pytest.raises(UploadRefused, match="PDFとして開けません"):
        pdf_facts(b"%PDF-1.7 nothing more")


def test_a_page_whose_drawing_unfolds_without_end_is_read_to_a_bound() -> None:
    facts = pdf_facts(samples.pdf(drawing=b"0 0 m " * 3_000_000 + b"(x) Tj"))
    assert facts.has_text is False
