"""Addresses for tests: pages that say of themselves that they may be kept, rightly and wrongly."""

from datetime import UTC, datetime

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from django.utils import translation
from django.utils.translation import get_language

from tsunagari.kernel.edge.api import kept
from tsunagari.kernel.marks import api as marks


def page(request: HttpRequest) -> HttpResponse:
    """A page whose address alone decides its language."""
    now = datetime.now(UTC).isoformat()  # each drawing is another
    return kept(HttpResponse(f"<p>{get_language()} {request.path} {now}</p>"), names=["town.page"])


def listed(request: HttpRequest) -> HttpResponse:
    """A list with pages."""
    return kept(HttpResponse(f"{request.get_full_path()}"), names=["town.list"], query=["page"])


def form(request: HttpRequest) -> HttpResponse:
    """A page with a form's token, which belongs to one visitor."""
    return kept(HttpResponse(get_token(request)), names=["town.form"])


def nonce(request: HttpRequest) -> HttpResponse:
    """A page with a script that only this answer allows."""
    return kept(HttpResponse(str(getattr(request, "csp_nonce"))), names=["town.nonce"])  # noqa: B009 - set by the policy's middleware


def greets(request: HttpRequest) -> HttpResponse:
    """A page that looks at who asks."""
    return kept(HttpResponse(f"<p>{request.user}</p>"), names=["town.greets"])


def wished(request: HttpRequest) -> HttpResponse:
    """A page that speaks as the browser wishes, whatever its address says."""
    with translation.override("en" if "en" in request.headers.get("Accept-Language", "") else "ja"):
        answer = HttpResponse(str(get_language()), headers={"Content-Language": get_language()})
    return kept(answer, names=["town.wished"])


def writes(request: HttpRequest) -> HttpResponse:
    """A page that writes while it is read."""
    marks.leave_mark("read")
    return HttpResponse("written")


def remembers(request: HttpRequest) -> HttpResponse:
    """A page that puts something into the session."""
    request.session["seen"] = True
    return HttpResponse("read")


town = [
    path("page/", page, name="page"),
    path("list/", listed, name="list"),
    path("form/", form, name="form"),
    path("nonce/", nonce, name="nonce"),
    path("greets/", greets, name="greets"),
    path("wished/", wished, name="wished"),
    path("writes/", writes, name="writes"),
    path("remembers/", remembers, name="remembers"),
]
urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(path("town/", include((town, "town"))), prefix_default_language=False),
]
