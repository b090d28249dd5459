"""What machines ask for: the sitemap, robots.txt, and whom to tell of a hole (security.txt, RFC 9116)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Final
from xml.sax.xmlreader import AttributesImpl

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from tsunagari.engines.content.models.permission import office
from tsunagari.engines.content.queries import whole_site
from tsunagari.engines.content.queries.security import contacts
from tsunagari.engines.content.rules.kept_names import changed_name
from tsunagari.engines.content.views.keeping import keep
from tsunagari.kernel.design.easy import tag_of
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import day_start, japan_day

SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML: Final = "http://www.w3.org/1999/xhtml"
LANGUAGES: Final = ("ja", "en", "easy")
NOT_FOR_ROBOTS: Final = ("/console/", "/account/", "/i18n/", "/search/", "/useful/", "/faq/ask/")
VALID: Final = timedelta(days=180)
"""How long what security.txt says is held for true (RFC 9116 2.5.5: less than a year)."""


def _only_without_language() -> None:
    if (get_language() or "ja") != "ja":
        raise Http404  # there is one for the whole site


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _kept(text: str, kind: str, clock: Clock) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    return keep(answer, [changed_name(each) for each in LANGUAGES], now=clock())


@require_safe
def sitemap_index(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The parts of the sitemap, at most 10,000 addresses each."""
    _only_without_language()
    out, xml = _document()
    xml.startElement("sitemapindex", AttributesImpl({"xmlns": SITEMAP}))
    for number, changed_at in whole_site.parts():
        xml.startElement("sitemap", AttributesImpl({}))
        address = reverse("content:sitemap_part", args=[number])
        xml.addQuickElement("loc", f"{_origin(request)}{address}")
        xml.addQuickElement("lastmod", _moment(changed_at))
        xml.endElement("sitemap")
    xml.endElement("sitemapindex")
    return _kept(out.getvalue(), "application/xml", clock)


@require_safe
def sitemap_part(request: HttpRequest, number: int, *, clock: Clock = system_clock) -> HttpResponse:
    """One part: every page with its day and its other languages."""
    _only_without_language()
    origin = _origin(request)
    out, xml = _document()
    xml.startElement("urlset", AttributesImpl({"xmlns": SITEMAP, "xmlns:xhtml": XHTML}))
    told = 0
    for placed in whole_site.part(number):
        told += 1
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", f"{origin}{_encoded(placed.address)}")
        xml.addQuickElement("lastmod", _moment(placed.changed_at))
        for code, address in placed.languages.items():
            if tag_of(code) == code and len(placed.languages) > 1:
                about = {
                    "rel": "alternate",
                    "hreflang": code,
                    "href": f"{origin}{_encoded(address)}",
                }
                xml.addQuickElement("xhtml:link", "", about)
        xml.endElement("url")
    xml.endElement("urlset")
    if not told:
        raise Http404
    return _kept(out.getvalue(), "application/xml", clock)


def _document() -> tuple[StringIO, SimplerXMLGenerator]:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    return out, xml


def _encoded(address: str) -> str:
    return iri_to_uri(address) or "/"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@require_safe
def robots(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """What robots leave alone, and where the sitemap is."""
    _only_without_language()
    lines = ["User-agent: *", *_left_alone(), f"Sitemap: {_origin(request)}/sitemap.xml"]
    return _kept("\n".join(lines) + "\n", "text/plain", clock)


def _left_alone() -> Iterable[str]:
    for address in NOT_FOR_ROBOTS:
        for prefix in ("", "/en", "/easy"):
            if not (prefix and address == "/console/"):
                yield f"Disallow: {prefix}{address}"


@require_safe
def security(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """Whom to tell of a hole in this site; without a word of the pack: the page of the division that runs it."""
    _only_without_language()
    origin = _origin(request)
    own = reverse("content:division", args=[office()]) if office() else "/"
    expires = day_start(japan_day(clock())) + VALID
    lines = [
        *(f"Contact: {each}" for each in contacts() or (f"{origin}{own}",)),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: ja, en",
        f"Canonical: {origin}{request.path}",
    ]
    return _kept("\n".join(lines) + "\n", "text/plain", clock)
