"""Every night the last days are counted anew; a difference is shown, told once, and set right by the secretariat."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import translation

from tsunagari.kernel.i18n.days import JAPAN
from tsunagari.kernel.jobs import api as jobs
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.declare import Projection
from tsunagari.kernel.metering import api, tasks
from tsunagari.kernel.metering.actions import recount as recounting
from tsunagari.kernel.metering.actions.absorb_views import absorb_views
from tsunagari.kernel.metering.actions.begin import begin
from tsunagari.kernel.metering.actions.count_events import count_events, counted_names
from tsunagari.kernel.metering.actions.count_views import ViewCounter
from tsunagari.kernel.metering.actions.prune_recounts import prune_recounts
from tsunagari.kernel.metering.actions.recompute import EVENTS
from tsunagari.kernel.metering.actions.recount import recount
from tsunagari.kernel.metering.declare import FiguresLoaded
from tsunagari.kernel.metering.models import LoadedFigure, Loading, Recount, Rollup
from tsunagari.kernel.metering.rules import MonthFigure
from tsunagari.kernel.metering.tests.happenings import grow
from tsunagari.kernel.metering.tests.meters import DONATED, PLANTED, PLANTINGS, VIEWS, declared

pytestmark = pytest.mark.django_db
COUNTING = Projection(id=EVENTS, names=counted_names, apply=count_events)
NIGHT = datetime(2024, 11, 20, 3, 10, tzinfo=JAPAN)
"""Ten past three in the morning of 20 November 2024 in Japan."""
HEADING = "合計と記録に違いがあります"


def _plant(day: date, trees: int, kind: str = "oak", hour: int = 10) -> None:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=JAPAN)
    grow(clock=lambda: at, trees=trees, kind=kind)


def _catch_up() -> None:
    ledger.sequence()
    while ledger.advance(COUNTING):
        pass


def _spoil(grain: str, day: date, total: int = 1000) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=JAPAN)
    changed = Rollup.objects.filter(meter=PLANTED.id, grain=grain, slice="", start=start).update(
        total=total
    )
    assert changed == 1


def _at(moment: datetime = NIGHT, days: int = 35) -> Recount | None:
    return recount(meter=PLANTED, days=days, clock=lambda: moment)


def _told() -> int:
    ledger.sequence()
    return len(ledger.happened("metering.sums_differ"))


@pytest.fixture
def planted() -> Iterator[None]:
    """Trees planted in May, October and November, the last of them today; counted since March."""
    with declared():
        begin(clock=lambda: datetime(2024, 3, 1, tzinfo=UTC))
        _plant(date(2024, 5, 5), 100)
        _plant(date(2024, 10, 20), 30)
        _plant(date(2024, 11, 19), 4, kind="pine")
        _plant(date(2024, 11, 20), 7, hour=1)
        _catch_up()
        yield


@pytest.mark.usefixtures("planted")
def test_sums_that_agree_are_said_to_agree_with_days_and_count() -> None:
    _at()
    found = api.last_recount(PLANTED.id)
    assert found is not None
    assert found.agreed
    assert (found.first_day, found.last_day) == (date(2024, 10, 16), date(2024, 11, 19))
    assert (found.held, found.counted) == (34, 34)
    # 2 hours, 2 days, 3 months and a fiscal year: each whole and by kind, and pines in the year as well
    assert found.compared == 2 * 2 + 2 * 2 + 7 + 3
    words = api.recount_words(PLANTED.id, found)
    assert words is not None
    assert words.result == "最後の確認 令和6年11月20日 03:10：令和6年10月16日から令和6年11月19日までの34本が一致しました。"  # fmt: skip
    assert _told() == 0


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize(
    ("grain", "day"),
    [
        ("day", date(2024, 11, 19)),
        ("month", date(2024, 5, 1)),
        ("month", date(2024, 10, 1)),
        ("month", date(2024, 11, 1)),
        ("fiscal_year", date(2024, 4, 1)),
    ],
)
def test_a_sum_that_was_tampered_with_is_found(grain: str, day: date) -> None:
    _spoil(grain, day)
    kept = _at()
    assert kept is not None
    assert [(each.grain, each.held) for each in kept.differences.all()] == [(grain, 1000)]
    found = api.last_recount(PLANTED.id)
    assert found is not None
    assert not found.agreed


@pytest.mark.usefixtures("planted")
def test_a_recount_changes_no_sum() -> None:
    _spoil("day", date(2024, 11, 19))
    before = sorted(Rollup.objects.values_list("meter", "grain", "start", "slice", "total"))
    _at()
    assert sorted(Rollup.objects.values_list("meter", "grain", "start", "slice", "total")) == before


@pytest.mark.usefixtures("planted")
def test_the_same_difference_is_told_once_and_another_one_again() -> None:
    _spoil("day", date(2024, 11, 19))
    _spoil("month", date(2024, 11, 1))
    _at()
    assert _told() == 1
    _plant(date(2024, 11, 20), 3, hour=12)  # the month grows on both sides
    _catch_up()
    _at(NIGHT + timedelta(days=1))
    assert _told() == 1
    _spoil("day", date(2024, 10, 20))
    _at(NIGHT + timedelta(days=2))
    assert _told() == 2


@pytest.mark.usefixtures("planted")
def test_a_difference_stays_in_sight_until_it_is_set_right_however_old_it_grows() -> None:
    _spoil("day", date(2024, 10, 20))
    _at()
    for months in (2, 4, 8):
        kept = _at(NIGHT + timedelta(days=30 * months))
        assert kept is not None
        assert (kept.differing, kept.first_day) == (1, date(2024, 10, 20))
    assert _told() == 1


@pytest.mark.usefixtures("planted")
def test_at_the_end_of_the_fiscal_year_both_years_are_gone_over() -> None:
    _plant(date(2025, 3, 31), 5, hour=23)
    _plant(date(2025, 4, 1), 6, hour=0)
    _catch_up()
    april = datetime(2025, 4, 3, 3, tzinfo=JAPAN)
    first = _at(april)
    assert first is not None
    assert (first.differing, first.held, first.counted) == (0, 11, 11)
    _spoil("fiscal_year", date(2024, 4, 1))
    _spoil("fiscal_year", date(2025, 4, 1))
    both = _at(april)
    assert both is not None
    assert both.differing == 2
    on_new_year = _at(datetime(2025, 4, 1, 3, tzinfo=JAPAN), days=1)
    assert on_new_year is not None
    assert on_new_year.last_day == date(2025, 3, 31)


def test_a_meter_that_began_yesterday_says_only_what_it_knows() -> None:
    with declared():
        begin(clock=lambda: datetime(2024, 11, 19, 15, tzinfo=JAPAN))
        _plant(date(2024, 11, 19), 4, hour=16)
        _catch_up()
        _at()
        found = api.last_recount(PLANTED.id)
        words = api.recount_words(PLANTED.id, found)
    assert found is not None
    assert found.first_day == found.last_day == date(2024, 11, 19)
    assert words is not None
    assert "：令和6年11月19日の4本が一致しました。" in words.result


def test_a_meter_that_began_today_has_no_whole_day_yet() -> None:
    with declared():
        begin(clock=lambda: datetime(2024, 11, 20, 1, tzinfo=JAPAN))
        assert _at() is None
        assert api.last_recount(PLANTED.id) is None
        words = api.recount_words(PLANTED.id, None)
    assert words is not None
    assert words.result == "最初の確認は、次の夜に行います。"


def test_nothing_counted_agrees_as_nothing() -> None:
    with declared():
        begin(clock=lambda: NIGHT - timedelta(days=90))
        _at()
        found = api.last_recount(PLANTED.id)
        words = api.recount_words(PLANTED.id, found)
    assert found is not None
    assert (found.agreed, found.compared, found.counted) == (True, 0, 0)
    assert words is not None
    assert "記録も合計も0で一致しました" in words.result


@pytest.mark.usefixtures("planted")
def test_days_that_retention_has_emptied_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = datetime(2024, 11, 1, 12, tzinfo=JAPAN)
    monkeypatch.setattr("tsunagari.kernel.metering.actions.recompute.whole_since", lambda: sealed)
    _spoil("month", date(2024, 10, 1))
    kept = _at()
    assert kept is not None
    assert (kept.first_day, kept.differing, kept.counted) == (date(2024, 11, 2), 0, 4)


@pytest.mark.usefixtures("planted")
def test_what_waits_to_be_counted_is_no_false_alarm() -> None:
    _plant(date(2024, 11, 18), 9)
    ledger.sequence()  # it has its position, but no sum holds it yet
    counter = ViewCounter(now=(NIGHT - timedelta(days=1)).timestamp)
    counter.count("trees", "home", "ja")
    counter.flush()
    views = recount(meter=VIEWS, clock=lambda: NIGHT)
    assert views is not None
    assert views.differing == 0
    kept = _at()
    assert kept is not None
    assert (kept.differing, kept.counted) == (0, 34)
    absorb_views()
    _catch_up()
    later = _at()
    assert later is not None
    assert (later.differing, later.counted) == (0, 43)


@pytest.mark.django_db(transaction=True)
def test_counting_goes_on_while_it_is_recounted() -> None:
    with declared():
        begin(clock=lambda: NIGHT - timedelta(days=90))
        stop = threading.Event()
        faults: list[Exception] = []

        def count() -> None:
            try:
                while not stop.is_set():
                    _plant(date(2024, 11, 19), 1)
                    _catch_up()
                    counter = ViewCounter(now=(NIGHT - timedelta(days=1)).timestamp)
                    counter.count("trees", "home", "ja")
                    counter.flush()
                    absorb_views()
            except Exception as fault:  # noqa: BLE001 - told below
                faults.append(fault)
            finally:
                connection.close()

        counting = threading.Thread(target=count)
        counting.start()
        try:
            found = [
                recount(meter=meter, clock=lambda: NIGHT)
                for _ in range(8)
                for meter in (PLANTED, VIEWS)
            ]
        finally:
            stop.set()
            counting.join()
    assert not faults
    assert [each.differing for each in found if each] == [0] * 16


@pytest.mark.usefixtures("planted")
def test_a_recount_that_ends_late_does_not_hide_a_newer_one() -> None:
    _spoil("day", date(2024, 11, 19))
    _at(NIGHT + timedelta(minutes=1))
    late = _at(NIGHT)
    assert late is not None
    assert late.superseded_at is not None
    found = api.last_recount(PLANTED.id)
    assert found is not None
    assert found.checked_at == NIGHT + timedelta(minutes=1)


@pytest.mark.usefixtures("planted")
def test_only_the_first_differences_are_kept_but_all_are_numbered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recounting, "KEPT", 2)
    Rollup.objects.filter(meter=PLANTED.id).update(total=1000)
    kept = _at()
    assert kept is not None
    assert kept.differing == kept.compared
    starts = [(each.grain, each.slice) for each in kept.differences.order_by("pk")]
    assert starts[0] == ("fiscal_year", "")
    assert len(starts) == 2
    _at()
    assert _told() == 1


def _loaded(value: int) -> None:
    giver = api.Giver(actor="a" * 22, division="midori", way="file")
    figures = [MonthFigure(month=date(2024, 9, 1), value=Decimal(value), note="")]
    api.load_figures(meter=DONATED, figures=figures, giver=giver, clock=lambda: NIGHT)


@pytest.mark.usefixtures("planted")
def test_loaded_figures_are_laid_beside_what_was_loaded_last() -> None:
    assert recount(meter=DONATED, clock=lambda: NIGHT) is None
    _loaded(10)
    _loaded(12)
    kept = recount(meter=DONATED, clock=lambda: NIGHT)
    assert kept is not None
    assert (kept.differing, kept.held, kept.counted, kept.compared) == (0, 12, 12, 1)
    standing = LoadedFigure.objects.filter(superseded_at__isnull=True)
    standing.update(value=123)
    changed = recount(meter=DONATED, clock=lambda: NIGHT)
    assert changed is not None
    assert (changed.differing, changed.held, changed.counted) == (1, 123, 12)
    standing.update(superseded_at=NIGHT)
    lost = recount(meter=DONATED, clock=lambda: NIGHT)
    assert lost is not None
    assert (lost.differing, lost.held, lost.counted) == (1, 0, 12)


@pytest.mark.usefixtures("planted")
def test_a_figure_that_the_ledger_was_never_told_is_a_difference() -> None:
    _loaded(10)
    LoadedFigure.objects.create(
        meter=DONATED.id, month=date(2024, 10, 1), value=99, loading=Loading.objects.get()
    )
    kept = recount(meter=DONATED, clock=lambda: NIGHT)
    assert kept is not None
    assert (kept.differing, kept.held, kept.counted, kept.compared) == (1, 109, 10, 2)


@pytest.mark.usefixtures("planted")
def test_a_loading_of_which_the_ledger_holds_no_figures_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _loaded(10)
    (event,) = ledger.happened(FiguresLoaded.name)
    shorter = replace(event, data={"meter": DONATED.id, "months": 1, "way": "file"})
    monkeypatch.setattr(ledger, "told", lambda *_asked, **_fields: iter([shorter]))
    assert recount(meter=DONATED, clock=lambda: NIGHT) is None


@pytest.mark.usefixtures("planted")
def test_a_sum_and_a_ratio_tell_of_their_worst_part_and_a_gauge_of_nothing(
    django_assert_num_queries: Any,
) -> None:
    _loaded(10)
    assert api.last_recount("trees.all") is None
    _at()
    assert api.last_recount("trees.all") is None, "the other part has not been recounted"
    recount(meter=DONATED, clock=lambda: NIGHT)
    _spoil("day", date(2024, 11, 19))
    _at(NIGHT + timedelta(minutes=1))
    with django_assert_num_queries(1):
        found = api.last_recounts(["trees.all", "trees.standing", DONATED.id])
    assert (found["trees.all"] and found["trees.all"].meter) == PLANTED.id
    assert found["trees.all"] == api.last_recount(PLANTED.id)
    assert found[DONATED.id] is not None
    assert found["trees.standing"] is None
    assert api.recount_words("trees.standing", None) is None


@pytest.mark.usefixtures("planted")
def test_the_night_goes_over_every_counter_and_twice_does_no_harm() -> None:
    assert tasks.recount_every_meter.call() == 4  # planted, plantings, views, own views
    assert tasks.recount_every_meter.call() == 0
    assert Recount.objects.count() == 4


@pytest.mark.usefixtures("planted")
def test_a_meter_that_breaks_does_not_keep_the_others_from_their_recount(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaking(*, meter: Any, **more: Any) -> Recount | None:
        if meter.id == PLANTED.id:
            raise RuntimeError("broken")
        return recount(meter=meter, **more)

    monkeypatch.setattr(tasks, "recount", breaking)
    with pytest.raises(RuntimeError):
        tasks.recount_every_meter.call()
    assert Recount.objects.count() == 3


@pytest.mark.usefixtures("planted")
def test_old_recounts_that_agreed_go_and_those_that_differed_stay() -> None:
    _at()
    _spoil("day", date(2024, 11, 19))
    _at(NIGHT + timedelta(days=1))
    _at(NIGHT + timedelta(days=2))
    assert prune_recounts(clock=lambda: NIGHT + timedelta(days=400)) == 0
    assert prune_recounts(clock=lambda: NIGHT + timedelta(days=900)) == 1
    assert [each.differing for each in Recount.objects.order_by("checked_at")] == [1, 1]


def _needs(client: Client) -> list[str]:
    page = client.get("/console/").content.decode()
    return re.findall(r"[^<>]*合計が記録と違っています", page)


@pytest.mark.usefixtures("planted")
def test_the_secretariat_sees_the_difference_and_has_it_set_right(
    secretariat_client: Client, clerk_client: Client, outsider_client: Client
) -> None:
    address = f"/console/recounts/{PLANTED.id}/"
    _at()
    assert _needs(secretariat_client) == []
    _spoil("day", date(2024, 11, 19))
    _at()
    _at()
    assert len(_needs(secretariat_client)) == 1
    assert _needs(clerk_client) == []
    public = outsider_client.get(f"/meters/{PLANTED.id}/").content.decode()
    assert HEADING in public
    assert "合計は1,030本ですが、記録を数え直すと34本でした（1か所の違い）" in public
    page = secretariat_client.get(address).content.decode()
    assert "令和6年11月19日（火）" in page
    assert "1,000" in page
    assert secretariat_client.post(f"{address}mend/").status_code == 302
    assert "に、直すよう頼みました" in secretariat_client.get(address).content.decode()
    secretariat_client.post(f"{address}mend/")  # pressed twice
    assert _needs(secretariat_client) == []
    while ledger.catch_up():
        pass
    assert len(ledger.happened("metering.mending_asked")) == 1
    assert jobs.run_due() == 1
    assert Rollup.objects.filter(meter=PLANTED.id, grain="day", slice="", total=4).count() == 1
    found = api.last_recount(PLANTED.id)
    assert found is not None
    assert found.agreed
    assert HEADING not in outsider_client.get(f"/meters/{PLANTED.id}/").content.decode()


@pytest.mark.usefixtures("planted")
def test_others_neither_look_nor_mend(clerk_client: Client, head_client: Client) -> None:
    _spoil("day", date(2024, 11, 19))
    _at()
    for client in (clerk_client, head_client):
        assert client.get("/console/recounts/").status_code == 403
        assert client.get(f"/console/recounts/{PLANTED.id}/").status_code == 403
        assert client.post(f"/console/recounts/{PLANTED.id}/mend/").status_code == 403
    ledger.sequence()
    assert ledger.happened("metering.mending_asked") == []


@pytest.mark.usefixtures("planted")
def test_many_differences_are_one_thing_to_do(secretariat_client: Client) -> None:
    Rollup.objects.update(total=1000)
    for meter in (PLANTED, PLANTINGS, VIEWS):
        recount(meter=meter, clock=lambda: NIGHT)
    assert len(_needs(secretariat_client)) == 1
    page = secretariat_client.get("/console/recounts/").content.decode()
    assert page.index("か所の違い") < page.index("一致")


@pytest.mark.usefixtures("planted")
def test_a_meter_that_is_not_recounted_has_no_screen(secretariat_client: Client) -> None:
    assert secretariat_client.get("/console/recounts/trees.standing/").status_code == 404
    assert secretariat_client.get("/console/recounts/no.such/").status_code == 404
    assert secretariat_client.get(f"/console/recounts/{PLANTED.id}/mend/").status_code == 405


@pytest.mark.usefixtures("planted")
def test_the_screens_of_recounts_cost_few_queries(
    secretariat_client: Client, django_assert_max_num_queries: Any
) -> None:
    _spoil("day", date(2024, 11, 19))
    _at()
    for address in ("/console/recounts/", f"/console/recounts/{PLANTED.id}/"):
        with django_assert_max_num_queries(16):
            assert secretariat_client.get(address).status_code == 200


@pytest.mark.usefixtures("planted")
def test_the_trace_says_it_in_both_languages_and_the_api_too(outsider_client: Client) -> None:
    assert "最初の確認は、次の夜に行います。" in outsider_client.get(f"/meters/{PLANTED.id}/").content.decode()  # fmt: skip
    _at()
    japanese = outsider_client.get(f"/meters/{PLANTED.id}/").content.decode()
    assert "毎晩、記録から数え直して確かめています。" in japanese
    assert "34本が一致しました。" in japanese
    english = outsider_client.get(f"/en/meters/{PLANTED.id}/").content.decode()
    assert "Every night it is counted anew from the records." in english
    assert "from 16 October 2024 to 19 November 2024" in english
    told = outsider_client.get(f"/api/meters/{PLANTED.id}").json()
    assert told["id"] == PLANTED.id
    assert told["last_recount"]["agreed"] is True
    assert told["last_recount"]["last_day"] == "2024-11-19"
    assert outsider_client.get("/api/meters/trees.standing").json()["last_recount"] is None
    assert outsider_client.get("/api/meters/no.such").status_code == 404


@pytest.mark.usefixtures("planted")
def test_a_sum_shows_on_its_page_which_part_differs(outsider_client: Client) -> None:
    _loaded(10)
    recount(meter=DONATED, clock=lambda: NIGHT)
    _spoil("day", date(2024, 11, 19))
    _at()
    page = outsider_client.get("/meters/trees.all/").content.decode()
    assert HEADING in page
    assert f'href="/meters/{PLANTED.id}/">違いのある、もとの数値を見る' in page


@pytest.mark.usefixtures("planted")
def test_sums_within_the_days_may_agree_while_others_do_not() -> None:
    _spoil("fiscal_year", date(2024, 4, 1))
    _at()
    found = api.last_recount(PLANTED.id)
    words = api.recount_words(PLANTED.id, found)
    assert words is not None
    assert "内訳や月・年度の合計など1か所が記録と違っています" in words.result
    with translation.override("en"):
        spoken = api.recount_words(PLANTED.id, found)
    assert spoken is not None
    assert "differ from the records" in spoken.result


def test_the_command_does_the_same_by_hand() -> None:
    today = datetime.now(UTC).astimezone(JAPAN).date()
    out = StringIO()
    with declared():
        begin(clock=lambda: datetime(2024, 3, 1, tzinfo=UTC))
        _plant(today - timedelta(days=2), 3)
        _catch_up()
        call_command("meters", "recount", "--days", "5", "--meter", PLANTED.id, stdout=out)
        assert "sums agree" in out.getvalue()
        _spoil("day", today - timedelta(days=2))
        with pytest.raises(CommandError, match="1 sums disagree"):
            call_command("meters", "recount", "--days", "5", stdout=out)
        with pytest.raises(CommandError, match="at least one whole day"):
            call_command("meters", "recount", "--days", "0", stdout=out)
    assert "held 1000, counted 3" in out.getvalue()
    assert "trees.standing: a Gauge is not counted anew." in out.getvalue()


@pytest.mark.usefixtures("planted")
def test_the_command_sends_an_altered_month_back_to_its_division() -> None:
    told = StringIO()
    call_command("meters", "recount", meter=DONATED.id, stdout=told)
    assert "nothing was loaded of which the ledger holds the figures" in told.getvalue()
    _loaded(10)
    LoadedFigure.objects.update(value=11)
    with pytest.raises(CommandError, match="1 months disagree with what was loaded"):
        call_command("meters", "recount", meter=DONATED.id, stdout=StringIO())
    _loaded(10)
    call_command("meters", "recount", meter=DONATED.id, stdout=told)
    assert "1 sums agree; 10 counted" in told.getvalue()
