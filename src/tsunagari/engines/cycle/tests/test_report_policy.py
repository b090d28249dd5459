"""The city's own policy, closed for a year: its thirty measures become a report that can be heard."""

import pytest
from tests.pdf_ua import faults

from tsunagari.engines.cycle.queries.published import report
from tsunagari.engines.cycle.queries.report import annual_report
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    YEAR,
    acting_year,
    add_voices,
    enter,
    freeze,
    load_city,
)
from tsunagari.kernel.design.colour import checked_shades


@pytest.mark.django_db
def test_the_policys_report_can_be_heard_in_both_languages() -> None:
    load_city()
    enter("8", YEAR, "41.5")
    cycle = acting_year()
    add_voices(cycle, "8")
    freeze(cycle)
    for language in ("ja", "en"):
        held = report(CODE, YEAR, language=language)
        assert held is not None
        made = annual_report(held, licence="CC BY 4.0", shades=checked_shades("#00584f", "a test"))
        assert list(faults(made)) == []
