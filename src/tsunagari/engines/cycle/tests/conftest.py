"""What the year's tests share: the city's divisions and plans, loaded from the real pack."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.tests.years import at, load_city


@pytest.fixture
def policy(db: None) -> None:
    """Both plans of Nishitokyo and its divisions, loaded for one test."""
    load_city(at())


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same, loaded once for a module whose every test wants it."""
    with module_rows(django_db_blocker) as rows:
        load_city(at())
        rows.written()
        yield
