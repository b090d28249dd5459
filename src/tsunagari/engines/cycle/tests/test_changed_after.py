"""Whoever reads an accepted sheet is told when its year's result was changed by somebody since."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.move_part import accept_part, return_part, submit_part
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.hints import Hint, hints_of
from tsunagari.engines.cycle.tests.years import (
    CHECKED,
    NOW,
    PLAN,
    SECRETARIAT,
    YEAR,
    at,
    load_city,
    moved_to,
    opened,
    sheet_of,
    write,
)
from tsunagari.engines.plan import api as plan_api

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
SHEET = f"/console/year/{PLAN}/{YEAR}/sheets/6/"
NOTICE = "提出・受理のあとに変わった実績があります"


@pytest.fixture(scope="module", autouse=True)
def checking(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A year whose checks are being written."""
    with module_rows(django_db_blocker) as rows:
        load_city(at())
        cycle = moved_to(opened(), "checking")
        write(sheet_of(cycle, "6"), **CHECKED)
        rows.written()
        yield


def indicator(number: str = "6") -> str:
    """The public id of a measure's first indicator."""
    page = plan_api.measure_page(PLAN, number, now=LATER, language="ja")
    assert page is not None
    return page.measure.indicators[0].public_id


def enter(
    value: str | None,
    *,
    now: datetime,
    month: int | None = None,
    year: int = YEAR,
    number: str = "6",
) -> None:
    """Somebody enters a figure of the bereavement desk."""
    public_id = indicator(number)
    standing = plan_api.figures_of_year([public_id], year).get(public_id) if not month else None
    plan_api.enter_figure(
        indicator=public_id,
        typed=plan_api.Typed(
            period=plan_api.Period(year=year, month=month),
            figure=plan_api.Figure(
                value=None if value is None else Decimal(value), numerator=None, denominator=None
            ),
            status="final",
            source="窓口の集計",
            reason="数え直した",
            seen=standing.public_id if standing else "",
        ),
        hand=plan_api.PlanHand(
            actor=SECRETARIAT.actor, division=SECRETARIAT.division, secretariat=True
        ),
        clock=at(now),
    )


def handed_in(*, accepted: bool = True) -> None:
    """The check of measure 6 is handed in, and accepted."""
    sheet = sheet_of(Cycle.objects.get(), "6").public_id
    submit_part(sheet=sheet, part="check", hand=SECRETARIAT, clock=at())
    if accepted:
        accept_part(sheet=sheet, part="check", comment="", hand=SECRETARIAT, clock=at())


def found(language: str = "ja") -> list[Hint]:
    """The hints of this kind."""
    every = hints_of(Cycle.objects.get(), now=LATER, language=language)
    return [each for each in every if each.kind == "afterwards"]


def test_a_result_that_was_changed_after_the_acceptance_is_named_with_both_figures() -> None:
    enter("700", now=NOW - timedelta(days=1))
    handed_in()
    assert not found()
    enter("710", now=LATER)
    (hint,) = found()
    assert (hint.number, hint.title) == ("6", "提出・受理のあとに変わった実績")
    assert (
        hint.what
        == "令和8年11月20日の受理のあとに、令和7年度の実績が700件から710件に変わりました。"
    )
    assert hint.since == "令和8年11月23日"
    assert "自動計測の動きは数えない" in hint.rule
    assert hint.indicator
    (english,) = found("en")
    assert "from 700 to 710" in english.what.replace(" cases", "")


def test_a_result_that_came_only_afterwards_is_named() -> None:
    handed_in()
    enter("710", now=LATER)
    (hint,) = found()
    assert hint.what == (
        "令和8年11月20日の受理のときになかった令和7年度の実績が、あとから入力され、いまは710件です。"
    )


def test_a_month_that_changes_the_years_result_counts() -> None:
    enter("50", month=4, now=NOW - timedelta(days=1))
    handed_in()
    enter("60", month=5, now=LATER)
    (hint,) = found()
    assert "50件から110件に変わりました" in hint.what


def test_a_sheet_that_was_only_handed_in_says_so() -> None:
    enter("700", now=NOW - timedelta(days=1))
    handed_in(accepted=False)
    enter("710", now=LATER)
    assert "令和8年11月20日の提出のあとに" in found()[0].what


def test_what_a_meter_had_counted_at_the_acceptance_is_not_known() -> None:
    cycle = Cycle.objects.get()
    sheet = sheet_of(cycle, "2")
    write(sheet, **CHECKED)
    submit_part(sheet=sheet.public_id, part="check", hand=SECRETARIAT, clock=at())
    enter("1000", now=LATER, number="2")
    assert "提出のときの実績はわかりません" in found()[0].what


def test_nothing_is_said_of_what_reads_as_it_did() -> None:
    enter("700", now=NOW - timedelta(days=1))
    handed_in()
    enter("710", now=LATER)
    enter("700", now=LATER)
    assert not found(), "it was put back"
    enter("650", now=LATER, year=YEAR - 1)
    assert not found(), "another year's"
    sheet = sheet_of(Cycle.objects.get(), "6").public_id
    enter("710", now=LATER)
    assert found()
    return_part(sheet=sheet, part="check", comment="直して", hand=SECRETARIAT, clock=at(LATER))
    assert not found(), "the division has it again"
    submit_part(sheet=sheet, part="check", hand=SECRETARIAT, clock=at(LATER))
    assert not found(), "it was handed in with that figure"


def test_a_closed_year_has_its_own_hint() -> None:
    enter("700", now=NOW - timedelta(days=1))
    handed_in()
    enter("710", now=LATER)
    Cycle.objects.update(phase="frozen")
    assert not found()


def test_the_sheet_tells_whoever_reads_it(
    clerk_client: Client, secretariat_client: Client, committee_client: Client
) -> None:
    enter("700", now=NOW - timedelta(days=1))
    handed_in()
    readers = (clerk_client, secretariat_client, committee_client)
    for reader in readers:
        assert NOTICE not in reader.get(SHEET).content.decode()
    enter("710", now=LATER)
    for reader in readers:
        page = reader.get(SHEET).content.decode()
        assert NOTICE in page
        assert "令和7年度の実績が700件から710件に変わりました" in page
    hints = secretariat_client.get(f"/console/year/{PLAN}/{YEAR}/hints/").content.decode()
    assert "提出・受理のあとに変わった実績" in hints
    assert f'href="{SHEET}"' in hints


def test_one_change_or_many_cost_the_same(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    handed_in()
    enter("710", now=LATER)
    found()
    with django_assert_max_num_queries(22):
        found()
