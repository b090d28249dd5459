"""Addresses of the city's pages: lists of their own, what machines ask for, and whatever clerks have put into the tree."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, path, re_path, reverse
from django.utils.translation import get_language

from tsunagari.engines.content import views
from tsunagari.engines.content.declare import KINDS
from tsunagari.engines.content.queries import whole_site
from tsunagari.engines.content.rules.former import ENDINGS
from tsunagari.kernel.i18n.texts import N_

app_name = "content"
ADDRESS = ""
PAGES = {str(kind): title for kind, title in KINDS.items()} | {
    "life_events": N_("くらしの場面からさがす"),
    "life_event": N_("くらしの場面"),
    "divisions": N_("課からさがす"),
    "division": N_("課のページ"),
    "site_map": N_("サイトマップ"),
    "emergency": N_("緊急のお知らせ"),
    "accessibility": N_("ウェブアクセシビリティについて"),
    "ask": N_("見つからなかった質問を送る"),
    "former": N_("前のアドレス"),
    "useful": N_("役に立ったかの答え"),
}
urlpatterns = [
    path("life/", views.life_events, name="life_events"),
    path("life/<slug:code>/", views.life_event, name="life_event"),
    path("divisions/", views.divisions, name="divisions"),
    path("divisions/<slug:code>/", views.division, name="division"),
    path("sitemap/", views.site_map, name="site_map"),
    path("emergency/", views.emergency, name="emergency"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("faq/ask/", views.ask, name="ask"),
    path("events/calendar.ics", views.events_calendar, name="events_calendar"),
    path("events/<str:public_id>.ics", views.event_calendar, name="event_calendar"),
    re_path(r"^feeds/news\.(?P<form>atom|rss)$", views.news_feed, name="news_feed"),
    re_path(r"^feeds/changes\.(?P<form>atom|rss)$", views.changes_feed, name="changes_feed"),
    path("useful/<str:public_id>/", views.useful, name="useful"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", views.sitemap_part, name="sitemap_part"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("media/<slug:folder>/<str:name>", views.stored, name="stored"),
    # Below the API nothing is a page of the tree, whose addresses else are any words between strokes.
    re_path(r"^(?!api/)(?P<path>(?:[\w\-]+/)+)$", views.page, name="page"),
    re_path(rf"^(?P<path>[^\s]+{ENDINGS})$", views.former, name="former"),
]


def for_export() -> Iterator[str]:
    """Addresses to which no page leads; those of machines stand once, without a language. Nothing where this zone
    shows no pages."""
    named = ("content:emergency", "content:accessibility")
    try:
        yield from [reverse(name) for name in named]
    except NoReverseMatch:
        return
    if get_language() == "ja":
        yield reverse("content:security")
        yield from (reverse("content:sitemap_part", args=[n]) for n, _ in whole_site.parts())


EXPORTED = (for_export,)
