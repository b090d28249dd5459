"""Figures from outside, gauges, ratios and sums."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import translation

from tsunagari.kernel.metering import api, queries
from tsunagari.kernel.metering.actions.read_gauges import READINGS, read_gauges
from tsunagari.kernel.metering.models import GaugeValue, LoadedFigure, Loading
from tsunagari.kernel.metering.rules import MonthFigure, Refused, figures_in
from tsunagari.kernel.metering.tests.meters import DONATED, REGISTER, STANDING, declared

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
GIVER = api.Giver(actor="a" * 22, division="midori", way="file")

FILES = {
    "UTF-8": "年月,台帳本数,備考\n2026-04,163000,\n2026-05,163500,\n".encode(),
    "UTF-8 with BOM": "年月,台帳本数\r\n2026-04,163000\r\n2026-05,163500\r\n".encode("utf-8-sig"),
    "CP932": "年月,台帳本数\r\n令和8年4月,163000\r\n令和8年5月,163500\r\n".encode("cp932"),
    "full-width digits": "年月,台帳本数\n２０２６年４月,１６３０００\n２０２６年５月,１６３５００\n".encode(),
    "件 and commas": '年月,台帳本数\n2026/4,"163,000件"\n2026/5,"163,500件"\n'.encode(),
    "eras, tabs, UTF-16": "年月\t台帳本数\r\nR8.4\t163,000本\r\nR8.5\t163,500本\r\n".encode(
        "utf-16"
    ),
}


def _load(data: bytes, giver: api.Giver = GIVER) -> api.Outcome:
    return api.load_figures(
        meter=REGISTER, figures=figures_in(data, REGISTER), giver=giver, clock=lambda: NOW
    )


@pytest.mark.django_db
@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_a_file_is_read_however_the_office_wrote_it(data: bytes) -> None:
    with declared():
        outcome = _load(data)
        assert [(each.month, each.after) for each in outcome.changes] == [
            (date(2026, 4, 1), Decimal(163000)),
            (date(2026, 5, 1), Decimal(163500)),
        ]


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing_and_says_so() -> None:
    with declared():
        _load(FILES["UTF-8"])
        again = _load(FILES["CP932"])
    assert (again.changes, again.unchanged, again.seen_before) == ((), 2, True)
    assert again.message == "このファイルはすでに取り込まれています。何も変わりません。"
    assert Loading.objects.count() == 1


@pytest.mark.django_db
def test_one_month_is_one_month_in_english() -> None:
    with declared(), translation.override("en"):
        assert _load("年月,台帳本数\n2026-05,163600\n".encode()).message.startswith("1 month was")
        assert _load(FILES["UTF-8"]).message.startswith("2 months were")


@pytest.mark.django_db
def test_a_corrected_month_supersedes_and_the_old_figure_stays() -> None:
    with declared():
        _load(FILES["UTF-8"])
        outcome = _load("年月,台帳本数\n2026-05,163600\n".encode())
        assert [(each.before, each.after) for each in outcome.changes] == [
            (Decimal(163500), Decimal(163600))
        ]
        figure = api.figure("trees.register", grain="fiscal_year", start=NOW)
    assert figure.value == 163600
    assert (figure.origin, figure.as_of) == ("loaded", NOW)
    assert LoadedFigure.objects.filter(month=date(2026, 5, 1)).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("年月,台帳本数\n2026-04,たくさん\n", "2行目「台帳本数」"),
        ("年月,台帳本数\n2026-13,5\n", "2行目「年月」"),
        ("年月,本数\n2026-04,5\n", "「台帳本数」の列がありません"),
        ("年月,台帳本数\n2026-04,5\n令和8年4月,6\n", "2026年4月が2回書かれています"),
        ("年月,台帳本数\n2026-12,5\n", "2026年12月はまだ来ていません"),
        ("年月,台帳本数\n2026-04,▲5\n", "2026年4月の数値が0より小さくなっています"),
        ("年月,台帳本数\n2026-04,5.5\n", "整数で書いてください"),
        ("年月,台帳本数\n2026-04,\n", "取り込む行がありません"),
        ("", "ファイルが空です"),
    ],
)
def test_it_rejects_a_wrong_file_in_a_sentence_and_loads_nothing(text: str, says: str) -> None:
    with declared(), pytest.raises(Refused, match=says):
        _load(text.encode())
    assert not LoadedFigure.objects.exists()


@pytest.mark.django_db
def test_it_rejects_figures_of_another_division() -> None:
    stranger = api.Giver(actor="b" * 22, division="zeimu", way="api")
    with declared(), pytest.raises(Refused, match="別の課が取り込むものです"):
        _load(FILES["UTF-8"], giver=stranger)


@pytest.mark.django_db
def test_months_of_a_flow_add_up_and_the_last_month_of_a_stock_stands() -> None:
    with declared():
        for meter in (DONATED, REGISTER):
            figures = [MonthFigure(month=date(2026, month, 1), value=Decimal(month)) for month in (4, 5, 6)]  # fmt: skip
            api.load_figures(meter=meter, figures=figures, giver=GIVER, clock=lambda: NOW)
        assert api.figure("trees.donated", grain="fiscal_year", start=NOW).value == 15
        assert api.figure("trees.register", grain="fiscal_year", start=NOW).value == 6
        assert api.figure("trees.donated", grain="month", start=NOW).value is None
        whole = api.figure("trees.all", grain="fiscal_year", start=NOW)
        assert (whole.value, whole.origin) == (Decimal(15), "summed")
        assert [(part, figure.value) for part, figure in whole.parts] == [
            ("trees.planted", None),
            ("trees.donated", 15),
        ]
        share = api.figure("trees.per_planting", grain="fiscal_year", start=NOW)
        assert (share.value, share.numerator, share.denominator) == (None, None, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one transaction write.")
def test_two_clerks_loading_one_new_month_at_once_both_get_an_answer() -> None:
    figures = figures_in(FILES["UTF-8"], REGISTER)
    both = threading.Barrier(2, timeout=60)
    answers: list[api.Outcome] = []

    def load() -> None:
        both.wait()
        answers.append(api.load_figures(meter=REGISTER, figures=figures, giver=GIVER, clock=lambda: NOW))  # fmt: skip
        connection.close()

    with declared():
        clerks = [threading.Thread(target=load) for _ in range(2)]
        for clerk in clerks:
            clerk.start()
        for clerk in clerks:
            clerk.join()
    assert sorted(len(answer.changes) for answer in answers) == [0, 2]
    assert LoadedFigure.objects.count() == 2


@pytest.mark.django_db
def test_a_part_that_a_gauge_no_longer_reads_is_nothing_that_day() -> None:
    with declared():
        read_gauges(clock=lambda: NOW)
        READINGS["trees.standing"] = lambda: {(("kind", "oak"),): 40}
        read_gauges(clock=lambda: NOW + timedelta(hours=1))
    held = dict(GaugeValue.objects.values_list("slice", "value"))
    assert held == {"": 40, "kind=oak": 40, "kind=pine": 0}


@pytest.mark.django_db
def test_a_gauge_that_breaks_does_not_hold_up_the_others() -> None:
    other = replace(STANDING, id="trees.other", reads="trees.other")

    def break_down() -> dict[tuple[tuple[str, str], ...], int]:
        raise ArithmeticError("a reading's own fault")

    with declared():
        queries.DECLARED.meters = {"trees.other": other, "trees.standing": STANDING}
        READINGS["trees.other"] = break_down
        try:
            with pytest.raises(ArithmeticError):
                read_gauges(clock=lambda: NOW)
        finally:
            del READINGS["trees.other"]
    assert GaugeValue.objects.get(meter="trees.standing", slice="").value == 42


@pytest.mark.django_db
def test_a_gauge_keeps_the_last_reading_of_each_day_in_japan() -> None:
    midnight = datetime(2026, 11, 20, 15, tzinfo=UTC)
    with declared():
        read_gauges(clock=lambda: midnight - timedelta(seconds=1))
        read_gauges(clock=lambda: midnight)
        read_gauges(clock=lambda: midnight - timedelta(hours=1))
        days = api.series("trees.standing", grain="day", start=midnight - timedelta(days=1), end=midnight + timedelta(days=1))  # fmt: skip
    assert [point.figure.value for point in days] == [42, 42]
    assert GaugeValue.objects.filter(slice="kind=oak").count() == 2
    kept = GaugeValue.objects.get(day=date(2026, 11, 20), slice="")
    assert kept.read_at == midnight - timedelta(seconds=1)
