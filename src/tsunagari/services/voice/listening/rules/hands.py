"""Who has the pen: the office that runs the service, the division that answers, its head."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who acts: public id of the account, code of the division acted for, role of the post acted as; `offices`
    are the divisions that run the service today."""

    actor: str
    division: str
    role: str
    offices: Collection[str]

    @property
    def staff(self) -> bool:
        """A clerk or a head of some division."""
        return bool(self.division) and self.role in ("member", "head", "secretariat")

    @property
    def office(self) -> bool:
        """Of the office: she reads and assigns every letter, and publishes."""
        return self.staff and self.division in self.offices

    def works_for(self, divisions: Collection[str]) -> bool:
        """Whether she answers what these divisions (of today) answer."""
        return self.staff and (self.office or self.division in divisions)

    def heads(self, divisions: Collection[str]) -> bool:
        """Whether she approves what these divisions answer."""
        return self.role == "head" and self.division in divisions
