"""How long the ledger is kept is a number of fiscal years, or the start is refused in a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tsunagari.city import environment


@pytest.mark.parametrize("wrong", ["five", "-1", "101", "2.5"])
def test_it_rejects_a_retention_that_is_no_number_of_years(wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="fiscal years up to 100, 0 to keep everything"):
        environment.ledger_years({"TSUNAGARI_LEDGER_YEARS": wrong})


def test_five_years_unless_set_and_0_for_ever() -> None:
    assert environment.ledger_years({}) == 5
    assert environment.ledger_years({"TSUNAGARI_LEDGER_YEARS": "0"}) == 0
