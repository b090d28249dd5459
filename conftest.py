"""What all tests share: the cast, and a language that no test leaves behind."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
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
    """A file's tests run in one process; so do all promises, who walk every page once together, and the whole town."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return next((each for each in TOGETHER if file.startswith(each)), file)


TOGETHER = ("tests/promises/", "tests/sample_town/")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Our order where files are shared out; any other is the library's own."""
    return ByHouse(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """For a second run of the suite on another database, and for a walk of many minutes."""
    parser.addoption(
        "--asking-database",
        action="store_true",
        help="only tests that ask a database; the others say the same whichever it is",
    )
    parser.addoption(
        "--every-page",
        action="store_true",
        help="walk every page of the invented town in the browser instead of every twentieth",
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


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["tests.quick_passwords.QuickPasswords"]):
        yield


@pytest.fixture(autouse=True)
def _in_japanese() -> Iterator[None]:
    """Each test begins in Japanese: a page asked for in English would leave its language to the next."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
