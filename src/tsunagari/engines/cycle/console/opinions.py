"""Opinions of the committee and the city's answers, on a sheet and on the whole year."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from tsunagari.engines.cycle.actions.give_opinion import (
    NotCommittee,
    OpinionRefused,
    answer_opinion,
    give_opinion,
)
from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.console.asked_year import hand_of, not_yours, only_secretariat
from tsunagari.engines.cycle.console.refusals import refuse
from tsunagari.engines.cycle.models import Opinion
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity


@dataclass(frozen=True, kw_only=True)
class OpinionRow:
    """An opinion with its answer. `mine`: whoever looks may still change it."""

    opinion: Opinion
    who: str
    mine: bool


def opinion_rows(opinions: Iterable[Opinion], hand: Hand) -> list[OpinionRow]:
    """Opinions with the names of those who gave them; one query."""
    listed = list(opinions)
    names = identity.people_names({each.actor for each in listed})
    return [
        OpinionRow(
            opinion=each,
            who=names.get(each.actor, ""),
            mine=(each.actor == hand.actor or hand.secretariat) and not each.answer,
        )
        for each in listed
    ]


def take_opinion(request: HttpRequest, cycle: str, about: str, *, back: str) -> HttpResponse:
    """Write down what was typed, and go back to the screen at `back`, which says so."""
    held: dict[str, Any] = {"hand": hand_of(request), "clock": system_clock}
    text, field = request.POST.get("text", ""), "id_opinion"
    try:
        if answered := request.POST.get("answer", "")[:22]:
            field = f"id_answer_{answered}"
            answer_opinion(opinion=answered, text=text, **held)
        else:
            replaces = request.POST.get("replaces", "")[:22]
            field = f"id_text_{replaces}" if replaces else field
            give_opinion(cycle=cycle, sheet=about, text=text, replaces=replaces, **held)
    except NotSecretariat:
        return only_secretariat(request)
    except NotCommittee:
        return not_yours(request)
    except Opinion.DoesNotExist as gone:
        raise Http404 from gone
    except OpinionRefused as refused:
        return refuse(request, back, field=field, words=str(refused), typed=text)
    messages.success(request, gettext("保存しました。"))
    return HttpResponseRedirect(back)
