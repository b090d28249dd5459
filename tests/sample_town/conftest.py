"""The sample town with its whole website, loaded once for all that is asked of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.sample_town.town import Page, drawn
from tsunagari.kernel.design.city_look import city_look

PACK = Path(settings.ROOT) / "cities" / "sample"


def pytest_itemcollected(item: pytest.Item) -> None:
    """All of them stand on the test database; without the mark there would be none."""
    if Path(__file__).parent in item.path.parents:
        item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """The pack, loaded; taken back at the end, so that it holds up no test that empties the database."""
    with (
        django_db_blocker.unblock(),
        override_settings(CITY_PACK=PACK, DEBUG=False),
        transaction.atomic(),
    ):
        _forget()
        call_command("city", "load", pack=PACK, verbosity=0)
        call_command("content", "load", pack=PACK, verbosity=0)
        yield PACK
        _forget()
        transaction.set_rollback(True)


def _forget() -> None:
    """What this process keeps of a city."""
    city_look.cache_clear()
    cache.clear()


@pytest.fixture(scope="package")
def pages(town: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Every page as a visitor gets it, in every language in which it is there."""
    return drawn(tmp_path_factory.mktemp("pages"))
