"""What a page tells machines about itself, in the words of schema.org: plain data, made of plain data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tsunagari.kernel.i18n.days import JAPAN

Told = dict[str, Any]

LONGEST_HEADLINE: Final = 110
"""Letters of a headline that search engines take."""
LONGEST_ANSWER: Final = 2000


@dataclass(frozen=True, kw_only=True)
class City:
    """The city as an organization. `origin` stands before addresses: https://city.example."""

    name: str
    address: str
    telephone: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A page as machines are told of it. `address` begins with the stroke after the host; `division` is a name."""

    title: str
    summary: str
    address: str
    language: str
    division: str
    published_at: datetime
    changed_at: datetime


def breadcrumbs(above: Iterable[tuple[str, str]], title: str, address: str, origin: str) -> Told:
    """The way to a page: titles and addresses from the top, the page itself last."""
    steps = [*above, (title, address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": f"{origin}{to}"}
            for place, (name, to) in enumerate(steps, start=1)
        ],
    }


def city_organization(city: City) -> Told:
    """The city itself."""
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{city.origin}/#city",
        "name": city.name,
        "url": f"{city.origin}/",
        "telephone": city.telephone,
        "address": city.address,
    }


def division_organization(city: City, *, name: str, address: str, telephone: str) -> Told:
    """A division of the city."""
    return {
        "@type": "GovernmentOrganization",
        "name": name,
        "url": f"{city.origin}{address}",
        "telephone": telephone or city.telephone,
        "parentOrganization": city_organization(city),
    }


def government_service(subject: Subject, city: City, fees: Sequence[tuple[str, int]]) -> Told:
    """A procedure: a page with steps or fees. `fees` are what is paid for, and whole yen."""
    return {
        "@type": "GovernmentService",
        **_common(subject, city),
        "provider": _provider(subject, city),
        "areaServed": {"@type": "AdministrativeArea", "name": city.name},
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": f"{city.origin}{subject.address}",
        },
        **(
            {
                "offers": [
                    {"@type": "Offer", "name": name, "price": str(yen), "priceCurrency": "JPY"}
                    for name, yen in fees
                ]
            }
            if fees
            else {}
        ),
    }


def news_article(subject: Subject, city: City, *, day: date) -> Told:
    """News of the city."""
    return {
        "@type": "NewsArticle",
        **_common(subject, city),
        "headline": subject.title[:LONGEST_HEADLINE],
        "datePublished": day.isoformat(),
        "dateModified": _moment(subject.changed_at),
        "author": _provider(subject, city),
        "publisher": city_organization(city),
        "mainEntityOfPage": f"{city.origin}{subject.address}",
    }


def event(
    subject: Subject, city: City, *, begins: datetime, ends: datetime | None, place: str, fee: str
) -> Told:
    """An event with its time and place."""
    free = fee.strip() in ("無料", "なし", "0円", "Free", "free")
    return {
        "@type": "Event",
        **_common(subject, city),
        "startDate": _moment(begins),
        **({"endDate": _moment(ends)} if ends else {}),
        "location": {"@type": "Place", "name": place, "address": city.address},
        "organizer": _provider(subject, city),
        "eventStatus": "https://schema.org/EventScheduled",
        **({"isAccessibleForFree": True} if free else {}),
    }


def question(subject: Subject, city: City, *, answer: str) -> Told:
    """A question with the city's one answer (a FAQPage: nobody else answers here)."""
    return {
        "@type": "FAQPage",
        **_common(subject, city),
        "mainEntity": [
            {
                "@type": "Question",
                "name": subject.title,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": (answer or subject.summary or subject.title)[:LONGEST_ANSWER],
                },
            }
        ],
    }


def item_list(rows: Sequence[tuple[str, str]], origin: str) -> Told:
    """What a list shows, in its order: titles and addresses."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "url": f"{origin}{to}"}
            for place, (name, to) in enumerate(rows, start=1)
        ],
    }


def _common(subject: Subject, city: City) -> Told:
    return {
        "name": subject.title,
        **({"description": subject.summary} if subject.summary else {}),
        "url": f"{city.origin}{subject.address}",
        "inLanguage": subject.language,
    }


def _provider(subject: Subject, city: City) -> Told:
    name = " ".join(each for each in (city.name, subject.division) if each)
    return {"@type": "GovernmentOrganization", "name": name, "url": f"{city.origin}/"}


def _moment(moment: datetime) -> str:
    return moment.astimezone(JAPAN).isoformat(timespec="seconds")


def open_graph(
    *, title: str, summary: str, url: str, language: str, site: str, article: bool, image: str
) -> Mapping[str, str]:
    """What a page shows when somebody shares it (Open Graph); "" is left out."""
    said = {
        "og:title": title,
        "og:description": summary,
        "og:url": url,
        "og:type": "article" if article else "website",
        "og:locale": "en_US" if language == "en" else "ja_JP",
        "og:site_name": site,
        "og:image": image,
    }
    return {name: text for name, text in said.items() if text}
