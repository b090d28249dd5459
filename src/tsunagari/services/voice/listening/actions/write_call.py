"""A division writes a call for comments, and adds documents to it."""

from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.files import api as files
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_call import held_call, only_working
from tsunagari.services.voice.listening.actions.refused import NotYours, Overtaken, Refused
from tsunagari.services.voice.listening.models import Call, CallDocument
from tsunagari.services.voice.listening.rules.calls import USUAL_DAYS, days_open
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.typed import CallTyped
from tsunagari.services.voice.listening.service import CallWritten

MOST_DOCUMENTS = 20


@transaction.atomic
def write_call(*, call: str, typed: CallTyped, version: int, hand: Hand, clock: Clock) -> str:
    """Make a call (`call` is ""), or change one that residents do not see yet; gives its public id. A change
    takes back what the head has approved.

    Raises Call.DoesNotExist, NotYours, Refused, Overtaken.
    """
    if not hand.staff:
        raise NotYours(_("パブリックコメントは、課の担当者が作ります。"))
    _check_period(typed)
    if not call:
        held = Call(division=hand.division, made_at=clock())
    else:
        held = held_call(call)
        only_working(held, hand, clock)
        _refuse_approved(held)
        if held.version != version:
            theirs = {name: str(getattr(held, name)) for name in asdict(typed)}
            raise Overtaken(theirs=theirs, version=str(held.version))
    for name, value in asdict(typed).items():
        setattr(held, name, value)
    held.decision, held.changed_at = "draft", clock()
    held.version += 1
    held.save()
    ledger.record(CallWritten(subject=held.public_id, actor=hand.actor, division=hand.division))
    return held.public_id


@transaction.atomic
def add_document(
    *,
    call: str,
    title: str,
    upload: "UploadedFile[Any]",
    hand: Hand,
    clock: Clock,
) -> str:
    """Add a document, to the draft before it is approved and to the results afterwards; gives its public id.

    Raises Call.DoesNotExist, NotYours, Refused, files.FileRefused.
    """
    held = held_call(call)
    only_working(held, hand, clock)
    of_results = held.decision == "approved"
    _refuse_closed(held, of_results=of_results)
    if held.documents.count() >= MOST_DOCUMENTS:
        raise Refused(_("資料は%(most)d件までです。") % {"most": MOST_DOCUMENTS})
    kept = files.keep(upload)
    try:
        document = held.documents.create(
            title=title,
            of_results=of_results,
            stored=kept.stored,
            file_name=kept.file_name,
            content_type=kept.content_type,
            size=kept.size,
            sha256=kept.sha256,
        )
        ledger.record(CallWritten(subject=held.public_id, actor=hand.actor, division=hand.division))
    except BaseException:
        files.discard(kept.stored)
        raise
    return document.public_id


@transaction.atomic
def remove_document(*, call: str, document: str, hand: Hand, clock: Clock) -> None:
    """Take a document away that nobody has seen yet. Raises as `add_document`, CallDocument.DoesNotExist."""
    held = held_call(call)
    only_working(held, hand, clock)
    found = CallDocument.objects.get(call=held, public_id=document)
    if not found.of_results:
        _refuse_approved(held)
    _refuse_closed(held, of_results=found.of_results)
    stored = found.stored
    found.delete()
    ledger.record(CallWritten(subject=held.public_id, actor=hand.actor, division=hand.division))
    transaction.on_commit(lambda: files.discard(stored))


def _check_period(typed: CallTyped) -> None:
    if typed.closes < typed.opens:
        raise Refused(_("締め切りの日は、募集を始める日より後にしてください。"))
    if days_open(typed.opens, typed.closes) < USUAL_DAYS and not typed.short_reason:
        raise Refused(
            _("募集の期間が%(days)d日より短いときは、その理由を書いてください。")
            % {"days": USUAL_DAYS}
        )


def _refuse_approved(call: Call) -> None:
    if call.decision == "approved":
        raise Refused(
            _("実施が承認されています。直すには、募集が始まる前に「取り下げる」を押してください。")
        )


def _refuse_closed(call: Call, *, of_results: bool) -> None:
    if of_results and call.results_decision == "approved":
        raise Refused(_("結果の公表が承認されているため、資料は変えられません。"))
