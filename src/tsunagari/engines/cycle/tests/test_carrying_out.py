"""What was decided becomes the next year's plan: all of it or nothing, once however often it is asked."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from tsunagari.engines.cycle.actions.carry_out import CarryOvertaken, carry_out, preview
from tsunagari.engines.cycle.actions.carrying import CarryRefused
from tsunagari.engines.cycle.actions.decide import DecisionRefused, decide
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, follow_plan
from tsunagari.engines.cycle.forms.decision_form import DecisionForm
from tsunagari.engines.cycle.models import Cycle, Decision, Sheet
from tsunagari.engines.cycle.queries.decision_desk import decision_desk
from tsunagari.engines.cycle.queries.sheet_desk import sheet_desk
from tsunagari.engines.cycle.queries.waiting import matrix
from tsunagari.engines.cycle.queries.year_sheets import year_sheets
from tsunagari.engines.cycle.rules.decisions import WantedHeir
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.tests.deciding_years import (  # noqa: F401 - a fixture is used by its name
    acting_year,
    carried,
    decided,
    head,
    heir,
    reviewed,
    revision,
    staged,
    state,
    wanted,
)
from tsunagari.engines.cycle.tests.years import (
    COMMITTEE,
    NISHITOKYO,
    NOW,
    PLAN,
    SECRETARIAT,
    YEAR,
    at,
    moved_to,
    opened,
    sheet_of,
    write,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.models import Entry
from tsunagari.kernel.metering import api as metering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]
NEXT = YEAR + 1


def ways_of(number: str) -> set[tuple[str, str]]:
    """The measures from which one grew: their quoted numbers and the kind."""
    page = plan_api.measure_page(PLAN, number, now=NOW, language="ja")
    assert page is not None
    quoted = {each.public_id: each.quoted for each in page.river.measures}
    here = page.measure.public_id
    return {(quoted[way.origin], way.kind) for way in page.river.ways if way.heir == here}


def test_a_merger_makes_one_heir_and_ends_its_origins() -> None:
    cycle = acting_year()
    decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3", name="まとめた取組"),))
    outcome = carried(cycle)
    assert (outcome.from_year, outcome.made, len(outcome.done)) == (NEXT, 1, 1)
    made = state("90")
    assert (made.name, made.from_year) == ("まとめた取組", NEXT)
    assert {("P/2", "merged"), ("P/3", "merged")} <= ways_of("90")
    for number in ("2", "3"):
        assert (state(number).until_year, state(number).until_reason) == (
            YEAR,
            "一年の結果を踏まえて",
        )
    row = Decision.objects.get()
    assert (row.from_year, row.carried_at, row.heirs.get().measure) == (NEXT, NOW, made.public_id)


def test_a_split_a_new_measure_and_an_end() -> None:
    cycle = acting_year()
    halves = (heir("91", "4"), heir("92", "4", indicators=()))
    decided(cycle, "split", "4", heirs=halves)
    decided(cycle, "new", heirs=(heir("93"),))
    decided(cycle, "abolish", "5", reason="役割を終えたため")
    outcome = carried(cycle)
    assert outcome.made == 3
    assert ways_of("91") == ways_of("92") == {("P/4", "split")}
    assert ways_of("93") == set()
    assert state("5").until_reason == "役割を終えたため"
    acts = [deed.act for done in outcome.done for deed in done.deeds]
    assert acts.count("made") == 3
    assert acts.count("ends") == 2


def test_what_continues_stays_as_it_is() -> None:
    cycle = acting_year()
    before = state("2")
    decided(cycle, "continue", "2")
    outcome = carried(cycle)
    assert [deed.act for done in outcome.done for deed in done.deeds] == ["goes_on"]
    assert state("2") == before


def test_a_stage_moves_and_a_stopped_measure_ends() -> None:
    cycle = acting_year()
    number, _sheet = staged(cycle, "試行の効果がある")
    decided(cycle, "improve", number, stage_to="introduce", met=(True,))
    carried(cycle)
    words = [
        line.word
        for line in state(number).stages
        for c in line.cells
        if c.year == NEXT and c.cover == "certain"
    ]
    assert words == ["introduce"]
    past = [
        line.word
        for line in state(number).stages
        for c in line.cells
        if c.year == YEAR and c.cover == "certain"
    ]
    assert "introduce" not in past


def test_a_stopped_measure_ends() -> None:
    cycle = acting_year()
    number, _sheet = staged(cycle, "試行の効果がある")
    decided(cycle, "abolish", number, stage_to="stopped", met=(False,), against="効果がない")
    carried(cycle)
    assert state(number).until_year == YEAR


def test_a_target_is_revised_in_the_plan_with_its_reason() -> None:
    cycle = acting_year()
    number, changed = revision(Decimal(777))
    decided(cycle, "improve", number, revisions=(changed,))
    carried(cycle)
    (indicator,) = [
        each for each in state(number).indicators if each.public_id == changed.indicator
    ]
    (target,) = [each for each in indicator.targets if each.year == 2028]
    assert (target.value, target.reason) == (Decimal(777), "実績を踏まえて")


def test_a_revised_target_of_a_merger_is_the_heirs() -> None:
    cycle = acting_year()
    number, changed = revision(Decimal(777))
    other = next(n for n in ("2", "3", "4") if n != number)
    decided(cycle, "merge", number, other, heirs=(heir("90", number, other),), revisions=(changed,))
    carried(cycle)
    values = [t.value for each in state("90").indicators for t in each.targets if t.year == 2028]
    assert Decimal(777) in values
    (old,) = [each for each in state(number).indicators if each.public_id == changed.indicator]
    assert changed.old in [each.value for each in old.targets]


def test_twice_is_once() -> None:
    cycle = acting_year()
    decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3"),))
    first = carried(cycle)
    heads = plan_api.measure_heads(PLAN, "ja")
    again = carry_out(cycle=cycle.public_id, seen=first.seen, hand=SECRETARIAT, clock=at())
    assert (again.done, again.made) == ((), 0)
    assert plan_api.measure_heads(PLAN, "ja") == heads
    ledger.catch_up()
    told = Entry.objects.get(name="cycle.decisions_carried_out")
    assert told.data == {"fiscal_year": NEXT, "decisions": 1, "measures": 1}


def test_a_preview_changes_nothing() -> None:
    cycle = acting_year()
    decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3"),))
    heads = plan_api.measure_heads(PLAN, "ja")
    shown = preview(cycle=cycle.public_id, hand=SECRETARIAT, clock=at())
    assert shown.made == 1
    assert plan_api.measure_heads(PLAN, "ja") == heads
    assert Decision.objects.get().carried_at is None


def test_a_preview_names_measures_in_the_readers_language() -> None:
    cycle = acting_year()
    decided(cycle, "continue", "2")
    with translation.override("en"):
        (done,) = preview(cycle=cycle.public_id, hand=SECRETARIAT, clock=at()).done
    english = {each.quoted: each.name for each in plan_api.measure_heads(PLAN, "en")}
    assert done.measures == (f"P/2 {english['P/2']}",)
    assert [(each.measure, each.name) for each in done.deeds] == [("P/2", english["P/2"])]
    assert english["P/2"].isascii()


def test_what_was_not_shown_is_not_carried_out() -> None:
    cycle = acting_year()
    decided(cycle, "continue", "2")
    shown = preview(cycle=cycle.public_id, hand=SECRETARIAT, clock=at())
    decided(cycle, "abolish", "3")
    with pytest.raises(CarryOvertaken):
        carry_out(cycle=cycle.public_id, seen=shown.seen, hand=SECRETARIAT, clock=at())
    assert state("3").until_year is None


def test_one_that_cannot_be_carried_out_keeps_all_back_and_says_which() -> None:
    cycle = acting_year()
    number, changed = revision(Decimal(777))
    decided(cycle, "abolish", "5")
    broken = decided(cycle, "improve", number, revisions=(changed,))
    plan_api.revise_target(
        indicator=changed.indicator,
        year=2028,
        old=changed.old,
        new=Decimal(1),
        reason="ほかの事情",
        hand=plan_api.PlanHand(actor=SECRETARIAT.actor, division="", secretariat=True),
        clock=at(),
    )
    shown = preview(cycle=cycle.public_id, hand=SECRETARIAT, clock=at())
    assert [each.decision for each in shown.wrong] == [broken]
    with pytest.raises(CarryRefused, match="目標値が、決定のあとに変わっています"):
        carry_out(cycle=cycle.public_id, seen=shown.seen, hand=SECRETARIAT, clock=at())
    assert state("5").until_year is None


def test_sheets_of_a_year_that_is_being_planned_follow() -> None:
    following = opened(NEXT)
    cycle = acting_year()
    decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3"),))
    outcome = carried(cycle)
    assert (outcome.sheets_added, outcome.sheets_gone) == (1, 2)
    sheet = Sheet.objects.get(cycle=following, measure=head("90").public_id)
    assert sheet.planned == "はじめの年度にすること"
    gone = {head("2").public_id, head("3").public_id}
    assert not Sheet.objects.filter(cycle=following, measure__in=gone).exists()


def test_a_sheet_of_the_next_year_that_was_written_in_is_named_and_laid_aside() -> None:
    following = opened(NEXT)
    sheet = sheet_of(following, "2")
    write(sheet, Hand(actor="c" * 22, division=sheet.division, role="member"), way="direct")
    cycle = acting_year()
    decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3"),))
    outcome = carried(cycle)
    assert (outcome.sheets_added, outcome.sheets_gone) == (1, 1)
    assert outcome.laid_aside == (f"P/2 {head('2').name}",)
    assert not following.sheets.filter(measure=sheet.measure).exists()
    rows = matrix(year_sheets(following, now=NOW), language="ja").rows
    assert sum(cell.total for row in rows for cell in row.cells if cell.step == "plan") == (
        following.sheets.count()
    )
    desk = sheet_desk(following, "2", SECRETARIAT, now=NOW, language="ja")
    assert desk is not None
    assert (desk.stands, desk.yours, desk.texts["way"]) == (False, False, "direct")


def test_a_measure_that_runs_again_finds_what_was_written() -> None:
    following = opened(NEXT)
    sheet = sheet_of(following, "2")
    Sheet.every.filter(pk=sheet.pk).update(laid_aside_at=NOW, q1_plan="書きかけ")
    assert not following.sheets.filter(pk=sheet.pk).exists()
    assert follow_plan(cycle=following.public_id, hand=SECRETARIAT, clock=at()).added == 0
    assert following.sheets.get(pk=sheet.pk).q1_plan == "書きかけ"


def test_where_the_next_year_has_begun_it_holds_from_the_one_after() -> None:
    moved_to(opened(NEXT), "running")
    cycle = acting_year()
    decided(cycle, "abolish", "2")
    assert carried(cycle).from_year == NEXT + 1
    assert state("2").until_year == NEXT


def test_another_year_can_be_chosen_but_none_that_is_over() -> None:
    cycle = acting_year()
    decided(cycle, "abolish", "2")
    with pytest.raises(CarryRefused, match="この年度より後"):
        carried(cycle, from_year=YEAR)
    carried(cycle, from_year=2028)
    assert state("2").until_year == 2027


def test_only_the_secretariat_and_only_at_the_review() -> None:
    cycle = moved_to(opened(NEXT), "checking")
    decided(cycle, "continue", "2")
    with pytest.raises(CarryRefused, match="「見直し」の段階"):
        carried(cycle)
    with pytest.raises(NotSecretariat):
        preview(cycle=acting_year().public_id, hand=COMMITTEE, clock=at())


def test_what_was_carried_out_stays_as_it_is() -> None:
    cycle = acting_year()
    made = decided(cycle, "continue", "2")
    carried(cycle)
    with pytest.raises(DecisionRefused, match="もう計画に反映されています"):
        decide(
            cycle=cycle.public_id,
            wanted=wanted(cycle, "abolish", "2"),
            decision=made,
            seen=2,
            hand=SECRETARIAT,
            clock=at(),
        )


def load_next_plan(folder: Path) -> None:
    """A plan that follows the policy, with one measure of its own."""
    said = yaml.safe_load((NISHITOKYO / "plan" / f"{PLAN}.yaml").read_text(encoding="utf-8"))
    own = next(each for each in said["measures"] if each["kind"] == "as_needed")
    own |= {"number": "1"}
    own.pop("grew_from", None)
    said |= {"code": "next", "letter": "N", "predecessor": PLAN, "measures": [own]}
    said |= {"first_year": 2029, "last_year": 2033}
    said["action_plans"] = [{**said["action_plans"][0], "year": 2029}]
    path = folder / "next.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    divisions = yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
    plan_api.load_plans(
        [path],
        divisions={entry["code"] for entry in divisions["divisions"]},
        meters={meter.id for meter in metering.declared()},
        clock=at(),
    )


def refused_number(cycle: Cycle, taken: WantedHeir) -> list[tuple[str, str]]:
    with pytest.raises(DecisionRefused) as fault:
        decided(cycle, "continue", "2", heirs=(taken,))
    return fault.value.faults


def test_after_the_last_year_measures_go_on_in_the_plan_that_follows(tmp_path: Path) -> None:
    load_next_plan(tmp_path)
    cycle: Cycle = moved_to(opened(2028), "acting")
    with pytest.raises(DecisionRefused, match="新しい取組を1つ以上"):
        decided(cycle, "continue", "2")
    old = head("2")
    english = plan_api.measures_by_id([old.public_id], "en")[old.public_id].name
    for language in ("ja", "en"):
        desk = decision_desk(cycle, [sheet_of(cycle, "2")], now=NOW, language=language)
        form = DecisionForm(desk, kinds=("continue",))
        assert (form["heir-0-name"].initial, form["heir-0-name_en"].initial) == (old.name, english)
    assert "heir-0-number" in str(refused_number(cycle, heir("1", "2", name=old.name)))
    decided(cycle, "continue", "2", heirs=(heir("2", "2", name=old.name),))
    decided(cycle, "abolish", "3")
    outcome = carried(cycle)
    assert (outcome.from_year, outcome.made) == (2029, 1)
    page = plan_api.measure_page("next", "2", now=datetime(2029, 5, 1, tzinfo=UTC), language="ja")
    assert page is not None
    assert page.measure.name == old.name
    assert page.measure.from_year is None
    assert [way.kind for way in page.river.ways if way.heir == page.measure.public_id] == [
        "continued"
    ]
    assert state("2").until_year is None
