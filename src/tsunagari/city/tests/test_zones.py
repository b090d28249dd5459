"""What each zone of the city's network answers, and what stays out of it (DESIGN 2a)."""

import runpy
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern

from tsunagari.city import addresses, discovery
from tsunagari.kernel.service.declare import Engine, Service

CITY = Path(addresses.__file__).parent
STAFF = ("internet", "lgwan", "mynumber")
PUBLIC_PAGES = ("/meters/", "/account/login/", "/api/openapi.json")
STAFF_PAGES = ("/console/", "/console/account/login/", "/console/keys/", "/console/documents/")


def answers(zone: str, path: str) -> bool:
    """Whether a process of that zone knows the address, on the side that the entrance leads to."""
    side = "urls_staff.py" if path.startswith("/console/") else "urls.py"
    with override_settings(ZONE=zone):
        patterns = runpy.run_path(str(CITY / side))["urlpatterns"]
        try:
            URLResolver(RegexPattern(r"^/"), patterns).resolve(path)
        except Resolver404:
            return False
        return True


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_resident_reaches_pages_and_her_entrance_in_the_public_zone(path: str) -> None:
    assert answers("public", path)


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_nobody_finds_the_console_or_its_entrance_in_the_public_zone(path: str) -> None:
    assert not answers("public", path)


@pytest.mark.parametrize("zone", STAFF)
@pytest.mark.parametrize("path", STAFF_PAGES)
def test_a_clerk_reaches_the_console_in_each_staff_zone(zone: str, path: str) -> None:
    assert answers(zone, path)


@pytest.mark.parametrize("zone", STAFF)
@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_a_staff_zone_has_no_residents_entrance(zone: str, path: str) -> None:
    assert not answers(zone, path)


@pytest.mark.parametrize("path", PUBLIC_PAGES + STAFF_PAGES)
def test_a_trial_answers_everything_in_one_place(path: str) -> None:
    assert answers("all", path)


def test_the_public_zone_shows_no_console_screens() -> None:
    assert addresses.consoles("public") == []


@pytest.mark.parametrize("zone", STAFF)
def test_a_staff_zone_shows_only_screens_of_rooms_declared_for_it(zone: str) -> None:
    declared: dict[str, Engine | Service] = {
        **discovery.load_engines(),
        **discovery.load_services(),
    }
    zones = {
        f"tsunagari.{folder.replace('/', '.')}.console": room.zone
        for folder, room in declared.items()
    }
    assert {zones.get(screen, zone) for screen in addresses.consoles(zone)} <= {zone}


def test_a_trial_shows_every_console_screen() -> None:
    assert addresses.consoles("all") == discovery.having("console")
