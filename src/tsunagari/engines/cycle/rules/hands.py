"""Who has the pen in a plan's year."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who writes: public id of the account, code of the division acted for, role of the post acted as ("" for none)."""

    actor: str
    division: str
    role: str

    @property
    def secretariat(self) -> bool:
        """The plan's secretariat: it opens and closes years and reviews what divisions hand in."""
        return self.role == "secretariat"

    @property
    def committee(self) -> bool:
        """A member of the plan's committee: she reads every sheet and gives opinions."""
        return self.role == "committee"

    @property
    def reads_all(self) -> bool:
        """Whether she reads every division's sheets."""
        return self.role in ("secretariat", "committee", "auditor")

    def works_for(self, working: Collection[str]) -> bool:
        """Whether she writes a sheet that the divisions `working` answer today."""
        if self.secretariat:
            return True
        return self.role in ("member", "head") and self.division in working

    def may_read(self, working: Collection[str]) -> bool:
        """Whether she reads a sheet that the divisions `working` answer today."""
        return self.reads_all or self.works_for(working)
