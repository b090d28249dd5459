"""Names of static files that change with their content, so that browsers may keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise ships no types
    """Hashed and compressed by collectstatic; plain names where nothing was collected (tests, writing a page)."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name that collectstatic wrote down, or the name as it is."""
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))
