"""What was found, as the page shows it: marked words, why it was found, filters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tsunagari.kernel.search import api
from tsunagari.kernel.search.declare import Found, Hit, Match, Source
from tsunagari.kernel.search.views.asking import Asked

Marks = Sequence[tuple[int, int]]
Words = Mapping[tuple[str, str], str]
"""By (facet, what entries hold of it): its words."""

MOST_CHOICES = 12
"""Values of one filter; the others are for few of the results."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """An entry that was found, in words. `above` are the titles of the pages above it."""

    title: SafeString
    excerpt: SafeString
    address: str
    kind: str
    divisions: tuple[str, ...]
    day: date | None
    above: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value of a filter as a link; `current` where it is set."""

    title: str
    number: int | None
    address: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A filter with its values. Where one is set, `off` leads to the results without it."""

    title: str
    choices: tuple[Choice, ...]
    off: str


def marked_up(text: str, marks: Marks) -> SafeString:
    """The text with <mark> around what was sought; everything else escaped."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for begin, end in marks:
        pieces.append((text[at:begin], text[begin:end]))
        at = end
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", marked, text[at:])


def why(matches: Iterable[Match]) -> tuple[str, ...]:
    """Why an entry was found, where it does not simply say what was sought."""
    sentences = {
        "synonym": gettext("「%(sought)s」と同じ意味の「%(found)s」で見つかりました"),
        "reading": gettext("「%(sought)s」と読む「%(found)s」で見つかりました"),
        "corrected": gettext("「%(sought)s」に近い「%(found)s」で見つかりました"),
    }
    told = (
        sentences[each.by] % {"sought": each.sought, "found": each.found}
        for each in matches
        if each.by in sentences
    )
    return tuple(dict.fromkeys(told))


def results(found: Found, words: Words, places: Mapping[str, tuple[str, ...]]) -> list[Result]:
    """The entries of this page."""
    return [
        Result(
            title=marked_up(hit.title, hit.title_marks),
            excerpt=marked_up(hit.excerpt, hit.excerpt_marks),
            address=hit.address,
            kind=kind_title(hit.kind),
            divisions=_named(hit, "division", words),
            day=hit.day,
            above=_above(hit, places),
            why=why(hit.matches),
        )
        for hit in found.hits
    ]


def _above(hit: Hit, places: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The titles above, without a list that is called as its entries are (よくある質問)."""
    return tuple(title for title in places.get(hit.address, ()) if title != kind_title(hit.kind))


def _named(hit: Hit, facet: str, words: Words) -> tuple[str, ...]:
    held = (words.get((facet, value), "") for value in hit.facets.get(facet, ()))
    return tuple(each for each in held if each)


def kind_title(kind: str) -> str:
    """What a kind of entry is called: by its source; "" for one that no room declares any more."""
    source = api.source_of(kind)
    return gettext(source.titles.get(kind, source.title)) if source else ""


def facet_words(found: Found, asked: Asked, sources: Sequence[Source], language: str) -> Words:
    """The words of everything that entries hold of a facet: each source is asked once for each facet."""
    held: dict[str, list[str]] = {}
    for name, value, _number in found.facets:
        held.setdefault(name, []).append(value)
    for name, value in asked.facets.items():
        held.setdefault(name, []).append(value)
    words: dict[tuple[str, str], str] = {}
    for source in sources:
        for name in source.facets if source.values else ():
            missing = sorted({each for each in held.get(name, ()) if (name, each) not in words})
            if source.values and missing:
                told = source.values(name, missing, language)
                words |= {(name, value): title for value, title in told.items() if title}
    return words


def places_of(found: Found, sources: Sequence[Source], language: str) -> dict[str, tuple[str, ...]]:
    """By address, the titles of the pages above: each source is asked once, of its own."""
    places: dict[str, tuple[str, ...]] = {}
    for source in sources:
        own = [hit.address for hit in found.hits if hit.kind.startswith(f"{source.id}.")]
        if source.places and own:
            places |= source.places(own, language)
    return places


def kind_filter(found: Found, asked: Asked) -> Filter:
    """The kinds among what was found."""
    counted = [(kind, number) for kind, number in found.kinds if kind_title(kind)]
    if asked.kind and not any(kind == asked.kind for kind, _number in counted):
        counted.append((asked.kind, 0))
    choices = tuple(
        Choice(
            title=kind_title(kind),
            number=number,
            address=asked.address(kind=kind),
            current=kind == asked.kind,
        )
        for kind, number in counted
    )
    return Filter(
        title=gettext("種類"), choices=choices, off=asked.address(kind="") if asked.kind else ""
    )


def facet_filters(
    found: Found, asked: Asked, words: Words, sources: Sequence[Source]
) -> list[Filter]:
    """The other filters that have something to choose."""
    titles = {name: title for source in sources for name, title in source.facets.items()}
    shown = []
    for name, title in titles.items():
        chosen = asked.facets.get(name, "")
        counted = [(value, n) for facet, value, n in found.facets if facet == name]
        if chosen:
            counted = [(value, n) for value, n in counted if value == chosen] or [(chosen, 0)]
        choices = tuple(
            Choice(
                title=words[name, value],
                number=number,
                address=asked.address(**{name: value}),
                current=value == chosen,
            )
            for value, number in counted[:MOST_CHOICES]
            if (name, value) in words
        )
        if chosen or len(choices) > 1:
            off = asked.address(**{name: ""}) if chosen else ""
            shown.append(Filter(title=gettext(title), choices=choices, off=off))
    return shown


def also_sought(synonyms: Iterable[tuple[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    """Each word of the question with the words that were taken for it too."""
    used: dict[str, list[str]] = {}
    for sought, other in synonyms:
        used.setdefault(sought, []).append(other)
    return [(sought, tuple(others)) for sought, others in used.items()]
