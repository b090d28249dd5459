"""`tsunagari texts`: find the texts of the sources and keep their English catalogues."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tsunagari.city import catalogues, discovery


class Command(BaseCommand):
    """Update, check or compile the message catalogues."""

    help = "Find marked texts and bring the English catalogues up to them (--check only looks; --compile writes .mo files)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--check and --compile."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail where a text is missing or stale",
        )
        parser.add_argument("--compile", action="store_true", help="only write the .mo files")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Run, and fail in one sentence where something is left to write."""
        left = catalogues.run(
            discovery.PACKAGE,
            check=options["check"],
            compile_only=options["compile"],
            report=self.stdout.write,
        )
        if left:
            raise CommandError(f"{left} texts need a hand: each line above says which and how.")
