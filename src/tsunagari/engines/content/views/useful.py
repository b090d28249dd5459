"""Was this page useful? Counted by page and day; never who said so."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tsunagari.engines.content.actions.note_usefulness import note_usefulness
from tsunagari.engines.content.queries.lists import page_known_as
from tsunagari.engines.content.queries.rows import row_of
from tsunagari.kernel.design.easy import speaks_easy
from tsunagari.kernel.i18n.clock import Clock, system_clock

OWN: Final = ("same-origin", "none", "")
"""What a browser says of a form that came from this site (Sec-Fetch-Site); older ones say nothing."""


# A kept page can hold no token; a foreign site that sends this form could only press a button that anybody may press.
@csrf_exempt
@require_POST
@speaks_easy
def useful(request: HttpRequest, public_id: str, *, clock: Clock = system_clock) -> HttpResponse:
    """Take one answer and thank for it."""
    if request.headers.get("Sec-Fetch-Site", "") not in OWN:
        return HttpResponseForbidden()
    found = page_known_as(public_id)
    helped = request.POST.get("helped")
    if found is None or helped not in ("yes", "no"):
        raise Http404
    language = get_language() or "ja"
    note_usefulness(found.public_id, helped=helped == "yes", language=language, clock=clock)
    context = {"row": row_of(found), "helped": helped == "yes"}
    return render(request, "content/thanks.html", context)
