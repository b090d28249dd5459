"""Services of the catalogue are found."""

from datetime import UTC, datetime

import pytest

from tsunagari.kernel.search import api

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 15, 3, tzinfo=UTC)


def test_a_service_with_a_page_of_its_own_is_found_in_both_languages() -> None:
    source = next(each for each in api.declared() if each.id == "service")
    assert api.rebuild(source) > 0
    hits = api.find("パブリックコメント", language="ja", at=NOW).hits
    assert "/services/listening/" in [hit.address for hit in hits]
    english = api.find("public comment", language="en", at=NOW).hits
    assert "/en/services/listening/" in [hit.address for hit in english]
