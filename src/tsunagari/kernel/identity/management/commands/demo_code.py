"""`tsunagari demo_code LOGIN`: the six digits that a demo clerk is asked for now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api


class Command(BaseCommand):
    """Prints the code of a demo clerk's authenticator."""

    help = "Prints the present second-factor code of a demo clerk (shimin, koho, jimukyoku, kanri)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One login name."""
        parser.add_argument("login")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print it; refuse in words for anybody else."""
        try:
            self.stdout.write(api.demo_code(options["login"], clock=system_clock))
        except api.Refused as fault:
            raise CommandError(str(fault)) from fault
