"""The engine stands in the city as it was declared."""

from tsunagari.engines.cycle.declare import engine
from tsunagari.kernel.service import api as door


def test_the_city_found_the_engine_by_its_path() -> None:
    assert engine in door.engines()
