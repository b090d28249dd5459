"""What the search's page says of the city's pages: words of its filters, titles of the pages above, ways onward."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from tsunagari.engines.content.models import Published
from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.queries.vocabulary import life_event_words, titles_of
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.search.declare import Onward


def facet_words(facet: str, held: Sequence[str], language: str) -> Mapping[str, str]:
    """Names of divisions or of life events by their code; one that the city has no more is left out."""
    if facet == "division":
        return identity.names_of(held)
    titles = titles_of(life_event_words(), language)
    return {code: title for code, title in titles.items() if code in held}


def titles_above(addresses: Sequence[str], language: str) -> dict[str, tuple[str, ...]]:
    """By address the titles of the published pages above it, the highest first. One question to the database."""
    start = len(address_of("", language))
    above = {each: _beginnings(each[start:]) for each in addresses}
    wanted = {path for paths in above.values() for path in paths}
    rows = Published.objects.filter(language=language, path__in=wanted)
    titles = dict(rows.values_list("path", "title"))
    return {
        address: tuple(titles[path] for path in paths if path in titles)
        for address, paths in above.items()
    }


def _beginnings(path: str) -> list[str]:
    """Of "a/b/c/" the addresses "a/" and "a/b/"."""
    parts = path.strip("/").split("/")
    return ["/".join(parts[:end]) + "/" for end in range(1, len(parts))]


def ways_onward(words: str, language: str) -> Sequence[Onward]:
    """Life events and the map of the site; for somebody who sought in vain, a way to ask."""
    try:
        events = tuple(
            (title, reverse("content:life_event", args=[code]))
            for code, title in titles_of(life_event_words(), language).items()
        )
        ways = [Onward(title=gettext("くらしの場面からさがす"), links=events)]
        if words:
            ask = f"{reverse('content:ask')}?{urlencode({'q': words})}"
            sending = ((gettext("見つからなかった質問を送る"), ask),)
            ways.insert(0, Onward(title=gettext("職員に聞く"), links=sending))
        others = (
            (gettext("課からさがす"), reverse("content:divisions")),
            (gettext("サイトマップ"), reverse("content:site_map")),
        )
        return [*ways, Onward(title=gettext("ほかのさがし方"), links=others)]
    except NoReverseMatch:
        return []
