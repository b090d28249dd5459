"""What a backup says of itself: where it comes from, what it holds, and a hash of every file."""

import errno
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final, Self

from tsunagari.city.both import Both

NAME: Final = "manifest.json"
FORMAT: Final = 1
CHUNK: Final = 1024 * 1024
_PARTS: Final = re.compile(r"database/[^/]+|keys/(?:files/)?[^/]+|media/.+|sealed/.+")


UNCHANGED: Final = Both(ja="何も変えていません。", en="Nothing was changed.")
AS_BEFORE: Final = Both(ja="元の状態に戻しました。", en="What stood there stands again.")
ANOTHER: Final = Both(
    ja="何も変えていません。別のバックアップを使ってください。",
    en="Nothing was changed; take another backup.",
)
FULL: Final = (errno.ENOSPC, errno.EDQUOT)
"""How a disk says that it is full."""
ROOM: Final = Both(
    ja="空きを作ってから、もう一度実行してください。途中のものは残っていません。",
    en="Make room, then begin again; nothing is half done.",
)


class Refused(Exception):
    """Why nothing was backed up or restored: what is wrong and what to do, in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(str(Both(ja=ja, en=en)))


@dataclass(frozen=True, kw_only=True)
class Held:
    """A file of the backup: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a database holds: rows by table, the ledger's newest position, migrations that were applied."""

    rows: Mapping[str, int]
    ledger_position: int
    migrations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The whole of manifest.json. Times are UTC in ISO form; `files` are told by their paths in the backup.

    `keys` says where the keys are: "here", "elsewhere" or "left out"; `key_mark` tells a key again
    without telling it.
    """

    made_at: str
    finished_at: str
    version: str
    city: str
    kind: str
    server: str
    facts: Facts
    keys: str
    key_mark: str
    gone_meanwhile: int
    files: Mapping[str, Held] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write it into the backup's folder, sealed against slips of the pen."""
        said: dict[str, Any] = {"format": FORMAT, **asdict(self)}
        said["seal"] = _seal(said)
        (folder / NAME).write_text(
            json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest of a whole backup; Refused when there is none, or not as it was written."""
        if not folder.is_dir():
            raise Refused(
                f"{folder} というフォルダーがありません。バックアップのフォルダーを書いてください。",
                f"{folder} is no folder: name the folder of a backup.",
            )
        file = folder / NAME
        if not file.is_file():
            raise Refused(
                f"{folder} に {NAME} がありません。バックアップではないか、途中で切れたものです。{ANOTHER.ja}",
                f"{folder} has no {NAME}: it is no backup, or one that was cut off before its end. {ANOTHER.en}",
            )
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            seal = said.pop("seal")
            if _seal(said) != seal:
                raise Refused(
                    f"{file} が書かれたときと違います。このバックアップは信用できません。{ANOTHER.ja}",
                    f"{file} is not as it was written: do not trust this backup. {ANOTHER.en}",
                )
            if said.pop("format") != FORMAT:
                raise Refused(
                    f"{file} はこの版の知らない形です。作った版（{said.get('version')}）で復元してください。{UNCHANGED.ja}",
                    f"{file} is of a form that this version does not know: restore it with the version that made it ({said.get('version')}). {UNCHANGED.en}",
                )
            facts = said.pop("facts") | {}
            facts["migrations"] = tuple(facts["migrations"])
            files = {name: Held(**held) for name, held in said.pop("files").items()}
            found = cls(facts=Facts(**facts), files=files, **said)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(
                f"{file} を読めません。途中で切れたか、壊れています。{ANOTHER.ja}",
                f"{file} cannot be read: it is cut off or damaged. {ANOTHER.en}",
            ) from error
        for name in found.files:
            if not _PARTS.fullmatch(name) or ".." in PurePosixPath(name).parts:
                raise Refused(
                    f"{file} に、バックアップのものではない {name!r} が書かれています。{ANOTHER.ja}",
                    f"{file} names {name!r}, which is no part of a backup. {ANOTHER.en}",
                )
        return found

    def check(self, folder: Path) -> None:
        """Compare every file with its size and hash; Refused with the first that differs."""
        for name, held in self.files.items():
            file = folder / name
            if not file.is_file():
                raise Refused(
                    f"{file} がありません。バックアップがそろっていません。{ANOTHER.ja}",
                    f"{file} is missing: the backup is not whole. {ANOTHER.en}",
                )
            size = file.stat().st_size
            if size != held.bytes:
                raise Refused(
                    f"{file} は {held.bytes} バイトのはずが {size} バイトです。途中で切れたか、変えられています。{ANOTHER.ja}",
                    f"{file} has {size} bytes instead of {held.bytes}: it was cut off or changed. {ANOTHER.en}",
                )
            if hashed(file).sha256 != held.sha256:
                raise Refused(
                    f"{file} が書かれたときと違います（SHA-256 が合いません）。{ANOTHER.ja}",
                    f"{file} is not as it was written (SHA-256 differs). {ANOTHER.en}",
                )


def _seal(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def hashed(file: Path) -> Held:
    """Size and hash of a file, read in pieces."""
    running, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while piece := stream.read(CHUNK):
            running.update(piece)
            size += len(piece)
    return Held(bytes=size, sha256=running.hexdigest())


def key_mark(key: str) -> str:
    """By this a secret key is known again; it gives nothing away of 50 random characters."""
    return hashlib.sha256(f"tsunagari backup {key}".encode()).hexdigest()[:32]
