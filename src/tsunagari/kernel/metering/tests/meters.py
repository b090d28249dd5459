"""A set of meters of all five kinds, for tests only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tsunagari.kernel.metering import queries
from tsunagari.kernel.metering.actions.read_gauges import READINGS
from tsunagari.kernel.metering.declare import (
    TITLES,
    Counter,
    Events,
    Gauge,
    Loaded,
    Meter,
    PageViews,
    Ratio,
    Sum,
)
from tsunagari.kernel.metering.tests.happenings import Grown

WORDS: dict[str, Any] = {"title": "木", "unit": "本", "how": "植えた木を数えます。"}
PLANTED = Counter(
    id="trees.planted",
    counts=Events(name=Grown.name, amount="trees"),
    dimensions=("division", "kind", "watered"),
    **WORDS,
)
PLANTINGS = Counter(id="trees.plantings", counts=Events(name=Grown.name), **WORDS)
VIEWS = Counter(
    id="trees.views", counts=PageViews(), dimensions=("service", "page", "language"), **WORDS
)
OWN_VIEWS = Counter(id="trees.own_views", counts=PageViews(service="trees"), **WORDS)
STANDING = Gauge(id="trees.standing", reads="trees.standing", **WORDS)
PER_PLANTING = Ratio(
    id="trees.per_planting", numerator="trees.planted", denominator="trees.plantings", **WORDS
)
DONATED = Loaded(
    id="trees.donated",
    column="寄付本数",
    source="公園協会",
    adds="flow",
    division="midori",
    **WORDS,
)
REGISTER = Loaded(
    id="trees.register", column="台帳本数", source="台帳", adds="stock", division="midori", **WORDS
)
ALL = Sum(
    id="trees.all",
    parts=("trees.planted", "trees.donated"),
    rule="寄付された木は、植えた木に数えません。",
    **WORDS,
)
EVERY: tuple[Meter, ...] = (
    PLANTED, PLANTINGS, VIEWS, OWN_VIEWS, STANDING, PER_PLANTING, DONATED, REGISTER, ALL,
)  # fmt: skip


@contextmanager
def declared(*meters: Meter) -> Iterator[None]:
    """With these meters declared (all of them by default), and a reading of 40 oaks and 2 pines."""
    held = queries.DECLARED
    before = (held.meters, held.owners, held.readings)
    titles = dict(TITLES)
    READINGS["trees.standing"] = lambda: {(("kind", "oak"),): 40, (("kind", "pine"),): 2}
    held.readings = {"trees.standing"}
    held.take({"services/x/trees": meters or EVERY}, {"services/x/trees": "trees"})
    try:
        yield
    finally:
        held.meters, held.owners, held.readings = before
        TITLES.clear()
        TITLES.update(titles)
        del READINGS["trees.standing"]
