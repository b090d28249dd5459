"""Who has the pen: a clerk acting for a division, or the plan's secretariat."""

from collections.abc import Collection
from dataclasses import dataclass

from tsunagari.engines.plan.rules.rights import may_enter


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who writes: public id of the account, code of the division acted for, and whether as secretariat."""

    actor: str
    division: str
    secretariat: bool

    def may_enter(self, working: Collection[str]) -> bool:
        """Whether she enters figures of a measure that the divisions `working` do today."""
        return self.secretariat or may_enter([self.division], working)
