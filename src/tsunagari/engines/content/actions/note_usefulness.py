"""Note whether a page helped."""

from django.db import transaction
from django.db.models import F

from tsunagari.engines.content.declare import Answered
from tsunagari.engines.content.models import Published, Usefulness
from tsunagari.engines.content.queries.sections import service_of
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def note_usefulness(public_id: str, *, helped: bool, language: str, clock: Clock) -> None:
    """Add one answer for today. Unknown pages are left alone."""
    page = Published.objects.filter(public_id=public_id).first()
    if page is None:
        return
    row, _new = Usefulness.objects.get_or_create(
        public_id=public_id, language=language, day=japan_day(clock())
    )
    field = "helped" if helped else "not_helped"
    Usefulness.objects.filter(pk=row.pk).update(**{field: F(field) + 1})
    record(
        Answered(
            subject=public_id,
            division=page.division,
            kind=page.kind,
            language=language,
            helped="yes" if helped else "no",
            service=service_of(page.path, _life_events(page)),
        )
    )


def _life_events(page: Published) -> list[str]:
    if page.kind != "question":
        return []
    return list(page.labels.filter(sort="life_event").values_list("code", flat=True))
