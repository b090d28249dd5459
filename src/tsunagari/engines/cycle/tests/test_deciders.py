"""The mayor and the heads of divisions read a year on one page: what moved, what is late, what to decide."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.move_part import return_part
from tsunagari.engines.cycle.models import Candidate, Cycle, Decision
from tsunagari.engines.cycle.queries.deciding import for_division, for_mayor
from tsunagari.engines.cycle.queries.decisions import decided_measures
from tsunagari.engines.cycle.queries.yearbook_gaps import gaps_of
from tsunagari.engines.cycle.rules.deciding import (
    JUDGED,
    Span,
    change_of,
    is_toward,
    stage_stand,
    turned,
)
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    NOW,
    SECRETARIAT,
    YEAR,
    acting_year,
    clock,
    enter,
    indicator_of,
    load_city,
)
from tsunagari.engines.cycle.tests.years import sheet_of
from tsunagari.engines.plan import api as plan_api

MAYOR = f"/console/year/{CODE}/{YEAR}/for/mayor/"
SHIMIN = Hand(actor="m" * 22, division="shimin", role="head")


@pytest.fixture(scope="module", autouse=True)
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans of Nishitokyo, figures of two years, and a year whose sheets are written."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        for number, before, after in (("6", "600", "800"), ("7", "4000", "3000")):
            enter(number, YEAR - 1, before)
            enter(number, YEAR, after)
        acting_year(decided=False)
        rows.written()
        yield


def _cycle() -> Cycle:
    return Cycle.objects.get(fiscal_year=YEAR)


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


@given(st.sampled_from(JUDGED), st.sampled_from(JUDGED))
def test_a_status_turns_one_way_and_back_the_other(before: str, after: str) -> None:
    ways = {turned(before, after), turned(after, before)}
    assert ways == ({None} if before == after else {"better", "worse"})


def test_what_is_no_judgement_does_not_turn() -> None:
    assert turned("pending", "behind") is None
    assert turned("on_track", "no_result") is None
    assert turned("", "achieved") is None


def test_a_change_from_nought_has_no_share() -> None:
    assert change_of(Decimal(0), Decimal(5)) is None
    assert change_of(Decimal(-10), Decimal(-5)) == Decimal("0.5")
    assert is_toward("down", Decimal("-0.1")) is True
    assert is_toward("keep", Decimal("0.1")) is None


def _span(word: str, certain: set[int], possible: set[int] = frozenset()) -> Span:  # type: ignore[assignment]  # an empty one
    return Span(word=word, text=word, certain=frozenset(certain), possible=frozenset(possible))


def test_a_stage_that_may_still_run_is_not_overdue() -> None:
    research = _span("research", {2024}, {2025})
    evaluate = _span("evaluate", {2026})
    stand = stage_stand([research, evaluate], 2025)
    assert (stand.now, stand.following, stand.from_year) == ("research", "evaluate", 2026)
    assert not stand.overdue
    assert stand.moves_by(2026)


def test_a_stage_that_ended_without_a_next_one_is_overdue() -> None:
    stand = stage_stand([_span("research", {2024})], 2026)
    assert stand.overdue
    assert stand.from_year is None


def test_a_measure_that_begins_later_is_not_overdue() -> None:
    stand = stage_stand([_span("research", {2027})], 2025)
    assert not stand.overdue
    assert not stand.begun
    assert not stand.moves_by(2026)


@pytest.mark.django_db
def test_the_mayor_reads_what_moved_each_way() -> None:
    found = for_mayor(_cycle(), now=NOW, language="ja")
    assert found is not None
    assert [each.measure.number for each in found.toward] == ["6"]
    assert [each.measure.number for each in found.away] == ["7"]
    assert found.compared == 2
    assert found.away[0].change == Decimal("-0.25")
    assert "7" in {each.number for each in found.late}
    assert found.undecided == 30


@pytest.mark.django_db
def test_a_measure_that_ends_with_the_year_counts_in_it_and_asks_for_no_decision() -> None:
    before = for_mayor(_cycle(), now=NOW, language="ja")
    plan_api.end_measure(
        measure=sheet_of(_cycle(), "9").measure,
        year=YEAR,
        reason="役目を終えました。",
        by=plan_api.Editor(
            actor=SECRETARIAT.actor, division=SECRETARIAT.division, reason="前年度の見直し", now=NOW
        ),
    )
    found = for_mayor(_cycle(), now=NOW, language="ja")
    assert before is not None
    assert found is not None
    assert found.counts == before.counts
    assert (before.undecided, found.undecided) == (30, 29)
    told = {
        each.read.measure.number: each.open
        for each in decided_measures(_cycle(), now=NOW, language="ja")
    }
    assert [number for number, still in told.items() if not still] == ["9"]
    assert [each.number for each in gaps_of(_cycle(), language="ja").undecided] == [
        n for n in told if n != "9"
    ]


@pytest.mark.django_db
def test_the_mayors_page_tells_true_counts_and_leads_to_every_figure(
    committee_client: Client,
) -> None:
    cycle = _cycle()
    decision = Decision.objects.create(
        cycle=cycle, kind="expand", reason="利用が増えた。", decided_at=NOW, actor="s" * 22
    )
    decision.sheets.add(sheet_of(cycle, "6"))
    Candidate.objects.create(
        cycle=cycle,
        driver="d" * 22,
        driver_kind="law",
        driver_name="新しい法律",
        text="窓口の待ち時間を公開する",
        made_at=NOW,
        actor="s" * 22,
    )
    said = _text(committee_client, MAYOR)
    assert "基本方針の30取組" in said
    assert "まだ計画に反映していないものが1件、見直しをまだ決めていない取組が29件" in said
    assert "4,000件 → 3,000件（−25.0%）" in said
    assert "利用が増えた。" in said
    assert "窓口の待ち時間を公開する" in said
    page = BeautifulSoup(committee_client.get(MAYOR).content, "html.parser")
    figures = [a["href"] for a in page.find_all("a") if "#judged-" in a["href"]]
    assert f"/plan/{CODE}/7/#judged-1" in figures
    assert len(page.find_all("h1")) == 1


@pytest.mark.django_db
def test_late_steps_are_counted_each_by_itself(
    committee_client: Client, secretariat_client: Client
) -> None:
    cycle = _cycle()
    Cycle.objects.filter(pk=cycle.pk).update(phase="checking")
    for step in ("q4", "check"):
        cycle.deadlines.update_or_create(step=step, defaults={"day": date(2026, 4, 30)})
    cycle.sheets.update(**{f"q{quarter}_note": "済み" for quarter in (1, 2, 3, 4)})
    two = [sheet_of(cycle, number).pk for number in ("6", "7")]
    cycle.sheets.filter(pk__in=two).update(q4_note="")
    cycle.sheets.filter(pk=two[0]).update(check_state="draft")
    said = _text(committee_client, MAYOR)
    assert "第4四半期 2件、点検・評価 1件" in said, said[said.index("期限を過ぎた") :][:300]
    listed = _text(secretariat_client, f"/console/year/{CODE}/{YEAR}/?q=P/6")
    assert "第4四半期、点検・評価" in listed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("planning", "反映を待つ決定も、回答を待つ意見もありません。"),
        ("acting", "見直しをまだ決めていない取組が30件あります。"),
    ],
)
def test_what_is_undecided_is_said_while_decisions_are_made(
    committee_client: Client, phase: str, said: str
) -> None:
    Cycle.objects.filter(pk=_cycle().pk).update(phase=phase)
    page = _text(committee_client, MAYOR)
    assert said in page
    assert ("見直しをまだ決めていない取組" in page) is (phase == "acting")
    assert "意見が0件" not in page


@pytest.mark.django_db
def test_stages_are_to_be_decided_with_their_criteria(secretariat_client: Client) -> None:
    found = for_mayor(_cycle(), now=NOW, language="ja")
    assert found is not None
    assert found.stages, "the policy moves stages from year to year"
    number = found.stages[0].measure.number
    sheet = sheet_of(_cycle(), number)
    sheet.criteria = "実証を1回行う\n費用の見込みを出す"
    sheet.save(update_fields=["criteria"])
    assert "基準は2件。満たしたかどうかは、まだ確かめていません。" in _text(
        secretariat_client, MAYOR
    )
    decision = Decision.objects.create(
        cycle=_cycle(),
        kind="continue",
        reason="進める。",
        stage_to="introduce",
        criteria=[{"text": "実証", "met": True}, {"text": "費用", "met": False}],
        decided_at=NOW,
        actor="s" * 22,
    )
    decision.sheets.add(sheet)
    assert "基準2件のうち1件を満たしています。" in _text(secretariat_client, MAYOR)


@pytest.mark.django_db
def test_who_reads_the_mayors_page(everybody: dict[str, Client]) -> None:
    wanted = {
        "secretariat": 200,
        "committee": 200,
        "clerk": 403,
        "head": 403,
        "other_clerk": 403,
        "administrator": 403,
    }
    for name, status in wanted.items():
        if name in everybody:
            assert everybody[name].get(MAYOR).status_code == status, name
    for name in ("outsider", "resident", "neighbour"):
        assert everybody[name].get(MAYOR).status_code in (302, 403, 404), name


@pytest.mark.django_db
def test_a_head_reads_her_own_division_and_no_other(
    head_client: Client, other_clerk_client: Client, committee_client: Client
) -> None:
    own = f"/console/year/{CODE}/{YEAR}/for/division/shimin/"
    said = _text(head_client, own)
    assert "市民課の令和7年度" in said
    assert "予算額の合計" in said
    assert "期限を過ぎた取組も、差し戻された取組も、気になるところもありません。" in said or (
        "気になるところが" in said and "取組が0件" not in said
    )
    assert other_clerk_client.get(own).status_code == 404
    assert committee_client.get(own).status_code == 404
    assert head_client.get(own.replace("shimin", "nowhere")).status_code == 404


@pytest.mark.django_db
def test_a_head_reads_what_came_back_and_what_her_measures_cost() -> None:
    cycle = _cycle()
    found = for_division(cycle, "shimin", SHIMIN, now=NOW, language="ja")
    assert found is not None
    count = len(found.measures)
    assert (found.budget, found.settled) == (count * 1_200_000, count * 1_000_000)
    sheet = found.measures[0].sheet
    return_part(
        sheet=sheet.public_id,
        part="check",
        comment="決算額の内訳を書いてください。",
        hand=SECRETARIAT,
        clock=clock,
    )
    cycle.sheets.filter(pk=found.measures[-1].sheet.pk).update(settled=None)
    again = for_division(cycle, "shimin", SHIMIN, now=NOW, language="ja")
    assert again is not None
    assert [m.comment for m in again.measures[0].comments] == ["決算額の内訳を書いてください。"]
    assert again.settlements == count - 1


@pytest.mark.django_db
def test_pages_cost_the_same_whatever_the_number_of_measures(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cycle = _cycle()
    for_mayor(cycle, now=NOW, language="ja")
    with django_assert_max_num_queries(40):
        for_mayor(cycle, now=NOW, language="ja")
    with django_assert_max_num_queries(36):
        for_division(cycle, "shimin", SHIMIN, now=NOW, language="ja")


@pytest.mark.django_db
def test_the_pages_speak_english(secretariat_client: Client) -> None:
    account = secretariat_client.get(MAYOR)
    assert account.status_code == 200
    found = for_mayor(_cycle(), now=datetime(2026, 10, 5, tzinfo=UTC), language="en")
    assert found is not None
    assert found.toward[0].measure.name.isascii()
    assert indicator_of("6").name != found.toward[0].indicator.name
