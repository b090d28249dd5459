"""A pack names the people of its trial; what does not fit is refused in a sentence."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as installation
from pytest_django import Settings

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api
from tsunagari.kernel.identity.models import Account, Post
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.identity.rules.people_file import people_in

CITIES = Path(installation.ROOT) / "cities"
ALWAYS = {"hanako@example.jp", "shimin", "koho", "jimukyoku", "kanri"}
"""Logins that guides and tests rely on, whatever the city."""


@pytest.fixture
def sample(db: None, settings: Settings) -> None:
    """A trial of the invented town, with its divisions."""
    settings.DEMO, settings.CITY_PACK = True, CITIES / "sample"
    api.load_divisions(yaml.safe_load((CITIES / "sample" / "divisions.yaml").read_text("utf-8")))


@pytest.mark.parametrize("city", ["nishitokyo", "sample", "none"])
def test_the_same_logins_work_in_every_city(settings: Settings, city: str) -> None:
    settings.CITY_PACK = CITIES / city
    people = {person.login: person.post for person in api.demo_people()}
    assert people.keys() >= ALWAYS
    roles = {login: post.role for login, post in people.items() if post}
    assert (roles["jimukyoku"], roles["kanri"]) == ("secretariat", "administrator")


def test_people_of_the_pack_have_the_posts_they_held(sample: None) -> None:
    api.make_demo_accounts(clock=system_clock)
    posts = Post.objects.filter(account__login_name="kenko").order_by("begins")
    assert [post.division.code for post in posts] == ["hoken-center", "kenko-suishin"]
    assert set(Post.objects.values_list("role", flat=True)) == {
        "member", "head", "secretariat", "auditor", "administrator", "committee",
    }  # fmt: skip
    api.make_demo_accounts(clock=system_clock)
    assert Account.objects.count() == len(api.demo_people())


def test_who_gave_a_figure_is_found_by_her_login(sample: None) -> None:
    assert api.demo_actor("shimin") == ""
    api.make_demo_accounts(clock=system_clock)
    assert api.demo_actor("shimin") == Account.objects.get(login_name="shimin").public_id


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([], "names nobody; write people: and a list under it"),
        ([{"login": "shimin", "name": "日向"}], "shimin: kana is unknown or missing"),
        ([{"login": "shimin", "name": "日向", "kana": "ひなた"}], "a clerk's is a word and has one"),
        (
            [{"login": "a@example.jp", "name": "日向", "kana": "ひなた", "posts": [{"division": "x"}]}],
            "a resident's login is an address and has no posts",
        ),
        (
            [{"login": "shimin", "name": "日向", "kana": "ひなた", "posts": [{"division": "x", "role": "chief"}]}],
            r"write division, title, role \(member, head",
        ),
        ([{"login": "a@example.jp", "name": "日向", "kana": "ひなた"}] * 2, "is named twice"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_refused(people: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(Refused, match=f"people.yaml.*{sentence}"):
        people_in({"people": people}, file="people.yaml")
