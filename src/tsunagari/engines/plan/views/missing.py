"""A plan, field, year or measure that is not there: a 404 that says which, and leads to all plans."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

P = ParamSpec("P")


def in_words(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Show the sentence of a view's Http404 on the page that answers it."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404 as missing:
            context = {"sentence": str(missing)}
            return render(request, "plan/missing.html", context, status=404)

    return answered
