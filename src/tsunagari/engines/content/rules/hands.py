"""Who does something with pages: plain data that faces hand to actions."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Hand:
    """A clerk as she acts: public id, the division she acts for, whether she is its head, and whether the site is hers."""

    actor: str
    division: str
    head: bool = False
    office: bool = False

    def answers_for(self, division: str) -> bool:
        """Whether pages of a division are hers to look after."""
        return self.office or (bool(division) and division == self.division)

    def heads(self, division: str) -> bool:
        """Whether she decides for a division."""
        return self.office or (self.head and bool(division) and division == self.division)
