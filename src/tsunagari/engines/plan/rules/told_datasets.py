"""Datasets about a plan that other rooms give away: they tell of them, the city's catalogue lists them."""

from collections.abc import Callable, Iterable
from typing import Final

from tsunagari.engines.plan.rules.catalog import Dataset

Absolute = Callable[[str], str]
"""Makes of a path the address under which the reader knows it."""

Source = Callable[[Absolute], Iterable[Dataset]]
"""Datasets about plans, with whole addresses; each names its plan's series."""

_SOURCES: Final[list[Source]] = []


def tells_datasets(source: Source) -> Source:
    """Call it when a room's app is ready: what `source` gives stands in the catalogue, in the plan's series.
    Telling twice does nothing more."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def datasets_told(absolute: Absolute) -> tuple[Dataset, ...]:
    """What other rooms give away about plans."""
    return tuple(each for source in _SOURCES for each in source(absolute))
