"""What is worth a second look is found by a stated rule, and set aside only until it changes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.actions.set_hint_aside import (
    HintKey,
    HintRefused,
    set_hint_aside,
    show_hint_again,
)
from tsunagari.engines.cycle.models import Cycle, HintSetAside
from tsunagari.engines.cycle.queries.hints import Hint, all_hints, hint_count, hints_of
from tsunagari.engines.cycle.queries.year_read import read_year
from tsunagari.engines.cycle.rules import hints as rules
from tsunagari.engines.cycle.tests.closing_years import (
    CLERK,
    CODE,
    NOW,
    SECRETARIAT,
    YEAR,
    acting_year,
    clock,
    enter,
    freeze,
    indicator_of,
    load_city,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.ledger import api as ledger

pytestmark = pytest.mark.django_db
PAGE = f"/console/year/{CODE}/{YEAR}/hints/"


@pytest.fixture(scope="module", autouse=True)
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans of Nishitokyo, and a year whose sheets are all written."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        acting_year()
        rows.written()
        yield


def _cycle(year: int = YEAR) -> Cycle:
    return Cycle.objects.get(fiscal_year=year)


def _found(kind: str, number: str = "", year: int = YEAR) -> list[Hint]:
    read = read_year(_cycle(year), now=NOW, language="ja")
    assert read is not None
    return [e for e in all_hints(read) if e.kind == kind and number in ("", e.number)]


def _figures(*values: int) -> dict[int, Decimal]:
    return {2020 + place: Decimal(value) for place, value in enumerate(values)}


@pytest.mark.parametrize(
    "values",
    [
        (100, 110, 119, 131, 240),
        (100, 110, 119, 131, 20),
        (100, 100, 100, 100, 104),
    ],
)
def test_a_figure_is_out_of_pattern_by_the_median_of_changes(values: tuple[int, ...]) -> None:
    assert rules.unusual(_figures(*values), 2030) is not None


@pytest.mark.parametrize(
    "values",
    [
        (100, 110, 119, 131, 140),
        (100, 100, 100, 100, 103),
        (100, 110, 120, 400),
    ],
)
def test_a_small_move_or_a_short_line_is_no_reason_for_alarm(values: tuple[int, ...]) -> None:
    assert rules.unusual(_figures(*values), 2030) is None


def test_a_year_between_that_nobody_knows_is_no_jump() -> None:
    figures = _figures(100, 110, 120, 130)
    figures[2025] = Decimal(150)
    assert rules.unusual(figures, 2030) is None


@given(st.lists(st.integers(-1000, 1000), min_size=0, max_size=12), st.integers(1, 50))
def test_the_pattern_does_not_depend_on_the_unit(values: list[int], factor: int) -> None:
    plain = rules.unusual(_figures(*values), 2040)
    larger = rules.unusual({y: v * factor for y, v in _figures(*values).items()}, 2040)
    assert (plain is None) == (larger is None)


@given(st.lists(st.integers(1, 1000), min_size=5, max_size=12))
def test_a_steady_line_is_never_out_of_pattern(values: list[int]) -> None:
    step = values[0]
    steady = {2010 + place: Decimal(place * step) for place in range(len(values))}
    assert rules.unusual(steady, 2040) is None


def test_reached_asks_for_three_years_in_a_row() -> None:
    assert rules.reached_since({2023: True, 2024: True, 2025: True}, 2025) == 2023
    assert rules.reached_since({2022: True, 2024: True, 2025: True}, 2025) is None
    assert rules.reached_since({2023: True, 2024: False, 2025: True}, 2025) is None


def test_a_meter_stopped_only_after_three_times_its_usual_gap() -> None:
    monthly = [True] * 12
    assert rules.stopped([*monthly, False, False, False]) is None
    found = rules.stopped([*monthly, False, False, False, False])
    assert found is not None
    assert (found.last, found.silent, found.usual) == (11, 4, Decimal(1))
    yearly = [place % 12 == 0 for place in range(36)]
    assert rules.stopped(yearly) is None
    assert rules.stopped([True, True, *[False] * 30]) is None, "two signs tell no usual gap"


@given(st.lists(st.booleans(), max_size=48))
def test_a_meter_that_counted_last_month_never_stopped(signs: list[bool]) -> None:
    assert rules.stopped([*signs, True]) is None


def test_a_text_is_unchanged_whatever_its_line_ends() -> None:
    texts = {2023: "窓口で\n案内する。", 2024: "窓口で\r\n案内する。 ", 2025: "窓口で 案内する。"}
    assert rules.unchanged_since(texts, 2025) == 2023
    assert rules.unchanged_since({**texts, 2024: "別の文章"}, 2025) is None
    assert rules.unchanged_since({2023: "", 2024: "", 2025: ""}, 2025) is None


def test_an_indicator_that_nobody_measured_is_named_with_its_rule() -> None:
    before = _found("unmeasured", "8")
    assert [each.what for each in before] == [
        "令和6年度から令和7年度までの実績が、一つもありません。"
    ]
    assert "計画期間の実績が一つもない" in before[0].rule
    enter("8", YEAR, "40")
    assert not _found("unmeasured", "8")


def _typed_target(patch: pytest.MonkeyPatch, value: int, reason: str = "") -> None:
    """Somebody set a target by hand, as the plan tells it."""
    target = plan_api.HandTarget(
        indicator=indicator_of("8").public_id,
        year=2027,
        value=Decimal(value),
        reason=reason,
        set_at=NOW,
    )
    patch.setattr(plan_api, "targets_by_hand", lambda code: (target,) if code == CODE else ())


def test_a_target_set_by_hand_without_a_reason_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _found("unreasoned"), "the pack's targets need none"
    _typed_target(monkeypatch, 50)
    assert [each.what for each in _found("unreasoned")] == [
        "令和9年度の目標値50件に、理由がありません。"
    ]
    _typed_target(monkeypatch, 50, "実績をふまえて")
    assert not _found("unreasoned")


def test_a_figure_that_left_its_sealed_year_is_named() -> None:
    enter("8", YEAR, "40")
    freeze(_cycle())
    assert not _found("differs")
    enter("8", YEAR, "41")
    assert [each.what for each in _found("differs", "8")] == [
        "令和7年度の実績は、確定した報告では40件、いまの計画では41件です。正誤として公表するか、計画の数値を公表したとおりに戻してください。"
    ]


def test_a_figure_that_its_sealed_year_did_not_know_is_named_too() -> None:
    freeze(_cycle())
    assert not _found("differs", "8")
    enter("8", YEAR, "41")
    assert [each.what for each in _found("differs", "8")] == [
        "令和7年度の実績は、確定した報告にはありませんが、いまの計画では41件です。正誤として公表するか、計画の数値を公表したとおりに戻してください。"
    ]
    assert "確定したときに実績がなく" in _found("differs", "8")[0].rule


def test_a_text_that_three_years_carried_over_is_named_once_for_each_field() -> None:
    for year in (2024, 2026):
        acting_year(year, decided=False)
    cycle = _cycle(2026)
    cycle.sheets.filter(order=1).update(done="ことしは別のことをした。")
    found = [each for each in _found("unchanged", year=2026) if each.number == "1"]
    assert [each.what.split("」")[0] for each in found] == [
        "「今年度に取り組むこと",
        "「評価の理由と課題",
    ]


def test_a_hint_set_aside_comes_back_when_what_it_rests_on_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _typed_target(monkeypatch, 50)
    hint = _found("unreasoned")[0]
    key = HintKey(kind=hint.kind, thing=hint.thing, seen=hint.seen)
    count = hint_count(_cycle(), now=NOW)
    assert set_hint_aside(
        plan=CODE, key=key, reason="口頭で確かめた。", hand=SECRETARIAT, clock=clock
    )
    assert not set_hint_aside(plan=CODE, key=key, reason="二度目", hand=SECRETARIAT, clock=clock)
    assert hint_count(_cycle(), now=NOW) == count - 1
    assert _found("unreasoned")[0].aside is not None
    _typed_target(monkeypatch, 60)
    assert _found("unreasoned")[0].aside is None
    assert hint_count(_cycle(), now=NOW) == count


def test_a_hint_is_shown_again_when_somebody_asks_and_the_ledger_knows_both() -> None:
    hint = _found("unmeasured")[0]
    key = HintKey(kind=hint.kind, thing=hint.thing, seen=hint.seen)
    set_hint_aside(plan=CODE, key=key, reason="来年から測る。", hand=SECRETARIAT, clock=clock)
    aside = HintSetAside.objects.get()
    assert show_hint_again(aside=aside.public_id, hand=SECRETARIAT, clock=clock)
    assert not show_hint_again(aside=aside.public_id, hand=SECRETARIAT, clock=clock)
    while ledger.catch_up():
        pass
    told = [e for e in ledger.between(0, 10**9) if e.name == "cycle.hint_laid_aside"]
    assert [each.data["shown"] for each in told] == [False, True]


def test_only_the_secretariat_sets_a_hint_aside_and_says_why() -> None:
    hint = _found("unmeasured")[0]
    key = HintKey(kind=hint.kind, thing=hint.thing, seen=hint.seen)
    with pytest.raises(NotSecretariat):
        set_hint_aside(plan=CODE, key=key, reason="よい", hand=CLERK, clock=clock)
    with pytest.raises(HintRefused, match="確認した内容"):
        set_hint_aside(plan=CODE, key=key, reason="  ", hand=SECRETARIAT, clock=clock)
    with pytest.raises(HintRefused, match="500文字まで"):
        set_hint_aside(plan=CODE, key=key, reason="あ" * 501, hand=SECRETARIAT, clock=clock)


def test_the_secretariat_sets_a_hint_aside_on_the_screen(secretariat_client: Client) -> None:
    hint = _found("unmeasured")[0]
    typed = {"kind": hint.kind, "thing": hint.thing, "seen": hint.seen}
    page = secretariat_client.post(PAGE, {**typed, "reason": ""}).content.decode()
    assert "確認した内容を入力してください" in page
    answer = secretariat_client.post(PAGE, {**typed, "reason": "来年度から測る。"})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    shown = secretariat_client.get(PAGE).content.decode()
    assert "確認した内容：来年度から測る。" in shown
    again = secretariat_client.post(f"{PAGE}{HintSetAside.objects.get().public_id}/again/")
    assert again.status_code == 302
    assert "確認した内容：" not in secretariat_client.get(PAGE).content.decode()


def test_a_hint_says_once_since_when(secretariat_client: Client) -> None:
    page = secretariat_client.get(PAGE).content.decode()
    told = [each for each in _found("unmeasured") if each.since in each.what]
    assert told
    assert f"{told[0].since}から</span>" not in page


def test_in_a_closed_year_no_hint_is_set_aside(secretariat_client: Client) -> None:
    assert "確認済みにする" in secretariat_client.get(PAGE).content.decode()
    Cycle.objects.filter(pk=_cycle().pk).update(phase="frozen")
    assert "確認済みにする" not in secretariat_client.get(PAGE).content.decode()


def test_a_clerk_sees_hints_of_her_measures_and_cannot_set_them_aside(
    clerk_client: Client, committee_client: Client, administrator_client: Client
) -> None:
    page = clerk_client.get(PAGE).content.decode()
    own = {h.number for h in hints_of(_cycle(), now=NOW, language="ja") if "shimin" in h.divisions}
    assert own
    assert 'name="reason"' not in page
    assert f"/plan/{CODE}/8/" not in page, "another division's"
    hint = _found("unmeasured")[0]
    typed = {"kind": hint.kind, "thing": hint.thing, "seen": hint.seen, "reason": "よい"}
    assert clerk_client.post(PAGE, typed).status_code == 403
    assert committee_client.get(PAGE).status_code == 403
    assert administrator_client.get(PAGE).status_code == 403


def test_hints_cost_the_same_for_all_measures(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cycle = _cycle()
    hints_of(cycle, now=NOW, language="ja")
    with django_assert_max_num_queries(22):
        hints_of(cycle, now=NOW, language="ja")


def test_hints_speak_english() -> None:
    found = hints_of(_cycle(), now=datetime(2026, 10, 5, tzinfo=UTC), language="en")
    assert any("FY2024" in each.what for each in found)
