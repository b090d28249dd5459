"""`tsunagari ledger verify|seal|retain`: check the chain of seals, close a batch, empty old ones."""

from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from tsunagari.kernel.i18n.days import day_start
from tsunagari.kernel.ledger import api
from tsunagari.kernel.ledger.actions.retain import retain
from tsunagari.kernel.marks.api import leave_mark


class Command(BaseCommand):
    """The ledger from the command line."""

    help = "Verify the ledger's seals, seal what waits, or empty batches whose retention is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb; `retain` also takes a day."""
        parser.add_argument("verb", choices=["verify", "seal", "retain"])
        parser.add_argument(
            "--before",
            type=date.fromisoformat,
            help="retain: batches sealed before this day in Japan",
        )

    def handle(self, *, verb: str, before: date | None = None, **_options: object) -> None:
        """Run the verb; a broken chain ends with exit code 1 and names the first broken batch."""
        if verb == "verify":
            self._verify()
        elif verb == "seal":
            while number := api.seal(at_once=True):
                self.stdout.write(f"Batch {number} is sealed.")
        elif before is None:
            raise CommandError(
                "retain needs --before YYYY-MM-DD: batches sealed before that day are emptied."
            )
        else:
            self.stdout.write(
                f"{retain(before=day_start(before))} batches were emptied; their seals stay."
            )

    def _verify(self) -> None:
        finding = api.verify()
        leave_mark("ledger verify", broken=finding.broken, upto=finding.sealed_upto)
        if finding.broken:
            raise CommandError(finding.broken)
        self.stdout.write(
            f"{finding.seals} batches up to position {finding.sealed_upto} are whole. Head: {finding.head}"
        )
