"""A picture is kept as readers may have it: upright, without its place, and never as something else in disguise."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from tsunagari.engines.content.rules.uploads import pictures
from tsunagari.engines.content.rules.uploads.pictures import clean_picture
from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.engines.content.tests.uploads.samples import office, photograph, picture


def test_the_place_where_a_photograph_was_taken_is_not_kept() -> None:
    clean = clean_picture(photograph())
    assert b"SECRET" in photograph()
    assert b"SECRET" not in clean.data
    assert not Image.open(BytesIO(clean.data)).getexif()


def test_a_photograph_held_sideways_stands_upright() -> None:
    clean = clean_picture(photograph(orientation=6))
    assert (clean.width, clean.height) == (40, 60)
    top = Image.open(BytesIO(clean.data)).convert("RGB").getpixel((20, 5))
    assert isinstance(top, tuple)
    assert top[2] > top[0]  # what was left is above


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_each_form_is_taken_and_kept_as_jpeg_or_png(form: str) -> None:
    clean = clean_picture(picture(form))
    kept = Image.open(BytesIO(clean.data))
    assert clean.ending == {"JPEG": ".jpg", "PNG": ".png"}[kept.format or ""]
    assert kept.size == (60, 40)


def test_colours_of_a_printer_become_those_of_a_screen() -> None:
    kept = Image.open(BytesIO(clean_picture(picture("JPEG", mode="CMYK")).data))
    assert kept.mode == "RGB"


def test_what_is_clear_in_a_picture_stays_clear() -> None:
    out = BytesIO()
    Image.new("RGBA", (9, 9), (200, 0, 0, 90)).save(out, "WEBP")
    kept = Image.open(BytesIO(clean_picture(out.getvalue()).data))
    assert (kept.format, kept.mode) == ("PNG", "RGBA")


def test_of_a_picture_that_moves_the_first_is_kept() -> None:
    frames = [Image.new("P", (9, 9), colour) for colour in (1, 2, 3)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    kept = Image.open(BytesIO(clean_picture(out.getvalue()).data))
    assert getattr(kept, "n_frames", 1) == 1


def test_what_stands_behind_a_picture_is_cut_off() -> None:
    hidden = b"<script>alert(1)</script>"
    assert hidden not in clean_picture(picture() + hidden).data


@pytest.mark.parametrize(
    "data",
    [
        office("word/document.xml"),
        b"<!DOCTYPE html><html><body>hello</body></html>",
        b"",
        b"GIF",
        b"%PDF-1.7",
        b"\x00" * 500,
    ],
)
def test_something_else_with_a_pictures_name_is_refused(data: bytes) -> None:
    with pytest.raises(UploadRefused, match="画像として読めません"):
        clean_picture(data)


@pytest.mark.parametrize("data", [picture()[:60], picture("PNG")[:40], b"RIFF\0\0\0\0WEBPxxxx"])
def test_a_damaged_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UploadRefused, match="壊れて"):
        clean_picture(data)


def test_an_svg_is_refused_with_the_reason_and_what_to_do() -> None:
    with pytest.raises(UploadRefused, match="プログラムを書ける.*PNGで書き出して"):
        clean_picture(b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')


def test_a_picture_of_an_iphone_is_told_how_to_be_saved() -> None:
    with pytest.raises(UploadRefused, match="互換性優先"):
        clean_picture(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100)


def test_a_picture_that_unfolds_without_end_is_refused_by_its_head(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    def never(*_args: object) -> None:
        raise AssertionError("a pixel was unpacked")

    monkeypatch.setattr(pictures, "_written", never)
    for side in (9_000, 40_000):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        with pytest.raises(UploadRefused, match="縦横が大きすぎます"):
            clean_picture(bomb)


def test_a_large_file_is_refused_before_it_is_opened() -> None:
    with pytest.raises(UploadRefused, match="15 MBまで"):
        clean_picture(picture() + b"\0" * pictures.LARGEST)


def test_a_large_picture_is_made_smaller() -> None:
    clean = clean_picture(picture("JPEG", (5000, 400)))
    assert (clean.width, clean.height) == (3840, 307)
