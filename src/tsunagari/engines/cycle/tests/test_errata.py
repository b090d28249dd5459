"""An erratum stands beside what it corrects: a version of its own, with date and reason, and the plan agrees."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.models import Cycle, Frozen
from tsunagari.engines.cycle.queries.published import report
from tsunagari.engines.cycle.rules.corrections import Correction, CorrectionRefused
from tsunagari.engines.cycle.rules.yearbook import YearMeasure
from tsunagari.engines.cycle.tests.closing_years import (
    CLERK,
    CODE,
    SECRETARIAT,
    YEAR,
    acting_year,
    add_voices,
    clock,
    enter,
    freeze,
    indicator_of,
    load_city,
)
from tsunagari.engines.plan import api as plan_api

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans of Nishitokyo, read once."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        rows.written()
        yield


@pytest.fixture
def closed() -> Cycle:
    """A year that was closed with a figure of 40 for measure 8."""
    enter("8", YEAR, "40")
    cycle = acting_year()
    freeze(cycle)
    return cycle


def _correct(
    cycle: Cycle, *said: tuple[str, str, str], seen: int = 1, reason: str = "転記の誤り"
) -> str | None:
    return correct_year(
        cycle=cycle.public_id,
        corrections=[Correction(measure=m, place=place, text=text) for m, place, text in said],
        reason=reason,
        seen=seen,
        hand=SECRETARIAT,
        clock=clock,
    )


def _measure(number: str, version: int | None = None, language: str = "ja") -> YearMeasure:
    held = report(CODE, YEAR, language=language, version=version)
    assert held is not None
    measure = held.book.measure(number)
    assert measure is not None
    return measure


def test_an_erratum_is_a_new_version_and_the_old_one_stays(closed: Cycle) -> None:
    old = Frozen.objects.get()
    _correct(closed, ("2", "done", "別のことをした。"), ("2", "settled", "2,000,000"))
    assert Frozen.objects.get(version=1).content == old.content
    assert _measure("2").done == _measure("2", language="en").done == "別のことをした。"
    assert _measure("2").settled == 2_000_000
    assert _measure("2", version=1).settled == 1_000_000
    held = report(CODE, YEAR, language="ja")
    assert held is not None
    assert [each.version for each in held.versions] == [2, 1]
    assert held.version.reason == "転記の誤り"
    assert [(c.title, c.before, c.after) for c in held.version.corrections][1] == (
        "決算額", "1000000", "2000000",
    )  # fmt: skip


def test_a_corrected_result_stands_in_the_plan_too_and_is_judged_anew(closed: Cycle) -> None:
    indicator = indicator_of("8")
    assert indicator.aim.target is not None
    before = _measure("8").indicators[0]
    _correct(closed, ("8", f"{indicator.public_id}.{YEAR}", f"{indicator.aim.target * 2:f}"))
    after = _measure("8").indicators[0]
    assert after.status == _measure("8").status == "achieved"
    assert before.status != after.status
    assert _measure("8", language="en").status_title == "Achieved"
    live = next(each for each in indicator_of("8").results if each.year == YEAR)
    assert (live.value, live.status, live.reason) == (
        indicator.aim.target * 2, "revised", "転記の誤り",
    )  # fmt: skip


def test_a_figure_may_turn_out_not_to_be_known(closed: Cycle) -> None:
    indicator = indicator_of("8")
    _correct(closed, ("8", f"{indicator.public_id}.{YEAR}", ""))
    assert _measure("8").indicators[0].result_of(YEAR) is None
    assert YEAR not in {each.year for each in indicator_of("8").results}


def test_a_year_whose_figure_was_taken_away_is_not_judged_by_the_year_before() -> None:
    enter("8", YEAR - 1, "40")
    enter("8", YEAR, "40")
    cycle = acting_year()
    freeze(cycle)
    assert _measure("8").status not in ("no_result", "pending")
    _correct(cycle, ("8", f"{indicator_of('8').public_id}.{YEAR}", ""))
    measure = _measure("8")
    assert (measure.status, measure.indicators[0].status) == ("no_result", "no_result")
    assert measure.indicators[0].result_of(YEAR - 1) is not None


def test_what_was_done_is_corrected_on_the_live_pages(closed: Cycle) -> None:
    _correct(closed, ("3", "done", "広報紙を年24回出した。"))
    assert plan_api.year_actions(CODE, YEAR, "ja")["3"].done == "広報紙を年24回出した。"


def test_the_same_erratum_twice_changes_nothing(closed: Cycle) -> None:
    said = ("2", "comment", "評価を改めた。")
    assert _correct(closed, said)
    assert _correct(closed, said) is None
    assert Frozen.objects.count() == 2


def test_of_two_errata_at_once_one_is_told(closed: Cycle) -> None:
    _correct(closed, ("2", "comment", "一つ目。"))
    with pytest.raises(YearRefused, match="ほかの人が先に正誤を公表しました"):
        _correct(closed, ("2", "comment", "二つ目。"), seen=1)
    assert _measure("2").comment == "一つ目。"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("99", "done", "x"), "この報告"),
        (("2", "criteria", "x"), "選び直して"),
        (("2", "nowhere.2025", "1"), "選び直して"),
        (("2", "settled", "百万"), ""),
        (("2", "grade", "E"), "選べるもの"),
        (("2", "done", " "), "空にできません"),
    ],
)
def test_what_cannot_be_corrected_is_refused_and_nothing_is_published(
    closed: Cycle, said: tuple[str, str, str], words: str
) -> None:
    with pytest.raises(CorrectionRefused) as refused:
        _correct(closed, ("3", "comment", "これは書ける。"), said)
    assert refused.value.at == 1
    assert words in str(refused.value) or "年度の報告にありません" in str(refused.value)
    assert Frozen.objects.count() == 1


def test_a_result_of_a_year_that_came_later_is_no_place(closed: Cycle) -> None:
    indicator = indicator_of("8").public_id
    with pytest.raises(CorrectionRefused, match="選び直して"):
        _correct(closed, ("8", f"{indicator}.{YEAR + 1}", "1"))


def test_an_erratum_without_a_reason_is_refused(closed: Cycle) -> None:
    with pytest.raises(YearRefused, match="訂正する理由"):
        _correct(closed, ("2", "comment", "x"), reason="  ")


def test_a_year_that_is_not_closed_has_no_errata() -> None:
    with pytest.raises(YearRefused, match="確定した年度だけ"):
        _correct(acting_year(), ("2", "comment", "x"))


def test_a_clerk_publishes_no_erratum(closed: Cycle) -> None:
    with pytest.raises(NotSecretariat):
        correct_year(
            cycle=closed.public_id, corrections=[], reason="x", seen=1, hand=CLERK, clock=clock
        )


def test_what_was_decided_and_said_is_corrected_in_its_place() -> None:
    cycle = acting_year()
    add_voices(cycle, "8")
    freeze(cycle)
    _correct(
        cycle,
        ("8", "decision.reason", "効果があったため。"),
        ("8", "opinion.1.text", "案内を増やしてはどうか。"),
        ("8", "opinion.1.answer", "増やします。"),
    )
    for language in ("ja", "en"):
        measure = _measure("8", language=language)
        assert measure.decision is not None
        assert measure.decision.reason == "効果があったため。"
        assert [(each.text, each.answer) for each in measure.opinions] == [
            ("案内を増やしてはどうか。", "増やします。")
        ]
    held = report(CODE, YEAR, language="ja")
    assert held is not None
    assert [each.title for each in held.version.corrections] == [
        *("見直しの決定の理由", "委員会の意見", "委員会の意見への市の回答"),
    ]


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("8", "decision.title"),
        ("8", "opinion.2.text"),
        ("2", "opinion.1.text"),
        ("8", "opinion.x.text"),
    ],
)
def test_a_voice_that_is_not_there_is_no_place(number: str, place: str) -> None:
    cycle = acting_year()
    add_voices(cycle, "8")
    freeze(cycle)
    with pytest.raises(CorrectionRefused, match="訂正する項目を選び直してください"):
        _correct(cycle, (number, place, "別の言葉"))
    with pytest.raises(CorrectionRefused, match="空にできません"):
        _correct(cycle, ("8", "opinion.1.text", ""))


def test_a_grade_and_a_quarter_are_corrected_in_their_places(closed: Cycle) -> None:
    _correct(
        closed, ("2", "grade", "A"), ("2", "q1_note", "やり直した。"), ("2", "staff_years", "1.25")
    )
    measure = _measure("2")
    assert (measure.grade, measure.quarters[0].note) == ("A", "やり直した。")
    assert measure.staff_years == Decimal("1.25")
