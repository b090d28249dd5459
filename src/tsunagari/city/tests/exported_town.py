"""Addresses of a small town for tests: what a real site has that is hard to put into files."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import get_language

from tsunagari.kernel.design.easy import speaks_easy

DEAD = "/gone/"


@speaks_easy
def home(_: HttpRequest) -> HttpResponse:
    """Links of every kind."""
    way = "/en" if get_language() == "en" else ""
    return HttpResponse(
        f'<link rel="stylesheet" href="/style.css?v=3"><a href="{way}/news/">news</a><a href="{way}/search/?q=x">search</a>'
        f'<a href="{way}/account/login/">sign in</a><a href="/moved/">moved</a><a href="/files/7/">file</a>'
        '<img src="/one.svg" srcset="/one.svg 1x, /two.svg 2x"><a href="https://other.example/">other</a>'
        '<form method="post" action="/send/"><input name="a"></form><a href="/お祭り/">祭</a><a href="tel:1">1</a>'
        f'<a href="/en/">en</a><a href="/">ja</a><a href="/news/?kind=a&amp;year=2027">narrow</a><a href="/years/2026/">years</a>'
    )


def news(request: HttpRequest) -> HttpResponse:
    """A list of three pages, narrowed by kind."""
    number = int(request.GET.get("page", "1"))
    kind = request.GET.get("kind", "")
    more = f'<a href="?page={number + 1}">next</a>' if number < 3 and not kind else ""
    return HttpResponse(f'<p>{kind} page {number}</p><a href="?kind=a">a</a><a href="./#top">top</a>{more}')  # fmt: skip


def years(_: HttpRequest, year: int) -> HttpResponse:
    """A calendar without end."""
    return HttpResponse(f'<a href="/years/{year + 1}/">next</a>')


def style(_: HttpRequest) -> HttpResponse:
    """A style sheet with a picture."""
    return HttpResponse("a{background:url(two.svg)}", content_type="text/css")


def picture(request: HttpRequest) -> HttpResponse:
    """A picture."""
    return HttpResponse(f"<svg><!-- {request.path} --></svg>", content_type="image/svg+xml")


def file(_: HttpRequest) -> HttpResponse:
    """A download whose address has no ending."""
    return HttpResponse(b"%PDF", content_type="application/pdf")


def page(request: HttpRequest) -> HttpResponse:
    """A plain page."""
    return HttpResponse(f"<p>{request.path}</p>")


def dead(_: HttpRequest) -> HttpResponse:
    """A page with a link to nowhere and one to a page that breaks."""
    return HttpResponse(f'<a href="{DEAD}">gone</a><a href="/broken/">broken</a>')


def broken(_: HttpRequest) -> HttpResponse:
    """A page that breaks."""
    raise ZeroDivisionError


def moved(_: HttpRequest) -> HttpResponse:
    """A page that has moved."""
    return HttpResponseRedirect("/news/?page=2")


app_name = "exported"
urlpatterns = [
    path("style.css", style),
    path("one.svg", picture),
    path("two.svg", picture),
    path("files/7/", file),
    path("moved/", moved),
    path("years/<int:year>/", years, name="years"),
    path("dead/", dead),
    path("broken/", broken),
    *i18n_patterns(
        path("", home), path("news/", news), path("お祭り/", page), prefix_default_language=False
    ),
]
