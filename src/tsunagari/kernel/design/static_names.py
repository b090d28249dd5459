"""Names of static files that change with their content, so that browsers may keep them for a year."""

from typing import Any, ClassVar

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_source_maps(patterns: Any) -> tuple[Any, ...]:
    """Django's patterns of names within files, but those of source maps: no reader's browser asks for one, and a
    file that names its map would be refused without it."""
    return tuple(
        (kind, tuple(each for each in of_kind if "sourceMappingURL" not in str(each)))
        for kind, of_kind in patterns
    )


class HashedNames(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise ships no types
    """Hashed and compressed by collectstatic; plain names where nothing was collected (tests, writing a page)."""

    manifest_strict = False
    patterns: ClassVar[tuple[Any, ...]] = _without_source_maps(HashedFilesMixin.patterns)

    def stored_name(self, name: str) -> str:
        """The hashed name that collectstatic wrote down, or the name as it is."""
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))
