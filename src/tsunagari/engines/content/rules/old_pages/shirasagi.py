"""Pages that SHIRASAGI exports as CSV (Cms::PageExporter), with categories, groups and dates."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Final

from tsunagari.engines.content.rules.old_pages.old_page import OldPage
from tsunagari.engines.content.rules.old_pages.saved_html import files_of, links_of, without_title
from tsunagari.engines.content.rules.old_pages.signed import language_of
from tsunagari.engines.content.rules.pasted.blocks import Notes
from tsunagari.engines.content.rules.pasted.cleaning import blocks_of
from tsunagari.engines.content.rules.pasted.leaves import squeezed
from tsunagari.engines.content.rules.pasted.tree import read_tree
from tsunagari.kernel.i18n.days import japan
from tsunagari.kernel.i18n.texts import N_

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "filename": ("ファイル名",),
    "name": ("タイトル",),
    "layout": ("レイアウト",),
    "full_url": ("フルURL", "URL"),
    "keywords": ("キーワード",),
    "description": ("概要",),
    "summary_html": ("サマリー",),
    "html": ("本文", "HTML"),
    "body_part": ("本文パーツ", "ブロック入力", "ボディパーツ"),
    "question": ("質問",),
    "categories": ("カテゴリー", "カテゴリ"),
    "file_urls": ("添付ファイルURL", "ファイルURL"),
    "contact_group": ("所属", "連絡先所属", "所属グループ"),
    "released": ("公開日時", "公開日"),
    "release_date": ("公開開始日時(予約)", "公開開始日時"),
    "close_date": ("公開終了日時(予約)", "公開終了日時"),
    "groups": ("管理グループ", "グループ", "担当組織"),
    "state": ("ステータス", "状態"),
    "updated": ("更新日時",),
}
"""Headers as versions of SHIRASAGI name them, by the field's own name, under which they are found too."""
_LARGEST_CELL: Final = 4_000_000
_PUBLIC: Final = frozenset({"公開", "public", "公開中", ""})
NO_PAGES: Final = N_(
    "SHIRASAGIの書き出しとして読めません。「ファイル名」と「タイトル」の列があるCSVファイルを選んでください。"
)


class NotFromShirasagi(ValueError):
    """A file without the columns of an export; its message is a marked text for who chose the file."""


def read_shirasagi(data: bytes, address: str = "") -> tuple[OldPage, ...]:
    """The pages of an export in CP932 or UTF-8; `address` is the site's, for rows that tell none.

    NotFromShirasagi when the file has no columns for names and titles.
    """
    return tuple(_page(row, address) for row in _rows(data))


def _rows(data: bytes) -> Iterator[Mapping[str, str]]:
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.DictReader(io.StringIO(_decoded(data).replace("\0", ""), newline=""))
    try:
        headers = {key: _header(reader.fieldnames or (), key) for key in _COLUMNS}
        if not headers["filename"] or not headers["name"]:
            raise NotFromShirasagi(NO_PAGES)
        for row in reader:
            kept = {key: row.get(header) or "" for key, header in headers.items() if header}
            if any(kept.values()):
                yield kept
    except csv.Error as error:
        raise NotFromShirasagi(NO_PAGES) from error


def _decoded(data: bytes) -> str:
    for name in ("utf-8-sig", "cp932"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("cp932", "replace")


def _header(headers: Sequence[str], key: str) -> str:
    """The file's own name of a column, "" if it has none."""
    names = {name.strip().casefold(): name for name in headers}
    for wanted in (*_COLUMNS[key], key):
        if wanted.casefold() in names:
            return names[wanted.casefold()]
    return ""


def _page(row: Mapping[str, str], site: str) -> OldPage:
    notes = Notes()
    address = row.get("full_url") or f"{site.rstrip('/')}/{row['filename'].lstrip('/')}"
    root = read_tree(_html(row), notes)
    blocks, found = blocks_of(root, notes, within=address)
    links = links_of(found)
    title = squeezed(row["name"]).strip()
    groups = _names(row.get("groups", ""))
    moment = _moment(row.get("updated", "")) or _moment(row.get("released", ""))
    return OldPage(
        address=address,
        title=title,
        summary=_plain(row.get("description", "")) or _plain(row.get("summary_html", "")),
        blocks=without_title(blocks, title),
        links=links,
        files=tuple(dict.fromkeys([*files_of(links, blocks), *row.get("file_urls", "").split()])),
        notes=notes.told(),
        language=language_of(root, root.text()),
        division=row.get("contact_group", "").rpartition("/")[2]
        or (groups[0].rpartition("/")[2] if groups else ""),
        updated=moment.date() if moment else None,
        categories=_names(row.get("categories", "")),
        groups=groups,
        keywords=tuple(filter(None, re.split(r"[,、\s]+", row.get("keywords", "")))),
        released=_moment(row.get("released", "")) or _moment(row.get("release_date", "")),
        closes=_moment(row.get("close_date", "")),
        public=row.get("state", "").strip() in _PUBLIC,
        layout=re.sub(r"\s*\([^()]*\)$", "", row.get("layout", "").strip()),
    )


def _html(row: Mapping[str, str]) -> str:
    """Question, body, and the parts of a body that a layout gave (between tabs)."""
    question = row.get("question", "")
    asked = (
        question if "<" in question else f"<p>{escape(question)}</p>" if question.strip() else ""
    )
    return asked + row.get("html", "") + "".join(row.get("body_part", "").split("\t"))


def _names(cell: str) -> tuple[str, ...]:
    """Lines of a cell; "子育て (kosodate/index)" without the name of its file."""
    lines = (re.sub(r"\s*\([\w/.-]*\)$", "", line).strip() for line in cell.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _plain(html: str) -> str:
    return squeezed(read_tree(html, Notes()).text()).strip() if html.strip() else ""


def _moment(text: str) -> datetime | None:
    """A moment as the export writes it (2016-07-03T13:05:00+09:00, 2016/07/03 13:05), on Japan's clock without a zone."""
    text = text.strip().replace("/", "-").replace(" +0900", "+09:00").removesuffix(" JST")
    text = re.sub(r"(?<![0-9])([0-9])(?![0-9])", r"0\1", text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return japan(moment).replace(tzinfo=None) if moment.tzinfo else moment
