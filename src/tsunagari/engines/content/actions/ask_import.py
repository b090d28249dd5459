"""Ask for an old site to be brought over: keep what was handed in, then have the worker begin."""

import secrets
import shutil
import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final

from django.conf import settings
from django.db import transaction

from tsunagari.engines.content.declare import ImportAsked
from tsunagari.engines.content.models import CityPage, SiteImport
from tsunagari.engines.content.rules.old_pages.source import (
    OldSource,
    SourceRefused,
    old_source,
)
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.api import record

MOST_FILES: Final = 20_000
MOST_UNPACKED: Final = 500 * 1024 * 1024

TOO_MUCH: Final = N_(
    "ZIPの中身が多すぎます。分けて取り込むか、情報システムの担当に「tsunagari content import」で取り込んでもらってください。"
)
NO_SITE: Final = N_(
    "取り込めるページがありません。保存したページ（.html）の入ったZIPか、SHIRASAGIから書き出したCSVを選んでください。"
)


class ImportRefused(ValueError):
    """What was handed in holds no old site; the message is a marked text for whoever chose it."""


def look_at(
    data: bytes,
    *,
    name: str,
    address: str,
    below: CityPage,
    division: str,
    actor: str,
    clock: Clock,
) -> SiteImport:
    """Keep a ZIP of saved pages, or an export, so that it can be looked at before it is brought over."""
    kept = new_public_id()
    folder = _folder(kept)
    folder.mkdir(mode=0o700, parents=True)
    bringing = SiteImport(
        source=PurePosixPath(name).name[:300],
        kept=kept,
        address=address[:300],
        below=below,
        division=division,
        asked_by=actor,
        asked_at=clock(),
    )
    try:
        _unpack(data, folder)
        bringing.total = kept_source(bringing).count
    except (SourceRefused, zipfile.BadZipFile, OSError, UnicodeError) as fault:
        shutil.rmtree(folder, ignore_errors=True)
        raise ImportRefused(NO_SITE) from fault
    except ImportRefused:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    bringing.save()
    return bringing


@transaction.atomic
def begin_import(bringing: SiteImport, *, actor: str) -> bool:
    """Have the worker bring it over; False where somebody did that before."""
    begun = SiteImport.objects.filter(pk=bringing.pk, state=SiteImport.States.LOOKED_AT).update(
        state=SiteImport.States.WAITING
    )
    if begun:
        record(ImportAsked(subject=bringing.public_id, actor=actor, division=bringing.division))
    return bool(begun)


def kept_source(bringing: SiteImport) -> OldSource:
    """What was handed in, ready to be read. SourceRefused where it holds no page, or is gone."""
    folder = _folder(bringing.kept)
    export = folder / "export.csv"
    if export.exists():
        return old_source(export, address=bringing.address, saved=folder)
    if not folder.is_dir():
        raise SourceRefused(f"{bringing.source}: is no longer here; hand it in again.")
    return old_source(folder, address=bringing.address)


def discard_kept(bringing: SiteImport) -> None:
    """Take away what was handed in, when it is brought over."""
    if bringing.kept:
        shutil.rmtree(_folder(bringing.kept), ignore_errors=True)


def _folder(kept: str) -> Path:
    return Path(settings.DATA) / "imports" / kept


def _unpack(data: bytes, folder: Path) -> None:
    if not data.startswith(b"PK"):
        (folder / "export.csv").write_bytes(data)
        return
    room = MOST_UNPACKED
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = [part for part in packed.infolist() if not part.is_dir()]
        if len(parts) > MOST_FILES:
            raise ImportRefused(TOO_MUCH)
        for part in parts:
            file = _inside(folder, _name(part))
            if file is None or part.flag_bits & 0x1:
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(part) as opened:
                content = opened.read(room + 1)
            room -= len(content)
            if room < 0:
                raise ImportRefused(TOO_MUCH)
            file.write_bytes(content)


def _name(part: zipfile.ZipInfo) -> str:
    """Its name; Windows writes Japanese names in CP932, and the library reads them as CP437."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return part.filename


def _inside(folder: Path, name: str) -> Path | None:
    """Where a part is put; None for a name that would lead out of the folder, or that no file can have."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or any(part in ("..", "/") or "\0" in part or ":" in part for part in parts):
        return None
    if parts[0].startswith("__MACOSX") or any(len(part.encode()) > 250 for part in parts):
        return None
    if parts[-1].startswith(".") or parts == ("export.csv",):
        return folder / secrets.token_hex(8)
    return folder.joinpath(*parts)
