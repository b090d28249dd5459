"""The people of a trial as a city pack names them (people.yaml), and those of a pack that names none."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity.declare import ROLES, Role
from tsunagari.kernel.identity.rules import Refused


@dataclass(frozen=True, kw_only=True)
class DemoPost:
    """A post that a person of the trial holds or held. `begins` None: since this fiscal year began."""

    division: str
    title: str = ""
    role: Role = "member"
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """One person of the trial; a resident, whose `login` is an address, has no posts."""

    login: str
    name: str
    kana: str
    posts: tuple[DemoPost, ...] = ()

    @property
    def post(self) -> DemoPost | None:
        """The post held now; None for a resident and for whoever has left."""
        return next((post for post in self.posts if post.ends is None), None)


def _clerk(login: str, name: str, kana: str, *, post: DemoPost) -> DemoPerson:
    return DemoPerson(login=login, name=name, kana=kana, posts=(post,))


NOBODYS_PEOPLE: Final = (
    DemoPerson(login="hanako@example.jp", name="見本 花子", kana="みほん はなこ"),
    _clerk(
        "shimin", "見本 一郎", "みほん いちろう", post=DemoPost(division="shimin", title=N_("主事"))
    ),
    _clerk(
        "koho",
        "見本 さくら",
        "みほん さくら",
        post=DemoPost(division="hisho-koho", title=N_("主事")),
    ),
    _clerk(
        "jimukyoku",
        "見本 恵",
        "みほん めぐみ",
        post=DemoPost(division="joho-suishin", title=N_("主査"), role="secretariat"),
    ),
    _clerk(
        "kanri",
        "見本 誠",
        "みほん まこと",
        post=DemoPost(division="joho-suishin", title=N_("係長"), role="administrator"),
    ),
)
"""Who tries out a city whose pack has no people.yaml."""

_WORDS: Final = {"from": "begins", "until": "ends"}


def people_in(said: Mapping[str, Any], *, file: str) -> tuple[DemoPerson, ...]:
    """The people of `people.yaml` as read; Refused in a sentence that names file, person and mend."""
    people = tuple(_person(entry, file) for entry in said.get("people", ()))
    logins = [person.login for person in people]
    twice = sorted({login for login in logins if logins.count(login) > 1})
    if twice:
        raise Refused(f"{file}: {twice[0]} is named twice; give each person a login of their own.")
    if not people:
        raise Refused(
            f"{file}: names nobody; write people: and a list under it, or remove the file."
        )
    return people


def _person(entry: Mapping[str, Any], file: str) -> DemoPerson:
    login = entry.get("login", "?")
    posts = tuple(_post(post, f"{file}: {login}") for post in entry.get("posts", ()))
    unknown = sorted(set(entry) - {"login", "name", "kana", "posts"})
    missing = sorted({"login", "name", "kana"} - set(entry))
    if unknown or missing:
        raise Refused(
            f"{file}: {login}: {', '.join(unknown + missing)} is unknown or missing; a person has login, name, kana and posts."
        )
    if ("@" in login) == bool(posts):
        raise Refused(
            f"{file}: {login}: a resident's login is an address and has no posts, a clerk's is a word and has one."
        )
    return DemoPerson(login=login, name=entry["name"], kana=entry["kana"], posts=posts)


def _post(entry: Mapping[str, Any], where: str) -> DemoPost:
    said = {_WORDS.get(name, name): held for name, held in entry.items()}
    known = {field.name for field in fields(DemoPost)}
    if (
        not said.keys() <= known
        or "division" not in said
        or said.get("role", "member") not in ROLES
    ):
        raise Refused(
            f"{where}: the post {dict(entry)} does not fit; write division, title, role ({', '.join(ROLES)}), from and until."
        )
    return DemoPost(**said)
