"""The city's addresses, and pages of our own: a light one, one of 20 kB that may be kept, and many in the site's frame."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.load import kept_page, many_pages
from tsunagari.city.urls import urlpatterns as city


def light(_request: HttpRequest) -> HttpResponse:
    """A page of 8 kB that asks the database nothing."""
    return HttpResponse("<!doctype html><title>light</title>" + "x" * 8000)


pages = [path("", light, name="light")]
kept = [path("", kept_page.page, name="page")]
many = [path("<int:number>/", many_pages.page, name="page")]
urlpatterns = [
    *i18n_patterns(path("many/", include((many, "many"))), prefix_default_language=False),
    path("light/", include((pages, "load"))),
    path("kept/", include((kept, "kept"))),
    *city,
]
