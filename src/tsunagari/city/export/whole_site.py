"""What was drawn of the site, where it stands among the files, and where a link to it leads."""

from dataclasses import dataclass, field

from tsunagari.city.export.drawing import Drawn
from tsunagari.city.export.places import WITHOUT_SERVER, Place, is_drawn
from tsunagari.city.export.starting import page_named


@dataclass(kw_only=True)
class Site:
    """What was drawn, by address; where it stands; and what was wrong."""

    hosts: frozenset[str]
    languages: frozenset[str]
    at_request: frozenset[str] = frozenset()
    drawn: dict[str, Drawn] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _draws: dict[str, bool] = field(default_factory=dict)

    def draws(self, address: str) -> bool:
        """Whether a file can stand for this address."""
        if address not in self._draws:
            self._draws[address] = is_drawn(address, self.languages) and (
                not self.at_request or page_named(address) not in self.at_request
            )
        return self._draws[address]

    def goal(self, address: str) -> str | None:
        """Where a link to this address leads in the export; None to something that is missing."""
        for _ in range(10):  # a redirect may lead to a redirect
            if not self.draws(address):
                return WITHOUT_SERVER
            answer = self.drawn.get(address)
            if answer is None or answer.moved is None:
                break
            if not answer.moved:
                return WITHOUT_SERVER
            address = answer.moved
        place = self.places.get(address)
        return place.address if place else None
