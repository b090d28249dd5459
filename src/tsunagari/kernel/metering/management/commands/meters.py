"""`tsunagari meters list|recompute`: what is measured, and whether the sums agree with what was counted."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from tsunagari.kernel.i18n.days import japan
from tsunagari.kernel.metering import api
from tsunagari.kernel.metering.actions.recompute import Difference, recompute
from tsunagari.kernel.metering.declare import Counter


class Command(BaseCommand):
    """Meters from the command line."""

    help = "List the meters, or rebuild their sums from what was counted and report differences."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb; recompute may be told one meter, and to look only."""
        parser.add_argument("verb", choices=["list", "recompute"])
        parser.add_argument("--meter", default="", help="only this meter")
        parser.add_argument("--check", action="store_true", help="report differences, mend nothing")

    def handle(self, *, verb: str, meter: str, check: bool, **_options: object) -> None:
        """Run the verb; with --check a difference ends with exit code 1."""
        if verb == "list":
            for each in api.declared():
                self.stdout.write(f"{each.id}\t{type(each).__name__}\t{each.unit}\t{each.title}")
            return
        try:
            chosen = [api.declared_meter(meter)] if meter else list(api.declared())
        except KeyError as missing:
            raise CommandError(missing.args[0]) from missing
        found = [
            self._recompute(each, mend=not check) for each in chosen if isinstance(each, Counter)
        ]
        if check and any(found):
            raise CommandError(
                f"{sum(found)} sums disagree; run `tsunagari meters recompute` to set them right."
            )

    def _recompute(self, meter: Counter, *, mend: bool) -> int:
        def tell(each: Difference) -> None:
            self.stdout.write(self._line(each, mend=mend))

        found = recompute(meter=meter, mend=mend, tell=tell)
        if not found:
            self.stdout.write(f"{meter.id}: every sum agrees with what was counted.")
        return found

    def _line(self, each: Difference, *, mend: bool) -> str:
        done = "set right" if mend else "left as it stands"
        return f"{each.meter}: {each.grain} {japan(each.start):%Y-%m-%d %H:%M} [{each.slice or 'all'}] held {each.held}, counted {each.counted}; {done}."
