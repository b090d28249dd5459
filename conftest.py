"""What all tests share: the cast, and a language that no test leaves behind."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from xdist.scheduler import LoadFileScheduling

pytest_plugins = ["tests.cast", "tests.migrated"]

# The same examples on every machine, and none refused because the machine was busy.
hypothesis.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("house")


class ByHouse(LoadFileScheduling):
    """A file's tests run in one process; so do all promises, who walk every page once together."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return PROMISES if file.startswith(PROMISES) else file


PROMISES = "tests/promises/"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Our order where files are shared out; any other is the library's own."""
    return ByHouse(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """For a second run of the suite on another database."""
    parser.addoption(
        "--asking-database",
        action="store_true",
        help="only tests that ask a database; the others say the same whichever it is",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what asks no database, where that was asked for."""
    if config.getoption("asking_database"):
        config.hook.pytest_deselected(items=[each for each in items if not _asks_database(each)])
        items[:] = [each for each in items if _asks_database(each)]


def _asks_database(item: pytest.Item) -> bool:
    """A test reaches the database by a mark, by a fixture, or as rows that its module shares; no other can."""
    marked = any(item.get_closest_marker(name) for name in ("django_db", "own_database"))
    fixtures = set(getattr(item, "fixturenames", ()))
    return marked or not fixtures.isdisjoint({"db", "transactional_db", "django_db_setup"})


@pytest.fixture(autouse=True)
def _in_japanese() -> Iterator[None]:
    """Each test begins in Japanese: a page asked for in English would leave its language to the next."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
