"""One measure's page says every special case of the two plans as what it is, with the right numbers."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Edit, Evidence, Indicator, Measure, Plan, Value
from tsunagari.engines.plan.tests.conftest import CODE, NISHITOKYO, NOW
from tsunagari.kernel.i18n.translations import put_translation
from tsunagari.kernel.metering import api as metering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

THIRD = "third-plan-2014-2018"


def _page(client: Client, code: str, number: str, language: str = "") -> str:
    response = client.get(f"{language}/plan/{code}/{number}/")
    assert response.status_code == 200, (code, number)
    return response.content.decode()


def _text(client: Client, code: str, number: str, language: str = "") -> str:
    """The page's words, blanks as one."""
    return _words(_page(client, code, number, language))


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _indicator(number: str, code: str = CODE, order: int = 0) -> Indicator:
    found = Indicator.objects.filter(measure__plan__code=code, measure__number=number)
    return found.order_by("order")[order]


def _enter(
    number: str,
    year: int,
    value: int | str,
    *,
    code: str = CODE,
    status: str = "final",
    source: str = "事務報告書",
    reason: str = "",
    now: datetime = NOW,
    numerator: int | None = None,
    denominator: int | None = None,
) -> None:
    api.set_value(
        indicator=_indicator(number, code),
        year=year,
        value=Decimal(value),
        origin="typed",
        status=status,
        source=source,
        reason=reason,
        now=now,
        numerator=None if numerator is None else Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
    )


def test_3_s1_is_five_points_more_and_its_fractions_are_shown(client: Client) -> None:
    page = _text(client, THIRD, "S1")
    assert "「5%増" in page
    assert "基準に5ポイントを足した数値です（5ポイント増：26.6 ＋ 5 ＝ 31.6%）。" in page
    assert "4,779 ÷ 17,950 × 100 = 26.6%" in page
    assert "6,570 ÷ 20,800 × 100 = 31.6%" in page
    assert "（5ポイント増）" in page


def test_3_s2_is_seven_per_cent_more(client: Client) -> None:
    page = _text(client, THIRD, "S2")
    assert "「7%増」" in page
    assert "基準を7%増やした数値です（7%増：65.9 × 1.07 ＝ 70.5%）。" in page
    assert "105,055 ÷ 159,500 × 100 = 65.9%" in page


def test_3_s5_is_a_share_and_no_increase(client: Client) -> None:
    page = _text(client, THIRD, "S5")
    assert "平成30年度の目標値 40%" in page
    assert "ポイントを足した" not in page
    assert "割合そのものと読みました" in page


def test_3_s7_says_that_its_reason_does_not_yield_its_target(client: Client) -> None:
    page = _text(client, THIRD, "S7")
    assert "3,500アクセス" in page
    assert "2,800ほどになり、目標の3,500には届きません" in page


def test_what_the_plan_left_open_is_said_and_no_figure_is_invented(client: Client) -> None:
    page = _text(client, THIRD, "1-5")
    assert "指標が決まっていません" in page
    assert "計画では「平成26年度に指標を設定する」とされていました" in page
    assert "目標は、計画では「検討」とされ、数値は決められていません。" in page
    assert "判定とその計算" not in page
    page = _text(client, THIRD, "1-4")
    assert "目標は、計画では「検討」とされ" in page
    assert "目標値が数値で決められていないため、判定しません。" in page


def test_all_28_schools_once_a_year_is_a_figure_beside_the_plans_words(client: Client) -> None:
    page = _text(client, THIRD, "1-3")
    assert "全校で年1回実施" in page
    assert "平成30年度の目標値 28校" in page
    assert "基準の数値は、計画に書かれていません。" in page


def test_an_ended_plan_says_that_nothing_is_known_and_waits_for_nobody(client: Client) -> None:
    page = _text(client, THIRD, "1-1")
    assert "この計画は終わりました" in page
    assert "この計画の期間の実績は、資料がないため分かりません。" in page
    assert "平成25〜30年度の数値は分かりません" in page
    assert "登録待ち" not in page


def test_p3_falls_towards_its_target_with_its_numbers_in_the_formula(client: Client) -> None:
    _enter("3", 2025, 796)
    page = _text(client, CODE, "3")
    assert "(a − b) ÷ (T − b) = (796 − 820) ÷ (760 − 820) = −24 ÷ −60 = 0.400" in page
    assert "2.00年が過ぎたので 2.00 ÷ 5 = 0.400" in page
    assert "p ÷ e = 0.400 ÷ 0.400 = 1.00" in page
    assert "判定は 順調 です。" in page
    assert "減るほど目標に近づきます。" in page


def test_p4_holds_its_figure(client: Client) -> None:
    _enter("4", 2024, 160)
    page = _text(client, CODE, "4")
    assert "目標値を保っているかだけで判定します" in page
    assert "a ÷ T = 160 ÷ 170 = 0.94" in page
    _enter("4", 2025, 170)
    page = _text(client, CODE, "4")
    assert "a 170件 ≧ T 170件" in page
    assert "判定は 達成 です。" in page


def test_a_figure_that_moved_away_is_said_with_a_true_minus(client: Client) -> None:
    _enter("10", 2025, 12500)
    page = _text(client, CODE, "10")
    assert "−500 ÷ 1,000 = −0.500" in page
    assert "進みが0より小さい：後退" in page


def test_p12s_target_stands_in_its_own_year(client: Client) -> None:
    page = _text(client, CODE, "12")
    assert "令和6年度の目標値 3,900件" in page
    rows = client.get(f"/plan/{CODE}/12/1.csv").content.decode("utf-8-sig").splitlines()
    aims = {row.split(",")[1]: row.split(",")[8] for row in rows[1:]}
    assert aims == {"2023": "", "2024": "3900", "2025": "", "2026": "", "2027": "", "2028": ""}


def test_p15_has_two_indicators_each_with_its_chart_and_its_target(client: Client) -> None:
    page = _page(client, CODE, "15")
    assert page.count('class="ts-chart__wide"') == 2
    assert "令和7年度の目標値" in page
    for part in ("way-1", "way-2", "aim-1", "aim-2", "judged-1", "judged-2", "how-1", "how-2"):
        assert f'id="{part}"' in page
    assert "AI-OCR 5件 RPA 7件" in page


def test_as_needed_elsewhere_and_staged_are_said_and_nothing_is_drawn(client: Client) -> None:
    page = _text(client, CODE, "17")
    assert "実績も目標も「随時対応」とされています。" in page
    page = _text(client, CODE, "19")
    assert "「行財政改革大綱アクションプラン」で管理されています。" in page
    for number, words in (("18", "標準化システムの運用"), ("20", "導入実行")):
        page = _text(client, CODE, number)
        assert "数値ではなく段階で進み具合を見ます" in page
        assert words in page
    for number in ("17", "18", "19", "20"):
        assert "ts-chart" not in _page(client, CODE, number)


def test_the_forecast_is_marked_and_its_method_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = api.measure_page(CODE, "6", now=NOW, language="ja")
    assert found is not None
    forecast = api.Forecast(
        year=2026,
        value=Decimal(704),
        so_far=Decimal(440),
        share=Decimal("0.625"),
        method="seasonal",
        years=(2024, 2025),
    )
    _foretell(monkeypatch, forecast)
    page = _text(client, CODE, "6")
    assert "見込 704件" in page
    assert (
        "令和6年度と令和7年度には、1年分の62.5%がこの日までに数えられていました。これまでの440件 ÷ 62.5%"
        in page
    )
    assert "見込: 令和8年度 704件" in page


def _foretell(monkeypatch: pytest.MonkeyPatch, forecast: api.Forecast) -> None:
    """Let every indicator have this forecast."""
    monkeypatch.setattr(
        "tsunagari.engines.plan.queries.reading.forecast_of", lambda _stock, _now: forecast
    )


def test_a_division_of_the_past_says_who_does_its_work_today(client: Client) -> None:
    page = _text(client, THIRD, "1-1")
    assert "教育指導課" in page
    changed = [
        (measure.number, division)
        for board in api.boards(now=NOW, language="ja")
        if board.head.code == THIRD
        for measure in board.measures
        for division in measure.divisions
        if division.now
    ]
    for number, division in changed:
        assert f"{division.name}（現在は{'・'.join(division.now)}）" in _text(client, THIRD, number)


def test_an_entered_figure_shows_its_source_its_reason_and_what_is_public_behind_it(
    client: Client,
) -> None:
    _enter("5", 2025, 12)
    later = NOW + timedelta(hours=1)
    _enter("5", 2025, 13, status="revised", reason="集計漏れを加えました", now=later)
    value = Value.objects.get(indicator=_indicator("5"), fiscal_year=2025, superseded_at=None)
    Evidence.objects.create(
        value=value, title="設置箇所一覧", address="https://example.jp/a", public=True, added_at=NOW
    )
    Evidence.objects.create(
        value=value, title="庁内の台帳", address="https://example.jp/b", public=False, added_at=NOW
    )
    api.turn_edition()
    page = _page(client, CODE, "5")
    words = _text(client, CODE, "5")
    assert "令和7年度 13拠点" in words
    assert "理由：集計漏れを加えました" in words
    assert 'href="https://example.jp/a"' in page
    assert "根拠：庁内の台帳" in words
    assert "https://example.jp/b" not in page
    assert "これまでの数値（訂正の記録）" in words
    assert "<del>12拠点</del>" in page
    assert "<ins>13拠点</ins>" in page


def test_a_changed_target_and_an_edited_text_are_kept_in_the_record(client: Client) -> None:
    assert "訂正と変更の記録" not in _text(client, CODE, "6")
    api.set_target(
        indicator=_indicator("6"), year=2028, value=Decimal(800), now=NOW, reason="見直し"
    )
    measure = Measure.objects.get(plan__code=CODE, number="6")
    Edit.objects.create(
        plan=Plan.objects.get(code=CODE),
        thing=measure.public_id,
        kind="measure",
        field="purpose",
        before="前の目的",
        after="後の目的",
        made_at=NOW,
    )
    api.turn_edition()
    page = _page(client, CODE, "6")
    assert "目標の変更" in page
    assert "<del>770件</del>" in page
    assert "<ins>800件</ins>" in page
    assert "<del>前の目的</del>" in page


def test_the_nightly_recount_is_told_and_a_difference_warns(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "最初の確認は、次の夜に行います。" in _text(client, CODE, "2")

    def found(differing: int) -> metering.RecountResult:
        return metering.RecountResult(
            meter="website.page_views",
            checked_at=NOW,
            first_day=NOW.date() - timedelta(days=3),
            last_day=NOW.date() - timedelta(days=1),
            compared=12,
            differing=differing,
            held=120,
            counted=120 - differing,
        )

    recounted = {"differing": 0}
    monkeypatch.setattr(
        metering,
        "last_recounts",
        lambda meters: {meter: found(recounted["differing"]) for meter in meters},
    )
    assert "が一致しました" in _text(client, CODE, "2")
    recounted["differing"] = 2
    assert "合計と記録に違いがあります" in _text(client, CODE, "2")


def test_what_a_clerk_types_is_no_markup(client: Client) -> None:
    _enter("5", 2025, 12, source="<script>alert(1)</script>")
    Measure.objects.filter(plan__code=CODE, number="5").update(name="<b>名前</b>")
    Indicator.objects.filter(measure__plan__code=CODE, measure__number="5").update(
        name="<i>指標</i>"
    )
    api.turn_edition()
    page = _page(client, CODE, "5")
    assert "<script>alert" not in page
    assert "<b>名前" not in page
    assert "<i>指標" not in page


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_warm_page_asks_no_more_than_twelve_times(client: Client, language: str) -> None:
    for code, number in ((CODE, "2"), (CODE, "1"), (CODE, "15"), (THIRD, "7-1"), (THIRD, "S1")):
        _page(client, code, number, language)
        with CaptureQueriesContext(connection) as asked:
            _page(client, code, number, language)
        assert len(asked) <= 12, (code, number, len(asked))


@pytest.mark.parametrize("address", ["S16/", "8-1/", "S1/2.csv", "1-5/2.svg", "S16/live/"])
def test_a_number_that_is_not_there_is_a_404(client: Client, address: str) -> None:
    assert client.get(f"/plan/{THIRD}/{address}").status_code == 404


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_measure_of_the_third_plan_has_its_page(client: Client, language: str) -> None:
    board = api.plan_board(THIRD, now=NOW, language="ja")
    assert board is not None
    for measure in board.measures:
        page = _text(client, THIRD, measure.number, language)
        assert not re.search(r"%\([a-z_]+\)", page)


def test_drivers_and_assets_stand_on_the_page_of_a_measure(client: Client) -> None:
    _surround()
    page = _page(client, CODE, "18")
    assert "自治体DX推進計画" in page
    assert 'href="/plan/drivers/#' in page
    page = _page(client, THIRD, "S1")
    assert "電子申請サービス" in page
    assert "続けるか見直すかの判断：未判断" in page


def _surround() -> None:
    divisions = {
        d.code for b in api.boards(now=NOW, language="ja") for m in b.measures for d in m.divisions
    }
    api.load_surroundings(NISHITOKYO, divisions=divisions, clock=lambda: NOW)


def test_the_register_of_drivers_names_its_source_and_its_measures(client: Client) -> None:
    assert "背景はまだ登録されていません" in client.get("/plan/drivers/").content.decode()
    _surround()
    page = client.get("/plan/drivers/").content.decode()
    words = _words(page)
    assert "番号関連4法" in words
    assert "平成25年5月31日" in words
    assert f'href="/plan/{THIRD}/S2/"' in page
    assert 'href="https://laws.e-gov.go.jp/law/425AC0000000027"' in page
    csv = client.get("/plan/drivers.csv").content.decode("utf-8-sig")
    assert "3/S2、P/1" in csv


def test_the_register_of_assets_does_not_guess_what_is_not_written(client: Client) -> None:
    assert "情報基盤はまだ登録されていません" in client.get("/plan/assets/").content.decode()
    _surround()
    words = _words(client.get("/plan/assets/").content.decode())
    assert "資料にないこと いつから、年間の費用" in words
    assert "未判断" in words
    csv = client.get("/plan/assets.csv").content.decode("utf-8-sig")
    assert "3/7-1、3/S4、3/S7、P/2" in csv


@pytest.mark.parametrize("language", ["", "/en"])
def test_indicators_of_one_name_have_sections_that_are_told_apart(
    client: Client, language: str
) -> None:
    measure = Measure.objects.get(plan__code=CODE, number="15")
    one, other = measure.indicators.order_by("order")
    other.name = one.name
    other.save()
    for each in (one, other):
        put_translation(thing=each, field="name", language="en", text="Same name", now=NOW)
    api.turn_edition()
    page = _page(client, CODE, "15", language)
    assert ("指標2 " if not language else "Indicator 2: Same name") in _words(page)
    labels = re.findall(r'<section[^>]* aria-labelledby="([^"]+)"', page)
    titles = [
        _words(re.findall(rf'<h\d[^>]* id="{label}"[^>]*>(.*?)</h\d>', page, re.DOTALL)[0])
        for label in labels
    ]
    assert len(titles) > 8
    assert len(set(titles)) == len(titles), titles
