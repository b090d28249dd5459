"""Pictures and files for the tests, made here: photographs with a place in them, packed files, PDFs."""

import zipfile
from io import BytesIO

import pikepdf
from PIL import Image

GPS = 0x8825


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    """A picture whose left half is dark."""
    image = Image.new("RGB", size, (240, 200, 40))
    image.paste((20, 20, 80), (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.convert(mode).save(out, form)
    return out.getvalue()


def photograph(orientation: int = 1) -> bytes:
    """A JPEG as a telephone takes it: with the place, the camera's name, a comment and its orientation."""
    image = Image.open(BytesIO(picture()))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "SECRETCAMERA"
    exif.get_ifd(GPS).update({1: "N", 2: (35.0, 43.0, 32.0), 3: "E", 4: (139.0, 32.0, 18.0)})
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SECRETCOMMENT")
    return out.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return out.getvalue()


def office(part: str, contents: bytes = b"<Types/>", **more: bytes) -> bytes:
    """An office file as far as its kind is told by it."""
    return packed({"[Content_Types].xml": contents, part: b"<x/>", **more})


def pdf(
    *, drawing: bytes = b"BT /F1 12 Tf (Hello) Tj ET", tagged: bool = True, password: str = ""
) -> bytes:
    """A PDF of one page."""
    made = pikepdf.new()
    made.add_blank_page()
    made.pages[0].Contents = made.make_stream(drawing)
    if tagged:
        made.Root.StructTreeRoot = made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
        )
        made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    made.Root.Lang = pikepdf.String("ja-JP")
    made.docinfo["/Title"] = "児童手当"
    out = BytesIO()
    lock = pikepdf.Encryption(owner="o", user=password) if password else False
    made.save(out, encryption=lock)
    return out.getvalue()


def box(kind: bytes, body: bytes = b"") -> bytes:
    """A box of an MP4."""
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def film(codec: bytes = b"avc1", brand: bytes = b"isom", *, beside: bytes = b"") -> bytes:
    """What an MP4 looks like from outside: no player would show it. `beside` stands in every place for words."""
    track = box(
        b"trak", box(b"mdia", box(b"stsd", codec)) + (box(b"udta", beside) if beside else b"")
    )
    words = box(b"udta", beside) + box(b"meta", beside) if beside else b""
    index = box(b"moov", box(b"mvhd", bytes(100)) + track + words)
    return (
        box(b"ftyp", brand + bytes(4) + b"isomavc1") + index + box(b"mdat", bytes(range(256)) * 4)
    )


CAPTIONS = "WEBVTT\n\n00:00.500 --> 00:02.000\n市長の話です。\n".encode()
