"""Many pages in the site's own frame, each with a query and links to others: what an export of a city's pages is made of."""

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines

from tests.load.export import MANY
from tests.load.kept_page import BODY
from tsunagari.kernel.marks import api as marks

TEMPLATE = """{% extends "design/public.html" %}{% block title %}ページ {{ number }}{% endblock %}
{% block main %}<c-heading level="1">ページ {{ number }}</c-heading><p>{{ mark }}</p>
<ul>{% for each in near %}<li><a href="../{{ each }}/">ページ {{ each }}</a></li>{% endfor %}</ul>{{ body|safe }}{% endblock %}"""


@cache
def _template() -> Any:
    return engines["django"].from_string(TEMPLATE)


def page(request: HttpRequest, number: int) -> HttpResponse:
    """One of many."""
    if not 1 <= number <= MANY:
        raise Http404
    near = [each for each in range(number * 2, number * 2 + 2) if each <= MANY] + [1]
    words = {"number": number, "near": near, "mark": marks.last("load.many"), "body": BODY}
    return HttpResponse(_template().render(words, request))
