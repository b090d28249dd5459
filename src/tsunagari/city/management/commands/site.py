"""`tsunagari site export FOLDER`: the whole public site as files, for any web server or CDN."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import BaseCommand, CommandError

from tsunagari.city.addresses import PUBLIC_ZONES
from tsunagari.city.both import Both
from tsunagari.city.export.folder import Refused
from tsunagari.city.export.making import Made, make_export
from tsunagari.kernel.i18n.clock import system_clock

SHOWN = 50


class Command(BaseCommand):
    """Exports the public site."""

    help = "Writes the whole public site as static files into FOLDER and checks every link; exit code 1 when one leads nowhere."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One deed, a folder, and how many processes draw."""
        parser.add_argument("deed", choices=("export",))
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="A new folder, or the export before.")  # fmt: skip
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="Default: %(default)s.")  # fmt: skip

    def handle(self, **options: Any) -> None:
        """Make it, say what it holds, and end with 1 when something is missing in it."""
        self._check()
        begun = perf_counter()
        folder: Path = options["folder"].absolute()
        try:
            made = make_export(
                folder, processes=max(options["processes"], 1), now=system_clock(), say=self._say
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self._tell(folder, made, perf_counter() - begun)
        if made.faults:
            sys.exit(1)

    def _check(self) -> None:
        if settings.ZONE not in PUBLIC_ZONES:
            raise CommandError(f"The zone {settings.ZONE} has no public pages; set TSUNAGARI_ZONE=public.")  # fmt: skip
        if not getattr(staticfiles_storage, "hashed_files", {}):
            raise CommandError("The static files were not collected; run `tsunagari collectstatic --no-input` first.")  # fmt: skip

    def _say(self, words: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(words)

    def _tell(self, folder: Path, made: Made, seconds: float) -> None:
        said = Both(
            ja=f"{folder} に書き出しました。ページ {made.pages}、ファイル {made.files}（新しいもの {made.new}）、{made.bytes / 1e6:.1f} MB、{seconds:.0f} 秒。行き先のないリンクなど {len(made.faults)} 件。",
            en=f"{folder}: {made.pages} pages, {made.files} files ({made.new} of them new), {made.bytes / 1e6:.1f} MB in {seconds:.0f} s. Links that lead nowhere and other faults: {len(made.faults)}.",
        )
        self.stdout.write(str(said))
        for each in made.faults[:SHOWN]:
            self.stdout.write(f"✗ {each}")
        if len(made.faults) > SHOWN:
            self.stdout.write(f"… {len(made.faults) - SHOWN}")
