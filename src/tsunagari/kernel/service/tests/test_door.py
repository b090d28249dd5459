"""The door speaks: a wrong declaration is refused in one sentence that names its folder and the mend."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import pytest
from django.test import Client

from tsunagari.kernel.service import api
from tsunagari.kernel.service.declare import VIEW_HEADER, Engine, Service, Zone

BOOKING = Engine(id="booking", title="予約", purpose="時間と場所を予約できます。", zone="internet")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A booking rule for tests only."""

    engine: str = "booking"
    fault: str = ""

    def errors(self) -> Iterator[str]:
        """The one fault that it was given."""
        if self.fault:
            yield self.fault


HALL = Service(
    id="hall",
    title="市民会館",
    purpose="市民会館を借りられます。",
    division="midori",
    zone="internet",
    parts=(Rule(),),
)


@pytest.fixture(autouse=True)
def _this_installation_again() -> Iterator[None]:
    engines = {each.id: each for each in api.engines()}
    services = {each.id: each for each in api.services()}
    yield
    api.open_door(engines=engines, services=services)


def _open(*services: Service) -> None:
    api.open_door(
        engines={"engines/booking": BOOKING},
        services={f"services/x/{number}": each for number, each in enumerate(services)},
    )


def test_what_is_right_is_taken_in_and_found_by_its_id() -> None:
    _open(HALL)
    assert (api.services(), api.engines(), api.service("hall")) == ((HALL,), (BOOKING,), HALL)
    with pytest.raises(KeyError, match="there is no service 'halle'; there are: hall"):
        api.service("halle")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (replace(HALL, id="Hall"), "id 'Hall' is not a word; use small letters"),
        (replace(HALL, id="h" * 51), "is not a word; use small letters, digits and _, at most 50"),
        (replace(HALL, id="booking"), "id 'booking' is taken by another declaration"),
        (replace(HALL, title=" "), "title is empty; write it in Japanese"),
        (replace(HALL, purpose=""), "purpose is empty; write it in Japanese"),
        (replace(HALL, zone=cast("Zone", "moon")), "zone 'moon' does not exist; there are: internet, lgwan"),
        (replace(HALL, division=""), "division is empty; name the code"),
        (replace(HALL, parts=(Rule(engine="notify"),)), "part Rule needs engine 'notify'; there are: booking"),
        (replace(HALL, parts=(Rule(fault="opens after it closes; turn the times round."),)), "opens after it closes; turn the times round"),
    ],
)  # fmt: skip
def test_it_rejects_a_wrong_service_and_names_the_mend(wrong: Service, says: str) -> None:
    with pytest.raises(api.Refused, match=f"^services/x/0: .*{says}"):
        _open(wrong)


def test_it_rejects_one_id_twice() -> None:
    with pytest.raises(api.Refused, match=r"^services/x/1: id 'hall' is taken"):
        _open(HALL, HALL)


@pytest.mark.django_db
def test_public_pages_bear_a_mark_and_accounts_and_the_console_none(
    outsider_client: Client,
) -> None:
    assert outsider_client.get("/meters/").headers[VIEW_HEADER] == "metering;index;ja;;"
    assert outsider_client.get("/en/meters/").headers[VIEW_HEADER] == "metering;index;en;;"
    for address in ("/account/login/", "/console/account/login/", "/no/such/page/"):
        assert VIEW_HEADER not in outsider_client.get(address).headers
