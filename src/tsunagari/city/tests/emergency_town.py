"""Addresses of a town in an emergency, for tests: its real home, and its everyday home in a line."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import include, path

from tsunagari.kernel.design.easy import speaks_easy
from tsunagari.services.voice.website import views


@speaks_easy
def home(request: HttpRequest) -> HttpResponseBase:
    """The light home as the site draws it; the everyday home without what the database knows."""
    if "full" in request.GET:
        return HttpResponse("<p>everyday</p>")
    return views.home(request)


urlpatterns = i18n_patterns(
    path("", include(([path("", home, name="home")], "website"))), prefix_default_language=False
)
