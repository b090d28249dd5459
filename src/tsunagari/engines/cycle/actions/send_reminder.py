"""Sends a reminder by mail to the clerks who have to do something."""

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tsunagari.engines.cycle.declare import STEPS, ReminderSent
from tsunagari.engines.cycle.models import Reminder
from tsunagari.engines.cycle.queries.receivers import receivers_of
from tsunagari.engines.cycle.queries.waiting import is_out
from tsunagari.engines.cycle.queries.working import answered_now
from tsunagari.engines.cycle.queries.year_sheets import step_heads
from tsunagari.engines.cycle.rules.reminders import OF_DIVISIONS
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import format_day, format_fiscal_year
from tsunagari.kernel.ledger import api as ledger


def send_reminder(*, reminder: str, clock: Clock) -> int:
    """Send one reminder; to how many clerks it went. Sent before, done meanwhile or nobody there: 0.

    It is one message to all of them, so that a mail server takes it whole or not at all; what the server
    raises is the caller's: the job tries again. A division that ended while it waited (1 April) is stood in
    for by whoever took over its work. Raises Reminder.DoesNotExist.
    """
    held = Reminder.objects.select_related("cycle").get(public_id=reminder)
    if held.sent_at is not None:
        return 0
    now = clock()
    with translation.override("ja"):
        measures = _measures(held)
        receivers = receivers_of(held.step, held.division, now)
        if (measures or held.step not in OF_DIVISIONS) and receivers:
            _message(held, measures, receivers, now).send()
        else:
            receivers = []
    _note(held, len(receivers), clock)
    return len(receivers)


def _measures(reminder: Reminder) -> list[plan_api.MeasureHead]:
    """The measures, of those that the division answered when it was to be reminded, of which the step is
    still to be done; in the plan's order."""
    if reminder.step not in OF_DIVISIONS:
        return []
    asked = answered_now(reminder.cycle.sheets.all(), reminder.asked_at)
    own = asked.get(reminder.division, [])
    wanted = [each.measure for each in own if is_out(each, reminder.step)]
    heads = plan_api.measures_by_id(wanted, "ja")
    return [heads[key] for key in wanted if key in heads]


def _message(
    reminder: Reminder,
    measures: list[plan_api.MeasureHead],
    receivers: list[str],
    now: datetime,
) -> EmailMessage:
    cycle = reminder.cycle
    head = next(each for each in step_heads(cycle) if each.step == reminder.step)
    year = format_fiscal_year(FiscalYear(cycle.fiscal_year), language="ja")
    step = gettext(STEPS[reminder.step])
    late = bool(head.due and japan_day(now) > head.due)
    plan = next((e for e in plan_api.plan_heads("ja", now=now) if e.code == cycle.plan), None)
    subject = (
        gettext("%(year)s「%(step)s」の期限が過ぎています")
        if late
        else gettext("%(year)s「%(step)s」の期限のお知らせ")
    ) % {"year": year, "step": step}
    context = {
        "plan": plan.name if plan else cycle.plan,
        "year": year,
        "step": step,
        "due": format_day(head.due, language="ja") if head.due else "",
        "late": late,
        "measures": measures,
        "address": urljoin(
            settings.WAGTAILADMIN_BASE_URL,
            reverse(
                "cycle_year",
                urlconf=settings.STAFF_URLCONF,
                args=[cycle.plan, cycle.fiscal_year],
            ),
        ),
    }
    body = render_to_string("cycle/mail/reminder.txt", context)
    return EmailMessage(subject=subject, body=body, to=receivers)


@transaction.atomic
def _note(reminder: Reminder, receivers: int, clock: Clock) -> None:
    held = Reminder.objects.select_for_update().get(pk=reminder.pk)
    held.sent_at, held.receivers = clock(), receivers
    held.save(update_fields=["sent_at", "receivers"])
    ledger.record(
        ReminderSent(
            subject=held.public_id, step=held.step, receivers=receivers, division=held.division
        )
    )
