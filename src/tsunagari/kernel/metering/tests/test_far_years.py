"""Who types a year that no calendar of ours holds is told so; nothing breaks."""

import pytest
from django.test import Client

from tsunagari.kernel.metering.api import declared_meter
from tsunagari.kernel.metering.declare import Loaded
from tsunagari.kernel.metering.rules import Refused, figures_in

pytestmark = pytest.mark.django_db
FAR = ("0000", "0001", "1899", "0001-01-01", "9999", "9999-12", "9999-12-31", "9999-12-31T23")


@pytest.mark.parametrize("period", FAR)
@pytest.mark.parametrize("ending", ["/", ".csv"])
def test_a_resident_who_asks_for_a_far_year_finds_nothing(
    outsider_client: Client, period: str, ending: str
) -> None:
    answer = outsider_client.get(f"/meters/website.page_views/{period}{ending}")
    assert answer.status_code == 404


@pytest.mark.parametrize("grain", ["hour", "day", "month", "fiscal_year"])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("0001-01-01T00:00:00+09:00", "0001-01-02T00:00:00+09:00"),
        ("9999-12-31T00:00:00-12:00", "9999-12-31T23:59:59-12:00"),
    ],
)
def test_a_programme_that_asks_for_a_far_year_is_told_so(
    outsider_client: Client, grain: str, start: str, end: str
) -> None:
    answer = outsider_client.get(
        "/api/meters/website.page_views/figures", {"grain": grain, "start": start, "end": end}
    )
    assert answer.status_code == 422
    assert "1900年から2199年" in answer.json()["detail"]


@pytest.mark.parametrize("month", ["0001-01", "1899-12", "2200-01", "9999-12"])
def test_a_clerk_whose_file_names_a_far_year_is_told_the_line(month: str) -> None:
    meter = declared_meter("mynumber_card.issued")
    assert isinstance(meter, Loaded)
    with pytest.raises(Refused, match="2行目「年月」：年が離れすぎています"):
        figures_in(f"年月,{meter.column}\n{month},5\n".encode(), meter)
