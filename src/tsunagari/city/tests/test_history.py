"""A made-up past: always the same, added once, agreed with by a recount, and for an invented town only."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from tsunagari.city.history import Written, write_history
from tsunagari.city.history_years import HistoryRefused
from tsunagari.city.view_shape import Page, Shape, spread
from tsunagari.engines.plan import api as plan
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.actions.recompute import recompute
from tsunagari.kernel.metering.declare import Counter
from tsunagari.kernel.metering.models import LoadedFigure, Loading, ViewBatch

SAMPLE = Path(settings.ROOT) / "cities" / "sample"
NOW = datetime(2017, 6, 11, 3, tzinfo=UTC)
"""Noon of 11 June 2017 in Japan: April and May are over, June runs."""

SHAPE = Shape(
    seed=7,
    hours=[1] * 12 + [3] * 12,
    weekdays=[5, 5, 5, 5, 5, 2, 2],
    pages=[
        Page(service="website", page="home", language="ja", weight=3),
        Page(service="plan", page="index", language="en", weight=1),
    ],
    finer_from=date(2017, 5, 1),
)


def _clock() -> datetime:
    return NOW


@pytest.fixture
def town(db: None) -> None:
    """The invented town's pack in the tables."""
    call_command("city", "load", pack=SAMPLE, verbosity=0)


def _pack(folder: Path, *, invented: bool = True, **history: Any) -> Path:
    """A pack that tells the sample's past but for what `history` says otherwise."""
    said = yaml.safe_load((SAMPLE / "history.yaml").read_text(encoding="utf-8"))
    (folder / "city.yaml").write_text(f"invented: {str(invented).lower()}\n", encoding="utf-8")
    (folder / "history.yaml").write_text(yaml.safe_dump({**said, **history}), encoding="utf-8")
    return folder


def _batches() -> list[tuple[Any, ...]]:
    return list(
        ViewBatch.objects.order_by("id").values_list(
            "process", "sequence", "hour", "service", "page", "language", "count"
        )
    )


def _meter() -> Counter:
    meter = metering.declared_meter("website.page_views")
    assert isinstance(meter, Counter)
    return meter


@pytest.mark.parametrize("month", [date(2017, 4, 1), date(2017, 5, 1)])
def test_a_month_is_shared_out_to_the_last_view_and_always_in_the_same_way(month: date) -> None:
    cells = spread(SHAPE, month, 70001)
    assert sum(cells.values()) == 70001
    assert cells == spread(SHAPE, month, 70001)
    assert {(japan_day(cell[0]).year, japan_day(cell[0]).month) for cell in cells} == {
        (2017, month.month)
    }
    assert min(cells.values()) > 0


def test_a_week_has_its_shape() -> None:
    cells = spread(SHAPE, date(2017, 5, 1), 100000)
    monday, sunday = (
        sum(count for cell, count in cells.items() if japan_day(cell[0]) == date(2017, 5, day))
        for day in (15, 21)
    )
    assert monday > sunday * 2


def test_whole_days_before_today_are_written_and_later_ones_wait(town: None) -> None:
    written = write_history(SAMPLE, clock=_clock)
    april, may, june = (
        metering.figure(
            "website.page_views", grain="month", start=datetime(2017, m, 15, tzinfo=UTC)
        )
        for m in (4, 5, 6)
    )
    said = yaml.safe_load((SAMPLE / "history.yaml").read_text(encoding="utf-8"))
    months = said["views"]["months"][2017]
    assert (april.value, may.value) == (months[0], months[1])
    assert june.value is not None
    assert 0 < june.value < months[2]
    assert written.views == months[0] + months[1] + june.value
    last = ViewBatch.objects.latest("hour").hour
    assert japan_day(last) == date(2017, 6, 10)


def test_counting_then_passes_for_begun_with_the_first_day(town: None) -> None:
    """So that a whole year stands behind a figure, and no page says that counting has just begun."""
    write_history(SAMPLE, clock=_clock)
    year = metering.figure("website.page_views", grain="fiscal_year", start=FiscalYear(2017).start)
    assert year.began_at == FiscalYear(2017).start


def test_a_second_run_adds_nothing_and_a_new_database_gets_the_very_same(town: None) -> None:
    write_history(SAMPLE, clock=_clock)
    first = _batches()
    assert write_history(SAMPLE, clock=_clock) == Written(views=0, loadings=0, changes=0, deeds=0)
    assert _batches() == first
    ViewBatch.objects.all().delete()
    write_history(SAMPLE, clock=_clock)
    assert _batches() == first


def test_counting_it_anew_finds_every_sum_as_it_stands(town: None) -> None:
    write_history(SAMPLE, clock=_clock)
    assert recompute(meter=_meter(), mend=False, clock=_clock) == 0
    metering.count_view(service="website", page="home", language="ja")
    metering.flush_views()
    assert recompute(meter=_meter(), mend=False, clock=_clock) == 0


def test_monthly_files_came_in_on_the_tenth_of_the_next_month(town: None) -> None:
    assert write_history(SAMPLE, clock=_clock).loadings == 2
    assert [japan_day(each.loaded_at) for each in Loading.objects.order_by("loaded_at")] == [
        date(2017, 5, 10),
        date(2017, 6, 10),
    ]


def test_what_a_clerk_has_loaded_since_then_stands(town: None) -> None:
    write_history(SAMPLE, clock=_clock)
    meter = metering.declared_meter("mynumber_card.issued")
    mended = metering.MonthFigure(month=date(2017, 4, 1), value=LoadedFigure.objects.first().value + 1)  # type: ignore[union-attr]  # fmt: skip
    metering.load_figures(
        meter=meter,  # type: ignore[arg-type]  # it is a Loaded
        figures=[mended],
        giver=metering.Giver(actor="", division="shimin", way="file"),
        clock=_clock,
    )
    assert write_history(SAMPLE, clock=_clock).loadings == 0
    standing = LoadedFigure.objects.get(month=mended.month, superseded_at=None)
    assert standing.value == mended.value


def test_changes_are_made_on_their_day_with_their_reason(town: None, tmp_path: Path) -> None:
    def now() -> datetime:
        return datetime(2026, 11, 20, 3, tzinfo=UTC)

    said = yaml.safe_load((SAMPLE / "history.yaml").read_text(encoding="utf-8"))
    short = _pack(tmp_path, views={**said["views"], "months": {2017: [60]}}, loaded=[])
    with pytest.raises(HistoryRefused, match=r"argument 2 is shorter"):
        write_history(short, clock=now)
    short = _pack(tmp_path, views={**said["views"], "months": {}}, loaded=[])
    assert write_history(short, clock=now).changes == len(said["changes"])
    assert write_history(short, clock=now).changes == 0
    page = plan.measure_page("policy-2022-2026", "3", now=now(), language="ja")
    assert page is not None
    assert page.measure.indicators[0].aim.target == 12000
    found = plan.history("policy-2022-2026", "3", language="ja")
    assert found is not None
    newest, oldest = found.figures
    assert japan_day(newest.since) == date(2024, 5, 20)
    assert oldest.value == 6000
    assert newest.reason.startswith("共同サービスの開始")


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        ({"seed": None, "views": {}}, "'hours' is missing or not known"),
        (
            {"changes": [{"day": date(2017, 5, 1), "plan": "no-plan", "number": "1", "indicator": 1, "year": 2017, "value": 1, "by": "", "reason": "x"}]},
            "no-plan 1 has no value of 2017 in its indicator 1; correct it there",
        ),
        (
            {"loaded": [{"meter": "website.page_views"}]},
            "website.page_views counts by itself; only loaded figures can be given",
        ),
        ({"loaded": [{"meter": "school.pupils"}]}, "there is no meter 'school.pupils'"),
    ],
)  # fmt: skip
def test_a_past_that_does_not_fit_is_refused_and_leaves_nothing(
    town: None, tmp_path: Path, history: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(HistoryRefused, match=sentence):
        write_history(_pack(tmp_path, **history), clock=_clock)
    assert not ViewBatch.objects.exists()
    assert not Loading.objects.exists()


@pytest.mark.django_db
def test_a_real_city_gets_no_made_up_past(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="only an invented town may have a made-up past"):
        call_command("city", "history", pack=_pack(tmp_path, invented=False))
    nishitokyo = Path(settings.ROOT) / "cities" / "nishitokyo"
    with pytest.raises(CommandError, match="does not say `invented: true`"):
        call_command("city", "history", pack=nishitokyo)
    assert not ViewBatch.objects.exists()


@pytest.mark.django_db
def test_a_pack_without_a_past_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "city.yaml").write_text("invented: true\n", encoding="utf-8")
    with pytest.raises(CommandError, match="this pack tells no past"):
        call_command("city", "history", pack=tmp_path)
