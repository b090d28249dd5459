"""`tsunagari backup DIR`: database, uploads and keys as they are now, while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tsunagari.city.backups.making import make_backup
from tsunagari.city.backups.manifest import Manifest, Refused
from tsunagari.city.backups.places import Place
from tsunagari.city.measurements import platform_version
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.marks.api import leave_mark


class Command(BaseCommand):
    """Backs up this installation."""

    help = "Writes a backup into the new folder DIR: database, media and keys apart, with a manifest. The site may run meanwhile."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and what becomes of the keys."""
        parser.add_argument(
            "dir", type=Path, metavar="DIR", help="A folder that does not exist yet."
        )
        keys = parser.add_mutually_exclusive_group()
        keys.add_argument(
            "--keys", type=Path, metavar="DIR", help="Keep the keys in this new folder instead."
        )
        keys.add_argument("--without-keys", action="store_true", help="Leave the keys out.")

    def handle(self, **options: Any) -> None:
        """Make it, leave a mark of it, and say what it holds."""
        keys: Path | None = options["keys"]
        folder: Path = options["dir"]
        try:
            manifest = make_backup(
                Place.of_settings(),
                folder.absolute(),
                keys=keys.absolute() if keys else None,
                with_keys=not options["without_keys"],
                version=platform_version(),
                clock=system_clock,
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        size = sum(held.bytes for held in manifest.files.values())
        leave_mark("backup", bytes=size, files=len(manifest.files), keys=manifest.keys)
        self._say(folder, manifest, size)

    def _say(self, folder: Path, manifest: Manifest, size: int) -> None:
        facts = manifest.facts
        media = sum(name.startswith("media/") for name in manifest.files)
        self.stdout.write(
            f"{folder}: {sum(facts.rows.values())} rows in {len(facts.rows)} tables ({manifest.server}), the ledger up to position "
            f"{facts.ledger_position}, {media} uploaded files; {size / 1e6:.1f} MB. Keys: {manifest.keys}."
        )
        if manifest.gone_meanwhile:
            self.stdout.write(f"{manifest.gone_meanwhile} uploaded files were removed meanwhile.")
        if manifest.keys == "here":
            self.stdout.write(
                f"Keep {folder / 'keys'} where the rest is not: with both, second factors can be read."
            )
