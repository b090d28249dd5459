"""A councillor asks how something went since 2014, and gets one page of what is public."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.question import answer, find, first_year_of_all
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    NOW,
    YEAR,
    acting_year,
    add_voices,
    enter,
    freeze,
    load_city,
)
from tsunagari.engines.cycle.tests.years import sheet_of
from tsunagari.engines.plan import api as plan_api

pytestmark = pytest.mark.django_db
SEARCH = "/console/year/question/"


@pytest.fixture(scope="module", autouse=True)
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans of Nishitokyo, and a year that waits to be closed."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        enter("6", YEAR - 1, "600")
        enter("6", YEAR, "800")
        add_voices(acting_year(), "6")
        rows.written()
        yield


def _measure(number: str) -> str:
    heads = plan_api.measure_heads(CODE, "ja")
    return next(each.public_id for each in heads if each.number == number)


def _text(client: Client, address: str) -> str:
    got = client.get(address)
    assert got.status_code == 200
    return BeautifulSoup(got.content, "html.parser").get_text(" ", strip=True)


def test_words_and_numbers_find_measures_of_both_plans() -> None:
    by_word = find("ホームページ", now=NOW, language="ja")
    assert len({each.plan_name for each in by_word}) == 2
    by_number = find("P/6", now=NOW, language="ja")
    assert "6" in {each.measure.number for each in by_number}
    assert not find("   ", now=NOW, language="ja")
    assert not find("どこにもない言葉", now=NOW, language="ja")


def test_the_earliest_year_is_that_of_the_oldest_plan(clerk_client: Client) -> None:
    assert first_year_of_all("ja", now=NOW) == 2014
    page = clerk_client.get(SEARCH).content.decode()
    assert 'value="2014"' in page


def test_a_year_that_cannot_be_read_is_told_and_kept(clerk_client: Client) -> None:
    page = clerk_client.get(SEARCH, {"q": "ホームページ", "from": "むかし"}).content.decode()
    assert 'value="むかし"' in page
    assert 'aria-invalid="true"' in page
    assert "from=2014" in page
    era = clerk_client.get(SEARCH, {"q": "ホームページ", "from": "令和6年度"}).content.decode()
    assert "from=2024" in era


def test_an_answer_begins_with_one_sentence(clerk_client: Client) -> None:
    said = _text(clerk_client, f"{SEARCH}{_measure('6')}/?from=2025")
    assert "令和6年度の600件から令和7年度の800件へ、200件増えました。" in said
    assert "の目標は、" in said


def test_an_open_year_gives_away_nothing_that_is_not_public(committee_client: Client) -> None:
    said = _text(committee_client, f"{SEARCH}{_measure('6')}/")
    assert "高齢者への案内を増やしてはどうか" not in said
    assert "1,000,000円" not in said
    assert "を進めた。" not in said


def test_a_closed_year_answers_with_grade_opinion_and_cost(clerk_client: Client) -> None:
    freeze(Cycle.objects.get())
    said = _text(clerk_client, f"{SEARCH}{_measure('6')}/")
    assert "課の自己評価：B 目標どおり" in said
    assert "委員の意見：高齢者への案内を増やしてはどうか。" in said
    assert "市の回答：窓口での案内を増やします。" in said
    assert "決算額 1,000,000円" in said
    assert "年次報告（第1版" in said


def test_an_answer_runs_over_all_plans_and_says_where_each_figure_is_from() -> None:
    found = answer(_measure("2"), 2000, now=NOW, language="ja")
    assert found is not None
    assert len({each.plan for each in found.family}) == 2
    assert len({part.plan for line in found.lines for part in line.parts}) == 2


def test_figures_that_are_counted_in_another_way_are_not_compared(clerk_client: Client) -> None:
    said = _text(clerk_client, f"{SEARCH}{_measure('2')}/?from=2014")
    assert "途中で数え方が変わっているため、そのままは比べられません。" in said
    assert "平成26年度より前で実績の分かる最後の年度は、平成24年度です。" in said
    assert "（見込）" in said


def test_nothing_is_said_of_years_before_where_none_is_shown(clerk_client: Client) -> None:
    said = _text(clerk_client, f"{SEARCH}{_measure('6')}/?from=2012")
    assert "より前で実績の分かる" not in said


def test_a_decision_without_a_reason_has_no_empty_brackets(clerk_client: Client) -> None:
    cycle = Cycle.objects.get()
    cycle.decisions.filter(sheets=sheet_of(cycle, "6")).delete()
    row = cycle.decisions.create(
        kind="continue", reason="", decided_at=NOW, carried_at=NOW, actor="s" * 22
    )
    row.sheets.add(sheet_of(cycle, "6"))
    freeze(cycle)
    said = _text(clerk_client, f"{SEARCH}{_measure('6')}/")
    assert "見直し：継続" in said
    assert "（）" not in said


def test_a_measure_without_figures_answers_with_its_stages(clerk_client: Client) -> None:
    staged = next(
        each
        for each in plan_api.measure_heads(CODE, "ja")
        if each.kind == "staged" and not each.indicators
    )
    said = _text(clerk_client, f"{SEARCH}{staged.public_id}/")
    assert "この取組は数値ではなく段階で管理しています" in said


def test_every_clerk_may_ask_and_nobody_from_outside(
    committee_client: Client, other_clerk_client: Client, outsider_client: Client
) -> None:
    address = f"{SEARCH}{_measure('6')}/"
    assert committee_client.get(address).status_code == 200
    assert other_clerk_client.get(address).status_code == 200
    assert outsider_client.get(address).status_code == 302
    assert other_clerk_client.get(f"{SEARCH}{'x' * 22}/").status_code == 404


def test_an_answer_costs_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    answer(_measure("2"), 2014, now=NOW, language="ja")
    with django_assert_max_num_queries(24):
        answer(_measure("2"), 2014, now=NOW, language="ja")
