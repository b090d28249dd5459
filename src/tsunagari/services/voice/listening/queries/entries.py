"""What a search over the whole site may know of this service: plain data on what residents can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from tsunagari.kernel.i18n.days import japan_day
from tsunagari.services.voice.listening.models import PublishedVoice
from tsunagari.services.voice.listening.queries.calls import public_calls


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page that can be found. `address` is its path in Japanese, `day` the one by which it is sorted,
    `division` the code of who answers for it."""

    title: str
    address: str
    summary: str
    text: str
    day: date
    division: str


def public_entries(*, now: datetime) -> Iterator[Entry]:
    """Every published letter and every call that residents see. Texts are as the city wrote them, in Japanese."""
    for voice in PublishedVoice.objects.filter(withdrawn_at=None):
        yield Entry(
            title=voice.title,
            address=reverse("listening:voice", args=[voice.public_id]),
            summary=voice.question[:120],
            text=f"{voice.question}\n{voice.answer}",
            day=voice.answered_on,
            division=voice.division,
        )
    for each in public_calls(now=now, language="ja"):
        call = each.call
        shown = call.publish_at or call.made_at
        yield Entry(
            title=call.title,
            address=reverse("listening:call", args=[call.public_id]),
            summary=call.summary[:120],
            text="\n".join((call.summary, call.why, call.results_text)),
            day=japan_day(
                call.results_at if each.phase == "published" and call.results_at else shown
            ),
            division=call.division,
        )
