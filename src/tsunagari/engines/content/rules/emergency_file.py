"""What a city pack keeps ready for an emergency (`site/emergency.yaml`): texts to begin from, and where help is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

LANGUAGES: Final = ("ja", "en", "easy")
PARTS: Final = ("title", "text", "todo")

Texts = Mapping[str, Mapping[str, str]]
"""By language: {"ja": {"title": …, "text": …, "todo": …}}."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """A text to begin from, in every language that the pack has it in."""

    code: str
    texts: Texts


@dataclass(frozen=True, kw_only=True)
class Help:
    """Where help is: a page, a telephone number or a station. `title` and `note` by language."""

    title: Mapping[str, str]
    address: str
    note: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class EmergencyFile:
    """All of it; empty where the pack has no such file. `fault` says why a file could not be read: at three in the
    morning that must not close the screen."""

    templates: tuple[Template, ...] = ()
    ways: tuple[Help, ...] = ()
    fault: str = ""


@cache
def emergency_file(pack: Path) -> EmergencyFile:
    """What the pack says, read once. The file is a list of templates, or names `templates` and `ways`:

    - {code: flood, title: {ja: …, en: …, easy: …}, text: {…}, todo: {…}}
    """
    file = pack / "site" / "emergency.yaml"
    if not file.exists():
        return EmergencyFile()
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
        whole = {"templates": said} if isinstance(said, list) else said
        return EmergencyFile(
            templates=tuple(_template(each) for each in whole.get("templates") or ()),
            ways=tuple(_help(each) for each in whole.get("ways") or ()),
        )
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, KeyError, TypeError) as fault:
        return EmergencyFile(fault=f"{file}: {type(fault).__name__}")


def _template(said: Mapping[str, Any]) -> Template:
    parts = {part: _by_language(said.get(part, "")) for part in PARTS}
    return Template(
        code=str(said["code"]),
        texts={
            language: {part: parts[part].get(language, "") for part in PARTS}
            for language in LANGUAGES
            if parts["title"].get(language)
        },
    )


def _help(said: Mapping[str, Any]) -> Help:
    number = str(said.get("telephone", ""))
    return Help(
        title=_by_language(said["title"]),
        address=f"tel:{number}" if number else str(said.get("address", "")),
        note=_by_language(said.get("note", number)),
    )


def _by_language(said: Any) -> dict[str, str]:
    if isinstance(said, Mapping):
        return {str(code): str(text).strip() for code, text in said.items()}
    return {"ja": str(said).strip()} if said else {}
