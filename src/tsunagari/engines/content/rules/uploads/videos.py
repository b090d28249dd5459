"""Videos: an MP4 that every browser plays, without the place where it was taken; and its captions (WebVTT).

An MP4 is a row of boxes (ISO/IEC 14496-12): a length, four letters, what is in it. Nothing is unpacked or played.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.kernel.i18n.texts import N_

MP4: Final = ".mp4"
VTT: Final = ".vtt"
LARGEST_INDEX: Final = 32 * 1024 * 1024
"""Bytes of the box that says where everything is; hours of video need a few million."""
MOST_BOXES: Final = 20_000

_QUICKTIME: Final = b"qt  "
_PLAYED: Final = (b"avc1", b"avc3", b"av01", b"vp09")
_NEW_IPHONE: Final = (b"hvc1", b"hev1")
_TRAVELLED: Final = (b"mebx", b"gpmd", b"camm")
"""Tracks in which telephones and sport cameras note the place of each moment."""
_TOLD: Final = (b"udta", b"meta", b"uuid")
"""Boxes of words beside the video: title, camera, place (©xyz, com.apple.quicktime.location)."""

_ENDING_HEAD: Final = 12
_TIMES: Final = re.compile(
    r"^((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t].*)?$"
)

BROKEN: Final = N_("動画ファイルが壊れているか、途中で切れています。書き出し直してください。")
MOV: Final = N_(
    "QuickTime（.mov）の動画は登録できません。再生できない端末があるためです。MP4（H.264）で書き出してください。"
)
HEVC: Final = N_(
    "この動画（HEVC）は、再生できない端末があります。MP4（H.264）で書き出し直してください（iPhoneでは「設定」→「カメラ」→「フォーマット」→「互換性優先」）。"
)
NO_PICTURE: Final = N_("再生できる映像がありません。MP4（H.264）で書き出し直してください。")
PLACES: Final = N_(
    "撮った場所の記録が映像に組み込まれています。動画編集ソフトで、MP4に書き出し直してください。"
)
NO_CAPTIONS: Final = N_(
    "字幕ファイルとして読めません。文字コードはUTF-8で、1行目に WEBVTT と書き、字幕が1つ以上いります。"
)
WRONG_TIME: Final = N_(
    "字幕ファイルの%(line)s行目の時刻が読めないか、終わりが始まりより前です。「00:01.000 --> 00:04.000」のように書きます。"
)


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def is_video(head: bytes) -> bool:
    """Whether a file begins as an MP4 or QuickTime film does."""
    return len(head) >= _ENDING_HEAD and head[4:8] == b"ftyp"


def clean_video(file: BinaryIO) -> None:
    """Take away, in the file itself, what is told beside the video (title, camera, place). Raises UploadRefused for
    what is no whole MP4, or for a video that some readers' browsers do not play."""
    file.seek(0, 2)
    length = file.tell()
    boxes = list(_boxes(file, 0, length))
    found = {box.kind: box for box in boxes}
    if b"ftyp" not in found or not {b"moov", b"mdat"} <= found.keys():
        raise UploadRefused(BROKEN)
    file.seek(found[b"ftyp"].body)
    if file.read(4) == _QUICKTIME:
        raise UploadRefused(MOV)
    moov = found[b"moov"]
    if moov.end - moov.body > LARGEST_INDEX:
        raise UploadRefused(BROKEN)
    file.seek(moov.body)
    _refuse_unplayed(file.read(moov.end - moov.body))
    inside = list(_boxes(file, moov.body, moov.end))
    tracks = [box for box in inside if box.kind == b"trak"]
    beside = [each for track in tracks for each in _boxes(file, track.body, track.end)]
    for box in (*boxes, *inside, *beside):
        if box.kind in _TOLD:
            _blank(file, box)
    file.seek(0)


def _refuse_unplayed(index: bytes) -> None:
    if any(track in index for track in _TRAVELLED):
        raise UploadRefused(PLACES)
    if not any(kind in index for kind in _PLAYED):
        raise UploadRefused(HEVC if any(kind in index for kind in _NEW_IPHONE) else NO_PICTURE)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    """The boxes of a range, which they must fill exactly."""
    number = 0
    while start < end:
        number += 1
        file.seek(start)
        head = file.read(16)
        length, kind, body = int.from_bytes(head[:4], "big"), head[4:8], start + 8
        if length == 1:
            length, body = int.from_bytes(head[8:16], "big"), start + 16
        elif length == 0:
            length = end - start
        if len(kind) < 4 or length < body - start or start + length > end or number > MOST_BOXES:
            raise UploadRefused(BROKEN)
        yield _Box(kind, start, body, start + length)
        start += length


def _blank(file: BinaryIO, box: _Box) -> None:
    """Make a box an empty one of the same length: nothing after it moves."""
    file.seek(box.start + 4)
    file.write(b"free")
    file.seek(box.body)
    left = box.end - box.body
    while left:
        piece = min(left, 1024 * 1024)
        file.write(bytes(piece))
        left -= piece


def is_captions(data: bytes, name: str) -> bool:
    """Whether a file says that it holds captions."""
    return name.lower().endswith(VTT) or data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def check_captions(data: bytes) -> None:
    """Raises UploadRefused, with the line, for captions that a browser would not show."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as foreign:
        raise UploadRefused(NO_CAPTIONS) from foreign
    if not lines or not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]):
        raise UploadRefused(NO_CAPTIONS)
    times = [(number, line) for number, line in enumerate(lines, start=1) if "-->" in line]
    if not times:
        raise UploadRefused(NO_CAPTIONS)
    for number, line in times:
        told = _TIMES.match(line.strip())
        if told is None or _seconds(told[1]) >= _seconds(told[2]):
            raise UploadRefused(WRONG_TIME, line=number)


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.split(":"):
        total = total * 60 + float(part)
    return total
