"""An event for a resident's own calendar (iCalendar, RFC 5545)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tsunagari.engines.content.queries.lists import calendar_event, event_of
from tsunagari.engines.content.rules.icalendar_text import calendar_of
from tsunagari.kernel.design.city_look import city_look, in_language


@require_safe
def event_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """One event as a file."""
    event = event_of(public_id, get_language() or "ja")
    if event is None or event.begins is None:
        raise Http404
    text = calendar_of(
        [calendar_event(event)],
        name=in_language(city_look().name),
        origin=f"{request.scheme}://{request.get_host()}",
    )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{public_id}.ics"'
    return answer
