"""`tsunagari meters list|recompute|recount`: what is measured, and whether the sums agree with what was counted."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from tsunagari.kernel.i18n.days import japan
from tsunagari.kernel.metering import api
from tsunagari.kernel.metering.actions.recompute import Difference, recompute
from tsunagari.kernel.metering.actions.recount import recount
from tsunagari.kernel.metering.declare import Counter, Loaded, Meter
from tsunagari.kernel.metering.models import Recount
from tsunagari.kernel.metering.rules import RECOUNT_DAYS


class Command(BaseCommand):
    """Meters from the command line."""

    help = "List the meters, rebuild their sums from what was counted and report differences, or count the last days anew as every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb; recompute may be told one meter, and to look only."""
        parser.add_argument("verb", choices=["list", "recompute", "recount"])
        parser.add_argument("--meter", default="", help="only this meter")
        parser.add_argument(
            "--check", action="store_true", help="recompute: report differences, mend nothing"
        )
        parser.add_argument(
            "--days",
            type=int,
            default=RECOUNT_DAYS,
            help=f"recount: whole days before today (default {RECOUNT_DAYS})",
        )

    def handle(self, *, verb: str, meter: str, check: bool, days: int, **_options: object) -> None:
        """Run the verb; recount, and recompute with --check, end with exit code 1 at a difference."""
        if verb == "list":
            for each in api.declared():
                self.stdout.write(f"{each.id}\t{type(each).__name__}\t{each.unit}\t{each.title}")
            return
        try:
            chosen = [api.declared_meter(meter)] if meter else list(api.declared())
        except KeyError as missing:
            raise CommandError(missing.args[0]) from missing
        if verb == "recount":
            self._recount(chosen, days)
            return
        found = [
            self._recompute(each, mend=not check) for each in chosen if isinstance(each, Counter)
        ]
        if check and any(found):
            raise CommandError(
                f"{sum(found)} sums disagree; run `tsunagari meters recompute` to set them right."
            )

    def _recount(self, chosen: list[Meter], days: int) -> None:
        if days < 1:
            raise CommandError(
                f"--days {days}: count at least one whole day, for example --days 7."
            )
        sums = months = 0
        for each in chosen:
            found = recount(meter=each, days=days) if isinstance(each, Counter | Loaded) else None
            if found and isinstance(each, Loaded):
                months += found.differing
            elif found:
                sums += found.differing
            self.stdout.write(f"{each.id}: {self._recounted(each, found)}")
        said = []
        if sums:
            said.append(
                f"{sums} sums disagree; run `tsunagari meters recompute` to set them right."
            )
        if months:
            said.append(
                f"{months} months disagree with what was loaded; have their division load them again."
            )
        if said:
            raise CommandError(" ".join(said))

    def _recounted(self, meter: Meter, found: Recount | None) -> str:
        if not isinstance(meter, Counter | Loaded):
            return f"a {type(meter).__name__} is not counted anew."
        if found is None and isinstance(meter, Loaded):
            return "nothing was loaded of which the ledger holds the figures."
        if found is None:
            return "there is no whole day yet to count anew."
        days = f"{found.first_day} to {found.last_day}"
        if not found.differing:
            return f"{days}: {found.compared} sums agree; {found.counted} counted."
        first = [
            f"\n  {each.grain} {japan(each.start):%Y-%m-%d %H:%M} [{each.slice or 'all'}] held {each.held}, counted {each.counted}"
            for each in found.differences.order_by("start", "pk")
        ]
        return f"{days}: {found.differing} of {found.compared} sums disagree; held {found.held}, counted {found.counted}.{''.join(first)}"

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
