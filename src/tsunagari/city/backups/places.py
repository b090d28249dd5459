"""The place that is backed up or restored: this installation's database, uploads and key."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from tsunagari.city import environment

KEY_FILE = "secret_key"
UNFINISHED = "restore.unfinished"
"""A file in the data folder while a restore runs; where it stays, the restore was cut off."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an installation keeps what it holds. `database` is Django's dictionary of settings for it.

    `key_is_given` says that the secret key comes from the environment, not from the data folder.
    """

    data: Path
    media: Path
    database: Mapping[str, Any]
    city: str
    key: str
    key_is_given: bool

    @classmethod
    def of_settings(cls) -> Self:
        """This installation."""
        return cls(
            data=Path(settings.DATA),
            media=Path(settings.MEDIA_ROOT),
            database=settings.DATABASES["default"],
            city=settings.CITY,
            key=settings.SECRET_KEY,
            key_is_given=environment.is_given("SECRET_KEY"),
        )

    @property
    def sealed(self) -> Path:
        """Files that not everybody may read, sealed (kernel/files)."""
        return self.data / "files"

    @property
    def file_keys(self) -> Path:
        """The keys that open them."""
        return self.data / "keys" / "files"

    @property
    def unfinished(self) -> Path:
        """The mark of a restore that runs, or was cut off."""
        return self.data / UNFINISHED

    @property
    def kind(self) -> str:
        """Which database: "postgresql" or "sqlite"."""
        return "postgresql" if self.database["ENGINE"].endswith("postgresql") else "sqlite"

    @property
    def database_file(self) -> Path:
        """SQLite's file."""
        return Path(self.database["NAME"])
