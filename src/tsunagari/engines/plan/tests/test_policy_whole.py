"""The policy is told in both languages, and its counts are true. Its cells: test_source_tables.py."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.tests.conftest import CODE, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]


def _board(language: str = "ja") -> api.PlanBoard:
    board = api.plan_board(CODE, now=NOW, language=language)
    assert board is not None
    return board


def test_every_text_has_english() -> None:
    board = _board("en")
    texts = [board.head.name, board.head.idea, board.head.source, *board.head.labels.values()]
    for measure in board.measures:
        texts += [measure.name, measure.section_name, measure.note, measure.mended]
        texts += [measure.managed_in, *(stage.text for stage in measure.stages)]
        texts += [d.name for d in measure.divisions]
        for indicator in measure.indicators:
            texts += [indicator.name, indicator.unit, indicator.baseline_source]
    japanese = [text for text in texts if any("\u3040" <= letter <= "\u9fff" for letter in text)]
    assert japanese == [board.measures[23].mended]  # it quotes the mended word itself


def test_counts_are_true() -> None:
    counts = api.counts(_board().measures)
    assert (counts.all, counts.indicator) == (30, 16)
    assert (counts.as_needed, counts.staged, counts.elsewhere) == (1, 11, 2)
    assert sum(number for _, number in counts.by_status) == 16
    assert dict(counts.by_status) == {"pending": 2, "no_result": 14}


def test_the_sentence_says_them() -> None:
    board = _board()
    with override("ja"):
        said = api.sentence(board.head.short_name, api.counts(board.measures))
    assert said == (
        "基本方針の30取組：成果指標あり16（計測開始前・判定保留 2・実績の登録待ち 14）、"
        "随時対応 1、段階で管理 11、別計画で管理 2。"
    )


def test_a_figure_of_zero_is_a_result() -> None:
    indicator = Indicator.objects.get(measure__number="14")
    api.set_value(
        indicator=indicator,
        year=2025,
        value=Decimal(0),
        origin="typed",
        status="final",
        source="test",
        now=NOW,
    )
    measure = next(m for m in _board().measures if m.number == "14")
    assert measure.status == "worsening"
    assert measure.indicators[0].latest is not None
    assert measure.indicators[0].latest.value == 0
