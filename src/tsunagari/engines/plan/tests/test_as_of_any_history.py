"""Whatever is edited and entered: each past day's board is the one that was seen on its evening."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.plan import api
from tsunagari.engines.plan.actions.add_thing import add_thing
from tsunagari.engines.plan.actions.edit_things import Editor, Root, Wanted, edit_things
from tsunagari.engines.plan.actions.enter_figure import Typed, enter_figure
from tsunagari.engines.plan.actions.set_goal import Goal, set_goal
from tsunagari.engines.plan.models import ActionPlan, Driver, Indicator, Lineage, Measure, Plan
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.text_faults import Refused
from tsunagari.engines.plan.rules.typed_figure import Figure, FigureRefused, Period
from tsunagari.engines.plan.tests.conftest import CODE, NISHITOKYO, load_all
from tsunagari.kernel.identity import api as identity

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plans_of_2025"),
    pytest.mark.slow,
]
LOADED = datetime(2025, 3, 20, 3, tzinfo=UTC)
HAND = Hand(actor="a" * 22, division="joho-suishin", secretariat=True)
NUMBERS = ["2", "3", "6"]
WORDS = st.sampled_from(["木", "森の記録", "林", "水と緑"])
ENGLISH = st.sampled_from(["", "Tree", "Forest", "Grove"])
Seen = tuple[Any, ...]


@pytest.fixture(scope="module")
def plans_of_2025(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans, loaded in March 2025: a fiscal year ends among the days that follow."""
    with module_rows(django_db_blocker) as rows:
        divisions = (NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8")
        identity.load_divisions(yaml.safe_load(divisions))
        load_all(now=LOADED)
        rows.written()
        yield


measures = st.sampled_from(NUMBERS)
steps = st.one_of(
    st.tuples(st.just("text"), measures, st.sampled_from(["name", "outline", "note"]), WORDS),
    st.tuples(st.just("text"), measures, st.sampled_from(["name.en", "outline.en"]), ENGLISH),
    st.tuples(st.just("text"), measures, st.just("divisions"), st.sampled_from(["shimin", "kenko,shimin"])),
    st.tuples(st.just("text"), measures, st.just("viewpoints"), st.sampled_from(["", "technology"])),
    st.tuples(st.just("text"), measures, st.just("section"), st.sampled_from(["study", "introduction"])),
    st.tuples(st.just("confirm"), measures, st.sampled_from(["name", "outline"])),
    st.tuples(st.just("indicator"), measures, st.sampled_from(["name", "name.en", "unit", "reason"]), WORDS),
    st.tuples(st.just("plan"), st.sampled_from(["idea", "short_name", "labels.target", "labels.target.en", "viewpoints.technology.name"]), WORDS),
    st.tuples(st.just("year"), measures, st.sampled_from(["planned", "done"]), WORDS),
    st.tuples(st.just("value"), measures, st.sampled_from([2024, 2025]), st.integers(1, 900)),
    st.tuples(st.just("goal"), measures, st.sampled_from([2025, 2028]), st.none() | st.integers(1, 900)),
    st.tuples(st.just("add"), st.sampled_from(["measure", "stage", "viewpoint", "driver", "action_plan", "section"]), WORDS),
    st.tuples(st.just("lineage"), st.sampled_from(["3", "6"]), WORDS),
    st.tuples(st.just("way"), st.sampled_from(["P/3", "P/6", "P/4"]), WORDS),
    st.tuples(st.just("driver"), WORDS, st.sampled_from(["", "P/2", "P/2,P/6"])),
)  # fmt: skip
histories = st.lists(st.tuples(st.integers(0, 6), steps), min_size=4, max_size=12)


class City:
    """A secretariat that does one step after the other, by the real actions."""

    def __init__(self) -> None:
        self.now = LOADED
        self.count = 0

    def do(self, step: tuple[Any, ...]) -> None:
        """One step; what the rules refuse is not done."""
        self.now += timedelta(minutes=1)
        self.count += 1
        kind, *rest = step
        try:
            with transaction.atomic():
                getattr(self, kind)(*rest)
        except (Refused, FigureRefused):
            pass

    def _by(self) -> Editor:
        return Editor(actor="a" * 22, division="joho-suishin", reason="見直し", now=self.now)

    def _edit(self, kind: str, top: Any, wanted: Wanted) -> None:
        root = Root(kind=kind, public_id=top.public_id, version=top.version)
        edit_things(root=root, wanted=[wanted], by=self._by())

    def text(self, number: str, key: str, text: str) -> None:
        """A text of a measure."""
        row = _measure(number)
        self._edit("measure", row, Wanted(kind="measure", thing=row.public_id, texts={key: text}))

    def confirm(self, number: str, name: str) -> None:
        """The English still fits."""
        row = _measure(number)
        wanted = Wanted(kind="measure", thing=row.public_id, texts={}, confirmed=frozenset({name}))
        self._edit("measure", row, wanted)

    def indicator(self, number: str, key: str, text: str) -> None:
        """A text of an indicator."""
        row, thing = _measure(number), _indicator(number).public_id
        self._edit("measure", row, Wanted(kind="indicator", thing=thing, texts={key: text}))

    def plan(self, key: str, text: str) -> None:
        """A text of the plan."""
        row = Plan.objects.get(code=CODE)
        self._edit("plan", row, Wanted(kind="plan", thing=row.public_id, texts={key: text}))

    def year(self, number: str, key: str, text: str) -> None:
        """What a year does."""
        row = _measure(number)
        wanted = Wanted(kind="action", thing="", year=2025, texts={key: text})
        self._edit("measure", row, wanted)

    def value(self, number: str, year: int, value: int) -> None:
        """A result."""
        row = _indicator(number)
        standing = row.values.filter(fiscal_year=year, month=None, superseded_at=None).first()
        typed = Typed(
            period=Period(year=year, month=None),
            figure=Figure(value=Decimal(value), numerator=None, denominator=None),
            status="provisional",
            source="集計",
            reason="訂正",
            seen=standing.public_id if standing else "",
        )
        enter_figure(indicator=row.public_id, typed=typed, hand=HAND, clock=lambda: self.now)

    def goal(self, number: str, year: int, value: int | None) -> None:
        """A target; None withdraws it."""
        row = _indicator(number)
        standing = row.targets.filter(fiscal_year=year, superseded_at=None).first()
        goal = Goal(
            year=year,
            basis="absolute",
            value=None if value is None else Decimal(value),
            change=None,
            numerator=None,
            denominator=None,
            reason="改定",
            seen=standing.public_id if standing else "",
            withdrawn=value is None,
        )
        set_goal(indicator=row.public_id, goal=goal, hand=HAND, clock=lambda: self.now)

    def add(self, kind: str, words: str) -> None:
        """Something new."""
        plan, mark = Plan.objects.get(code=CODE), f"new-{self.count}"
        texts = {
            "measure": {"number": f"9{self.count}", "name": words, "kind": "as_needed", "section": "study", "divisions": "shimin"},
            "stage": {"text": words, "word": "research", "column": "2026"},
            "viewpoint": {"code": mark, "name": f"{words}{mark}", "outline": words},
            "driver": {"kind": "town", "name": words, "source": "試験", "measures": "P/2"},
            "action_plan": {"fiscal_year": "2024", "name": words},
            "section": {"code": mark, "name": words, "kind": "list"},
        }[kind]  # fmt: skip
        parent = {"stage": _measure("2"), "driver": None}.get(kind, plan)
        add_thing(kind=kind, parent=parent, texts=texts, by=self._by())

    def lineage(self, origin: str, note: str) -> None:
        """A new way to measure 2."""
        texts = {"origin": f"P/{origin}", "kind": "merged", "note": note}
        add_thing(kind="lineage", parent=_measure("2"), texts=texts, by=self._by())

    def way(self, origin: str, note: str) -> None:
        """Another origin for a way that was added."""
        way = Lineage.objects.filter(heir=_measure("2"), told={}).first()
        if way:
            texts = {"origin": origin, "note": note}
            wanted = Wanted(kind="lineage", thing=way.public_id, texts=texts)
            self._edit("measure", _measure("2"), wanted)

    def driver(self, name: str, ties: str) -> None:
        """The name and the ties of a driver that was added."""
        row = Driver.objects.filter(told={}).first()
        if row:
            texts = {"name": name, "measures": ties}
            self._edit("driver", row, Wanted(kind="driver", thing=row.public_id, texts=texts))


def _measure(number: str) -> Measure:
    return Measure.objects.get(plan__code=CODE, number=number)


def _indicator(number: str) -> Indicator:
    return Indicator.objects.filter(measure=_measure(number)).order_by("order")[0]


def _seen(moment: datetime, language: str, on: date | None = None) -> Seen:
    """All that pages show but the versions, which count up and are no part of what is shown."""
    board = api.plan_board(CODE, now=moment, language=language, on=on)
    page = api.measure_page(CODE, "2", now=moment, language=language, on=on)
    assert board is not None
    assert page is not None
    head = replace(board.head, on=None, read_again=None)
    return (
        replace(board, head=head, measures=tuple(map(_bare, board.measures))),
        replace(page, head=head, measure=_bare(page.measure)),
        [api.history(CODE, number, language=language, on=on) for number in NUMBERS],
        api.year_actions(CODE, 2025, language, on),
        api.drivers(language, on),
        api.whole_river(language, on),
    )


def _bare(measure: api.MeasureState) -> api.MeasureState:
    return replace(measure, version=0)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=histories)
def test_each_past_day_is_told_as_it_was_seen_on_its_evening(
    history: list[tuple[int, tuple[Any, ...]]],
) -> None:
    with transaction.atomic():
        city = City()
        evenings: dict[tuple[date, str], Seen] = {}
        for days, step in history:
            if days:
                evenings |= _evening(city.now)
                city.now += timedelta(days=days)
            city.do(step)
        assert ActionPlan.objects.exists()
        api.turn_edition()
        for (day, language), seen in evenings.items():
            assert _seen(city.now, language, day) == seen, (day, language)
        transaction.set_rollback(True)
    api.turn_edition()


def _evening(now: datetime) -> dict[tuple[date, str], Seen]:
    day = (now + timedelta(hours=9)).date()
    moment = api.last_moment(day)
    return {(day, language): _seen(moment, language) for language in ("ja", "en")}
