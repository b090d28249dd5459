"""A call moves on: approval is asked for, given or refused, of the call itself and of its results."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_call import (
    held_call,
    only_head,
    only_working,
    phase_now,
)
from tsunagari.services.voice.listening.actions.refused import Overtaken, Refused
from tsunagari.services.voice.listening.models import Call, Opinion
from tsunagari.services.voice.listening.rules.calls import closing
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.service import CallDecided, CallWritten, ResultsPublished


@transaction.atomic
def ask_call(*, call: str, publish_at: datetime | None, hand: Hand, clock: Clock) -> None:
    """Ask the head to approve a call, to be seen from `publish_at` on (None: at once).

    Raises Call.DoesNotExist, NotYours, Refused.
    """
    held = held_call(call)
    only_working(held, hand, clock)
    if held.decision == "approved":
        raise Refused(_("もう承認されています。"))
    if not held.documents.filter(of_results=False).exists():
        raise Refused(_("案の資料を1件以上入れてから、承認を依頼してください。"))
    if closing(held.closes) <= clock():
        raise Refused(_("締め切りの日が過ぎています。募集の期間を直してください。"))
    held.decision, held.publish_at, held.comment = "asked", publish_at, ""
    held.save(update_fields=["decision", "publish_at", "comment"])
    _record(held, "asked", hand)


@transaction.atomic
def decide_call(
    *, call: str, version: int, approve: bool, comment: str, hand: Hand, clock: Clock
) -> None:
    """The head approves the call that she has read (its version), or gives it back with a word.

    Raises Call.DoesNotExist, NotYours, Refused, Overtaken.
    """
    held = held_call(call)
    only_head(held, hand, clock)
    if held.decision != "asked":
        raise Refused(_("承認を待っていません。画面を開き直してください。"))
    if held.version != version:
        raise Overtaken(theirs={}, version=str(held.version))
    if approve:
        if closing(held.closes) <= clock():
            raise Refused(_("締め切りの日が過ぎています。募集の期間を直してください。"))
        held.decision, held.publish_at = "approved", max(held.publish_at or clock(), clock())
    else:
        _needs_comment(comment)
        held.decision, held.comment = "draft", comment
    held.save(update_fields=["decision", "publish_at", "comment"])
    _record(held, "approved" if approve else "returned", hand)


@transaction.atomic
def withdraw_call(*, call: str, hand: Hand, clock: Clock) -> None:
    """Take an approved call back before it opens. Raises Call.DoesNotExist, NotYours, Refused."""
    held = held_call(call)
    only_working(held, hand, clock)
    if phase_now(held, clock) not in ("asked", "scheduled", "announced"):
        raise Refused(_("取り下げられるのは、募集が始まる前です。"))
    held.decision = "draft"
    held.save(update_fields=["decision"])
    _record(held, "withdrawn", hand)


@transaction.atomic
def write_results(
    *, call: str, text: str, changed_parts: str, version: int, hand: Hand, clock: Clock
) -> None:
    """Write what stands above the groups of the results, and which parts of the draft were changed.

    Raises Call.DoesNotExist, NotYours, Refused, Overtaken.
    """
    held = held_call(call)
    only_working(held, hand, clock)
    _refuse_published(held, clock)
    same = (held.results_text, held.changed_parts) == (text, changed_parts)
    if held.version != version and not same:
        theirs = {"results_text": held.results_text, "changed_parts": held.changed_parts}
        raise Overtaken(theirs=theirs, version=str(held.version))
    held.results_text, held.changed_parts, held.results_decision = text, changed_parts, "draft"
    held.version += 1
    held.save(update_fields=["results_text", "changed_parts", "results_decision", "version"])
    ledger.record(CallWritten(subject=held.public_id, actor=hand.actor, division=hand.division))


@transaction.atomic
def ask_results(*, call: str, hand: Hand, clock: Clock) -> None:
    """Ask the head to publish the results. Raises Call.DoesNotExist, NotYours, Refused."""
    held = held_call(call)
    only_working(held, hand, clock)
    _refuse_published(held, clock)
    _refuse_unfinished(held)
    held.results_decision, held.comment = "asked", ""
    held.save(update_fields=["results_decision", "comment"])
    _record(held, "results_asked", hand)


@transaction.atomic
def decide_results(
    *,
    call: str,
    approve: bool,
    comment: str,
    publish_at: datetime | None,
    hand: Hand,
    clock: Clock,
) -> None:
    """The head lets the results be published at a moment (None: now), or gives them back with a word.

    Raises Call.DoesNotExist, NotYours, Refused.
    """
    held = held_call(call)
    only_head(held, hand, clock)
    if held.results_decision != "asked":
        raise Refused(_("承認を待っていません。画面を開き直してください。"))
    if not approve:
        _needs_comment(comment)
        held.results_decision, held.comment = "draft", comment
        held.save(update_fields=["results_decision", "comment"])
        _record(held, "results_returned", hand)
        return
    _refuse_unfinished(held)
    held.results_decision = "approved"
    held.results_at = max(publish_at or clock(), clock())
    held.save(update_fields=["results_decision", "results_at"])
    opinions = Opinion.objects.filter(letter__call=held)
    ledger.record(
        ResultsPublished(
            subject=held.public_id,
            actor=hand.actor,
            division=hand.division,
            people=held.letters.count(),
            opinions=opinions.count(),
            answered=opinions.exclude(groups=None).distinct().count(),
        ),
        clock=clock,
    )


def _refuse_published(call: Call, clock: Clock) -> None:
    if phase_now(call, clock) != "sorting" or call.results_decision == "approved":
        raise Refused(_("結果を書けるのは、募集が終わってから、公表が承認されるまでです。"))


def _refuse_unfinished(call: Call) -> None:
    loose = Opinion.objects.filter(letter__call=call, groups=None).count()
    if loose:
        raise Refused(
            _("まとまりに入っていない意見が%(n)d件あります。すべて入れてから進めてください。")
            % {"n": loose}
        )
    if call.groups.filter(opinions=None).exists():
        raise Refused(_("意見の入っていないまとまりがあります。消すか、意見を入れてください。"))
    if call.groups.filter(kind="").exists() or call.groups.filter(answer="").exists():
        raise Refused(_("市の考え方が書かれていないまとまりがあります。"))


def _needs_comment(comment: str) -> None:
    if not comment:
        raise Refused(_("差し戻すときは、どこを直すかを書いてください。"))


def _record(call: Call, step: str, hand: Hand) -> None:
    ledger.record(
        CallDecided(subject=call.public_id, actor=hand.actor, division=hand.division, step=step)
    )
