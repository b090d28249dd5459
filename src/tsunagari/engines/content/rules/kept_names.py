"""Names of what a kept answer was made of, and which of them a change concerns."""

from datetime import date, datetime
from hashlib import sha256
from typing import Protocol


class Shown(Protocol):
    """What of a published page stands on other pages too."""

    public_id: str
    language: str
    path: str
    parent_path: str
    order: str
    kind: str
    title: str
    summary: str
    division: str
    category: str
    urgent: bool
    day: date
    begins: datetime | None
    ends: datetime | None
    place: str

    @property
    def translations(self) -> object:
        """What binds its languages."""
        ...


def page_name(public_id: str) -> str:
    """The page itself, with all of its text."""
    return f"content.page:{public_id}"


def link_name(public_id: str) -> str:
    """What other pages show of it: title, summary, address, day."""
    return f"content.link:{public_id}"


def translations_name(translations: str) -> str:
    """In which languages a page exists."""
    return f"content.translations:{translations}"


def list_name(kind: str, language: str) -> str:
    """All pages of a kind in a language: which there are, and in which order."""
    return f"content.list:{kind}:{language}"


def below_name(path: str, language: str) -> str:
    """What stands directly below an address."""
    return f"content.below:{language}/{path}"


def changed_name(language: str) -> str:
    """When pages of a language were published last: feeds of what is new, the sitemap."""
    return f"content.changed:{language}"


def division_name(code: str, language: str) -> str:
    """The pages of a division."""
    return f"content.division:{code}:{language}"


def label_name(sort: str, code: str, language: str) -> str:
    """The pages with a label."""
    plain = code if code.isascii() else sha256(code.encode()).hexdigest()[:16]
    return f"content.label:{sort}:{plain}:{language}"


def changed_names(before: Shown | None, now: Shown | None) -> tuple[str, ...]:
    """What has to be drawn anew when a page goes from one state to another; None: it is not published."""
    states = [each for each in (before, now) if each is not None]
    if not states:
        return ()
    names = {page_name(states[0].public_id)}
    if len(states) == 1 or _told(states[0]) != _told(states[1]):
        for each in states:
            names |= {
                link_name(each.public_id),
                list_name(each.kind, each.language),
                below_name(each.parent_path, each.language),
                division_name(each.division, each.language),
                translations_name(str(each.translations)),
            }
    return tuple(sorted(names))


def _told(page: Shown) -> tuple[object, ...]:
    return (
        page.language,
        page.path,
        page.order,
        page.kind,
        page.title,
        page.summary,
        page.division,
        page.category,
        page.urgent,
        page.day,
        page.begins,
        page.ends,
        page.place,
    )
