"""To which service a page belongs: the first that declares a section with it."""

from collections.abc import Iterable

from tsunagari.engines.content.declare import Section, engine
from tsunagari.kernel.service import api as rooms


def service_of(path: str, life_events: Iterable[str]) -> str:
    """The id of the service whose section holds the page; the engine's own where none does.

    `path` is its address below the home; topics have the same one in every language.
    """
    asked = set(life_events)
    for service in rooms.services():
        for part in service.parts:
            if isinstance(part, Section) and (
                path.startswith(part.paths) or not asked.isdisjoint(part.life_events)
            ):
                return service.id
    return engine.id
