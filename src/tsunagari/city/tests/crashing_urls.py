"""The public addresses, and one whose view breaks with everything that it knows of a resident in its message."""

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tsunagari.city.urls import urlpatterns as whole


def crash(request: HttpRequest, code: str) -> HttpResponse:
    """Break as a database does that refuses a row and repeats it."""
    said = f"{code} {request.POST.dict()} {request.META.get('QUERY_STRING')} {request.COOKIES}"
    try:
        raise IntegrityError(f"duplicate key: DETAIL: ({said})")  # noqa: TRY301 - as a database would
    except IntegrityError as error:
        raise ValueError(f"could not save {said}") from error


urlpatterns = [path("crash/<str:code>/", crash, name="crash"), *whole]
