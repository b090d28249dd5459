"""A measure that ends before its plan says when, why and what goes on in its place; earlier years stay."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Edit, Measure
from tsunagari.engines.plan.queries.desk_list import listed_plans
from tsunagari.engines.plan.queries.figure_list import Asked, desk_page, missing_of
from tsunagari.engines.plan.queries.value_lines import value_lines
from tsunagari.engines.plan.tests.conftest import CODE, NOW
from tsunagari.engines.plan.tests.test_heirs import editor, grow, measure, new
from tsunagari.engines.plan.views.lists import bar_of_counts
from tsunagari.engines.plan.views.sentences import sentence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
NEXT = datetime(2027, 4, 1, tzinfo=UTC)
WHY = "ほかの取組と一体で進めるため。"


def end(number: str = "2", year: int = 2026) -> Measure:
    found = measure(number)
    assert api.end_measure(measure=found.public_id, year=year, reason=WHY, by=editor())
    return found


def board(now: datetime = NOW) -> api.PlanBoard:
    found = api.plan_board(CODE, now=now, language="ja")
    assert found is not None
    return found


def test_an_ended_measure_says_when_why_and_what_goes_on() -> None:
    origin = measure("2")
    grow(origin, heirs=(new(origin, name="あとを継ぐ取組"),))
    end()
    page = Client().get(f"/plan/{CODE}/2/").content.decode()
    for words in ("令和8年度で終了", WHY, "P/90 あとを継ぐ取組", "引き継いだ取組"):
        assert words in page, words
    english = Client().get(f"/en/plan/{CODE}/2/").content.decode()
    assert "Ended with" in english


def test_it_counts_until_its_last_year_is_over() -> None:
    before = api.counts(board().measures).all
    end()
    assert api.counts(board().measures).all == before
    assert f"{before}取組" in sentence(board())
    assert f"{before - 1}取組" in sentence(board(NEXT))
    counted = {
        now: sum(c.number for c in bar_of_counts(b, b.measures))
        for now in (NOW, NEXT)
        for b in [board(now)]
    }
    assert counted == {NOW: before, NEXT: before - 1}
    assert "令和8年度で終了" in Client().get(f"/plan/{CODE}/").content.decode()


def test_each_year_shows_the_measures_of_that_year() -> None:
    origin = end()
    (heir,) = grow(origin, heirs=(new(origin, name="あとを継ぐ取組"),))
    for year in (2026, 2027):
        origin.plan.action_plans.get_or_create(fiscal_year=year, defaults={"name": f"{year}年度"})
    api.turn_edition()
    shown = {
        year: Client().get(f"/plan/{CODE}/years/{year}/").content.decode() for year in (2026, 2027)
    }
    assert origin.name in shown[2026]
    assert heir.name not in shown[2026]
    assert origin.name not in shown[2027]
    assert heir.name in shown[2027]


def test_the_board_of_an_earlier_year_stays_as_it_was() -> None:
    was = [(each.number, each.status, each.standing) for each in board().measures]
    origin = end()
    grow(origin, heirs=(new(origin),))
    now = [(each.number, each.status, each.standing) for each in board().measures]
    assert [each for each in now if each[2] == "running"] == was


def test_no_result_of_a_later_year_is_its_own() -> None:
    found = Measure.objects.filter(plan__code=CODE, kind="indicator", indicators__meter="")[0]
    indicator = found.indicators.filter(meter="")[0]
    for year in (2026, 2027):
        api.set_value(
            indicator=indicator, year=year, value=Decimal(5), origin="typed", status="final",
            source="試験", now=NOW,
        )  # fmt: skip
    end(found.number)
    page = api.measure_page(CODE, found.number, now=datetime(2029, 1, 1, tzinfo=UTC), language="ja")
    assert page is not None
    (state,) = [each for each in page.measure.indicators if each.public_id == indicator.public_id]
    reached = [each.year for each in state.results]
    assert 2026 in reached
    assert 2027 not in reached


def test_the_api_tells_its_years() -> None:
    end()
    answer = Client().get(f"/api/plans/{CODE}/measures/2").json()
    assert (answer["from_year"], answer["until_year"], answer["until_reason"]) == (None, 2026, WHY)


def test_the_same_end_twice_changes_nothing() -> None:
    found = end()
    edits = Edit.objects.count()
    assert not api.end_measure(measure=found.public_id, year=2026, reason=WHY, by=editor())
    assert Edit.objects.count() == edits


@pytest.mark.parametrize(
    ("year", "reason", "says"),
    [(2040, WHY, "計画の期間の中の年度"), (2026, "", "終わる理由を入力してください")],
)
def test_an_end_that_cannot_be_is_refused_in_words(year: int, reason: str, says: str) -> None:
    with pytest.raises(api.TextsRefused, match=says):
        api.end_measure(measure=measure("2").public_id, year=year, reason=reason, by=editor())


def test_a_measure_cannot_end_before_it_begins() -> None:
    origin = measure("2")
    (heir,) = grow(origin, heirs=(new(origin),), year=2028)
    with pytest.raises(api.TextsRefused, match="はじまる年度より前"):
        api.end_measure(measure=heir.public_id, year=2027, reason=WHY, by=editor())


def shown(address: str) -> str:
    """The words of a page, as they are read one after the other."""
    page = Client().get(address)
    assert page.status_code == 200
    main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def waiting() -> Measure:
    """A measure that waits for results: nothing is known of it but its baseline, and no meter counts it."""
    return next(
        Measure.objects.get(public_id=each.public_id)
        for each in board().measures
        if each.status == "no_result" and all(i.targets for i in each.indicators)
    )


def ended(year: int = 2024) -> Measure:
    found = waiting()
    end(found.number, year)
    return found


def test_text_bar_table_and_api_count_the_same_and_no_ended_measure() -> None:
    before = api.counts(board().measures)
    ended()
    now = api.counts(board().measures)
    waited, waits = (dict(each.by_status)["no_result"] for each in (before, now))
    assert (now.all, now.ended, waits) == (before.all - 1, 1, waited - 1)
    assert sum(number for _, number in now.by_code) == now.all
    assert sum(each.number for each in bar_of_counts(board(), board().measures)) == now.all
    said = sentence(board())
    assert f"{now.all}取組：" in said
    assert said.endswith("このほかに、終了した取組が1あります。")
    for address in ("/plan/", f"/plan/{CODE}/", "/plan/compare/"):
        page = Client().get(address).content.decode()
        told = set(re.findall(r"<span>実績の登録待ち <b>(\d+)</b></span>", page))
        assert told == {str(waits)}, address
    compared = shown("/plan/compare/")
    numbers = re.search(r"取組の数 (\d+) (\d+) このほかに終了した取組 (\d+) (\d+)", compared)
    assert numbers
    assert numbers.groups()[1::2] == (str(now.all), "1")
    answer = Client().get(f"/api/plans/{CODE}").json()["counts"]
    assert (answer["all"], answer["ended"], answer["by_status"]["no_result"]) == (now.all, 1, waits)
    assert "Measures that have ended, beside these: 1." in shown("/en/plan/")


def test_a_part_of_a_plan_of_which_all_has_ended_says_so() -> None:
    held = [each for each in board().measures if each.section == measure("2").section.code]
    for each in held:
        end(each.number, 2024)
    code = measure("2").section.code
    assert f"すべて終了しました（{len(held)}取組）" in shown(f"/plan/{CODE}/fields/{code}/")


def test_a_measure_that_is_still_to_begin_is_counted_as_that_and_waits_for_nothing() -> None:
    origin = waiting()
    before = api.counts(board().measures)
    grow(origin, heirs=(new(origin),))
    now = api.counts(board().measures)
    assert (now.all, now.ahead, now.by_status) == (before.all + 1, 1, before.by_status)
    assert "これから始まる取組 1" in sentence(board())
    assert sum(number for _, number in now.by_code) == now.all
    later = api.counts(board(NEXT).measures)
    assert (later.ahead, later.all) == (0, before.all + 1)


def test_the_page_of_an_ended_measure_ends_with_its_last_year() -> None:
    found = ended()
    page = shown(f"/plan/{CODE}/{found.number}/")
    assert "令和6年度で終了" in page
    assert WHY in page
    assert "実績の登録待ち" not in page
    assert "判定は 計測" not in page
    assert "判定は 実績" not in page
    assert "終了した年度までの実績が登録されていないため、判定しません。" in page
    assert "にこの取組で行うことは" not in page
    table = page.split("目安・目標値", 1)[1].split("この表（CSV）", 1)[0]
    assert "令和6年度 未登録" in table
    for year in ("令和7年度", "令和8年度", "令和9年度", "令和10年度"):
        assert year not in table, year
    rows = Client().get(f"/plan/{CODE}/{found.number}/1.csv")
    assert rows.status_code == 200
    assert ",2024," in rows.content.decode()
    assert ",2025," not in rows.content.decode()


def test_an_ended_measure_with_a_result_is_judged_by_its_last_year() -> None:
    found = waiting()
    indicator = found.indicators.get(order=1)
    aim = board()
    (state,) = [
        each for m in aim.measures if m.number == found.number for each in m.indicators
        if each.order == 1
    ]  # fmt: skip
    assert state.baseline
    for year in (2024, 2025):
        api.set_value(
            indicator=indicator, year=year, value=state.baseline.value, origin="typed",
            status="final", source="試験", now=NOW,
        )  # fmt: skip
    end(found.number, 2024)
    after = api.measure_page(CODE, found.number, now=NOW, language="ja")
    assert after
    judged = after.measure.indicators[0]
    assert judged.latest
    assert judged.latest.year == 2024
    assert judged.progress.status not in ("no_result", "pending")
    assert api.mark_of(after.measure, after.head).title == "終了"
    outcome = api.mark(judged.progress.status).title
    assert f"判定は {outcome} です" in shown(f"/plan/{CODE}/{found.number}/")


def test_the_lists_still_find_it_marked_as_ended() -> None:
    found = ended()
    listed = shown(f"/plan/{CODE}/?status=ended")
    assert found.name in listed
    assert "令和6年度で終了" in listed
    assert f"P/{found.number} {found.name} 令和6年度で終了" in shown("/plan/measures/")
    for address in (reverse("plan:plan_csv", args=[CODE]), reverse("plan:measures_csv")):
        rows = Client().get(address).content.decode().splitlines()
        assert [row for row in rows if found.name in row and row.endswith("終了")], rows
    narrowed = Client().get(f"/api/plans/{CODE}/measures?status=no_result").json()
    assert found.number not in [each["number"] for each in narrowed]
    (told,) = [
        each for each in Client().get(f"/api/plans/{CODE}/measures").json()
        if each["number"] == found.number
    ]  # fmt: skip
    assert (told["standing"], told["words"]) == ("ended", "終了")
    assert [each["how"] for each in told["indicators"]] == ["ended"] * len(told["indicators"])


def test_nobody_is_asked_for_figures_of_an_ended_measure() -> None:
    found = waiting()
    division = found.divisions[0]

    def asked(year: int) -> set[str]:
        page = desk_page(Asked(plan=CODE, year=year), division=None, now=NOW, language="ja")
        assert page
        return {row.measure.number for row in page.rows}

    def missed() -> set[str]:
        rows = missing_of(division, now=NOW, language="ja")
        return {row.measure.number for row in rows}

    assert found.number in asked(2025) & missed()
    end(found.number, 2024)
    assert found.number in asked(2024)
    assert found.number not in asked(2025) | asked(2026) | missed()
    (plan,) = [p for p in listed_plans(division="", now=NOW) if p.board.head.code == CODE]
    (row,) = [each for each in plan.measures if each.measure.number == found.number]
    assert "no_figures" not in row.waits
    lines = value_lines(Asked(plan=CODE), division=None, now=NOW, language="ja")
    assert lines
    years = {each.period.year for each in lines if each.quoted == f"P/{found.number}"}
    assert years == {2024}


def test_open_data_misses_no_figure_after_the_end() -> None:
    found = ended()
    rows = api.figure_rows(board(), language="ja", now=NOW)
    missing = {
        row.fiscal_year
        for row in rows
        if row.measure_number == found.number and row.obs_status == "missing"
    }
    assert missing == {2024}


@pytest.mark.parametrize("until", [2024, 2025])
def test_a_closed_year_in_which_it_ran_is_told_as_before(until: int) -> None:
    found = waiting()
    staged = Measure.objects.filter(plan__code=CODE, kind="staged")[0]

    def told() -> list[object]:
        closed = api.closed_years(CODE, 2024, now=NOW, languages=["ja"])["ja"]
        return [
            (each.number, each.status, each.code, each.stages, each.indicators)
            for each in closed.board.measures
        ]

    before = told()
    end(found.number, until)
    end(staged.number, until)
    assert told() == before


def test_a_staged_measure_that_has_ended_is_in_no_stage_after_its_last_year() -> None:
    staged = Measure.objects.filter(plan__code=CODE, kind="staged")[0]
    end(staged.number, 2024)
    (state,) = [each for each in board().measures if each.number == staged.number]
    years = {cell.year for line in state.stages for cell in line.cells if cell.cover}
    assert years <= {2024}
    assert "終了" in shown(f"/plan/{CODE}/{staged.number}/")
