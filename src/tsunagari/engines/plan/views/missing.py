"""A plan, field, year, measure or file that is not there: a 404 that says which, and leads to what is."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import PlanHead
from tsunagari.kernel.i18n.clock import system_clock

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def in_words(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """Show the sentence of a view's Http404 on the page that answers it, with the way to the plan
    whose address was asked for."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404 as missing:
            context = {"sentence": str(missing), "plan": _plan(str(kwargs.get("code", "")))}
            return render(request, "plan/missing.html", context, status=404)

    return answered


def _plan(code: str) -> PlanHead | None:
    heads = api.plan_heads(get_language() or "ja", now=system_clock())
    return next((head for head in heads if head.code == code), None)
