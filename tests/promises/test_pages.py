"""Every page that a person can reach: it answers, says what it is, asks the database little, and speaks her language."""

import re

import pytest
from bs4 import NavigableString, Tag
from django.test import Client

from tests.promises.conftest import Person
from tests.promises.walk import Visit

QUERIES = 12
SIGNED_IN = 2
"""What knowing the reader costs: her session and her account."""
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々]")
EXAMPLE = re.compile(r"\((?:for example|example|e\.g\.)[^)]*\)")
"""What an English sentence may show in Japanese: an example of what to write."""


def _pages(person: Person) -> list[Visit]:
    return [made for made in person.public if made.is_page]


def test_nobody_meets_an_error_page(people: dict[str, Person]) -> None:
    broken = [
        f"{person.name} at {made.url}: {made.status} {made.fault}"
        for person in people.values()
        for made in [*person.public, *person.staff]
        if made.status >= 500
    ]
    assert not broken, "\n".join(broken)


def test_no_link_of_the_public_site_leads_nowhere(people: dict[str, Person]) -> None:
    lost = [
        f"{person.name} at {made.url}"
        for person in people.values()
        for made in person.public
        if made.status == 404
    ]
    assert not lost, "\n".join(lost)


def test_no_link_that_staff_are_shown_is_closed_to_them(people: dict[str, Person]) -> None:
    closed = [
        f"{person.name} at {made.url}: {made.status}; show the link only to those who may follow it"
        for person in people.values()
        for made in person.staff
        if made.status in (403, 404)
    ]
    assert not closed, "\n".join(closed)


def test_a_walk_reaches_every_room_of_the_public_site(people: dict[str, Person]) -> None:
    reached = {made.url.split("/")[1] for made in people["outsider"].public if made.is_page}
    assert {"", "plan", "meters", "design", "account", "en"} <= reached


@pytest.mark.parametrize("who", ["outsider", "resident"])
def test_a_page_says_in_its_head_and_heading_what_it_is(
    people: dict[str, Person], who: str
) -> None:
    wrong = []
    for made in _pages(people[who]):
        title = made.soup.title.get_text(strip=True) if made.soup.title else ""
        headings = made.soup.find_all("h1")
        if not title:
            wrong.append(f"{made.url}: has no title; fill {{% block title %}}.")
        if len(headings) != 1:
            wrong.append(f"{made.url}: has {len(headings)} h1; a page has one, its own.")
        if not made.soup.find("main"):
            wrong.append(f"{made.url}: has no main; extend design/public.html.")
    assert not wrong, "\n".join(wrong)


def test_titles_tell_pages_apart(people: dict[str, Person]) -> None:
    titles: dict[str, str] = {}
    same = []
    for made in _pages(people["outsider"]):
        path = made.url.split("?")[0]
        title = made.soup.title.get_text(" ", strip=True) if made.soup.title else ""
        if titles.setdefault(title, path) != path and not path.startswith("/en/"):
            same.append(
                f"{path} and {titles[title]} are both called “{title}”; say in the title what tells them apart."
            )
    assert not same, "\n".join(same)


def test_a_page_names_its_language(people: dict[str, Person]) -> None:
    wrong = []
    for made in _pages(people["outsider"]):
        wanted = "en" if made.url.startswith("/en/") else "ja"
        html = made.soup.html
        if html is None or html.get("lang") != wanted:
            wrong.append(
                f"{made.url}: its lang is {html.get('lang') if html else None!r}; it is written in {wanted!r}."
            )
    assert not wrong, "\n".join(wrong)


def test_an_english_page_marks_what_stays_japanese(people: dict[str, Person]) -> None:
    wrong = []
    for made in _pages(people["outsider"]):
        if made.url.startswith("/en/"):
            wrong += [
                f'{made.route}: “{text[:40]}” stands in Japanese; translate it, or mark the city\'s own words with lang="ja".'
                for text in _unmarked(made)
            ]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_a_page_asks_the_database_a_bounded_number_of_times(people: dict[str, Person]) -> None:
    greedy = [
        f"{person.name} at {made.url}: {made.queries} queries, more than {limit}"
        for person, extra in ((people["outsider"], 0), (people["resident"], SIGNED_IN))
        for made in person.public
        if made.queries > (limit := QUERIES + extra)
    ]
    assert not greedy, "\n".join(greedy)


def test_reading_sets_no_cookie(people: dict[str, Person]) -> None:
    """Only a form's token and a sign-in need one; whoever reads the city's pages gets none."""
    reader = Client()
    for made in _pages(people["outsider"]):
        written = made.soup.find("form", method="post") is not None
        if not written and not made.route.removeprefix("en/").startswith("account/"):
            reader.get(made.url)
            assert not reader.cookies, (
                f"{made.url} set {list(reader.cookies)}; a page to read needs no cookie"
            )


def _unmarked(made: Visit) -> list[str]:
    found = []
    for text in made.soup.find_all(string=JAPANESE):
        if not isinstance(text, NavigableString) or text.__class__ is not NavigableString:
            continue
        around = [parent for parent in text.parents if isinstance(parent, Tag)]
        if any(parent.name in ("script", "style", "template", "code", "pre") for parent in around):
            continue
        language = next((str(parent["lang"]) for parent in around if parent.get("lang")), "")
        if language != "ja" and JAPANESE.search(EXAMPLE.sub("", text)):
            found.append(text.strip())
    return found
