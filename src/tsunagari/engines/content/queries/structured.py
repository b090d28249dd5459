"""A page as machines are told of it: read from the page, its surroundings and the city's look."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags

from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.models.published import path_of
from tsunagari.engines.content.queries.around import Around, rich_texts
from tsunagari.engines.content.queries.contacts import division_title
from tsunagari.engines.content.queries.rows import PageRow
from tsunagari.engines.content.rules import structured
from tsunagari.engines.content.rules.structured import City, Subject, Told
from tsunagari.kernel.design.city_look import city_look, in_language
from tsunagari.kernel.design.easy import tag_of
from tsunagari.kernel.i18n.clock import Clock, system_clock


@dataclass(frozen=True, kw_only=True)
class Machines:
    """What stands in the head of a page for machines: its one address, what is shown when it is shared, and the
    things of schema.org."""

    canonical: str
    graph: Mapping[str, str]
    things: tuple[Told, ...]


def the_city(origin: str) -> City:
    """The city in the reader's language."""
    look = city_look()
    return City(
        name=in_language(look.name),
        address=in_language(look.address),
        telephone=look.telephone,
        origin=origin,
    )


def of_page(
    page: Any, around: Around, *, origin: str, image: str = "", clock: Clock = system_clock
) -> Machines:
    """A page of the tree. `image` is the address of its first picture, "" for none."""
    city = the_city(origin)
    language = page.locale.language_code
    address = address_of(path_of(page), language)
    subject = Subject(
        title=page.title,
        summary=page.summary,
        address=address,
        language=tag_of(language),
        division=division_title(page.division, language, clock=clock) if page.division else "",
        published_at=page.first_published_at or clock(),
        changed_at=page.last_published_at or clock(),
    )
    above = [(each.title, each.address) for each in around.above]
    return Machines(
        canonical=f"{origin}{address}",
        graph=structured.open_graph(
            title=page.title,
            summary=page.summary,
            url=f"{origin}{address}",
            language=language,
            site=in_language(city_look().site),
            article=page.kind not in ("list", "topic"),
            image=f"{origin}{image}" if image.startswith("/") else image,
        ),
        things=(
            structured.breadcrumbs(above, page.title, address, origin),
            *_things(page, subject, city),
        ),
    )


def _things(page: Any, subject: Subject, city: City) -> Iterator[Told]:
    if page.kind == "news":
        yield structured.news_article(subject, city, day=page.day)
    elif page.kind == "event":
        yield structured.event(
            subject, city, begins=page.begins, ends=page.ends, place=page.place, fee=page.fee
        )
    elif page.kind == "question":
        yield structured.question(subject, city, answer=plain_words(page))
    elif page.kind == "page" and {block.block_type for block in page.body} & {"steps", "fees"}:
        yield structured.government_service(subject, city, _fees(page))


def _fees(page: Any) -> list[tuple[str, int]]:
    rows = (row for block in page.body if block.block_type == "fees" for row in block.value["rows"])
    return [(str(row["what"]), int(row["yen"])) for row in rows if row["yen"] is not None]


def plain_words(page: Any) -> str:
    """The texts of a page without their markup."""
    texts = (strip_tags(text.source.replace("</p>", "\n").replace("</li>", "\n")) for text in rich_texts(page.body))  # fmt: skip
    return "\n".join(line.strip() for text in texts for line in text.splitlines() if line.strip())


def of_list(page: Any, rows: Iterable[PageRow], language: str, origin: str) -> Machines:
    """A list of news, events or questions: what stands on it, one below the other."""
    address = address_of(path_of(page), language)
    listed = structured.item_list([(row.title, row.address) for row in rows], origin)
    return of_index(page.title, address, origin=origin, things=(listed,), summary=page.summary, language=language)  # fmt: skip


def of_division(code: str, name: str, telephone: str, language: str, origin: str) -> Machines:
    """The page of a division."""
    address = address_of(f"divisions/{code}/", language)
    told = structured.division_organization(
        the_city(origin), name=name, address=address, telephone=telephone
    )
    return of_index(name, address, origin=origin, things=(told,), language=language)


def of_home(language: str, origin: str) -> Machines:
    """The home: the city itself."""
    city = the_city(origin)
    return of_index(
        in_language(city_look().site),
        address_of("", language),
        origin=origin,
        things=(structured.city_organization(city),),
        language=language,
    )


def of_index(
    title: str,
    address: str,
    *,
    origin: str,
    things: tuple[Told, ...] = (),
    summary: str = "",
    language: str = "ja",
) -> Machines:
    """A page that is no page of the tree: a list, a division, the home, which alone has no way to it."""
    home = address == address_of("", language)
    way = () if home else (structured.breadcrumbs((), title, address, origin),)
    return Machines(
        canonical=f"{origin}{address}",
        graph=structured.open_graph(
            title=title,
            summary=summary,
            url=f"{origin}{address}",
            language=language,
            site=in_language(city_look().site),
            article=False,
            image="",
        ),
        things=(*way, *things),
    )
