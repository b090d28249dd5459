"""`tsunagari restore DIR`: bring a backup into this place and prove that all of it came."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from tsunagari.city.backups.manifest import AS_BEFORE, Manifest, Refused
from tsunagari.city.backups.places import Place
from tsunagari.city.backups.restoring import Known, Wish, restore_backup
from tsunagari.city.both import Both
from tsunagari.city.health import unapplied
from tsunagari.city.measurements import platform_version
from tsunagari.kernel.ledger import api as ledger


class Command(BaseCommand):
    """Restores a backup."""

    help = "Restores the backup in DIR into this empty place, checks every file first, and says what was proved."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from, what of the keys, and whether what stands here may go."""
        parser.add_argument("dir", type=Path, metavar="DIR", help="The folder of a backup.")
        keys = parser.add_mutually_exclusive_group()
        keys.add_argument("--keys", type=Path, metavar="DIR", help="Where its keys are kept.")
        keys.add_argument(
            "--without-keys", action="store_true", help="Leave this place's key as it is."
        )
        parser.add_argument("--replace", action="store_true", help="Replace what stands here.")
        parser.add_argument("--yes", action="store_true", help="With --replace: it is meant.")

    def handle(self, **options: Any) -> None:
        """Restore, prove, tell."""
        wish = Wish(
            folder=options["dir"].absolute(),
            keys=options["keys"],
            with_keys=not options["without_keys"],
            replace=options["replace"],
            yes=options["yes"],
        )
        connections.close_all()
        try:
            manifest, proved = restore_backup(Place.of_settings(), wish, _known(), self._prove)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        finally:
            connections.close_all()
        self._say(manifest, proved)

    def _say(self, manifest: Manifest, proved: list[Both]) -> None:
        made, version = manifest.made_at, manifest.version
        begun = Both(
            ja=f"復元しました。{made} のバックアップ（版 {version}）です。",
            en=f"Restored: the backup of {made} (version {version}).",
        )
        then = Both(
            ja="サーバーとワーカーを起動してください。数え上げは、止まった所から続きます。",
            en="Start the server and the worker; cursors go on from where they stood.",
        )
        self.stdout.write(str(begun))
        for each in proved:
            self.stdout.write(f"  ✓ {each.ja}\n    {each.en}")
        self.stdout.write(str(then))

    def _prove(self, manifest: Manifest) -> list[Both]:
        """What only our own code can tell: tables of this version, and a ledger whose chain of seals is whole."""
        connections.close_all()
        older = unapplied()
        if older:
            call_command("migrate", interactive=False, verbosity=0)
        finding = ledger.verify()
        if finding.broken:
            raise Refused(
                f"バックアップの記録がそろっていません（{finding.broken}）。{AS_BEFORE.ja}これより前のバックアップを使ってください。",
                f"The ledger of the backup is not whole. {finding.broken} {AS_BEFORE.en} Take an earlier backup.",
            )
        connections.close_all()
        proved = Both(
            ja=f"記録の封印 {finding.seals} 個が {finding.sealed_upto} 番まで合います",
            en=f"{finding.seals} sealed batches of the ledger are whole up to position {finding.sealed_upto}",
        )
        if not older:
            return [proved]
        grown = Both(
            ja=f"版 {manifest.version} の表を、{len(older)} 件の移行でこの版にしました",
            en=f"{len(older)} migrations brought version {manifest.version} up to this one",
        )
        return [proved, grown]


def _known() -> Known:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = [config for config in apps.get_app_configs() if config.name.startswith("tsunagari.")]
    return Known(
        version=platform_version(),
        migrations={f"{app}.{name}" for app, name in loader.disk_migrations or {}},
        tables={
            model._meta.db_table
            for config in ours
            for model in config.get_models(include_auto_created=True)
        }
        - {"marks_mark"},
    )
