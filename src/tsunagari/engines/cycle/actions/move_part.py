"""Hands in a part of a sheet, gives it back with a comment, or accepts it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.actions.publish_planned import publish_planned
from tsunagari.engines.cycle.actions.write_sheet import (
    SheetRefused,
    check_writer,
    claim_sheet,
    closed_words,
)
from tsunagari.engines.cycle.declare import SheetMoved
from tsunagari.engines.cycle.models import Move, Sheet
from tsunagari.engines.cycle.queries.actuals import missing_actuals
from tsunagari.engines.cycle.queries.sheet_texts import values_of
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.steps import may_write, open_parts
from tsunagari.engines.cycle.rules.typed import lacking
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger

COMMENT = 1000
"""Letters of the longest comment."""


@transaction.atomic
def submit_part(*, sheet: str, part: str, hand: Hand, clock: Clock) -> None:
    """Hand in a part ("plan" or "check"): the division has done its work on it.

    Raises Sheet.DoesNotExist, NotYourSheet, SheetRefused with what is still missing, by key.
    """
    now = clock()
    held = claim_sheet(sheet)
    check_writer(held, hand, now)
    state = getattr(held, f"{part}_state")
    if not may_write(held.cycle.phase, part, state):
        raise SheetRefused({"": closed_words(held, part)})
    faults = dict(lacking(values_of(held), part))
    if part == "check":
        faults |= missing_actuals(held, now)
    if faults:
        raise SheetRefused(faults)
    _move(held, part, "submitted", hand=hand, now=now)


@transaction.atomic
def return_part(*, sheet: str, part: str, comment: str, hand: Hand, clock: Clock) -> None:
    """Give a part back with a comment, also one that was accepted before. The secretariat's.

    Raises NotSecretariat, Sheet.DoesNotExist, SheetRefused.
    """
    held = _reviewed(sheet, part, hand, states=("submitted", "accepted"))
    comment = _checked(comment)
    if not comment:
        raise SheetRefused({"comment": _("差し戻す理由を入力してください。課に伝わります。")})
    _move(held, part, "returned", hand=hand, now=clock(), comment=comment)


@transaction.atomic
def accept_part(*, sheet: str, part: str, comment: str, hand: Hand, clock: Clock) -> None:
    """Accept a part that was handed in. The secretariat's. An accepted plan of a running year is public.

    Raises NotSecretariat, Sheet.DoesNotExist, SheetRefused.
    """
    held = _reviewed(sheet, part, hand, states=("submitted",))
    now = clock()
    _move(held, part, "accepted", hand=hand, now=now, comment=_checked(comment))
    if part == "plan" and held.cycle.phase != "planning":
        publish_planned(cycle=held.cycle, sheets=[held], hand=hand, now=now)


def _checked(comment: str) -> str:
    comment = comment.strip()
    if len(comment) > COMMENT:
        raise SheetRefused(
            {"comment": _("%(longest)d文字までにしてください。") % {"longest": COMMENT}}
        )
    return comment


def _reviewed(sheet: str, part: str, hand: Hand, *, states: tuple[str, ...]) -> Sheet:
    if not hand.secretariat:
        raise NotSecretariat
    held = claim_sheet(sheet)
    if part not in open_parts(held.cycle.phase):
        raise SheetRefused({"": closed_words_of_review(held)})
    if getattr(held, f"{part}_state") not in states:
        raise SheetRefused(
            {"": _("ほかの人が先に差し戻すか受理しました。画面を開き直して、確かめてください。")}
        )
    return held


def closed_words_of_review(sheet: Sheet) -> str:
    """Why a part is not given back or accepted now."""
    if sheet.cycle.phase == "frozen":
        return _("この年度は確定しています。直すときは、正誤として公表してください。")
    return _("いまの段階では、この部分の差し戻しと受理はできません。年度の段階を確かめてください。")


def _move(
    sheet: Sheet, part: str, after: str, *, hand: Hand, now: datetime, comment: str = ""
) -> None:
    field = f"{part}_state"
    before = getattr(sheet, field)
    setattr(sheet, field, after)
    sheet.save(update_fields=[field])
    Move.objects.create(
        cycle=sheet.cycle,
        sheet=sheet,
        part=part,
        before=before,
        after=after,
        comment=comment,
        made_at=now,
        actor=hand.actor,
        division=hand.division,
    )
    ledger.record(
        SheetMoved(
            subject=sheet.public_id,
            actor=hand.actor,
            division=hand.division,
            part=part,
            move=after,
        )
    )
