"""Hand the pages of a division over to the division that does its work now, as one act."""

import json
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from tsunagari.engines.content.actions.ask_round import end_round
from tsunagari.engines.content.actions.renew_kept import renew_kept
from tsunagari.engines.content.actions.show_page import labels_of
from tsunagari.engines.content.declare import HandedOver
from tsunagari.engines.content.models import (
    Finding,
    LaterCheck,
    LinkUse,
    Published,
    RefusedSchedule,
    Round,
)
from tsunagari.engines.content.models.pieces_of import raw_stream
from tsunagari.engines.content.queries.succession import concerned_pages, living_versions
from tsunagari.engines.content.rules.contact_blocks import with_division
from tsunagari.engines.content.rules.kept_names import page_name
from tsunagari.kernel.edge.api import purge
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def hand_over(held: Round, *, clock: Clock) -> int:
    """Give every page of `before` to `after`, and have contacts name the new one; how many pages. A second time: none.

    Drafts, versions in approval and versions with a time are changed where they stand, so that nothing that is under
    way brings the old division back; older versions stay as they were.
    """
    locked = Round.objects.select_for_update().get(pk=held.pk)
    if locked.state == Round.States.DONE:
        return 0
    given = contacts = 0
    for page in concerned_pages(locked.before):
        own = page.division == locked.before
        changed = _change(page, locked, own=own)
        given += own
        contacts += changed
        if own or changed:
            log(
                instance=page,
                action="content.handed_over",
                user=locked.account,
                data={"after": locked.after},
            )
    for model in (Finding, LinkUse, RefusedSchedule):
        model.objects.filter(division=locked.before).update(division=locked.after)
    LaterCheck.objects.filter(division=locked.before, checked_at__isnull=True).update(
        division=locked.after
    )
    _note(locked, given, contacts, clock)
    return given


def _note(held: Round, given: int, contacts: int, clock: Clock) -> None:
    held.total = held.done = given
    held.save(update_fields=["total", "done"])
    record(
        HandedOver(
            subject=held.public_id,
            actor=held.actor,
            division=held.division,
            before=held.before,
            after=held.after,
            pages=given,
            contacts=contacts,
        )
    )
    end_round(held, changed=given, skipped=0, clock=clock)


def _change(page: Any, held: Round, *, own: bool) -> bool:
    """Change a page and its living versions; whether a contact changed."""
    raw = raw_stream(page)
    body = with_division(raw, held.before, held.after)
    contact = body != raw
    if own:
        page.division = held.after
    if contact:
        page.body = type(page.body)(page.body.stream_block, body, is_lazy=True)
    if own or contact:
        page.save(update_fields=["division", "body"], clean=False)
    _show(page, own=own, contact=contact)
    versions = [_changed_version(each, held) for each in living_versions(page)]
    return contact or any(versions)


def _changed_version(revision: Revision, held: Round) -> bool:
    content = dict(revision.content)
    raw = json.loads(content.get("body") or "[]")
    body = with_division(raw, held.before, held.after)
    if content.get("division") == held.before:
        content["division"] = held.after
    content["body"] = json.dumps(body, ensure_ascii=False)
    Revision.objects.filter(pk=revision.pk).update(content=content)
    return bool(body != raw)


def _show(page: Any, *, own: bool, contact: bool) -> None:
    row = Published.objects.filter(page_id=page.pk).first()
    if row is not None and own:
        before = Published.objects.get(pk=row.pk)
        row.division = page.division
        row.save(update_fields=["division"])
        labels = labels_of(row)
        renew_kept(before, row, labels_before=labels, labels_now=labels)
    elif row is not None and contact:
        purge([page_name(page.public_id)])
