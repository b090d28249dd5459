"""What services, other engines and the city may ask of content; plain data goes in and out."""

from dataclasses import dataclass
from datetime import datetime

from tsunagari.engines.content.actions.begin_emergency import begin_emergency
from tsunagari.engines.content.actions.end_emergency import end_emergency
from tsunagari.engines.content.actions.fetch_site import Fetched, fetch_listed
from tsunagari.engines.content.actions.import_site import Brought, import_site
from tsunagari.engines.content.actions.load_site import LoadedSite, load_site
from tsunagari.engines.content.actions.load_words import LoadedWords, load_words
from tsunagari.engines.content.actions.prepare_site import prepare_site
from tsunagari.engines.content.actions.reword_emergency import reword_emergency
from tsunagari.engines.content.queries import emergencies
from tsunagari.engines.content.queries.lists import (
    next_events,
    topics_with_those_below,
    urgent_and_newest,
)
from tsunagari.engines.content.queries.rows import PageRow
from tsunagari.engines.content.queries.structured import Machines
from tsunagari.engines.content.queries.structured import of_home as home_for_machines
from tsunagari.engines.content.rules.announcing import (
    AlreadyAnnounced,
    Announcement,
    AnnouncementRefused,
    By,
)
from tsunagari.engines.content.rules.emergency_file import Texts
from tsunagari.engines.content.rules.old_pages.source import SourceRefused
from tsunagari.engines.content.rules.site_file import SiteWords, Word, site_words
from tsunagari.engines.content.rules.site_pages import SiteRefused
from tsunagari.kernel.i18n.clock import Clock

__all__ = [
    "AlreadyAnnounced",
    "Announced",
    "Announcement",
    "AnnouncementRefused",
    "Brought",
    "By",
    "Fetched",
    "LoadedSite",
    "LoadedWords",
    "Machines",
    "PageRow",
    "SiteRefused",
    "SiteWords",
    "SourceRefused",
    "Word",
    "announce",
    "announced",
    "begin_emergency",
    "emergency_template",
    "end_emergency",
    "fetch_listed",
    "home_for_machines",
    "import_site",
    "load_site",
    "load_words",
    "next_events",
    "prepare_site",
    "reword_emergency",
    "site_words",
    "topics_with_those_below",
    "urgent_and_newest",
]


@dataclass(frozen=True, kw_only=True)
class Announced:
    """What is announced now, and since when in these words."""

    public_id: str
    said: Announcement
    since: datetime


def announced() -> Announced | None:
    """What every page says now; None on most days."""
    row = emergencies.standing()
    if row is None:
        return None
    return Announced(public_id=row.public_id, said=emergencies.said_in(row), since=row.begun_at)


def announce(said: Announcement, *, clock: Clock) -> str:
    """Begin it without a person, or reword what stands; an emergency ends a drill. Gives its public id.

    Raises AnnouncementRefused, and AlreadyAnnounced for a drill while an emergency stands.
    """
    now = emergencies.standing()
    if now is None or now.drill != said.drill:
        return begin_emergency(said, by=By(), clock=clock)
    return reword_emergency(now.public_id, said, by=By(), clock=clock)


def emergency_template(code: str) -> Texts | None:
    """The texts of a template of the city pack; None for a code that it has not."""
    return next((each.texts for each in emergencies.ready().templates if each.code == code), None)
