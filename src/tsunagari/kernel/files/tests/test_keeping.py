"""Files are kept sealed, told by their content, and handed out as they came."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tsunagari.kernel.files import api
from tsunagari.kernel.files.store import CHUNK

PDF = b"%PDF-1.7\n" + b"body " * 30
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]  # pytest-django's
    return tmp_path


def workbook(*, extra: dict[str, bytes] | None = None, contents: bytes = b"") -> bytes:
    """A real workbook, with parts put beside its own."""
    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out, "a") as packed:
        for name, data in (extra or {}).items():
            packed.writestr(name, data)
    return out.getvalue() + contents


def document(contents: str = "<Types/>") -> bytes:
    """The least that a text document is made of."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", contents)
        packed.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    """A file as a form brings it; what its sender says of its kind is a lie."""
    return SimpleUploadedFile(name, data, content_type="application/x-lie")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "集計.pdf", "application/pdf"),
        (PDF, "集計.PDF", "application/pdf"),
        (PNG, "画面.png", "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 9, "写真.jpeg", "image/jpeg"),
        ("年月,件数\n令和8年,1\n".encode("cp932"), "月.csv", "text/csv"),
        ("年月,件数\n".encode("utf-16"), "月.csv", "text/csv"),
        ("問い合わせ 3 < 5 件".encode(), "memo.txt", "text/plain"),
        (
            workbook(),
            "表.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            document(),
            "文.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_a_clerk_keeps_a_file_of_the_office(data: bytes, name: str, kind: str) -> None:
    kept = api.keep(upload(data, name))
    assert (kept.content_type, kept.file_name, kept.size) == (kind, name, len(data))
    assert b"".join(api.unseal(kept.stored)) == data


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "empty.pdf", "空です"),
        (b"<!DOCTYPE html><p>", "page.txt", "HTML"),
        (b"\xef\xbb\xbf  <html>", "page.csv", "HTML"),
        (b"note\n<script>alert(1)</script>", "note.txt", "HTML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture.png", "SVG"),
        (b"<?xml version='1.0'?><a/>", "data.csv", "XML"),
        (b"#!/bin/sh\nrm -rf /", "run.txt", "スクリプト"),
        (b"MZ\x90\0\x03", "run.pdf", "この種類"),
        (b"\x7fELF\x02\x01", "run.txt", "この種類"),
        (b"\xd0\xcf\x11\xe0rest", "old.xls", "古いOffice形式"),
        (workbook(extra={"xl/vbaProject.bin": b"macro"}), "book.xlsx", "マクロ"),
        (
            document('<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'),
            "a.docx",
            "マクロ",
        ),
        (b"PK\x03\x04broken", "book.xlsx", "この種類"),
        (PDF, "setup.exe", "名前と中身が合いません"),
        (PDF, "表.xlsx", "名前と中身が合いません"),
        (workbook(), "book.xlsm", "名前と中身が合いません"),
    ],
)
def test_it_rejects_what_could_do_harm(data: bytes, name: str, says: str) -> None:
    with pytest.raises(api.FileRefused, match=says):
        api.keep(upload(data, name))
    assert not list(api.files_folder().rglob("*"))


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_it_rejects_a_workbook_whose_packing_is_damaged(way: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as packed:
        packed.writestr("[Content_Types].xml", "".join(f"<{each * 7919}>" for each in range(900)))
        packed.writestr("xl/workbook.xml", "<workbook/>")
    data = bytearray(out.getvalue())
    data[60:260] = bytes(each ^ 0x5A for each in data[60:260])
    with pytest.raises(api.FileRefused, match="この種類のファイルは登録できません"):
        api.check(upload(bytes(data), "壊れた表.xlsx"))


def test_it_rejects_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "LARGEST", 100)
    with pytest.raises(api.FileRefused, match="大きすぎます"):
        api.keep(upload(PDF, "a.pdf"))


@pytest.mark.parametrize("length", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_of_any_length_comes_back_whole(length: int) -> None:
    data = (b"%PDF-" + b"x" * length)[:length] if length > 5 else b"a" * length
    kept = api.keep(upload(data, "a.pdf" if length > 5 else "a.txt"))
    assert b"".join(api.unseal(kept.stored)) == data


def test_nobody_reads_a_sealed_file_on_the_disk() -> None:
    api.keep(upload(b"%PDF-secret of the office" * 10, "a.pdf"))
    (path,) = [each for each in api.files_folder().rglob("*") if each.is_file()]
    assert b"secret" not in path.read_bytes()
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert "a.pdf" not in path.name


@pytest.mark.parametrize("harm", ["flip", "cut", "swap_chunks", "grow", "head", "nothing"])
def test_a_damaged_file_is_never_handed_out_as_whole(harm: str) -> None:
    data = b"%PDF-" + bytes(range(256)) * 700
    kept = api.keep(upload(data, "a.pdf"))
    path = api.files_folder() / kept.stored[:2] / kept.stored
    sealed = path.read_bytes()
    chunk = CHUNK + 16
    broken = {
        "flip": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "cut": sealed[: 15 + 2 * chunk],
        "swap_chunks": sealed[:15]
        + sealed[15 + chunk : 15 + 2 * chunk]
        + sealed[15 : 15 + chunk]
        + sealed[15 + 2 * chunk :],
        "grow": sealed + sealed[15 : 15 + chunk],
        "head": sealed[:9],
        "nothing": b"",
    }[harm]
    path.write_bytes(broken)
    with pytest.raises(api.FileMissing):
        b"".join(api.unseal(kept.stored))


def test_a_file_put_in_the_place_of_another_does_not_open() -> None:
    one, other = (api.keep(upload(PDF + mark, "a.pdf")).stored for mark in (b"one", b"other"))
    folder = api.files_folder()
    (folder / other[:2] / other).write_bytes((folder / one[:2] / one).read_bytes())
    with pytest.raises(api.FileMissing):
        b"".join(api.unseal(other))


@pytest.mark.parametrize("stored", ["", "../secret_key", "A" * 22, "a/b"])
def test_a_name_that_the_store_does_not_know_opens_nothing(stored: str) -> None:
    with pytest.raises(api.FileMissing):
        api.unseal(stored)


def test_older_files_open_after_a_new_key_was_made() -> None:
    old = api.keep(upload(PDF, "a.pdf"))
    assert api.newest_key() == 1
    assert api.make_key() == 2
    new = api.keep(upload(PDF + b"new", "b.pdf"))
    assert b"".join(api.unseal(old.stored)) == PDF
    (api.keys_folder() / "0001.key").unlink()
    with pytest.raises(api.FileMissing):
        api.unseal(old.stored)
    assert b"".join(api.unseal(new.stored)) == PDF + b"new"


def test_keys_are_readable_by_their_owner_only(own_folder: Path) -> None:
    api.keep(upload(PDF, "a.pdf"))
    (key,) = api.keys_folder().iterdir()
    assert key.stat().st_mode & 0o077 == 0
    assert own_folder / "keys" in key.parents


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/表.pdf", "表.pdf"),
        ("C:\\Users\\tanaka\\表.pdf", "表.pdf"),
        ("表\u202efdp.exe.pdf", "表fdp.exe.pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ("ハ\u3099ス.pdf", "バス.pdf"),
    ],
)
def test_a_name_keeps_nothing_that_misleads(given: str, kept: str) -> None:
    file = upload(PDF, "x.pdf")
    file._name = given  # type: ignore[attr-defined]  # Django cuts folders off; other ways in may not
    assert api.keep(file).file_name == kept


def test_an_answer_saves_the_file_and_opens_nothing() -> None:
    answer = api.hand_out(api.keep(upload(PDF, '年"度\r\n.pdf')))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "\r" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer) == PDF
