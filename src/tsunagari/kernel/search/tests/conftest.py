"""A small city's site in the index, for all tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.kernel.search import api
from tsunagari.kernel.search.declare import Entry

HERE = Path(__file__).parent
CITIES = HERE.parents[4] / "cities"


def corpus() -> list[Entry]:
    """The entries of corpus.yaml."""
    return [
        Entry(
            kind="content.page",
            public_id=row["id"],
            language="ja",
            title=row["title"],
            address=f"/{row['id']}/",
            keywords=tuple(row["keywords"]),
            body=row["body"],
        )
        for row in yaml.safe_load((HERE / "corpus.yaml").read_text("utf-8"))
    ]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The corpus and the starting synonyms of the pack."""
    with module_rows(django_db_blocker) as rows:
        api.load_synonyms(CITIES / "nishitokyo")
        api.put(corpus())
        rows.written()
        yield
