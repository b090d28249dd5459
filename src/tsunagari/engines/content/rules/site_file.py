"""What a city pack says of its site (`site/site.yaml`): topics, life events, certificates, contacts and examples for the search."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tsunagari.kernel.i18n.mapping_file import mapping_in


@dataclass(frozen=True, kw_only=True)
class Word:
    """A code with its words by language, and an icon of Material Symbols ("" for none)."""

    code: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    icon: str = ""

    def in_language(self, language: str) -> str:
        """The title in a language, in Japanese where the pack has no other."""
        return self.title.get(language) or self.title["ja"]

    def summary_in(self, language: str) -> str:
        """The summary in a language, "" where the pack has none."""
        return self.summary.get(language) or self.summary.get("ja", "")


@dataclass(frozen=True, kw_only=True)
class Topic(Word):
    """A topic of the site with those below it, in their order."""

    below: tuple["Topic", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Where a division is asked: each text by language."""

    place: Mapping[str, str]
    telephone: str
    extension: str
    mail: str
    hours: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class SiteWords:
    """Everything that a pack says of its site; empty where it has no such file. `certificates` are the classes of
    the certificates for people with disabilities, which differ between prefectures."""

    topics: tuple[Topic, ...] = ()
    life_events: tuple[Word, ...] = ()
    certificates: tuple[Word, ...] = ()
    search_examples: tuple[str, ...] = ()
    contacts: Mapping[str, Contact]


@cache
def site_words(pack: Path) -> SiteWords:
    """The words of the pack's site, read once for each pack."""
    file = pack / "site" / "site.yaml"
    said = mapping_in(file) if file.exists() else {}
    return SiteWords(
        topics=tuple(_topic(each) for each in said.get("topics", ())),
        life_events=tuple(Word(**_word(each)) for each in said.get("life_events", ())),
        certificates=tuple(Word(**_word(each)) for each in said.get("certificates", ())),
        search_examples=tuple(said.get("search_examples", ())),
        contacts={code: _contact(each) for code, each in (said.get("contacts") or {}).items()},
    )


def _word(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": str(said["code"]),
        "title": _texts(said["title"]),
        "summary": _texts(said.get("summary", "")),
        "icon": said.get("icon", ""),
    }


def _topic(said: Mapping[str, Any]) -> Topic:
    below = said.get("topics") or said.get("subtopics") or said.get("below") or ()
    return Topic(**_word(said), below=tuple(_topic(each) for each in below))


def _contact(said: Mapping[str, Any]) -> Contact:
    return Contact(
        place=_texts(said.get("place", "")),
        telephone=str(said.get("telephone", "")),
        extension=str(said.get("extension", "")),
        mail=str(said.get("mail", "")),
        hours=_texts(said.get("hours", "")),
    )


def _texts(said: Any) -> dict[str, str]:
    return dict(said) if isinstance(said, Mapping) else {"ja": str(said)} if said else {}
