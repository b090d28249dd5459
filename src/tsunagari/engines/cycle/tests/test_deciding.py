"""The secretariat decides how measures go on: what each kind asks, who may, and who was first."""

from decimal import Decimal

import pytest

from tsunagari.engines.cycle.actions.decide import (
    DecisionOvertaken,
    DecisionRefused,
    decide,
    withdraw_decision,
)
from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.models import Decision
from tsunagari.engines.cycle.tests.deciding_years import (  # noqa: F401 - a fixture is used by its name
    acting_year,
    decided,
    head,
    heir,
    reviewed,
    revision,
    staged,
    wanted,
)
from tsunagari.engines.cycle.tests.years import (
    COMMITTEE,
    SECRETARIAT,
    SHIMIN,
    at,
    moved_to,
    opened,
)
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]


def refused(cycle, kind: str, *numbers: str, **more: object) -> dict[str, str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with pytest.raises(DecisionRefused) as fault:
        decided(cycle, kind, *numbers, **more)
    return dict(fault.value.faults)


def test_a_decision_is_kept_and_told_and_nothing_of_it_is_in_the_plan() -> None:
    cycle = acting_year()
    made = decided(cycle, "improve", "2")
    row = Decision.objects.get(public_id=made)
    assert (row.kind, row.version, row.carried_at) == ("improve", 1, None)
    ledger.catch_up()
    told = Entry.objects.get(name="cycle.decided")
    assert (told.subject, told.data) == (made, {"kind": "improve"})


def test_only_the_secretariat_decides() -> None:
    cycle = acting_year()
    for hand in (SHIMIN, COMMITTEE):
        with pytest.raises(NotSecretariat):
            decide(
                cycle=cycle.public_id, wanted=wanted(cycle, "continue", "2"), hand=hand, clock=at()
            )
    made = decided(cycle, "continue", "2")
    with pytest.raises(NotSecretariat):
        withdraw_decision(decision=made, seen=1, hand=SHIMIN)


def test_decisions_belong_to_the_time_after_the_year() -> None:
    cycle = opened(2026)
    assert "点検・評価から見直しまで" in refused(cycle, "continue", "2")[""]
    moved_to(cycle, "checking")
    assert decided(cycle, "continue", "2")


def test_continuing_needs_no_reason_and_everything_else_does() -> None:
    cycle = acting_year()
    assert decided(cycle, "continue", "2", reason="")
    for kind in ("expand", "improve", "abolish"):
        assert "決定の理由" in refused(cycle, kind, "3", reason="")["reason"]


@pytest.mark.parametrize(
    ("kind", "numbers", "heirs", "place"),
    [
        ("merge", ("2",), 1, "sheets"),
        ("merge", ("2", "3"), 0, "heirs"),
        ("merge", ("2", "3"), 2, "heirs"),
        ("split", ("2",), 1, "heirs"),
        ("split", ("2", "3"), 2, "sheets"),
        ("new", ("2",), 1, "sheets"),
        ("new", (), 0, "heirs"),
        ("continue", ("2",), 1, "heirs"),
        ("abolish", ("2", "3"), 0, "sheets"),
        ("wonder", ("2",), 0, "kind"),
    ],
)
def test_each_kind_asks_for_its_measures_and_heirs(
    kind: str, numbers: tuple[str, ...], heirs: int, place: str
) -> None:
    cycle = acting_year()
    made = tuple(heir(str(90 + each)) for each in range(heirs))
    assert place in refused(cycle, kind, *numbers, heirs=made)


def test_a_number_is_free_in_the_plan_and_among_the_other_decisions() -> None:
    cycle = acting_year()
    decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3"),))
    for number in ("4", "90", "第1", "data"):
        assert "heir-0-number" in refused(cycle, "new", heirs=(heir(number),))
    twins = (heir("91", "5", indicators=()), heir("91", "5", indicators=()))
    assert "heir-1-number" in refused(cycle, "split", "5", heirs=twins)


def test_an_indicator_goes_on_with_one_heir_only() -> None:
    cycle = acting_year()
    number = next(n for n in ("2", "3", "4", "5", "6") if head(n).indicators)
    faults = refused(cycle, "split", number, heirs=(heir("91", number), heir("92", number)))
    assert "一つだけ" in faults["heir-1-indicators"]
    strange = heir("91", indicators=("nobody",))
    assert "heir-0-indicators" in refused(cycle, "new", heirs=(strange,))


def test_a_stage_moves_by_criteria_that_were_set_beforehand() -> None:
    cycle = acting_year()
    number, _sheet = staged(cycle, "費用の見通しがある\n試行で効果が出た")
    faults = refused(cycle, "continue", number, stage_to="evaluate", met=(True, False))
    assert "満たしていない基準" in faults["against"]
    made = decided(cycle, "continue", number, stage_to="evaluate", met=(True, True))
    row = Decision.objects.get(public_id=made)
    assert [each["met"] for each in row.criteria] == [True, True]
    assert (row.stage_to, row.against) == ("evaluate", "")


def test_moving_without_criteria_or_against_them_says_why() -> None:
    cycle = acting_year()
    number, _sheet = staged(cycle)
    faults = refused(cycle, "continue", number, stage_to="evaluate")
    assert "前もって決めた基準がありません" in faults["against"]
    assert decided(
        cycle, "continue", number, stage_to="evaluate", against="国の標準化に合わせるため"
    )


def test_stopping_is_abolishing_and_what_has_no_stages_cannot_move() -> None:
    cycle = acting_year()
    number, _sheet = staged(cycle)
    more = {"stage_to": "stopped", "against": "効果がない"}
    assert "「廃止」" in refused(cycle, "continue", number, **more)["kind"]
    assert "stage_to" in refused(cycle, "abolish", number, stage_to="introduce", against="x")
    assert "stage_to" in refused(cycle, "continue", "2", stage_to="evaluate", against="x")
    assert decided(cycle, "abolish", number, **more)


def test_a_target_is_revised_with_old_new_and_reason() -> None:
    cycle = acting_year()
    number, good = revision(Decimal(12345))
    _, without = revision(Decimal(12345), reason="")
    assert "revision-0-reason" in refused(cycle, "improve", number, revisions=(without,))
    _, same = revision(good.old)
    assert "同じです" in refused(cycle, "improve", number, revisions=(same,))["revision-0-new"]
    assert "revisions" in refused(cycle, "abolish", number, revisions=(good,))
    made = decided(cycle, "improve", number, revisions=(good,))
    kept = Decision.objects.get(public_id=made).revisions.get()
    assert (kept.old, kept.new, kept.fiscal_year) == (good.old, Decimal(12345), 2028)


def test_a_measure_has_one_decision_and_the_second_clerk_is_told() -> None:
    cycle = acting_year()
    made = decided(cycle, "continue", "2")
    with pytest.raises(DecisionOvertaken) as overtaken:
        decided(cycle, "abolish", "2")
    assert overtaken.value.standing == made
    with pytest.raises(DecisionOvertaken):
        decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3"),))


def test_a_decision_is_changed_from_the_version_that_was_seen() -> None:
    cycle = acting_year()
    made = decided(cycle, "continue", "2")
    change = {"cycle": cycle.public_id, "decision": made, "hand": SECRETARIAT, "clock": at()}
    decide(wanted=wanted(cycle, "expand", "2"), seen=1, **change)  # type: ignore[arg-type]
    with pytest.raises(DecisionOvertaken):
        decide(wanted=wanted(cycle, "abolish", "2"), seen=1, **change)  # type: ignore[arg-type]
    row = Decision.objects.get(public_id=made)
    assert (row.kind, row.version) == ("expand", 2)
    decide(wanted=wanted(cycle, "expand", "2"), seen=2, **change)  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.version == 2


def test_a_decision_is_withdrawn_and_the_measure_is_open_again() -> None:
    cycle = acting_year()
    made = decided(cycle, "abolish", "2")
    with pytest.raises(DecisionOvertaken):
        withdraw_decision(decision=made, seen=7, hand=SECRETARIAT)
    withdraw_decision(decision=made, seen=1, hand=SECRETARIAT)
    assert decided(cycle, "continue", "2")
    ledger.catch_up()
    assert Entry.objects.get(name="cycle.decision_withdrawn").subject == made


def test_after_the_last_year_one_goes_on_in_the_next_plan_or_not_at_all() -> None:
    cycle = moved_to(opened(2028), "acting")
    assert "次の計画を先に登録" in refused(cycle, "continue", "2")["kind"]
    assert decided(cycle, "abolish", "3")
