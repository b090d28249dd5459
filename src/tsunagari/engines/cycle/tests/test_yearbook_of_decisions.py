"""A year's book is of that year: what its decisions change later reads in it as it was, and in words."""

from decimal import Decimal

import pytest

from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.year_read import read_year
from tsunagari.engines.cycle.queries.yearbook import yearbooks
from tsunagari.engines.cycle.rules.report_measure import measure_told
from tsunagari.engines.cycle.rules.yearbook import YearIndicator, YearMeasure
from tsunagari.engines.cycle.tests.deciding_years import (  # noqa: F401 - a fixture is used by its name
    acting_year,
    carried,
    decided,
    heir,
    reviewed,
    revision,
)
from tsunagari.engines.cycle.tests.test_deciding import refused
from tsunagari.engines.cycle.tests.years import NOW, SECRETARIAT, YEAR, at
from tsunagari.engines.plan import api as plan_api

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]


def _measure(cycle: Cycle, number: str, language: str = "ja") -> YearMeasure:
    found = yearbooks(cycle, now=NOW)[language].measure(number)
    assert found is not None
    return found


def _indicator(cycle: Cycle, number: str, public_id: str) -> YearIndicator:
    return next(e for e in _measure(cycle, number).indicators if e.public_id == public_id)


def test_a_target_that_its_decision_changed_reads_in_the_year_as_it_was() -> None:
    cycle = acting_year()
    number, changed = revision(Decimal(777_777))
    plan_api.correct_result(
        indicator=changed.indicator,
        year=YEAR,
        value=changed.old or Decimal(1),
        source="課の集計",
        reason="",
        actor=SECRETARIAT.actor,
        division=SECRETARIAT.division,
        now=NOW,
    )
    before = _indicator(cycle, number, changed.indicator)
    decided(cycle, "improve", number, revisions=(changed,))
    carried(cycle)
    after = _indicator(cycle, number, changed.indicator)
    assert before.status == "achieved"
    assert after == before
    assert after.target == changed.old
    decision = _measure(cycle, number).decision
    assert decision is not None
    assert [(each.old, each.new) for each in decision.revisions] == [
        (changed.old, Decimal(777_777))
    ]
    read = read_year(cycle, now=NOW, language="ja")
    assert read is not None
    (there,) = [
        each
        for measure in read.measures
        for each in measure.indicators
        if each.public_id == changed.indicator
    ]
    assert there.aim.target == changed.old


def test_a_target_that_was_changed_twice_reads_as_before_both() -> None:
    cycle = acting_year()
    number, changed = revision(Decimal(777_777))
    decided(cycle, "improve", number, revisions=(changed,))
    carried(cycle)
    following = Cycle.objects.create(
        plan=cycle.plan, fiscal_year=YEAR + 1, phase="acting", opened_at=NOW
    )
    again = following.decisions.create(
        kind="improve", decided_at=NOW, carried_at=at(NOW)(), from_year=YEAR + 2
    )
    again.revisions.create(
        indicator=changed.indicator, fiscal_year=2028, old=Decimal(777_777), new=Decimal(5),
        reason="もう一度",
    )  # fmt: skip
    assert _indicator(cycle, number, changed.indicator).target == changed.old


def test_the_year_after_is_judged_by_the_new_target() -> None:
    number, changed = revision(Decimal(777_777))
    cycle = acting_year()
    decided(cycle, "improve", number, revisions=(changed,))
    carried(cycle)
    following = Cycle(plan=cycle.plan, fiscal_year=YEAR + 1, phase="planning", opened_at=NOW)
    following.save()
    found = read_year(following, now=NOW, language="ja")
    assert found is not None
    board = plan_api.plan_board(cycle.plan, now=NOW, language="ja")
    assert board is not None
    targets = {
        each.public_id: each.aim.target for measure in board.measures for each in measure.indicators
    }
    assert targets[changed.indicator] == Decimal(777_777)


def _in_a_stage(cycle: Cycle) -> tuple[str, str]:
    """The number of a measure that began a stage the year before and may still be in it, and its code; the
    next stage begins for certain the year after."""
    board = plan_api.plan_board(cycle.plan, now=NOW, language="ja")
    assert board is not None
    return next(
        (measure.number, line.word)
        for measure in board.measures
        for line in measure.stages
        if line.word == "evaluate"
        and {(YEAR - 1, "certain"), (YEAR, "possible")}
        <= {(cell.year, cell.cover) for cell in line.cells}
    )


def test_decisions_are_told_in_words_and_never_by_a_code() -> None:
    cycle = acting_year()
    number, here = _in_a_stage(cycle)
    decided(cycle, "continue", number, stage_to="introduce", against="国の日程に合わせるため")
    decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3", name="まとめた取組"),))
    decided(cycle, "new", heirs=(heir("91", name="新しい取組"),))
    carried(cycle)
    book = yearbooks(cycle, now=NOW)["ja"]
    merged, moved = book.measure("2"), book.measure(number)
    assert merged is not None
    assert moved is not None
    assert moved.decision is not None
    assert moved.decision.stage_to == "導入実行"
    assert moved.decision.stage_from == {"research": "調査研究", "evaluate": "適用検討"}[here]
    english = _measure(cycle, number, "en").decision
    assert english is not None
    assert english.stage_to.isascii()
    told = measure_told(book, merged, [""] * len(merged.indicators))
    assert told["decision"]["heirs"] == ["P/90 まとめた取組（統合）"]
    (added,) = book.additions
    assert [(each.quoted, each.kind) for each in added.heirs] == [("P/91", "")]
    codes = {"merge", "split", "new", "research", "evaluate", "introduce"}
    assert codes.isdisjoint(
        word for part in told["decision"]["heirs"] for word in part.replace("（", " ").split()
    )


def test_the_stage_in_which_a_measure_is_already_is_no_move() -> None:
    cycle = acting_year()
    number, here = _in_a_stage(cycle)
    faults = refused(cycle, "continue", number, stage_to=here, against="理由")
    assert "いまの段階と同じ" in str(faults)
