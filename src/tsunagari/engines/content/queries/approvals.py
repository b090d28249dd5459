"""What waits for whom about publishing: approvals, pages sent back, checks after an emergency, refused schedules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from wagtail.models import WorkflowState

from tsunagari.engines.content.models import Deputy, LaterCheck, OfficeStep, RefusedSchedule


@dataclass(frozen=True, kw_only=True)
class SentBack:
    """A page that an office sent back to who asked, with its words."""

    page: int
    title: str
    comment: str


def waiting_for(user: Any) -> list[Any]:
    """The states of steps that this clerk may decide now, the oldest first."""
    mine: list[Any] = []
    for step in OfficeStep.objects.filter(active=True):
        mine += step.get_task_states_user_can_moderate(user).select_related("workflow_state")
    return sorted(mine, key=lambda state: state.started_at)


def sent_back_to(user: Any) -> Iterator[SentBack]:
    """Pages sent back to who asked for their publishing, until they are asked for again."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user
    ).select_related("current_task_state")
    for state in states.order_by("-pk")[:20]:
        page = state.content_object
        if page is not None:
            yield SentBack(
                page=page.pk,
                title=page.get_admin_display_title(),
                comment=state.current_task_state.comment if state.current_task_state else "",
            )


def later_checks(*, division: str, everywhere: bool) -> QuerySet[LaterCheck]:
    """Duties to check what was published in an emergency; open ones first."""
    found = LaterCheck.objects.select_related("page")
    if not everywhere:
        found = found.filter(division=division)
    return found.order_by(F("checked_at").desc(nulls_first=True), "-published_at")


def refused_schedules(division: str) -> QuerySet[RefusedSchedule]:
    """Refused times of publishing that nobody has put right since."""
    found = RefusedSchedule.objects.filter(division=division).select_related("page")
    put_right = Q(page__last_published_at__gt=F("refused_at"))
    return found.exclude(put_right).order_by("due_at")


def deputies(*, division: str, today: date) -> QuerySet[Deputy]:
    """Deputies of today and later; "" for all divisions."""
    found = Deputy.objects.filter(ends__gte=today).select_related("account")
    if division:
        found = found.filter(division=division)
    return found.order_by("division", "begins")


def titles_of_states(states: list[Any]) -> list[tuple[int, str]]:
    """The pages of states: key and title. Wagtail reads them one by one, so only a few are asked for."""
    pages = (state.workflow_state.content_object for state in states)
    return [(page.pk, page.get_admin_display_title()) for page in pages if page]
