"""Single files of npm packages as static files: a package whose folder holds tens of megabytes that no page asks for."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage


class PackageFiles(BaseFinder):
    """Finds what `settings.STATIC_PACKAGE_FILES` names: (folder below static/, folder on disk, names of files)."""

    def check(self, **_kwargs: Any) -> list[Any]:
        """Nothing to say: a package that is not installed is told by `bin/prepare`."""
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's own signature
        """The file on the disk; [] for one that is not named."""
        found = [str(file) for name, file in _named() if name == path and file.is_file()]
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:  # noqa: ARG002 - Django's own signature
        """Each file with a store that reads it."""
        return self._stored()

    @staticmethod
    def _stored() -> Iterator[tuple[str, Storage]]:
        for prefix, folder, names in settings.STATIC_PACKAGE_FILES:
            store = FileSystemStorage(location=folder)
            store.prefix = prefix  # type: ignore[attr-defined]  # collectstatic puts its files below it
            yield from ((name, store) for name in names if (Path(folder) / name).is_file())


def _named() -> Iterator[tuple[str, Path]]:
    for prefix, folder, names in settings.STATIC_PACKAGE_FILES:
        yield from ((f"{prefix}/{name}", Path(folder) / name) for name in names)
