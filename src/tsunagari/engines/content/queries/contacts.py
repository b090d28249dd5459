"""Whom to ask: a division's name and how it is reached, from the city pack and from a page's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from tsunagari.engines.content.rules.site_file import site_words
from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity


@dataclass(frozen=True, kw_only=True)
class ContactWords:
    """A contact in one language; "" for what is not known. `telephone_link` has digits only."""

    code: str
    division: str
    about: str
    place: str
    telephone: str
    telephone_link: str
    extension: str
    mail: str
    hours: str


def division_title(code: str, language: str, *, clock: Clock) -> str:
    """The name of a division in this fiscal year; "" for a code that nobody bears."""
    name = identity.division_names([code], FiscalYear.at(clock()), language).get(code, "")
    return name if name != code else ""  # what nobody bears is called by its code there


def contact_words(value: Mapping[str, Any], language: str, *, clock: Clock) -> ContactWords:
    """The contact that a block names. Without a word of the pack: the city's own number."""
    code = str(value.get("division") or "")
    known = site_words(Path(settings.CITY_PACK)).contacts.get(code)
    name = division_title(code, language, clock=clock) if code else ""
    telephone = (
        value.get("telephone") or (known.telephone if known else "") or city_look().telephone
    )
    return ContactWords(
        code=code,
        division=name,
        about=str(value.get("about") or ""),
        place=str(value.get("place") or "") or (_in(known.place, language) if known else ""),
        telephone=telephone,
        telephone_link="".join(sign for sign in telephone if sign in "+0123456789"),
        extension="" if value.get("telephone") or not known else known.extension,
        mail=str(value.get("mail") or "") or (known.mail if known else ""),
        hours=_in(known.hours, language) if known else "",
    )


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("ja", "")
