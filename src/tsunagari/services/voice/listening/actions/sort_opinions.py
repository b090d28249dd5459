"""Clerks sort opinions: split a letter into several, put those that say the same into a group, answer it."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_call import (
    held_call,
    only_working,
    sorting_or_refuse,
    touch_results,
)
from tsunagari.services.voice.listening.actions.refused import Overtaken, Refused
from tsunagari.services.voice.listening.models import Call, Group, Letter, Opinion
from tsunagari.services.voice.listening.rules.choices import ANSWERS
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.receipts import submission_print
from tsunagari.services.voice.listening.rules.typed import GroupTyped
from tsunagari.services.voice.listening.service import OpinionsSorted

MOST_PIECES = 50


def seen_print(letter: Letter) -> str:
    """A print of a letter's opinions as they stand, by which a change is known."""
    return submission_print(*(each.text for each in letter.opinions.all()))


@transaction.atomic
def split_letter(
    *, letter: str, pieces: Sequence[str], seen: str, hand: Hand, clock: Clock
) -> None:
    """Let a letter hold these opinions. A piece whose words were there before keeps its groups; the letter
    itself stays as it was sent. `seen` is the print of what she had before her.

    Raises Letter.DoesNotExist, NotYours, Refused, Overtaken.
    """
    found = Letter.objects.select_related("call").get(public_id=letter)
    call = _held(found.call.public_id, hand, clock)
    wanted = [piece for piece in pieces if piece]
    if not wanted:
        raise Refused(_("意見を1つ以上残してください。"))
    if len(wanted) > MOST_PIECES:
        raise Refused(_("1通の意見は、%(most)d件までに分けてください。") % {"most": MOST_PIECES})
    if seen_print(found) != seen:
        stand = "\n---\n".join(each.text for each in found.opinions.all())
        raise Overtaken(theirs={"pieces": stand}, version=seen_print(found))
    held = {each.text: each for each in found.opinions.all()}
    for order, text in enumerate(wanted):
        each = held.pop(text, None) or Opinion(letter=found, text=text)
        each.order = order
        each.save()
    Opinion.objects.filter(pk__in=[each.pk for each in held.values()]).delete()
    _record(call, "split", len(wanted), hand)


@transaction.atomic
def write_group(
    *, call: str, group: str, typed: GroupTyped, version: int, hand: Hand, clock: Clock
) -> str:
    """Make a group (`group` is ""), or write its wording and answer; gives its public id.

    Raises Call.DoesNotExist, Group.DoesNotExist, NotYours, Refused, Overtaken.
    """
    held = _held(call, hand, clock)
    if typed.kind and typed.kind not in ANSWERS:
        raise Refused(_("市の考え方の種類を選んでください。"))
    if group:
        found = Group.objects.select_for_update().get(call=held, public_id=group)
        if found.version != version:
            theirs = {name: getattr(found, name) for name in ("title", "summary", "kind", "answer")}
            raise Overtaken(theirs=theirs, version=str(found.version))
    else:
        last = held.groups.aggregate(last=Max("order"))["last"]
        found = Group(call=held, order=(last or 0) + 1)
    found.title, found.summary = typed.title, typed.summary
    found.kind, found.answer = typed.kind, typed.answer
    found.version += 1
    found.save()
    _record(held, "group", 0, hand)
    return found.public_id


@transaction.atomic
def gather(
    *, call: str, group: str, opinions: Sequence[str], put: bool, hand: Hand, clock: Clock
) -> int:
    """Put opinions into a group, or take them out; how many. An opinion may stand in several groups.

    Raises Call.DoesNotExist, Group.DoesNotExist, NotYours, Refused.
    """
    held = _held(call, hand, clock)
    found = Group.objects.get(call=held, public_id=group)
    chosen = list(Opinion.objects.filter(letter__call=held, public_id__in=opinions))
    if not chosen:
        raise Refused(_("意見を選んでから、押してください。"))
    if put:
        found.opinions.add(*chosen)
    else:
        found.opinions.remove(*chosen)
    _record(held, "gathered", len(chosen), hand)
    return len(chosen)


@transaction.atomic
def remove_group(*, call: str, group: str, hand: Hand, clock: Clock) -> None:
    """Take a group away; its opinions stay, without it. Raises as `gather`."""
    held = _held(call, hand, clock)
    found = Group.objects.get(call=held, public_id=group)
    count = found.opinions.count()
    found.delete()
    _record(held, "removed", count, hand)


def _held(call: str, hand: Hand, clock: Clock) -> Call:
    held = held_call(call)
    only_working(held, hand, clock)
    sorting_or_refuse(held, clock)
    touch_results(held)
    return held


def _record(call: Call, step: str, opinions: int, hand: Hand) -> None:
    ledger.record(
        OpinionsSorted(
            subject=call.public_id,
            actor=hand.actor,
            division=hand.division,
            step=step,
            opinions=opinions,
        )
    )
