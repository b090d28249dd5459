"""Where the pages of an old site are read from: a folder of saved pages, a list of addresses, or SHIRASAGI's export."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from tsunagari.engines.content.rules.old_pages.old_page import OldPage
from tsunagari.engines.content.rules.old_pages.saved_html import read_old_page
from tsunagari.engines.content.rules.old_pages.shirasagi import NotFromShirasagi, read_shirasagi

UNKNOWN: Final = "https://old-site.invalid/"
"""Where an old site stood that was not named; only the paths of such addresses say something."""

LARGEST_PAGE: Final = 5 * 1024 * 1024
_PAGE: Final = re.compile(r"\.(?:s?html?|xhtml|php|aspx?|jsp)$", re.IGNORECASE)
_HOST: Final = re.compile(r"^(?=.*\.)[a-z0-9.-]+\.[a-z]{2,}$", re.IGNORECASE)


class SourceRefused(ValueError):
    """A source that holds no pages; the message says what was looked for and what to do."""


@dataclass(frozen=True, kw_only=True)
class OldSource:
    """An old site as it lies here. `folder` holds saved pages and files below the address `base` ("" for none).

    `addresses` names the pages to take, in this order, () for every page of the folder. `exported` is the content
    of SHIRASAGI's export, b"" for none.
    """

    folder: Path | None
    base: str
    addresses: tuple[str, ...] = ()
    exported: bytes = b""

    @cached_property
    def count(self) -> int:
        """How many pages there are, as far as it is known before they are read."""
        if self.exported:
            return len(self._exported)
        return len(self.addresses) or len(self._files)

    @cached_property
    def _exported(self) -> tuple[OldPage, ...]:
        return read_shirasagi(self.exported, self.base)

    def pages(self) -> Iterator[OldPage]:
        """Each page; those of a folder's index before what stands in the folder."""
        if self.exported:
            yield from self._exported
            return
        for address, file in self._saved():
            if file is not None and file.stat().st_size <= LARGEST_PAGE:
                yield read_old_page(file.read_bytes(), address)

    @property
    def missing(self) -> tuple[str, ...]:
        """Addresses of the list of which no page was saved."""
        if self.exported or not self.addresses:
            return ()
        return tuple(address for address, file in self._saved() if file is None)

    def file(self, address: str) -> Path | None:
        """The saved file of an address; None where it was not saved, or stands outside of the folder."""
        return self._at(address)

    def _saved(self) -> Iterator[tuple[str, Path | None]]:
        if self.addresses:
            yield from ((address, self._at(address)) for address in self.addresses)
        else:
            yield from ((self._address(file), file) for file in self._files)

    @cached_property
    def _files(self) -> list[Path]:
        root = self.folder
        if root is None:
            return []
        found = [each for each in root.rglob("*") if _PAGE.search(each.name) and each.is_file() and not each.is_symlink()]  # fmt: skip
        return sorted(found, key=lambda each: (len(each.parts), not _is_index(each), str(each)))

    def _address(self, file: Path) -> str:
        assert self.folder is not None  # noqa: S101 - files are of a folder
        return urljoin(self.base, quote(file.relative_to(self.folder).as_posix()))

    def _at(self, address: str) -> Path | None:
        if self.folder is None:
            return None
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        path = unquote(parts.path).lstrip("/")
        below = unquote(urlsplit(self.base).path).lstrip("/")
        asked = f"?{parts.query}" if parts.query else ""
        names = [f"{parts.hostname}/{path}{asked}"] if asked else []
        names += [path, f"{parts.hostname}/{path}"]
        if below and path.startswith(below):
            names.append(path[len(below) :])
        for name in names:
            for ending in ("", "/index.html", "/index.htm", ".html"):
                found = self._inside(f"{name.rstrip('/') if ending else name}{ending}")
                if found is not None:
                    return found
        return None

    def _inside(self, name: str) -> Path | None:
        assert self.folder is not None  # noqa: S101 - asked by _at only
        if "\0" in name or len(name) > 1000:
            return None
        root = self.folder.resolve()
        try:
            file = (root / name).resolve()
            return file if file.is_relative_to(root) and file.is_file() else None
        except OSError:
            return None


def _is_index(file: Path) -> bool:
    return file.stem.lower() in ("index", "default", "main", "top")


def old_source(source: Path, *, address: str = "", saved: Path | None = None) -> OldSource:
    """What SOURCE is: a folder, a list of addresses (.txt) with its folder `saved`, or an export (.csv).

    `address` is where the old site stood. SourceRefused in a sentence.
    """
    if source.is_dir():
        folder = _root_of(source)
        base = address or (
            f"https://{folder.name}/" if folder != source or _HOST.match(folder.name) else UNKNOWN
        )
        found = OldSource(folder=folder, base=_as_folder(base))
        if not found.count:
            raise SourceRefused(
                f"{source}: holds no saved pages (.html, .htm); name the folder into which they were saved."
            )
        return found
    if source.suffix.lower() == ".csv":
        return _from_export(source, address, saved)
    addresses = listed_addresses(source)
    if saved is None:
        raise SourceRefused(
            f"{source}: a list of addresses; name the folder of their saved pages with --saved, or have them fetched into it with --fetch."
        )
    if not addresses:
        raise SourceRefused(
            f"{source}: names no address; write one on each line, beginning with https://."
        )
    return OldSource(
        folder=saved, base=_as_folder(address or addresses[0]), addresses=tuple(addresses)
    )


def _from_export(source: Path, address: str, saved: Path | None) -> OldSource:
    found = OldSource(
        folder=saved, base=_as_folder(address or UNKNOWN), exported=source.read_bytes()
    )
    try:
        if found.count:
            return found
    except NotFromShirasagi as refused:
        raise SourceRefused(f"{source}: {refused}") from refused
    raise SourceRefused(f"{source}: holds no page.")


def _root_of(source: Path) -> Path:
    """The folder itself, or the one folder in it that is named like a host, as programs save a site."""
    inside: Sequence[Path] = [
        each for each in source.iterdir() if not each.name.startswith((".", "__"))
    ]
    only = inside[0] if len(inside) == 1 and inside[0].is_dir() else None
    if only is not None and _HOST.match(only.name):
        return only
    return source


def _as_folder(address: str) -> str:
    return address if address.endswith("/") else address.rpartition("/")[0] + "/"


def listed_addresses(source: Path) -> list[str]:
    """The addresses that a list names, each once. SourceRefused where it is no list."""
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SourceRefused(
            f"{source}: is no folder, no .csv and no list of addresses (a text file in UTF-8)."
        ) from unreadable
    lines = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line.startswith(("http://", "https://"))))
