"""Lets those who write to the plans wait for each other, in one order for everybody."""

from tsunagari.engines.plan.models import Edition


def hold_plan() -> None:
    """Keep others from writing to any plan until this transaction ends. Call it before the first row is taken.

    Every write turns the edition's word (turn_edition), which is one row for all plans. Somebody who takes a
    measure or an indicator first, turns the word and then wants the next one would wait for somebody who
    holds that one and wants the word: the database would throw one of them out. So all take the word first.
    """
    list(Edition.objects.select_for_update().filter(pk=1).values_list("pk"))
