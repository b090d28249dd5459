"""What a year-end inquiry would have asked is counted item by item, and hours never exceed what was counted."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.inquiries import Inquiry, Item, inquiry, inquiry_summary
from tsunagari.engines.cycle.queries.year_read import read_year
from tsunagari.engines.cycle.rules.inquiries import (
    STATES,
    THERE,
    Figure,
    State,
    Written,
    basis_state,
    done_state,
    figure_state,
    saved,
    saved_words,
    text_state,
)
from tsunagari.engines.cycle.tests.closing_years import enter
from tsunagari.engines.cycle.tests.years import (
    NOW,
    PLAN,
    YEAR,
    moved_to,
    opened,
    sheet_of,
    write,
)

CHECK = datetime(2026, 4, 20, tzinfo=UTC)
BEFORE = datetime(2026, 1, 20, tzinfo=UTC)
AFTER = datetime(2026, 6, 20, tzinfo=UTC)


def test_a_text_saves_an_inquiry_only_when_it_was_there_before_the_check() -> None:
    assert text_state("", None, CHECK) == "asked"
    assert text_state("進めた", Written(way="screen", at=BEFORE), CHECK) == "during"
    assert text_state("進めた", Written(way="workbook", at=AFTER), CHECK) == "answered"
    assert text_state("進める", Written(way="carried", at=AFTER), CHECK) == "carried"
    assert text_state("進めた", None, CHECK) == "answered", "nobody knows how it came"


def test_four_quarters_written_in_time_say_what_was_done() -> None:
    assert done_state("asked", ["during"] * 4) == "during"
    assert done_state("asked", ["during", "during", "during", "answered"]) == "asked"
    assert done_state("answered", ["during", "asked", "during", "during"]) == "answered"


def _figure(origin: str, *, whole: bool = True, at: datetime | None = None) -> Figure:
    return Figure(origin=origin, whole=whole, recorded_at=at, sourced=False)


def test_a_result_is_there_when_counted_or_loaded_and_not_when_it_is_only_expected() -> None:
    assert figure_state(_figure("metered"), CHECK) == "metered"
    assert figure_state(_figure("loaded"), CHECK) == "loaded"
    assert figure_state(_figure("metered", whole=False), CHECK) == "asked"
    assert figure_state(_figure("estimated"), CHECK) == "asked"
    assert figure_state(_figure("typed", at=BEFORE), CHECK) == "during"
    assert figure_state(_figure("typed", at=AFTER), CHECK) == "answered"
    assert figure_state(None, CHECK) == "asked"


def test_a_typed_result_without_a_source_is_still_asked_for_it() -> None:
    assert basis_state(_figure("typed", at=BEFORE), "during") == "asked"
    assert basis_state(_figure("metered"), "metered") == "metered"


@given(st.lists(st.sampled_from(list(STATES))), st.integers(0, 600))
def test_hours_never_exceed_what_was_counted(states: list[State], minutes: int) -> None:
    told = saved(states, minutes)
    there = sum(each in THERE for each in states)
    assert told.there + told.answered + told.asked == told.items == len(states)
    assert abs(told.hours * 60 - there * minutes) <= 3, "one digit of an hour"
    assert told.division_hours + told.secretariat_hours == told.hours
    assert not (there == 0 and told.hours)


def test_the_sentence_names_the_assumption() -> None:
    states: list[State] = ["metered", "metered", "metered", "metered", "metered", "metered"]
    states += ["asked", "asked", "asked", "asked"]
    words = saved_words(saved(states, 20))
    assert "10項目のうち、6項目" in words
    assert "合わせて20分" in words
    assert "約2.0時間分です（課1.5時間、事務局0.5時間）" in words


def _items(number: str, cycle: Cycle) -> dict[str, Item]:
    read = read_year(cycle, now=NOW, language="ja")
    assert read is not None
    found = inquiry(read)
    asked = next(each for each in found.measures if each.of.measure.number == number)
    return {each.title: each for each in asked.items}


def _year() -> Cycle:
    return opened(now=datetime(2025, 4, 10, tzinfo=UTC))


@pytest.mark.django_db
def test_what_a_division_wrote_in_the_year_was_not_asked_for(policy: None) -> None:
    cycle = _year()
    sheet = sheet_of(cycle, "8")
    write(sheet, now=datetime(2025, 5, 1, tzinfo=UTC), planned="相談を増やす。", budget="0")
    moved_to(cycle, "running", now=datetime(2025, 5, 20, tzinfo=UTC))
    note = "相談を開いた。"
    write(sheet, now=BEFORE, q1_note=note, q2_note=note, q3_note=note, q4_note=note)
    moved_to(cycle, "checking", now=CHECK)
    write(sheet, now=AFTER, grade="B", comment="予定どおりに進みました。", settled="0")
    enter("8", YEAR, "40")
    items = _items("8", cycle)
    assert items["今年度に取り組むこと"].state == "during"
    assert items["予算額"].state == "during", "nought yen is an answer"
    assert items["1年間に実施したこと"].state == "during"
    assert items["1年間に実施したこと"].evidence == "四半期ごとの記録（4回）"
    assert items["決算額"].state == "answered"
    assert items["人工（にんく）"].state == "asked"
    result = next(item for title, item in items.items() if title.startswith("実績："))
    assert (result.state, result.evidence) == ("answered", "40件"), "entered on 1 May"


@pytest.mark.django_db
def test_a_summary_counts_every_measure_and_names_nobody(
    policy: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cycle = _year()
    inquiry_summary(cycle, now=NOW)
    with django_assert_max_num_queries(18):
        told = inquiry_summary(cycle, now=NOW)
    assert told is not None
    assert told.items >= 8 * cycle.sheets.count()
    assert told.hours == (Decimal(told.there * 20) / 60).quantize(Decimal("0.1"))


@pytest.mark.django_db
def test_an_empty_year_saves_nothing() -> None:
    assert Inquiry(measures=(), checked_from=None).saved(20).hours == 0


@pytest.mark.django_db
def test_a_clerk_sees_her_division_and_the_secretariat_all(
    clerk_client: Client,
    secretariat_client: Client,
    administrator_client: Client,
    policy: None,
) -> None:
    _year()
    page = f"/console/year/{PLAN}/{YEAR}/inquiries/"
    own = clerk_client.get(page).content.decode()
    assert "市民課の項目" in own
    assert "課ごと" not in own
    everybody = secretariat_client.get(f"{page}?division=hisho-koho").content.decode()
    assert "秘書広報課の項目" in everybody
    assert "仮定を変える" in everybody
    assert administrator_client.get(page).status_code == 403
