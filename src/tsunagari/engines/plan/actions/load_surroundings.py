"""Loads what surrounds the plans from the city pack: drivers and assets, each tied to its measures."""

from collections.abc import Collection, Sequence
from pathlib import Path

from django.db import transaction

from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.keep_rows import Keeper
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.declare import SurroundingsLoaded
from tsunagari.engines.plan.models import Asset, Driver, Measure
from tsunagari.engines.plan.rules.pack import (
    PackAsset,
    PackDriver,
    PackMention,
    PackRefused,
    Problem,
)
from tsunagari.engines.plan.rules.pack_reader import decoded
from tsunagari.engines.plan.rules.surroundings_file import read_assets, read_drivers
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger


def load_surroundings(folder: Path, *, divisions: Collection[str], clock: Clock) -> int:
    """Bring the tables to drivers.yaml and assets.yaml of a pack, where it has them; returns how many
    rows changed. The plans must be there. Raises PackRefused; then nothing has changed."""
    drivers, assets = folder / "drivers.yaml", folder / "assets.yaml"
    keeper = Keeper(now=clock())
    with transaction.atomic():
        hold_plan()
        loading = _SurroundingsLoading(keeper)
        if drivers.exists():
            text = decoded(drivers.read_bytes(), file=str(drivers))
            loading.drivers(read_drivers(text, file=str(drivers)), file=str(drivers))
        if assets.exists():
            text = decoded(assets.read_bytes(), file=str(assets))
            found = read_assets(text, file=str(assets), divisions=divisions)
            loading.assets(found, file=str(assets))
        if keeper.changed:
            ledger.record(SurroundingsLoaded(subject=turn_edition(), changed=keeper.changed))
    return keeper.changed


class _SurroundingsLoading:
    """One run; measures are found by how they are quoted."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.measures = {
            (measure.plan.letter, measure.number): measure
            for measure in Measure.objects.select_related("plan")
        }

    def drivers(self, packs: Sequence[PackDriver], *, file: str) -> None:
        """Every driver, in the file's order."""
        self._refuse_unknown(packs, file)
        for order, pack in enumerate(packs, start=1):
            self.keeper.keep(
                Driver,
                {"code": pack.code},
                {
                    "kind": pack.kind,
                    "issued_on": pack.issued_on,
                    "issued_year": pack.issued_year,
                    "address": pack.address,
                    "order": order,
                },
                {
                    "name": pack.name,
                    "issuer": pack.issuer,
                    "source": pack.source,
                    "outline": pack.outline,
                },
                {"measures": self._tied(pack.measures)},
            )

    def assets(self, packs: Sequence[PackAsset], *, file: str) -> None:
        """Every asset, in the file's order."""
        self._refuse_unknown(packs, file)
        for order, pack in enumerate(packs, start=1):
            self.keeper.keep(
                Asset,
                {"code": pack.code},
                {
                    "division": pack.division,
                    "since_year": pack.since_year,
                    "yearly_cost": pack.yearly_cost,
                    "verdict": pack.verdict,
                    "order": order,
                },
                {
                    "name": pack.name,
                    "outline": pack.outline,
                    "use": pack.use,
                    "source": pack.source,
                },
                {"measures": self._tied(pack.measures)},
            )

    def _tied(self, mentions: Sequence[PackMention]) -> list[Measure]:
        return [self.measures[each.plan, each.number] for each in mentions]

    def _refuse_unknown(self, packs: Sequence[PackDriver | PackAsset], file: str) -> None:
        problems = [
            Problem(
                file=file,
                line=mention.line,
                wrong=f"measure {mention.plan}/{mention.number} does not exist",
                right="write the plan's letter and the measure's number, as P/2",
            )
            for pack in packs
            for mention in pack.measures
            if (mention.plan, mention.number) not in self.measures
        ]
        if problems:
            raise PackRefused(problems)
