"""The pages of a city pack (`site/pages`, `news`, `events`, `questions`) as plain data, read before any is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from tsunagari.engines.content.declare import Kind
from tsunagari.engines.content.rules.site_file import site_words
from tsunagari.kernel.i18n.days import JAPAN
from tsunagari.kernel.i18n.mapping_file import mapping_in, said_in

LANGUAGES: Final = ("ja", "en", "easy")
LISTS: Final[dict[Kind, str]] = {"news": "news", "event": "events", "question": "faq"}
"""Addresses of the lists, by what they list."""


class SiteRefused(ValueError):
    """A site file that cannot be taken in; the message names the file, what is wrong and the mend."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A page in one language. `body` is a list of one-key mappings, as written."""

    title: str
    summary: str
    body: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """A page of the pack. `topics` are the codes of its topic and subtopic, () for what stands in a list."""

    file: str
    kind: Kind
    slug: str
    topics: tuple[str, ...]
    division: str
    wordings: Mapping[str, Wording]
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    reading: str = ""
    published: date | None = None
    checked_on: date | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def site_pages(pack: Path) -> Iterator[SitePage]:
    """Every page of the pack, those of topics first. Raises SiteRefused."""
    site = pack / "site"
    for file in sorted(site.glob("pages/**/*.yaml")):
        topics = file.relative_to(site / "pages").parent.parts
        yield _page(file, mapping_in(file), kind="page", slug=file.stem, topics=topics)
    for kind, folder in (("news", "news"), ("event", "events")):
        for file in sorted(site.glob(f"{folder}/*.yaml")):
            yield _page(file, mapping_in(file), kind=kind, slug=file.stem, topics=())
    certificates = {each.code for each in site_words(pack).certificates}
    for file in sorted(site.glob("questions/*.yaml")):
        for said in _questions_in(file):
            if unknown := set(said.get("disability_class") or ()) - certificates:
                raise SiteRefused(
                    f"{file}: {said.get('slug')}: there is no certificate {', '.join(sorted(unknown))}; "
                    "name it in site.yaml below certificates, or take it away."
                )
            yield _question(file, said)


def _questions_in(file: Path) -> list[Mapping[str, Any]]:
    """A file of questions is a list."""
    said = said_in(file)
    if not isinstance(said, list):
        raise SiteRefused(f"{file}: holds no list; write each question with - slug: … in front.")
    return said


def _page(
    file: Path, said: Mapping[str, Any], *, kind: Any, slug: str, topics: tuple[str, ...]
) -> SitePage:
    for needed in ("title", "division"):
        if not said.get(needed):
            raise SiteRefused(f"{file}: has no {needed}; write {needed}: …")
    return SitePage(
        file=str(file),
        kind=kind,
        slug=slug,
        topics=topics,
        division=said["division"],
        wordings=_wordings(said),
        life_events=tuple(said.get("life_events") or ()),
        keywords=tuple(str(each) for each in said.get("keywords") or ()),
        reading=said.get("reading", ""),
        published=_day(said.get("published") or said.get("from")),
        checked_on=_day(said.get("reviewed")),
        more={key: said[key] for key in _MORE & said.keys()},
    )


_MORE: Final = {
    "from", "until", "urgent", "category", "starts", "ends", "place", "fee", "capacity", "booking",
}  # fmt: skip


def _question(file: Path, said: Mapping[str, Any]) -> SitePage:
    wordings = {}
    for language in LANGUAGES:
        own = said if language == "ja" else said.get(language)
        if own:
            body = [{"text": own["answer"]}]
            if said.get("page"):
                body.append({"related": [said["page"]]})
            wordings[language] = Wording(title=own["question"], summary="", body=tuple(body))
    ages = said.get("ages") or ()
    return SitePage(
        file=f"{file}: {said.get('slug')}",
        kind="question",
        slug=said["slug"],
        topics=(),
        division=said["division"],
        wordings=wordings,
        life_events=tuple(said.get("life_events") or ()),
        keywords=tuple(str(each) for each in said.get("keywords") or ()),
        more={
            "age_from": ages[0] if ages else None,
            "age_to": ages[1] if ages else None,
            "disability_classes": list(said.get("disability_class") or ()),
        },
    )


def _wordings(said: Mapping[str, Any]) -> dict[str, Wording]:
    found = {}
    for language in LANGUAGES:
        own = said if language == "ja" else said.get(language)
        if own:
            found[language] = Wording(
                title=own["title"],
                summary=str(own.get("summary") or "").strip(),
                body=tuple(own.get("body") or ()),
            )
    return found


def _day(said: Any) -> date | None:
    if isinstance(said, datetime):
        return said.date()
    if said is None or isinstance(said, date):
        return said
    return date.fromisoformat(str(said))


def moment(said: Any) -> datetime | None:
    """A moment of a pack, in Japan's time where it says no other."""
    if said is None:
        return None
    found = said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    return found if found.tzinfo else found.replace(tzinfo=JAPAN)
