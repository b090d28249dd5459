"""Two cities tried out in one checkout do not mix."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tsunagari.city import environment
from tsunagari.engines.plan import api as plan
from tsunagari.kernel.i18n.clock import system_clock

CITIES = Path(settings.ROOT) / "cities"


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["load", "history"])
def test_a_database_of_another_city_is_refused(verb: str) -> None:
    call_command("city", "load", pack=CITIES / "nishitokyo", verbosity=0)
    with pytest.raises(CommandError, match="This database holds another city.*TSUNAGARI_DATA"):
        call_command("city", verb, pack=CITIES / "sample")
    held = {head.code for head in plan.plan_heads("ja", now=system_clock())}
    assert "policy-2022-2026" not in held


def test_another_city_has_a_data_folder_of_its_own() -> None:
    usual = environment.data_folder({})
    assert environment.data_folder({"TSUNAGARI_CITY": "sample"}) == usual / "sample"


def test_a_data_folder_that_was_named_is_taken_as_it_is() -> None:
    named = {"TSUNAGARI_CITY": "sample", "TSUNAGARI_DATA": "/srv/tsunagari"}
    assert environment.data_folder(named) == Path("/srv/tsunagari")
