"""`tsunagari backup DIR`: database, uploads and keys as they are now, while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tsunagari.city.backups.making import make_backup
from tsunagari.city.backups.manifest import Manifest, Refused
from tsunagari.city.backups.places import Place
from tsunagari.city.both import Both
from tsunagari.city.measurements import platform_version
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.marks.api import leave_mark

KEYS = {"here": "同じフォルダーの中", "elsewhere": "別のフォルダー", "left out": "含めていません"}
"""Where the keys are, as the manifest says it."""


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
        files = sum(name.startswith(("media/", "sealed/")) for name in manifest.files)
        rows, tables, end = sum(facts.rows.values()), len(facts.rows), facts.ledger_position
        said = [
            Both(
                ja=f"{folder} に保存しました。{tables} 個の表に {rows} 行（{manifest.server}）、記録は {end} 番まで、ファイル {files} 件、{size / 1e6:.1f} MB。鍵: {KEYS[manifest.keys]}。",
                en=f"{folder}: {rows} rows in {tables} tables ({manifest.server}), the ledger up to position {end}, {files} uploaded files; {size / 1e6:.1f} MB. Keys: {manifest.keys}.",
            )
        ]
        if gone := manifest.gone_meanwhile:
            said += [
                Both(
                    ja=f"保存の間に、ファイル {gone} 件が削除されました。",
                    en=f"{gone} uploaded files were removed meanwhile.",
                )
            ]
        if manifest.keys == "here":
            keys = folder / "keys"
            said += [
                Both(
                    ja=f"{keys} は、残りとは別の所に保管してください。両方があると、二つ目の確認の中身を読めます。",
                    en=f"Keep {keys} where the rest is not: with both, second factors can be read.",
                )
            ]
        for each in said:
            self.stdout.write(str(each))
