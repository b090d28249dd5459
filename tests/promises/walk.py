"""Walking a site as a person: following links, remembering what answered and what it cost."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils import translation

OF_A_KIND = 2
"""How many addresses of one route are walked: a measure of thirty is like the other twenty-seven."""
HREF = re.compile(r"""<a\b[^>]*?\shref="([^"]*)\"""", re.DOTALL)
LEAVE_ALONE = re.compile(
    r"^/(static|media|i18n|console/documents|console/bulk)/|/logout/|/jsi18n|/failwhale/|^/console/(?!account)[^/]+/(?:\d+)/delete/"
)


@dataclass(kw_only=True)
class Visit:
    """One address as one person met it. `route` is its pattern, the same for all measures."""

    url: str
    route: str
    status: int
    queries: int = 0
    body: str = ""
    goes_to: str = ""
    fault: str = ""
    content_type: str = ""
    _soup: BeautifulSoup | None = field(default=None, repr=False)

    @property
    def is_page(self) -> bool:
        """Whether a page came, rather than a file, a part or a redirect."""
        return (
            self.status == 200
            and self.content_type.startswith("text/html")
            and "<html" in self.body[:2000]
        )

    @property
    def soup(self) -> BeautifulSoup:
        """The page, to be asked."""
        if self._soup is None:
            self._soup = BeautifulSoup(self.body, "html.parser")
        return self._soup


def visit(client: Client, url: str) -> Visit:
    """Go to one address; an error in it becomes `fault` and status 500."""
    client.raise_request_exception = False
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    translation.activate("ja")
    streamed = getattr(response, "streaming", False)
    text = "" if streamed else response.content.decode("utf-8", errors="replace")
    fault = ""
    if response.status_code >= 500:
        kind, error, _ = getattr(response, "exc_info", None) or (None, "", None)
        fault = f"{kind.__name__ if kind else ''}: {error}"
    return Visit(
        url=url,
        route=route_of(url),
        status=response.status_code,
        queries=len(asked),
        body=text,
        goes_to=response.headers.get("Location", ""),
        fault=fault,
        content_type=response.headers.get("Content-Type", ""),
    )


def route_of(url: str) -> str:
    """The pattern that answers an address, on the side (residents, staff) to which it belongs; "" for none."""
    path = urlsplit(url).path
    with translation.override("en" if path.startswith("/en/") else "ja"):
        try:
            return resolve(
                path, "tsunagari.city.urls_staff" if path.startswith("/console/") else None
            ).route
        except Resolver404:
            return ""


def walk(client: Client, starts: Iterable[str], *, most: int = 400) -> list[Visit]:
    """Follow every local link from `starts`, a few of each route; gives the visits in order."""
    waiting = list(starts)
    seen = set(waiting)
    of_a_kind: Counter[tuple[str, str]] = Counter()
    visits: list[Visit] = []
    while waiting and len(visits) < most:
        url = waiting.pop(0)
        kind = (route_of(url), _asked(url))
        of_a_kind[kind] += 1
        if of_a_kind[kind] > OF_A_KIND:
            continue
        made = visit(client, url)
        visits.append(made)
        for link in _links(made):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return visits


def _asked(url: str) -> str:
    """What a query asks for: the name of its one word, "…" for several: filters have many combinations."""
    names = [part.split("=")[0] for part in urlsplit(url).query.split("&") if part]
    return names[0] if len(names) == 1 else "…" * bool(names)


def _links(made: Visit) -> list[str]:
    found = [made.goes_to] if made.goes_to else []
    if made.is_page:
        found += [unescape(link) for link in HREF.findall(made.body)]
    local = []
    for link in found:
        parts = urlsplit(urldefrag(urljoin(f"http://testserver{made.url}", link))[0])
        if (
            parts.netloc in ("testserver", "localhost")
            and parts.scheme == "http"
            and not LEAVE_ALONE.search(parts.path)
        ):
            local.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return local
