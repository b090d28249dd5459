"""The plan's start page in the console."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from tsunagari.engines.plan import api
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only


@never_cache
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    """The plans."""
    heads = api.plan_heads("ja", now=system_clock())
    return render(request, "plan/console/start.html", {"plans": heads})
