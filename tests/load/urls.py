"""The city's addresses, and a light page: the whole way of a request, without the drawing of a page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tsunagari.city.urls import urlpatterns as city


def light(_request: HttpRequest) -> HttpResponse:
    """A page of 8 kB that asks the database nothing."""
    return HttpResponse("<!doctype html><title>light</title>" + "x" * 8000)


urlpatterns = [path("light/", include(([path("", light, name="light")], "load"))), *city]
