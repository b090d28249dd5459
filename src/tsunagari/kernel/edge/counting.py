"""Which answer is a page view, told from the request and the answer alone: no cookie, no address."""

import re
from functools import lru_cache
from logging import getLogger
from typing import Protocol
from wsgiref.types import WSGIEnvironment

from tsunagari.kernel.edge.declare import KEEP_HEADER
from tsunagari.kernel.service.declare import VIEW_HEADER

Headers = list[tuple[str, str]]

_VIEW_HEADER = VIEW_HEADER.lower()
_KEEP_HEADER = KEEP_HEADER.lower()
_LENGTHS = frozenset({len(VIEW_HEADER), len(KEEP_HEADER)})

logger = getLogger(__name__)

_ROBOT = re.compile(
    r"bot(?=[-/;,)]|$)|crawl|spider|slurp|scrap|archiver|preview|facebookexternalhit|feed|monitor|uptime"
    r"|lighthouse|pingdom|^curl|^wget|^python|^go-http|^java/|^ruby|^axios|^node|libwww|httpclient",
    re.IGNORECASE,
)
"""Words by which programs name themselves. Robots that hide are counted: we keep nothing to find them by."""


class CountView(Protocol):
    """`tsunagari.kernel.metering.api.count_view`: adds one in memory, without reading or writing."""

    def __call__(
        self, *, service: str, page: str, language: str, division: str, subject: str
    ) -> None:
        """Count one view."""
        ...


@lru_cache(maxsize=2048)
def is_robot(user_agent: str) -> bool:
    """True for a program that says so in User-Agent, or that says nothing; browsers always speak."""
    return not user_agent or _ROBOT.search(user_agent) is not None


def is_asked_by_a_person(environ: WSGIEnvironment) -> bool:
    """True for a GET that a person sees: no fragment of a page, no page fetched in advance, no robot."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_HX_REQUEST" in environ:
        return False
    if "HTTP_SEC_PURPOSE" in environ or "HTTP_PURPOSE" in environ or "HTTP_X_MOZ" in environ:
        ahead = f"{environ.get('HTTP_SEC_PURPOSE')} {environ.get('HTTP_PURPOSE')} {environ.get('HTTP_X_MOZ')}"
        if "prefetch" in ahead.lower():
            return False
    return not is_robot(environ.get("HTTP_USER_AGENT", ""))


def is_page(status: str, headers: Headers) -> bool:
    """True for an answer 200 in HTML. What the edge answers for a kept page, a 304 too, is counted by its own mark."""
    if not status.startswith("200"):
        return False
    return any(
        name.lower() == "content-type" and value.lower().startswith("text/html")
        for name, value in headers
    )


def take_marks(headers: Headers) -> tuple[str, str]:
    """Remove the internal headers from `headers` in place; what counting and keeping are told, "" where nothing."""
    view = keep = ""
    for position in range(len(headers) - 1, -1, -1):
        name, value = headers[position]
        if len(name) in _LENGTHS:
            plain = name.lower()
            if plain == _VIEW_HEADER:
                view = value
                del headers[position]
            elif plain == _KEEP_HEADER:
                keep = value
                del headers[position]
    return view, keep


def count(view: str, count_view: CountView) -> None:
    """Count a view as the header names it. A header of another shape is logged and the page goes out."""
    parts = view.split(";")
    if len(parts) == 3:
        parts += ["", ""]
    if len(parts) != 5:
        logger.error(
            "%s is %r; it must be service;page;language, and may go on with ;division;subject. The view is not counted.",
            VIEW_HEADER,
            view,
        )
        return
    service, page, language, division, subject = parts
    count_view(service=service, page=page, language=language, division=division, subject=subject)
