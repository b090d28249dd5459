"""Who looks after pages in the tests, and how their rounds are walked."""

from typing import Any

from tsunagari.engines.content.actions.apply_mends import apply_mends
from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.actions.check_all import check_all
from tsunagari.engines.content.actions.check_page import KnownCity, check_page
from tsunagari.engines.content.actions.choose_mends import begin_mends
from tsunagari.engines.content.actions.plan_mends import plan_mends
from tsunagari.engines.content.models import Finding, PlannedMend, Round
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.models import Account

OFFICE = "hisho-koho"
"""The division that runs the website in the tests."""


def hand_of(account: Account, division: str, *, head: bool = False) -> Hand:
    """A clerk of a division as she acts."""
    return Hand(actor=account.public_id, division=division, head=head, office=division == OFFICE)


def checked(page: Any) -> dict[str, Finding]:
    """What is found on a page now, by rule."""
    check_page(type(page).objects.get(pk=page.pk), city=KnownCity(), clock=system_clock)
    return {each.rule: each for each in Finding.objects.filter(page_id=page.pk)}


def checked_all() -> Round:
    """A check of every page."""
    held = ask_round(Round.Kinds.CHECK, hand=None, clock=system_clock)
    check_all(held, clock=system_clock)
    return held


def planned(account: Account, division: str, **said: Any) -> Round:
    """A plan of mends, ready to be looked at."""
    hand = hand_of(account, division)
    held = ask_round(Round.Kinds.MEND, hand=hand, clock=system_clock, account=account, **said)
    plan_mends(held)
    return held


def made(held: Round, *, publishes: bool = False) -> dict[int, str]:
    """What became of each page of a plan."""
    begin_mends(held, publishes=publishes)
    apply_mends(Round.objects.get(pk=held.pk), clock=system_clock)
    return dict(PlannedMend.objects.filter(round=held).values_list("page_id", "outcome"))
