"""What a request asks of the search: its words, its filters, its page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest

from tsunagari.kernel.search.declare import Source

LONGEST: Final = 200
_CODE: Final = re.compile(r"[\w.\-]{1,60}")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question to the page. `literally`: no word is to be taken for a slip."""

    text: str
    kind: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    literally: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set."""
        return bool(self.kind or self.facets)

    def address(self, **other: str) -> str:
        """The query of this question with another filter, from its first page; an empty one takes it away."""
        parts = {"q": self.text, "kind": self.kind, **self.facets}
        parts |= {"literally": "1" if self.literally else ""} | other
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def typed(request: HttpRequest) -> str:
    """What was typed, at most 200 letters of it."""
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]


def asked_in(request: HttpRequest, sources: tuple[Source, ...]) -> Asked:
    """The question of a request; filters that no source declares are left out."""
    kinds = {kind for source in sources for kind in source.titles}
    facets = {name for source in sources for name in source.facets}
    kind = request.GET.get("kind", "")
    chosen = {name: request.GET.get(name, "") for name in sorted(facets)}
    page = request.GET.get("page", "")
    return Asked(
        text=typed(request),
        kind=kind if kind in kinds else "",
        facets={name: value for name, value in chosen.items() if _CODE.fullmatch(value)},
        page=max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
        literally=bool(request.GET.get("literally")),
    )
