"""What a city says of its open data: its code, where it lies, and the terms of use (city.yaml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_CODE: Final = re.compile(r"[0-9]{6}")
_ADDRESS: Final = re.compile(r"https://[^\s<>\"{}|\\^`]+")
_LICENCE: Final = ("code", "name", "address")


class TermsRefused(ValueError):
    """A city.yaml whose terms of open data cannot be used; the message is one sentence with the mend."""


@dataclass(frozen=True, kw_only=True)
class Licence:
    """Terms of use: short code (CC BY 4.0), name by language, address of their text."""

    code: str
    name: Mapping[str, str]
    address: str


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A city's code (全国地方公共団体コード, 6 digits), its prefecture by language, and its licence.

    `licence` None: the city has not said under which terms its data may be used; nobody assumes any.
    """

    code: str
    prefecture: Mapping[str, str]
    licence: Licence | None


def terms_in(said: Mapping[str, Any], *, file: str) -> Terms:
    """The terms in a city.yaml as read; TermsRefused in a sentence that names file, place and mend."""
    code = str(said.get("code", ""))
    if not _CODE.fullmatch(code):
        raise TermsRefused(
            f'{file}: code {code!r} is no code of a municipality; write its 6 digits in quotes, such as "132292".'
        )
    return Terms(
        code=code,
        prefecture=_words(said.get("prefecture"), "prefecture", file),
        licence=_licence(said.get("open_data"), file),
    )


def _licence(said: Any, file: str) -> Licence | None:
    """None without the key `open_data`; what stands under it must be whole."""
    if said is None:
        return None
    licence = said.get("licence") if isinstance(said, dict) else None
    if not isinstance(licence, dict) or set(licence) != set(_LICENCE):
        raise TermsRefused(
            f"{file}: open_data must hold `licence` with exactly {', '.join(_LICENCE)}; see cities/sample/city.yaml."
        )
    address = str(licence["address"])
    if not _ADDRESS.fullmatch(address):
        raise TermsRefused(
            f"{file}: open_data, licence, address {address!r} is no address; write one that begins with https://."
        )
    name = _words(licence["name"], "open_data, licence, name", file)
    return Licence(code=str(licence["code"]), name=name, address=address)


def _words(said: Any, place: str, file: str) -> dict[str, str]:
    if not isinstance(said, dict) or not said.get("ja"):
        raise TermsRefused(f"{file}: {place} needs its Japanese words under `ja`.")
    return {str(language): str(words) for language, words in said.items()}
