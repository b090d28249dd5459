"""What every page says in an emergency: read in one question."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, override

from tsunagari.engines.content.models import Emergency, Published
from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.rules.announcing import Announcement
from tsunagari.engines.content.rules.emergency_file import EmergencyFile, emergency_file
from tsunagari.kernel.design.banner import Banner, Way, Wording
from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.design.easy import tag_of

PAGE = "emergency/"
"""Where an announcement stands in full, below the prefix of each language."""

HISTORY = 100


def standing() -> Emergency | None:
    """What is announced now: an emergency before a drill."""
    return Emergency.objects.filter(ended_at__isnull=True).order_by("drill").first()


def banners_now(language: str) -> tuple[Banner, ...]:
    """What every page says in this language; () on most days."""
    found = Emergency.objects.filter(ended_at__isnull=True).order_by("drill")[:1]
    return tuple(banner_of(said_in(each), language, changed_at=each.begun_at) for each in found)


def said_in(row: Emergency) -> Announcement:
    """What a row says."""
    return Announcement(texts=row.texts, address=row.address, light=row.light, drill=row.drill)


def banner_of(said: Announcement, language: str, *, changed_at: datetime) -> Banner:
    """An announcement as a page in this language shows it."""
    names, texts = dict(settings.LANGUAGES), said.texts
    shown = language if texts.get(language, {}).get("title") else "ja"
    wordings = {
        code: _wording(code, name, texts[code])
        for code, name in names.items()
        if texts.get(code, {}).get("title")
    }
    return Banner(
        said=wordings[shown],
        others=tuple(each for code, each in wordings.items() if code != shown),
        changed_at=changed_at,
        more=texts[shown].get("address") or said.address,
        light=said.light,
        drill=said.drill,
        ways=ways_in(language),
    )


def _wording(language: str, name: str, parts: Mapping[str, str]) -> Wording:
    return Wording(
        language=language,
        tag=tag_of(language),
        name=name,
        title=parts["title"],
        text=parts.get("text", ""),
        todo=parts.get("todo", ""),
        address=address_of(PAGE, language),
    )


def ready() -> EmergencyFile:
    """What this city keeps ready."""
    return emergency_file(Path(settings.CITY_PACK))


def ways_in(language: str) -> tuple[Way, ...]:
    """Where help is: what the pack names, and numbers that all of Japan has."""
    with override(language):
        everywhere = (
            Way(title=gettext("火事・救急"), address="tel:119", note="119"),
            Way(title=gettext("警察"), address="tel:110", note="110"),
            Way(title=gettext("災害用伝言ダイヤル（家族に無事を伝える）"), address="tel:171", note="171"),
            Way(title=gettext("市役所"), address=f"tel:{city_look().telephone}", note=city_look().telephone),
        )  # fmt: skip
    own = (
        Way(
            title=each.title.get(language) or each.title.get("ja", ""),
            address=each.address,
            note=each.note.get(language) or each.note.get("ja", ""),
        )
        for each in ready().ways
    )
    return (*own, *everywhere)


def addresses_in_languages(address: str) -> dict[str, str]:
    """The page at an address of this site in each language in which it exists; {} for none of our pages."""
    code, path = _language_and_path(address)
    found = Published.objects.filter(language=code, path=path).first()
    if found is None:
        return {}
    family = Published.objects.filter(translations=found.translations)
    return {each.language: address_of(each.path, each.language) for each in family}


def _language_and_path(address: str) -> tuple[str, str]:
    path = address.partition("?")[0].partition("#")[0].removeprefix("/")
    first, _, rest = path.partition("/")
    if first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE:
        return first, rest
    return settings.LANGUAGE_CODE, path


def history() -> list[Emergency]:
    """All wordings, the newest first."""
    return list(Emergency.objects.order_by("-begun_at", "-pk")[:HISTORY])


def people_in(rows: Iterable[Emergency]) -> set[str]:
    """Public ids of who began and who ended."""
    return {each for row in rows for each in (row.begun_by, row.ended_by) if each}
