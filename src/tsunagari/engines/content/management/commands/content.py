"""`tsunagari content`: load the pages of the city pack; bring an old site over."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tsunagari.engines.content import api
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.mapping_file import UnreadableFileError


class Command(BaseCommand):
    """Loads pages of the city pack, or of the city's old site."""

    help = (
        "load: the pages of the city pack (site/), each where no page stands yet; a second time changes nothing. "
        "import SOURCE --below PATH --division CODE: an old site's pages as drafts (docs/guide/import-a-site.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do; the pack is the installation's own unless another is named."""
        words = parser.add_subparsers(dest="what", required=True)
        load = words.add_parser("load", help="the pages of the city pack")
        load.add_argument("--pack", type=Path, default=settings.CITY_PACK)
        bring = words.add_parser("import", help="an old site's pages, as drafts")
        bring.add_argument("source", type=Path, help="a folder of saved pages, a list of addresses (.txt), or SHIRASAGI's export (.csv)")  # fmt: skip
        bring.add_argument("--below", required=True, help="address of the page below which the drafts stand: kurashi/gomi/")  # fmt: skip
        bring.add_argument("--division", required=True, help="code of the division that answers for them")  # fmt: skip
        bring.add_argument("--language", default="ja", choices=[code for code, _name in settings.LANGUAGES])  # fmt: skip
        bring.add_argument("--address", default="", help="where the old site stood: https://www.city.example.jp/")  # fmt: skip
        bring.add_argument("--saved", type=Path, help="with a list of addresses or an export: the folder of saved pages and files")  # fmt: skip
        bring.add_argument(
            "--fetch",
            action="store_true",
            help="with a list of addresses: fetch them into --saved first, slowly and as robots.txt allows",
        )
        bring.add_argument(
            "--private",
            action="store_true",
            help="with --fetch: the old site may stand within a private network",
        )
        bring.add_argument("--report", type=Path, default=Path("import-report.xlsx"))

    def handle(self, *, what: str, **options: Any) -> None:
        """Do one of both."""
        if what == "load":
            self._load(options["pack"])
        else:
            self._bring(options)

    def _load(self, pack: Path) -> None:
        """All of the pack's pages, or none."""
        try:
            loaded = api.load_site(pack, clock=system_clock)
        except (api.SiteRefused, UnreadableFileError) as refused:
            raise CommandError(f"The pages were not loaded.\n{refused}") from refused
        self.stdout.write(f"pages: {loaded.written} written, {loaded.standing} stood already")

    def _bring(self, options: dict[str, Any]) -> None:
        if options["fetch"]:
            self._fetch(options)
        try:
            brought = api.import_site(
                source=options["source"],
                below=options["below"],
                division=options["division"],
                language=options["language"],
                address=options["address"],
                saved=options["saved"],
                clock=system_clock,
                tell=lambda done, total: (
                    self.stdout.write(f"{done} / {total}") if done % 500 == 0 else None
                ),
            )
        except api.SourceRefused as refused:
            raise CommandError(f"Nothing was brought over.\n{refused}") from refused
        self._told(brought, options["report"])

    def _fetch(self, options: dict[str, Any]) -> None:
        """The old site's pages come into the folder, and the import goes on as with any saved ones."""
        if options["saved"] is None:
            raise CommandError("--fetch needs --saved FOLDER, into which the pages are written.")
        try:
            options["source"], fetched = api.fetch_listed(
                options["source"],
                options["saved"],
                private=options["private"],
                tell=lambda done, total: (
                    self.stdout.write(f"fetched {done} / {total}") if done % 50 == 0 else None
                ),
            )
        except api.SourceRefused as refused:
            raise CommandError(f"Nothing was brought over.\n{refused}") from refused
        self.stdout.write(
            f"fetched: {len(fetched.pages)} pages, {fetched.files} files; not fetched: {len(fetched.missed)}"
        )
        for address, why in fetched.missed:
            self.stdout.write(f"  {address}: {why}")

    def _told(self, brought: api.Brought, report: Path) -> None:
        report.write_bytes(brought.report)
        self.stdout.write(
            f"pages: {brought.drafts} drafts, {brought.unchanged} left as they are, {brought.empty} without contents; "
            f"faults: {brought.faults}; report: {report}"
        )
