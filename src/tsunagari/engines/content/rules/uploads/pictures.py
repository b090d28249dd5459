"""Pictures as they are kept: upright, in RGB, without anything that tells where and by whom they were taken.

A picture is written anew from its pixels. What a file had beside them (places, names, a second file behind the
picture) is not in the new one.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps

from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.kernel.i18n.texts import N_

LARGEST: Final = 15 * 1024 * 1024
"""Bytes of the largest picture: with its form it fits into the largest message of kernel/edge."""

MOST_PIXELS: Final = 50_000_000
"""Told from the head of the file, before a pixel is unpacked: a camera has up to 50 million."""

LONGEST_SIDE: Final = 3840
"""Pixels; a larger picture is made smaller. Pages show at most 960."""

_QUALITY: Final = 90
_ORIENTATION: Final = 0x0112
_SVG: Final = re.compile(rb"<(?:\w+:)?svg\b", re.IGNORECASE)
_FTYP: Final = {b"avif": "AVIF", b"avis": "AVIF"}
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})

NO_PICTURE: Final = N_(
    "画像として読めません。JPEG、PNG、WebP、AVIF、GIFの画像を選んでください。名前の終わりを変えただけのファイルは登録できません。"
)
BROKEN: Final = N_("画像が壊れていて開けません。元の画像から保存し直してください。")
TOO_LARGE: Final = N_("画像が大きすぎます（%(size)s MBまで）。小さくしてから登録してください。")
TOO_MANY_PIXELS: Final = N_(
    "画像の縦横が大きすぎます（%(width)s×%(height)s画素）。合わせて%(most)s万画素までに小さくしてください。"
)
SVG: Final = N_(
    "SVGの画像は登録できません。中にプログラムを書けるため、見た人に害が及ぶおそれがあります。PNGで書き出してから登録してください。"
)
HEIC: Final = N_(
    "HEICの画像は登録できません。読めない端末があるためです。JPEGで保存し直してください（iPhoneでは「設定」→「カメラ」→「フォーマット」→「互換性優先」）。"
)


@dataclass(frozen=True, kw_only=True)
class CleanPicture:
    """A picture as it is kept. `ending` is ".jpg" or ".png"; width and height in pixels."""

    data: bytes
    ending: str
    width: int
    height: int


def clean_picture(data: bytes) -> CleanPicture:
    """The picture written anew; of one that moves, what it shows first. UploadRefused in a sentence."""
    if len(data) > LARGEST:
        raise UploadRefused(TOO_LARGE, size=LARGEST // (1024 * 1024))
    kind = picture_kind(data)
    try:
        image = Image.open(BytesIO(data), formats=(kind,))
    except Image.DecompressionBombError as bomb:
        raise UploadRefused(
            TOO_MANY_PIXELS, width="?", height="?", most=MOST_PIXELS // 10_000
        ) from bomb
    except Exception as broken:  # each form has errors of its own
        raise UploadRefused(BROKEN) from broken
    if image.width * image.height > MOST_PIXELS:
        raise UploadRefused(
            TOO_MANY_PIXELS, width=image.width, height=image.height, most=MOST_PIXELS // 10_000
        )
    try:
        return _written(image)
    except Exception as broken:
        raise UploadRefused(BROKEN) from broken


def picture_kind(data: bytes) -> str:
    """What the first bytes say, as Pillow names it. UploadRefused for what is no picture or none of ours."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        if data[8:12] in _FTYP or b"avif" in data[16:64]:
            return "AVIF"
        if data[8:12] in _HEIC:
            raise UploadRefused(HEIC)
    if _SVG.search(data[:4096]):
        raise UploadRefused(SVG)
    raise UploadRefused(NO_PICTURE)


def _written(image: Any) -> CleanPicture:
    kind, turned = image.format, image.getexif().get(_ORIENTATION, 1) != 1
    clear = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa")
    keeps = kind == "JPEG" and not turned and image.mode in ("RGB", "L")
    if max(image.size) > LONGEST_SIDE:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        keeps = False
    profile = image.info.get("icc_profile")
    if turned:
        image = ImageOps.exif_transpose(image)
    if not keeps:
        image, profile = _in_rgb(image, profile, clear=clear)
    image.load()
    image.info = {}
    out = BytesIO()
    as_png = clear or kind in ("PNG", "GIF")
    if as_png:
        image.save(out, "PNG", icc_profile=profile)
    else:
        image.save(out, "JPEG", quality="keep" if keeps else _QUALITY, icc_profile=profile)
    return CleanPicture(
        data=out.getvalue(),
        ending=".png" if as_png else ".jpg",
        width=image.width,
        height=image.height,
    )


def _in_rgb(image: Any, profile: bytes | None, *, clear: bool) -> tuple[Any, bytes | None]:
    """The picture in RGB (with what is clear in it), and the profile that its colours still need."""
    if clear:
        return image.convert("RGBA"), profile if image.mode == "RGBA" else None
    if image.mode == "CMYK":
        return _from_print(image, profile), None
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L"), None
    if image.mode in ("RGB", "L"):
        return image, profile
    return image.convert("RGB"), None


def _from_print(image: Any, profile: bytes | None) -> Any:
    """Colours of a printer as a screen shows them, by the picture's own profile where it has a good one."""
    if profile:
        try:
            return ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")
