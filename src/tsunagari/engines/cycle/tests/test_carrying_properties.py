"""Whatever is decided, in whatever order: the lineage stays whole, numbers stay unique, twice is once."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagari.engines.cycle.actions.carry_out import carry_out
from tsunagari.engines.cycle.actions.decide import DecisionOvertaken, DecisionRefused
from tsunagari.engines.cycle.tests.deciding_years import (  # noqa: F401 - a fixture is used by its name
    acting_year,
    carried,
    decided,
    heir,
    reviewed,
)
from tsunagari.engines.cycle.tests.years import NOW, PLAN, SECRETARIAT, at
from tsunagari.engines.plan import api as plan_api

NUMBERS = ("2", "3", "4", "5", "6", "7-1", "8", "9")
KINDS = ("continue", "expand", "improve", "merge", "split", "abolish", "new")


@st.composite
def decisions(draw: st.DrawFn) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Kinds with the measures they are about and the numbers of their heirs; some of them impossible."""
    listed = []
    for _place in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(KINDS))
        most = {"merge": 3, "new": 0}.get(kind, 1)
        least = {"merge": 2, "new": 0}.get(kind, 1)
        about = draw(st.lists(st.sampled_from(NUMBERS), min_size=least, max_size=most, unique=True))
        heirs = {"merge": 1, "split": 2, "new": 1}.get(kind, 0)
        made = draw(
            st.lists(st.integers(90, 96).map(str), min_size=heirs, max_size=heirs, unique=True)
        )
        listed.append((kind, tuple(about), tuple(made)))
    return listed


def _write(cycle, listed) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - rows and examples
    known = {each.number for each in plan_api.measure_heads(PLAN, "ja")}
    for kind, about, numbers in listed:
        if not set(about) <= known:
            continue
        heirs = tuple(
            heir(number, *about, indicators=None if place == 0 else ())
            for place, number in enumerate(numbers)
        )
        try:
            with transaction.atomic():
                decided(cycle, kind, *about, heirs=heirs)
        except (DecisionRefused, DecisionOvertaken):
            continue


def _whole() -> None:
    """What always holds of the plan."""
    board = plan_api.plan_board(PLAN, now=NOW, language="ja")
    assert board is not None
    numbers = Counter(each.number for each in board.measures)
    assert max(numbers.values()) == 1
    river = plan_api.whole_river("ja")
    heirs: dict[str, set[str]] = {}
    for way in river.ways:
        heirs.setdefault(way.origin, set()).add(way.heir)
    begun = {each.public_id: each.from_year for each in board.measures if each.from_year}
    for measure in board.measures:
        for child in heirs.get(measure.public_id, set()) & begun.keys():
            assert measure.until_year is not None
            assert measure.until_year + 1 == begun[child]
    assert not _rings(heirs)


def _rings(heirs: dict[str, set[str]]) -> bool:
    """Whether one comes back to where one began."""
    for start, children in heirs.items():
        reached, fresh = set[str](), set(children)
        while fresh:
            reached |= fresh
            fresh = {far for near in fresh for far in heirs.get(near, set())} - reached
        if start in reached:
            return True
    return False


def _carry_twice(listed: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    cycle = acting_year()
    _write(cycle, listed)
    outcome = carried(cycle)
    assert not outcome.wrong
    _whole()
    ways = {(way.origin, way.heir) for way in plan_api.whole_river("ja").ways}
    board = plan_api.plan_board(PLAN, now=NOW, language="ja")
    assert board is not None
    ended = {each.public_id for each in board.measures if each.until_year}
    for row in cycle.decisions.filter(kind__in=("merge", "split")):
        origins = {sheet.measure for sheet in row.sheets.all()}
        assert origins <= ended
        assert {(o, each.measure) for o in origins for each in row.heirs.all()} <= ways
    again = carry_out(cycle=cycle.public_id, seen=outcome.seen, hand=SECRETARIAT, clock=at())
    assert again.done == ()
    assert plan_api.plan_board(PLAN, now=NOW, language="ja") == board


@pytest.mark.django_db
@pytest.mark.usefixtures("reviewed")
@settings(max_examples=20)
@given(listed=decisions())
def test_any_decisions_keep_the_plan_whole(
    listed: list[tuple[str, tuple[str, ...], tuple[str, ...]]],
) -> None:
    with transaction.atomic():
        _carry_twice(listed)
        transaction.set_rollback(True)
    plan_api.turn_edition()
