"""Pictures and files of the pages as anybody takes them: told by what they are, opened inside no page of ours."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final, TypeVar

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from tsunagari.engines.content.models.files import ATTACHMENTS, PICTURES, RENDITIONS
from tsunagari.engines.content.queries.stored import attachment_called
from tsunagari.engines.content.rules.byte_range import NoSuchPart, asked_part

PICTURE_TYPES: Final = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
FILE_TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
PLAYED: Final = {".mp4": "video/mp4", ".vtt": "text/vtt; charset=utf-8"}
"""What pages play: given out as it is, in parts where parts are asked for."""
PIECE: Final = 64 * 1024
GUARDED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
FOR_A_YEAR: Final = "public, max-age=31536000, immutable"
"""Pictures: a name never gets another content."""
FOR_AN_HOUR: Final = "public, max-age=3600"
"""Files: one that was taken away is gone soon."""


Answer = TypeVar("Answer", bound=HttpResponseBase)


def _etag(_request: HttpRequest, folder: str, name: str) -> str:
    return f'"{folder}-{name}"'


@require_safe
@condition(etag_func=_etag)
def stored(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """A picture, shown; a file, saved under its title. Whatever else lies in the store is not found."""
    ending = PurePosixPath(name).suffix
    if folder in (PICTURES, RENDITIONS):
        answer = _opened(folder, name, PICTURE_TYPES.get(ending))
        answer.headers["Cache-Control"] = FOR_A_YEAR
        return answer
    attachment = attachment_called(f"{folder}/{name}") if folder == ATTACHMENTS else None
    if attachment is None:
        raise Http404
    if ending in PLAYED:
        return _played(request, folder, name, PLAYED[ending])
    kind = FILE_TYPES.get(ending, "application/octet-stream")
    answer = _opened(folder, name, kind)
    answer.headers["Cache-Control"] = FOR_AN_HOUR
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=attachment.filename) or "attachment"
    )
    return answer


def _played(request: HttpRequest, folder: str, name: str, kind: str) -> HttpResponseBase:
    """A video or its captions: whole, or the one part that a player asks for (206), or 416 behind its end."""
    file = _file(folder, name)
    current = _etag(request, folder, name)
    whole = request.headers.get("If-Range", current) != current
    try:
        part = None if whole else asked_part(request.headers.get("Range", ""), file.size)
    except NoSuchPart:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    answer: StreamingHttpResponse | FileResponse
    if part is None:
        answer = FileResponse(file, content_type=kind)
    else:
        first, last = part
        file.seek(first)
        pieces = _pieces(file, last - first + 1)
        answer = StreamingHttpResponse(pieces, status=206, content_type=kind)
        answer.headers["Content-Length"] = str(last - first + 1)
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Cache-Control"] = FOR_AN_HOUR
    return _guarded(answer)


def _pieces(file: Any, left: int) -> Iterator[bytes]:
    """So many bytes from where the file stands; it is closed at the end, also when the reader goes away."""
    try:
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
    finally:
        file.close()


def _opened(folder: str, name: str, kind: str | None) -> FileResponse:
    if kind is None:
        raise Http404
    answer = FileResponse(_file(folder, name), content_type=kind)
    return _guarded(answer)


def _guarded(answer: Answer) -> Answer:
    for header, words in GUARDED.items():
        answer.headers[header] = words
    return answer


def _file(folder: str, name: str) -> Any:
    try:
        return default_storage.open(f"{folder}/{name}")
    except FileNotFoundError as gone:
        raise Http404 from gone
