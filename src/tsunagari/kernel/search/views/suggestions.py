"""What is offered while somebody types: words to search for, and entries to open."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tsunagari.kernel.design.easy import speaks_easy
from tsunagari.kernel.search import api
from tsunagari.kernel.search.views.asking import typed

FIVE_MINUTES = 300


@require_safe
@cache_control(max_age=FIVE_MINUTES)
@speaks_easy
def suggest(request: HttpRequest) -> JsonResponse:
    """`[{"text", "address"}]`; an address stands with entries alone. What is typed is kept nowhere."""
    language = get_language() or "ja"
    text = typed(request)
    found = api.suggest(text, language=language)
    if language == "easy" and not found:
        found = api.suggest(text, language="ja")
    offered = [{"text": each.text, "address": each.address} for each in found]
    return JsonResponse(offered, safe=False)
