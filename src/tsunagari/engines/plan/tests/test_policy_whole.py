"""Every figure of the policy stands as in the source: compared with a table typed from it a second time."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.tests.conftest import CODE, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

FIGURES = """
1|市民課・情報推進課|マイナンバーカード交付枚数(累計)|163000|枚|2028|199000
2|秘書広報課|ホームページの閲覧数(単年度)|19737000|件|2028|22085000
3|秘書広報課|メッセージ発信数(単年度)|820|件|2028|760
4|企画政策課|ASTA VISIONを活用した行政情報の発信数(単年度)|170|件|2028|170
5|情報推進課・関係各課|市内の公衆無線LAN設置箇所数(累計)|7|拠点|2028|29
6|市民課・関係各課|おくやみ窓口での受付件数(単年度)|660|件|2028|770
7|市民課・関係各課|窓口での利用件数(単年度)|3500|件|2028|8500
8|健康課|オンライン相談実施件数(単年度)|38|件|2028|70
9|子育て支援課・教育支援課|オンライン相談登録者数(累計)|260|件|2028|430
10|市民課・関係各課|キャッシュレス決済利用件数(単年度)|13000|件|2028|14000
11|スポーツ振興課|キャッシュレス決済の利用件数(単年度)|20000|件|2028|25000
12|産業振興課|キャッシュレス決済ポイント還元事業の取扱箇所数(単年度)|3400|件|2024|3900
13|情報推進課・関係各課|行政手続のオンライン受付件数(単年度)|950000|件|2028|1000000
14|情報推進課・関係各課|オープンデータ化した行政情報の件数(累計)|29|件|2028|34
15|情報推進課・関係各課|AI-OCRの読取設定帳票件数(累計)|5|件|2025|15
15|情報推進課・関係各課|RPA操作シナリオの作成件数(累計)|7|件|2025|13
16|職員課|職員のテレワーク実施回数(年度)|120|回|2028|200
"""

OTHERS = """
17|総務課・情報推進課|as_needed|
18|情報推進課・関係各課|staged|2024 適用検討/2026 標準化システムの運用/2026 ガバメントクラウドの活用
19|総務課・会計課・情報推進課|elsewhere|行財政改革大綱アクションプラン
20|スポーツ振興課|staged|2024 適用検討/2025 導入実行
21|情報推進課|staged|2024 適用検討/2026 導入実行
22|情報推進課・公共施設マネジメント課|staged|2024 課題の整理/2026 適用検討・導入実行
23|情報推進課・職員課・関係各課|staged|2026 適用検討
24|情報推進課・公民館・関係各課|staged|2026 適用検討
25|教育指導課|staged|2024 一部導入/2024 適用検討/2026 適用検討
26|総務課・情報推進課|elsewhere|行財政改革大綱アクションプラン
27|総務課|staged|2026 調査・研究
28|情報推進課・関係各課|staged|2024 標準化に伴うBPR/2026 業務への反映
29|情報推進課・関係各課|staged|2026 調査・研究
30|情報推進課|staged|2026 調査・研究
"""


def _board(language: str = "ja") -> api.PlanBoard:
    board = api.plan_board(CODE, now=NOW, language=language)
    assert board is not None
    return board


def _divisions(measure: api.MeasureState) -> str:
    names = [division.name for division in measure.divisions]
    return "・".join([*names, "関係各課"] if measure.and_others else names)


def test_every_indicator_reads_as_in_the_source() -> None:
    rows = [
        "|".join(
            [
                measure.number,
                _divisions(measure),
                indicator.name,
                f"{indicator.aim.baseline:.0f}",
                indicator.unit,
                str(indicator.aim.target_year),
                f"{indicator.aim.target:.0f}",
            ]
        )
        for measure in _board().measures
        for indicator in measure.indicators
    ]
    assert rows == FIGURES.split("\n")[1:-1]


def test_every_measure_without_an_indicator_reads_as_in_the_source() -> None:
    rows = [
        "|".join(
            [
                measure.number,
                _divisions(measure),
                measure.kind,
                measure.managed_in
                or "/".join(f"{stage.column} {stage.text}" for stage in measure.stages),
            ]
        )
        for measure in _board().measures
        if not measure.indicators
    ]
    assert rows == OTHERS.split("\n")[1:-1]


def test_baselines_are_marked_as_estimates_of_2023() -> None:
    for measure in _board().measures:
        for indicator in measure.indicators:
            assert indicator.baseline_estimated
            assert indicator.aim.baseline_year == 2023


def test_only_spans_that_the_source_decides_are_certain() -> None:
    certain = [
        (measure.number, stage.text)
        for measure in _board().measures
        for stage in measure.stages
        if stage.certain
    ]
    assert certain == [("20", "適用検討")]


def test_no_stray_letters_are_left() -> None:
    names = "".join(measure.name for measure in _board().measures)
    assert "デジタルデバイド" in names
    assert not any("\u0400" <= letter <= "\u04ff" for letter in names)


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
