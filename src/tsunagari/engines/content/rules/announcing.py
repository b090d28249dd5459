"""Whether an announcement can stand as it was written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tsunagari.engines.content.rules.emergency_file import LANGUAGES, PARTS
from tsunagari.kernel.i18n.texts import N_

LONGEST: Final = {"title": 60, "text": 500, "todo": 500}
"""Characters of each part: what fits on a small screen and into a page below 30 kB in every language."""

_ADDRESS = re.compile(r"/(?![/\\])[^\s\\]*|https?://[^\s/\\]+(?:/\S*)?")


class AnnouncementRefused(ValueError):
    """An announcement that cannot be released; the message is a sentence marked with N_ for whoever wrote it."""


def cleaned(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The texts without blanks around them, languages without a title left out. Raises AnnouncementRefused."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        parts = {part: str(texts.get(language, {}).get(part, "")).strip() for part in PARTS}
        if any(len(parts[part]) > LONGEST[part] for part in PARTS):
            raise AnnouncementRefused(
                N_("長すぎる文があります。題名は60字、ほかは500字までにしてください。")
            )
        if not parts["title"] and (parts["text"] or parts["todo"]):
            raise AnnouncementRefused(
                N_("題名のないことばがあります。題名を書くか、そのことばの文を消してください。")
            )
        if parts["title"]:
            found[language] = parts
    if "ja" not in found or not found["ja"]["text"]:
        raise AnnouncementRefused(N_("日本語の題名と「起きていること」を書いてください。"))
    return found


def check_address(address: str) -> str:
    """The address of the page to read on, "" for none. Raises AnnouncementRefused."""
    plain = address.strip()
    if plain and not _ADDRESS.fullmatch(plain):
        raise AnnouncementRefused(
            N_(
                "くわしいページのアドレスは、このサイトの「/」で始まるもの（例：/bosai/hinan/）か、https:// で始まるものを書いてください。"
            )
        )
    return plain


class AlreadyAnnounced(Exception):
    """Somebody else was quicker: what is announced now is not what she saw."""


@dataclass(frozen=True, kw_only=True)
class By:
    """Who announces, and for which division; "" for a command."""

    person: str = ""
    division: str = ""


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """What is to be announced. `texts` by language: {"ja": {"title": …, "text": …, "todo": …}}."""

    texts: Mapping[str, Mapping[str, str]]
    address: str = ""
    light: bool = False
    drill: bool = False
