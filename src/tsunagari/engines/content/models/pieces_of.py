"""A page as pieces that rules can check, and mends put back into it.

Places name a block by its id and a value by its path, as the editor does: "text", "<id of an item>.answer".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tsunagari.engines.content.models.files import Attachment, Picture
from tsunagari.engines.content.models.knowledge import knowledge_for
from tsunagari.engines.content.rules.checking import check
from tsunagari.engines.content.rules.pieces import (
    Change,
    Download,
    Fault,
    Image,
    Piece,
    Place,
    Plain,
    Rich,
    Span,
    Table,
    Video,
)

_RICH: Final = {"steps": ("text",), "accordion": ("answer",)}
_PLAIN: Final = {"steps": ("title",), "accordion": ("question",)}
_FACTS: Final = {
    "fees": ("caption",),
    "place": ("name", "address", "access", "hours"),
    "contact": ("about", "place"),
}


@dataclass(frozen=True, kw_only=True)
class _Files:
    pictures: Mapping[int, Picture] = field(default_factory=dict)
    attachments: Mapping[int, Attachment] = field(default_factory=dict)


def faults_of(page: Any) -> tuple[Fault, ...]:
    """Every fault of a page as it stands in this object, saved or not."""
    return check(pieces_of(page), knowledge_for(page.locale.language_code, page.title))


def refusing_faults(page: Any) -> tuple[Fault, ...]:
    """The faults with which a page is not published."""
    return tuple(fault for fault in faults_of(page) if fault.level == "A")


def pieces_of(page: Any) -> tuple[Piece, ...]:
    """Title, summary, then the blocks in their order. A home and a list are called as they must be (お知らせ)."""
    raw = raw_stream(page)
    files = _files(raw)
    pieces: list[Piece] = []
    if page.kind not in ("home", "list"):
        pieces.append(Plain(place=Place(part="title"), text=page.title))
    if page.kind not in ("question", "home", "list"):
        pieces.append(Plain(place=Place(part="summary"), text=page.summary))
    for block in raw:
        pieces += _block(block, files)
    return tuple(pieces)


def raw_stream(page: Any) -> list[dict[str, Any]]:
    """The blocks as they are stored, each with its id."""
    raw: list[dict[str, Any]] = list(page.body.get_prep_value())
    return raw


def put_back(page: Any, changes: Sequence[Change]) -> None:
    """Put mends into the page object; what names nothing of it is left alone."""
    raw = raw_stream(page)
    for change in changes:
        if change.place.part in ("title", "summary"):
            setattr(page, change.place.part, change.value)
        for block in raw:
            if block["id"] == change.place.part:
                block["value"] = changed_value(
                    block["type"], block["value"], change.place.field, change.value
                )
    page.body = type(page.body)(page.body.stream_block, raw, is_lazy=True)


def changed_value(kind: str, value: Any, path: str, new: Any) -> Any:
    """A block's stored value with a new value at a path."""
    if not path:
        return new
    if kind == "table":
        return _changed_table(value, path, new)
    if kind == "picture" and path in ("alt_text", "decorative"):
        return {**value, "image": {**value["image"], path: new}}
    if kind == "picture" and path == "title":
        return {**value, "caption": new}
    if kind == "fees" and path.startswith("rows."):
        return {**value, "rows": _changed_item(value["rows"], path.removeprefix("rows."), new)}
    if isinstance(value, list):
        return _changed_item(value, path, new)
    return {**value, path: new}


def _changed_item(items: Sequence[Mapping[str, Any]], path: str, new: Any) -> list[Any]:
    item, _, rest = path.partition(".")
    return [
        {**each, "value": {**each["value"], rest: new}} if each["id"] == item else each
        for each in items
    ]


def _changed_table(value: Mapping[str, Any], path: str, new: Any) -> dict[str, Any]:
    changed = dict(value)
    if path == "caption":
        return changed | {"table_caption": new}
    if path in ("header_row", "header_column"):
        key = "first_row_is_table_header" if path == "header_row" else "first_col_is_header"
        changed[key] = new
        top, side = changed["first_row_is_table_header"], changed["first_col_is_header"]
        choice = {(True, True): "both", (True, False): "row", (False, True): "column"}
        return changed | {"table_header_choice": choice.get((bool(top), bool(side)), "neither")}
    _rows, row, column = path.split(".")
    data = [list(each) for each in changed["data"]]
    data[int(row)][int(column)] = new
    return changed | {"data": data}


def _files(raw: Sequence[Mapping[str, Any]]) -> _Files:
    pictures = {block["value"]["image"]["image"] for block in raw if block["type"] == "picture"} - {
        None
    }
    files = {
        item["value"]["file"]
        for block in raw
        if block["type"] == "downloads"
        for item in block["value"]
    } - {None}
    return _Files(
        pictures=Picture.objects.in_bulk(pictures) if pictures else {},
        attachments=Attachment.objects.in_bulk(files) if files else {},
    )


def _block(block: Mapping[str, Any], files: _Files) -> Iterator[Piece]:
    place, value = Place(part=block["id"]), block["value"]
    match block["type"]:
        case "text":
            yield Rich(place=place, html=value or "")
        case "notice":
            yield Plain(place=place.inside("title"), text=value["title"] or "")
            yield Rich(place=place.inside("text"), html=value["text"] or "")
        case "steps" | "accordion":
            yield from _items(block, place)
        case "table":
            yield _table(place, value or {})
        case "fees" | "place" | "contact":
            yield from _facts(block, place)
        case "picture":
            yield _picture(place, value, files)
        case "downloads":
            yield from _downloads(block, place, files)
        case "video":
            yield _video(place, value)
            yield Rich(place=place.inside("transcript"), html=value["transcript"] or "")


def _items(block: Mapping[str, Any], place: Place) -> Iterator[Piece]:
    for item in block["value"]:
        for name in _PLAIN[block["type"]]:
            yield Plain(place=place.inside(f"{item['id']}.{name}"), text=item["value"][name] or "")
        for name in _RICH[block["type"]]:
            yield Rich(place=place.inside(f"{item['id']}.{name}"), html=item["value"][name] or "")


def _facts(block: Mapping[str, Any], place: Place) -> Iterator[Piece]:
    value = block["value"]
    for name in _FACTS[block["type"]]:
        yield Plain(place=place.inside(name), text=value.get(name) or "")
    for row in value["rows"] if block["type"] == "fees" else ():
        for name in ("what", "note"):
            text = row["value"].get(name) or ""
            yield Plain(place=place.inside(f"rows.{row['id']}.{name}"), text=text)


def _table(place: Place, value: Mapping[str, Any]) -> Table:
    return Table(
        place=place,
        caption=value.get("table_caption") or "",
        rows=tuple(
            tuple("" if cell is None else str(cell) for cell in row)
            for row in value.get("data") or ()
        ),
        header_row=bool(value.get("first_row_is_table_header")),
        header_column=bool(value.get("first_col_is_header")),
        spans=tuple(
            Span(
                row=each["row"],
                column=each["col"],
                rows=each["rowspan"],
                columns=each["colspan"],
            )
            for each in value.get("mergeCells") or ()
        ),
    )


def _picture(place: Place, value: Mapping[str, Any], files: _Files) -> Image:
    chosen = value["image"]
    picture = files.pictures.get(chosen["image"])
    return Image(
        place=place,
        alt=chosen["alt_text"] or "",
        decorative=bool(chosen["decorative"]),
        title=value["caption"] or "",
        address=str(picture.file.name) if picture else "",
    )


def _downloads(block: Mapping[str, Any], place: Place, files: _Files) -> Iterator[Piece]:
    for item in block["value"]:
        file = files.attachments.get(item["value"]["file"])
        if file is not None:
            yield Download(
                place=place.inside(item["id"]),
                title=item["value"]["title"] or file.title,
                name=str(file.filename),
                size=file.file_size or 0,
                kind=str(file.file_extension),
                tagged=file.tagged,
                has_text=file.has_text,
            )


def _video(place: Place, value: Mapping[str, Any]) -> Video:
    return Video(
        place=place,
        title=value["title"] or "",
        address=value["address"] or "",
        captions=bool(value["captions"]) or not value["file"],
        transcript=bool(value["transcript"]),
    )
