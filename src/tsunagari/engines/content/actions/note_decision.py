"""Note whose turn it is to decide about a page, and who decided as what."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from tsunagari.engines.content.declare import ApprovalAsked, Decided
from tsunagari.engines.content.models import OfficeStep
from tsunagari.engines.content.models.approval import capacity_of
from tsunagari.engines.content.models.permission import actor_of_user
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def note_turn(state: Any, user: Any) -> None:
    """Record that a page waits for an office from now on; `state` is Wagtail's of the step."""
    step = state.task.specific
    if isinstance(step, OfficeStep):
        page = state.workflow_state.content_object.specific
        record(
            ApprovalAsked(
                subject=page.public_id,
                actor=user.public_id if user else "",
                division=page.division,
                office=step.office,
                step=state.pk,
            )
        )


@transaction.atomic
def note_decision(state: Any, user: Any, *, approved: bool) -> None:
    """Record who decided in which capacity; the page's history says it too."""
    step = state.task.specific
    if not isinstance(step, OfficeStep) or user is None:
        return
    page = state.workflow_state.content_object.specific
    capacity = capacity_of(step, page, user)
    post = actor_of_user(user).post
    decision = "approved" if approved else "returned"
    record(
        Decided(
            subject=page.public_id,
            actor=user.public_id,
            division=post.division if post else "",
            decision=decision,
            capacity=capacity,
            step=state.pk,
        )
    )
    log(
        instance=page,
        action="content.decided",
        user=user,
        revision=state.revision,
        data={
            "decision": decision,
            "capacity": capacity,
            "division": page.division,
            "post": f"{post.division_name} {post.title}" if post else "",
        },
    )
