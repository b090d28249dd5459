"""The wrong person at a door: every address of the staff side as everybody, every address without links as well."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.promises.conftest import Person
from tests.promises.walk import LEAVE_ALONE, visit

STAFF = "tsunagari.city.urls_staff"
PUBLIC = "tsunagari.city.urls"
OPEN_TO_ALL = (
    "/console/account/login/",
    "/console/account/password/reset/",
    "/console/account/inactive/",
    "/console/account/3rdparty/",
    "/console/login/",
)
"""What the staff entrance shows to somebody who is not signed in."""


def _plain(urlconf: str) -> list[str]:
    """Every address of a side that needs no argument."""
    return sorted(
        {path for path in _paths(get_resolver(urlconf), "/") if "<" not in path and "(" not in path}
    )


def _paths(resolver: URLResolver, before: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern).lstrip("^").rstrip("$").removesuffix("\\Z")
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from _paths(pattern, path)


def _staff_addresses(people: dict[str, Person]) -> list[str]:
    linked = {
        made.url
        for name in ("clerk", "secretariat", "administrator")
        for made in people[name].staff
        if made.url.startswith("/console/")
    }
    return sorted(
        linked
        | {
            path
            for path in _plain(STAFF)
            if path.startswith("/console/") and not LEAVE_ALONE.search(path)
        }
    )


@pytest.mark.parametrize("who", ["outsider", "resident"])
def test_who_is_not_staff_is_sent_to_the_staff_entrance_or_away(
    people: dict[str, Person], who: str
) -> None:
    entered = []
    for url in _staff_addresses(people):
        made = visit(people[who].client, url)
        kept_out = made.status in (403, 404, 405) or (
            made.status in (301, 302) and made.goes_to.startswith("/console/")
        )
        if made.is_page and not kept_out and not url.startswith(OPEN_TO_ALL):
            entered.append(f"{who} at {url}: {made.status} {made.goes_to} {made.fault}")
    assert not entered, "\n".join(entered)


@pytest.mark.parametrize(
    "who", ["clerk", "clerk_of_another_division", "secretariat", "administrator"]
)
def test_staff_meet_no_error_wherever_they_go(people: dict[str, Person], who: str) -> None:
    broken = []
    met = {made.url: made for made in people[who].staff}
    for url in _staff_addresses(people):
        made = met.get(url) or visit(people[who].client, url)
        if made.status >= 500:
            broken.append(f"{who} at {url}: {made.status} {made.fault}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("who", ["outsider", "resident", "clerk"])
def test_every_public_address_answers_everybody_without_error(
    people: dict[str, Person], who: str
) -> None:
    broken = []
    for url in _plain(PUBLIC):
        if LEAVE_ALONE.search(url):
            continue
        made = visit(people[who].client, url)
        if made.status >= 500:
            broken.append(f"{who} at {url}: {made.status} {made.fault}")
    assert not broken, "\n".join(broken)


def test_a_residents_session_opens_no_staff_page(people: dict[str, Person]) -> None:
    opened = [
        made.url
        for made in people["resident"].staff
        if made.is_page
        and made.url.startswith("/console/")
        and not made.url.startswith(OPEN_TO_ALL)
    ]
    assert not opened


def test_a_clerks_session_is_no_residents_session(people: dict[str, Person]) -> None:
    made = visit(people["clerk"].client, "/account/")
    assert made.status == 302
    assert "/account/login/" in made.goes_to
