"""Nobody changes a closed year in passing: every way says why not, and what may be done instead."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tsunagari.engines.plan import api
from tsunagari.engines.plan.actions.edit_things import Root, Wanted, edit_things
from tsunagari.engines.plan.actions.put_back import put_back_target, put_back_value
from tsunagari.engines.plan.actions.set_goal import Goal, set_goal
from tsunagari.engines.plan.endpoints import entering
from tsunagari.engines.plan.models import (
    Action,
    ActionPlan,
    Indicator,
    Measure,
    Plan,
    Target,
    Value,
)
from tsunagari.engines.plan.queries.figure_list import Asked, desk_page, missing_of
from tsunagari.engines.plan.rules import reports
from tsunagari.engines.plan.rules.closed import YearClosed
from tsunagari.engines.plan.tests.conftest import CODE, NOW
from tsunagari.engines.plan.tests.test_figures_console_files import (
    book,
    line_of,
    put,
    send,
    written,
)
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
LIST = "/console/plan-figures/"
CLOSED = 2025
SAID = "令和7年度は確定して公表しているため、実績を変えられません。直すときは、計画の事務局が年次報告の正誤として公表します。"
TARGET_SAID = "令和7年度は確定して公表しているため、目標値を変えられません。"
HAND = api.PlanHand(actor="s" * 22, division="joho-suishin", secretariat=True)


def clock() -> datetime:
    """When everybody tries."""
    return NOW


def indicator(number: str = "6") -> Indicator:
    """The first indicator of a measure of the policy."""
    return Indicator.objects.get(measure__plan__code=CODE, measure__number=number, order=1)


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Closes a year, as another room tells it: its report tells of all that there is then."""

    def closing(year: int = CLOSED, result: str | None = None) -> None:
        measures = Measure.objects.filter(plan__code=CODE)
        held = {each.public_id for each in measures} | {
            each.public_id for each in Indicator.objects.filter(measure__in=measures)
        }

        def told(plan: str) -> Iterator[api.ReportLink]:
            if plan == CODE:
                yield api.ReportLink(
                    plan=plan,
                    year=year,
                    address="/the-report/",
                    published_on=date(2026, 10, 5),
                    version=1,
                    errata="/the-errata/",
                    things=lambda: frozenset(held),
                    results=lambda: {indicator().public_id: Decimal(result) if result else None},
                )

        monkeypatch.setattr(reports, "_SOURCES", [told])

    return closing


def enter(value: str, *, year: int = CLOSED, month: int | None = None, **more: Any) -> bool:
    """A figure of the bereavement desk, with all that a form asks for."""
    row = indicator()
    standing = row.values.filter(fiscal_year=year, month=month, superseded_at=None).first()
    given = {"source": "窓口受付簿", "reason": "数え直した", "status": "final", **more}
    return api.enter_figure(
        indicator=row.public_id,
        typed=api.Typed(
            period=api.Period(year=year, month=month),
            figure=api.Figure(value=Decimal(value), numerator=None, denominator=None),
            seen=standing.public_id if standing else "",
            **given,
        ),
        hand=HAND,
        clock=clock,
    ).changed


def aim(value: str | None, *, year: int = CLOSED) -> bool:
    """A target of the same indicator; None withdraws it."""
    row = indicator()
    standing = row.targets.filter(fiscal_year=year, superseded_at=None).first()
    return set_goal(
        indicator=row.public_id,
        goal=Goal(
            year=year,
            basis="absolute",
            value=None if value is None else Decimal(value),
            change=None,
            numerator=None,
            denominator=None,
            reason="見直した",
            seen=standing.public_id if standing else "",
            withdrawn=value is None,
        ),
        hand=HAND,
        clock=clock,
    )


def test_a_result_of_a_closed_year_is_neither_changed_nor_slipped_in(
    close: Callable[..., None],
) -> None:
    enter("700")
    close(result="700")
    for month, value in ((None, "710"), (4, "50")):
        with pytest.raises(YearClosed) as refused:
            enter(value, month=month)
        assert str(refused.value) == SAID
    assert [each.value for each in Value.objects.filter(fiscal_year=CLOSED, indicator=indicator())] == [700]  # fmt: skip


def test_to_say_again_what_stands_is_no_change_and_other_years_are_open(
    close: Callable[..., None],
) -> None:
    enter("700")
    aim("720")
    close(result="700")
    assert not enter("700")
    assert not aim("720")
    assert enter("690", year=2024)
    assert aim("750", year=2026)


def test_who_gives_no_reason_is_told_of_the_closed_year_first(close: Callable[..., None]) -> None:
    enter("700")
    close(result="700")
    with pytest.raises(YearClosed):
        enter("710", reason="")


def test_a_target_of_a_closed_year_is_neither_set_nor_withdrawn(
    close: Callable[..., None],
) -> None:
    aim("720")
    close()
    for value in ("730", None):
        with pytest.raises(YearClosed) as refused:
            aim(value)
        assert str(refused.value).startswith(TARGET_SAID)
    close(2027)
    with pytest.raises(YearClosed):
        aim("800", year=2027)


def test_an_older_version_is_not_put_back_into_a_closed_year(close: Callable[..., None]) -> None:
    enter("700")
    enter("710")
    aim("720")
    aim("730")
    close(result="710")
    old = {"reason": "誤りのため", "hand": HAND, "clock": clock}
    value = Value.objects.get(value=700, fiscal_year=CLOSED)
    target = Target.objects.get(value=720, fiscal_year=CLOSED)
    with pytest.raises(YearClosed):
        put_back_value(version=value.public_id, seen=value.superseded_by.public_id, **old)  # type: ignore[union-attr,arg-type]
    with pytest.raises(YearClosed):
        put_back_target(version=target.public_id, seen=target.superseded_by.public_id, **old)  # type: ignore[union-attr,arg-type]


def test_whatever_writes_a_figure_is_refused_unless_it_says_that_it_may(
    close: Callable[..., None],
) -> None:
    close()
    row, told = indicator(), {"origin": "loaded", "status": "final", "source": "表", "now": NOW}
    with pytest.raises(YearClosed):
        api.set_value(indicator=row, year=CLOSED, value=Decimal(1), **told)  # type: ignore[arg-type]
    with pytest.raises(YearClosed):
        api.set_target(indicator=row, year=CLOSED, value=Decimal(1), now=NOW)
    assert api.correct_result(
        indicator=row.public_id,
        year=CLOSED,
        value=Decimal(2),
        source="年次報告の正誤",
        reason="転記の誤り",
        actor="",
        division="",
        now=NOW,
    )


def test_an_indicator_that_came_later_was_in_no_report(close: Callable[..., None]) -> None:
    close()
    old = indicator()
    old.public_id, old.pk, old.order = "later" + "x" * 17, None, 9
    old.save()
    told = {"origin": "typed", "status": "final", "source": "表", "now": NOW}
    assert api.set_value(indicator=old, year=CLOSED, value=Decimal(1), **told)  # type: ignore[arg-type]


def test_a_key_is_told_in_words_and_nothing_is_taken_in(
    close: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(entering, "system_clock", clock)
    key = identity.make_key(division="shimin", purpose="集計", scopes=["figures:load"], now=NOW)[1]
    close()
    answers = [
        Client().post(
            f"/api/plans/{CODE}/measures/6/indicators/1/values{lang}",
            {"year": CLOSED, "value": 45, "source": "集計"},
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )
        for lang in ("", "?lang=en")
    ]
    assert [each.status_code for each in answers] == [422, 422]
    assert answers[0].json() == {"detail": SAID}
    assert answers[1].json()["detail"].startswith("FY2025 is closed and published")
    assert not Value.objects.filter(fiscal_year=CLOSED, indicator=indicator()).exists()


def test_a_table_is_told_row_by_row(close: Callable[..., None], clerk_client: Client) -> None:
    lines = written(clerk_client, "?year=2025")
    put(lines, line_of(lines, "P/6"), 新しい数値=710, 新しい出どころ="窓口の集計")
    close()
    shown = send(clerk_client, book(lines))
    assert SAID in shown.content.decode()  # type: ignore[attr-defined]  # the test client's
    assert not shown.context["previewed"]  # type: ignore[attr-defined]  # as above


def test_the_form_of_a_closed_year_says_so_before_anybody_types(
    close: Callable[..., None], clerk_client: Client, secretariat_client: Client
) -> None:
    enter("700")
    aim("720")
    close(result="700")
    row = indicator()
    for place in (f"{CLOSED}/", f"{CLOSED}/4/"):
        page = clerk_client.get(f"{LIST}{row.public_id}/{place}").content.decode()
        assert "この年度は確定しています" in page
        assert "事務局に知らせてください" in page
        assert 'name="value"' not in page
        assert "/the-errata/" not in page
        theirs = secretariat_client.get(f"{LIST}{row.public_id}/{place}").content.decode()
        assert 'href="/the-errata/"' in theirs
        assert 'name="value"' not in theirs
    goal = secretariat_client.get(f"{LIST}{row.public_id}/{CLOSED}/target/").content.decode()
    assert "この年度の目標値は変えられません" in goal
    assert 'name="value"' not in goal
    months = clerk_client.get(f"{LIST}{row.public_id}/{CLOSED}/months/").content.decode()
    assert "この年度は確定しています" in months
    assert f"/{CLOSED}/4/" not in months
    open_year = clerk_client.get(f"{LIST}{row.public_id}/2024/").content.decode()
    assert 'name="value"' in open_year
    assert "この年度は確定しています" not in open_year


def test_who_had_the_form_open_while_the_year_was_closed_keeps_what_she_typed(
    close: Callable[..., None], clerk_client: Client, secretariat_client: Client
) -> None:
    close()
    row = indicator()
    filled = {"value": "710", "status": "final", "source": "窓口の集計", "seen": ""}
    page = clerk_client.post(f"{LIST}{row.public_id}/{CLOSED}/", filled).content.decode()
    assert SAID in page
    assert 'value="710"' in page
    goal = {"basis": "absolute", "value": "730", "reason": "見直し", "seen": ""}
    page = secretariat_client.post(f"{LIST}{row.public_id}/{CLOSED}/target/", goal).content.decode()
    assert TARGET_SAID in page
    assert not Value.objects.filter(fiscal_year=CLOSED, indicator=row).exists()
    assert not Target.objects.filter(fiscal_year=CLOSED, indicator=row).exists()


def test_an_indicators_page_offers_nothing_for_a_closed_year(
    close: Callable[..., None], secretariat_client: Client
) -> None:
    enter("700")
    enter("710")
    old = Value.objects.get(value=700, fiscal_year=CLOSED)
    row = indicator()
    address = f"{LIST}{row.public_id}/"
    back = f"{address}versions/{old.public_id}/"
    assert back in secretariat_client.get(address).content.decode()
    close(result="710")
    page = secretariat_client.get(address).content.decode()
    assert 'href="/the-report/"' in page
    for gone in (f"{address}{CLOSED}/", f"{address}{CLOSED}/target/", back):
        assert f'href="{gone}"' not in page
    assert f'href="{address}2024/"' in page
    asked = secretariat_client.get(back).content.decode()
    assert "この年度は確定しています" in asked
    assert 'name="reason"' not in asked
    told = {"reason": "誤り", "seen": Value.objects.get(value=710).public_id}
    assert SAID in secretariat_client.post(back, told, follow=True).content.decode()


def test_a_division_is_not_asked_for_a_figure_that_it_cannot_give(
    close: Callable[..., None], clerk_client: Client
) -> None:
    now = datetime(2026, 4, 2, tzinfo=UTC)
    assert missing_of("shimin", now=now, language="ja")
    close()
    assert not missing_of("shimin", now=now, language="ja")
    asked = Asked(plan=CODE, year=CLOSED)
    page = desk_page(asked, division="shimin", now=NOW, language="ja")
    assert page is not None
    assert page.missing == 0
    assert "closed" in {each.state for each in page.rows}
    shown = clerk_client.get(f"{LIST}?year={CLOSED}").content.decode()
    assert "数値なしで確定" in shown
    assert f"/{CLOSED}/" not in shown


def _action(year: int, **texts: str) -> Action:
    plan = Plan.objects.get(code=CODE)
    row, _made = ActionPlan.objects.get_or_create(
        plan=plan, fiscal_year=year, defaults={"name": f"{year}"}
    )
    measure = Measure.objects.get(plan=plan, number="2")
    made = Action.objects.create(action_plan=row, measure=measure, **texts)
    api.turn_edition()
    return made


def test_what_was_done_in_a_closed_year_is_not_rewritten_and_its_english_may_be_mended(
    close: Callable[..., None], secretariat: Account
) -> None:
    action = _action(CLOSED, planned="検索を速くする。", done="速くした。")
    close()

    def edit(**texts: str) -> int:
        measure = Measure.objects.get(pk=action.measure_id)
        return edit_things(
            root=Root(kind="measure", public_id=measure.public_id, version=measure.version),
            wanted=[Wanted(kind="action", thing=action.public_id, texts=texts)],
            by=api.Editor(actor=secretariat.public_id, division="", reason="直す", now=NOW),
        )

    with pytest.raises(api.TextsRefused, match="令和7年度は確定して公表しているため、取組内容"):
        edit(done="もっと速くした。")
    assert edit(**{"done.en": "Made it faster."}) == 1
    assert not edit(done="速くした。")
    texts = {action.measure.public_id: {"done": "もっと速くした。"}}
    by = {"actor": "", "division": "", "reason": "", "now": NOW}
    with pytest.raises(api.TextsRefused, match="取組内容を変えられません"):
        api.write_year(plan=CODE, year=CLOSED, texts=texts, **by)  # type: ignore[arg-type]
    assert api.write_year(plan=CODE, year=2026, texts=texts, **by)  # type: ignore[arg-type]
    assert api.write_year(plan=CODE, year=CLOSED, texts=texts, closed_too=True, **by)  # type: ignore[arg-type]


def test_the_measures_screen_says_which_of_its_years_is_closed(
    close: Callable[..., None], secretariat_client: Client
) -> None:
    _action(CLOSED, done="速くした。")
    address, words = f"/console/plan/{CODE}/measures/2/", "この年度は確定して公表しています"
    assert words not in secretariat_client.get(address).content.decode()
    close()
    assert secretariat_client.get(address).content.decode().count(words) == 1


def test_a_figure_that_left_its_closed_year_is_brought_back_and_nothing_else(
    close: Callable[..., None], clerk_client: Client
) -> None:
    enter("700")
    enter("710")
    close(result="700")
    with pytest.raises(YearClosed):
        enter("720")
    address = f"{LIST}{indicator().public_id}/{CLOSED}/"
    page = clerk_client.get(address).content.decode()
    assert "公表した実績は「700件」で、いまの計画の実績と違います" in page
    assert 'name="value"' in page
    assert enter("700")
    with pytest.raises(YearClosed):
        enter("700", source="ほかの資料")
    assert 'name="value"' not in clerk_client.get(address).content.decode()


def test_a_figure_that_was_slipped_into_a_closed_year_is_taken_out_or_put_back(
    close: Callable[..., None], clerk_client: Client
) -> None:
    enter("700")
    enter("710")
    close(result="700")
    old = Value.objects.get(value=700, fiscal_year=CLOSED)
    back = f"{LIST}{indicator().public_id}/versions/{old.public_id}/"
    assert 'name="reason"' in clerk_client.get(back).content.decode()
    close()
    assert 'name="reason"' not in clerk_client.get(back).content.decode()
    row = indicator()
    seen = row.values.get(fiscal_year=CLOSED, superseded_at=None).public_id
    filled = {"value": "", "status": "final", "source": "年次報告", "reason": "公表どおり"}
    clerk_client.post(f"{LIST}{row.public_id}/{CLOSED}/", {**filled, "seen": seen})
    assert row.values.get(fiscal_year=CLOSED, superseded_at=None).value is None
