"""Tell by mail that a page waits for a decision, and what was decided. Whoever has no address gets none."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import TaskState

from tsunagari.engines.content.models import Deputy, OfficeStep
from tsunagari.engines.content.models.permission import office
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.identity import api as identity


def tell_waiting(*, step: int, clock: Clock) -> int:
    """Write to those whose turn it is, one message to all of them; to how many. Decided meanwhile: 0."""
    state = _state(step)
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return 0
    page = state.workflow_state.content_object.specific
    subject = gettext("承認をお願いします：%(title)s")
    return _send("waiting", subject, page, state, _deciders(state, page, clock))


def tell_decision(*, step: int) -> int:
    """Write to who asked that the page was sent back, or is published now; to how many."""
    state = _state(step)
    if state is None:
        return 0
    asked_by = state.workflow_state.requested_by
    page = state.workflow_state.content_object.specific
    returned = state.status == TaskState.STATUS_REJECTED
    if asked_by is None or not asked_by.is_active or not asked_by.address:
        return 0
    if asked_by == state.finished_by or not (returned or page.live):
        return 0
    subject = (
        gettext("差し戻されました：%(title)s") if returned else gettext("公開されました：%(title)s")
    )
    if not returned and state.workflow_state.status != state.workflow_state.STATUS_APPROVED:
        return 0
    return _send("returned" if returned else "approved", subject, page, state, [asked_by.address])


def _state(step: int) -> Any:
    found = TaskState.objects.filter(pk=step).select_related("workflow_state", "task").first()
    return found if found and isinstance(found.task.specific, OfficeStep) else None


def _deciders(state: Any, page: Any, clock: Clock) -> list[str]:
    today = japan_day(clock())
    if state.task.specific.office == OfficeStep.Offices.SITE:
        roles = ("member", "head", "secretariat", "administrator")
        found = identity.mail_addresses([office()], roles, today)
        return sorted(set(found.values()))
    heads = identity.mail_addresses([page.division], ("head",), today)
    deputies = Deputy.objects.filter(division=page.division, begins__lte=today, ends__gte=today)
    addresses = {each.account.address for each in deputies.select_related("account")}
    return sorted({*heads.values(), *addresses} - {""})


def _send(word: str, subject: str, page: Any, state: Any, receivers: list[str]) -> int:
    if not receivers:
        return 0
    with translation.override("ja"):
        address = reverse("wagtailadmin_pages:edit", urlconf=settings.STAFF_URLCONF, args=[page.pk])
        context = {
            "title": page.get_admin_display_title(),
            "comment": state.comment,
            "asked_by": state.workflow_state.requested_by,
            "address": urljoin(settings.WAGTAILADMIN_BASE_URL, address),
        }
        body = render_to_string(f"content/mail/{word}.txt", context)
        message = EmailMessage(
            subject=" ".join((subject % context).split()), body=body, to=receivers
        )
    message.send()
    return len(receivers)
