"""`tsunagari read-only on|off`: pages can be read, nothing can be sent or saved."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tsunagari.kernel.edge import api
from tsunagari.kernel.i18n.clock import system_clock


class Command(BaseCommand):
    """Switch read-only mode of the whole installation, or say how it stands."""

    help = "Switches read-only mode on or off for every server process; without a word it says how it stands."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One word, or none."""
        parser.add_argument("word", nargs="?", choices=("on", "off"))

    def handle(self, **options: Any) -> None:
        """Switch, then say how it stands."""
        if options["word"]:
            api.switch_read_only(on=options["word"] == "on", clock=system_clock)
        if api.is_switched_on():
            self.stdout.write(
                "読み取り専用です。サーバーは1秒以内に従います。\n  Read-only; server processes follow within a second."
            )
        else:
            self.stdout.write(
                "読み取り専用ではありません。\n  Not read-only by the switch in the database."
            )
        if settings.READ_ONLY:
            self.stdout.write(
                "この環境では TSUNAGARI_READ_ONLY=1 により、いつも読み取り専用です。\n  Here TSUNAGARI_READ_ONLY=1 keeps it read-only, whatever the switch says."
            )
