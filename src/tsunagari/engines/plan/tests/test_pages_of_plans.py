"""All plans, their fields, viewpoints and years, the table of all measures, the comparison: as residents meet them."""

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Action, ActionPlan, Indicator, Measure, Plan
from tsunagari.engines.plan.tests.conftest import CODE, NOW, THIRD
from tsunagari.engines.plan.views.narrowing import folded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]

POLICY = f"/plan/{CODE}/"
ENDED = f"/plan/{THIRD}/"
PAGES = (
    "/plan/",
    "/plan/measures/",
    "/plan/measures/?how=none",
    "/plan/compare/",
    POLICY,
    ENDED,
    f"{POLICY}fields/study/",
    f"{ENDED}fields/education/",
    f"{ENDED}fields/others/",
    f"{ENDED}viewpoints/mobile/",
    f"{POLICY}years/2026/",
)


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def _main(client: Client, address: str) -> str:
    """The words of the page's own part, without tags."""
    main = re.search(r"<main.*</main>", _read(client, address), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main[0]))


def _numbers(client: Client, address: str, plan: str = POLICY) -> list[str]:
    """The measures that a plan's page shows, in their order."""
    return re.findall(rf'<th [^>]*plan-name[^>]*><a href="{plan}([^/]+)/"', _read(client, address))


def test_the_plans_stand_apart_the_running_one_first_each_with_its_counts(client: Client) -> None:
    page = _main(client, "/plan/")
    running, ended = page.split("期間の終わった計画")
    assert "基本方針の30取組：成果指標あり16" in running
    assert "第3期計画の30取組：目標値を定めたもの 15、指標か目標を検討するとしたもの 15。" in ended
    for words in ("すべての取組とサービス", "計画の比較", "取組の背景", "いまある情報基盤"):
        assert words in ended


def test_an_ended_plan_says_so_and_shows_the_words_of_its_source(client: Client) -> None:
    page = _main(client, ENDED)
    assert "計画期間は終わりました（平成26年度から平成30年度まで）" in page
    assert "到達した実績は手元の資料にないため、基準と目標を示します" in page
    for words in (
        "施策名",
        "担当課",
        "評価指標",
        "基礎数値",
        "平成30年度末目標",
        "年間247,787アクセス",
        "全校で年1回実施",
        "平成26年度に指標を設定する計画でした",
        "検討",
    ):
        assert words in page, words
    assert "実績の登録待ち" not in page
    assert "ts-bullet" not in _read(client, ENDED)


def test_an_ended_plan_lists_its_measures_in_its_order(client: Client) -> None:
    numbers = _numbers(client, ENDED, ENDED)
    assert numbers[:5] == ["1-1", "1-2", "1-3", "1-4", "1-5"]
    assert numbers[-1] == "S15"
    assert len(numbers) == 30


def test_a_plan_leads_to_the_one_before_and_the_one_after(client: Client) -> None:
    assert f'href="{ENDED}"' in _read(client, POLICY)
    assert f'href="{POLICY}"' in _read(client, ENDED)
    assert "前の計画：第3期計画" in _main(client, POLICY)
    assert "次の計画：基本方針" in _main(client, ENDED)


def test_a_plan_shows_its_central_issues_fields_and_viewpoints(client: Client) -> None:
    page = _read(client, ENDED)
    assert "地域コミュニティの再構築" in page
    assert page.count(f'href="{ENDED}viewpoints/') == 7
    assert f'href="{ENDED}fields/others/"' in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("list=study", [str(number) for number in range(18, 31)]),
        ("status=as_needed", ["17"]),
        ("status=elsewhere", ["19", "26"]),
        ("how=loaded", ["1"]),
        ("how=metered", ["2"]),
        ("division=kaikei", ["19"]),
        ("q=オープンデータ", ["14"]),
        ("q=ＡＩ－ＯＣＲ", ["15"]),
        ("q=ai-ocr", ["15"]),
        ("q=ﾃﾚﾜｰｸ", ["16"]),
        ("q=てれわーく", ["16"]),
        ("q=P/13", ["13"]),
        ("q=キャッシュレス 施設", ["11"]),
        ("status=staged&q=生成", ["21"]),
    ],
)
def test_each_filter_and_each_word_shows_its_measures(
    client: Client, asked: str, shown: list[str]
) -> None:
    assert _numbers(client, f"{POLICY}?{asked}") == shown
    assert f"30件中 {len(shown)}件を表示" in _main(client, f"{POLICY}?{asked}")


def test_stages_are_filtered_by_the_running_year_possible_ones_included(client: Client) -> None:
    board = api.plan_board(CODE, now=datetime.now(UTC), language="ja")
    assert board is not None
    year = min(max(datetime.now(UTC).year - (datetime.now(UTC).month < 4), 2024), 2028)
    expected = [
        measure.number
        for measure in board.measures
        if any(
            line.word == "introduce" and cell.year == year and cell.cover
            for line in measure.stages
            for cell in line.cells
        )
    ]
    assert _numbers(client, f"{POLICY}?stage=introduce") == expected
    assert "20" in expected


def test_fields_and_viewpoints_filter_the_ended_plan(client: Client) -> None:
    assert _numbers(client, f"{ENDED}?list=disaster", ENDED) == ["2-1"]
    board = api.plan_board(THIRD, now=NOW, language="ja")
    assert board is not None
    mobile = [m.number for m in board.measures if "mobile" in {v.code for v in m.viewpoints}]
    assert _numbers(client, f"{ENDED}?viewpoint=mobile", ENDED) == mobile


def test_a_filter_that_does_not_exist_is_named_and_shows_nothing(client: Client) -> None:
    page = _main(client, f"{POLICY}?status=splendid&division=nowhere")
    assert "「splendid」という条件はありません" in page
    assert "「nowhere」という条件はありません" in page
    assert "30件中 0件を表示" in page
    assert "すべての取組を見る" in page


@pytest.mark.parametrize(
    "word",
    ["%00", "<script>alert(1)</script>", "%F0%9F%90%88", "'; --", "%", "\\", "a" * 3000, "　"],
)
def test_strange_letters_do_no_harm(client: Client, word: str) -> None:
    response = client.get(f"{POLICY}", {"q": word})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_the_address_keeps_what_was_asked_and_each_condition_can_be_taken_away(
    client: Client,
) -> None:
    page = _read(client, f"{POLICY}?status=staged&q=BPR")
    assert '<input type="hidden" name="status" value="staged">' in page
    assert 'value="BPR"' in page
    assert 'href="?status=staged#list"' in page
    assert 'href="?q=BPR#list"' in page
    assert 'href="?#list"' in page


def test_widths_capitals_and_kana_do_not_matter() -> None:
    assert folded("ＡＩ・ｵｰﾌﾟﾝ　ﾃﾞｰﾀ") == folded("ai・おーぷん でーた")


def test_a_field_shows_its_measures_and_counts_them(client: Client) -> None:
    page = _main(client, f"{ENDED}fields/education/")
    assert "この分野の5取組：" in page
    assert _numbers(client, f"{ENDED}fields/education/", ENDED) == [
        "1-1",
        "1-2",
        "1-3",
        "1-4",
        "1-5",
    ]
    assert "まだこのサイトにありません" in page


def test_a_field_shows_its_services_and_where_people_meet(client: Client) -> None:
    page = _main(client, f"{ENDED}fields/charm/")
    assert "ホームページ" in page
    assert "顔を合わせる窓口：市役所の窓口" in page


def test_a_year_says_honestly_what_the_source_does_not_tell(client: Client) -> None:
    page = _main(client, f"{POLICY}years/2026/")
    assert "この年度のアクションプランの本文は、このサイトが持つ資料にありません" in page
    assert "導入実行" in page
    assert "続いている可能性" in page
    assert "令和10年度の目標 199,000枚" in page


def test_a_year_shows_what_will_be_done_what_was_done_and_its_own_targets(client: Client) -> None:
    plan = Plan.objects.get(code=CODE)
    action_plan = ActionPlan.objects.get(plan=plan, fiscal_year=2025)
    Action.objects.create(
        action_plan=action_plan,
        measure=Measure.objects.get(plan=plan, number="15"),
        planned="対象の帳票を選ぶ",
        done="4種類を選んだ",
    )
    api.turn_edition()
    page = _main(client, f"{POLICY}years/2025/")
    assert "対象の帳票を選ぶ" in page
    assert "4種類を選んだ" in page
    assert "目標 15件" in page
    assert "手元の資料にありません" not in page.split("令和6年度")[0]


def test_all_measures_of_all_plans_stand_in_one_table(client: Client) -> None:
    page = _main(client, "/plan/measures/")
    assert "60件中 60件を表示" in page
    assert "P/2" in page
    assert "3/S15" in page
    assert "自動 1" in page
    assert "取込 1" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (f"plan={THIRD}", 30),
        ("how=metered", 1),
        ("how=entered", 0),
        ("service=website", 2),
        ("service=none", 54),
        (f"field={CODE}.study", 13),
        ("q=オープンデータ", 2),
        (f"plan={THIRD}&q=オープンデータ", 1),
    ],
)
def test_the_table_is_narrowed_and_so_are_its_files(client: Client, asked: str, shown: int) -> None:
    assert f"60件中 {shown}件を表示" in _main(client, f"/plan/measures/?{asked}")
    text = client.get(f"/plan/measures.csv?{asked}").content.decode("utf-8-sig")
    assert len({row["番号"] for row in csv.DictReader(io.StringIO(text))}) == shown


def test_the_tables_files_tell_service_indicator_and_how_it_is_measured(client: Client) -> None:
    text = client.get("/plan/measures.csv").content.decode("utf-8-sig")
    rows = {(row["番号"], row["指標"]): row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == 61
    views = rows["P/2", "ホームページの閲覧数(単年度)"]
    assert "ホームページ" in views["サービス"].split("・")
    assert views["試せる場所"] == "/"
    assert views["数え方"] == "自動"
    assert views["メーター"] == "website.page_views"
    assert rows["P/17", ""]["状態"] == "随時対応"
    book = load_workbook(io.BytesIO(client.get("/plan/measures.xlsx").content))
    sheet = book.worksheets[0]
    assert sheet.max_row == 62
    assert sheet["B2"].value == "P/1"


def test_the_plans_stand_side_by_side_with_what_grew_from_what(client: Client) -> None:
    page = _main(client, "/plan/compare/")
    assert "つながりが信頼となり、地域の力となる" in page
    assert "人にやさしいデジタル化" in page
    assert "第3期計画から基本方針へ" in page
    assert re.search(r"3/7-1\s*ホームページの充実\s*改称\s*P/2", page)
    assert "平成25年度から令和4年度までの数値は分かっていません" in page
    river = api.whole_river("ja")
    assert f"基本方針で始まった取組（{30 - len({way.heir for way in river.ways})}）" in page


def test_one_plan_alone_and_none_at_all_are_compared_in_words(client: Client) -> None:
    Plan.objects.filter(code=CODE).update(predecessor=None)
    for plan in (THIRD, CODE):
        Indicator.objects.filter(measure__plan__code=plan).delete()
        Measure.objects.filter(plan__code=plan).delete()
        api.turn_edition()
        page = _main(client, "/plan/compare/")
        assert "公開されている計画は1つです" in page or "計画はまだ公開されていません" in page
    assert "計画はまだ公開されていません" in page
    assert "計画はまだ公開されていません" in _main(client, "/plan/")
    assert "60件" not in _main(client, "/plan/measures/")


def test_letters_stand_beside_the_status_where_the_plan_grades_with_a_legend(
    client: Client,
) -> None:
    assert "plan-grade" not in _read(client, POLICY)
    plan = Plan.objects.get(code=CODE)
    plan.scale = {**plan.scale, "preset": "abcd", "on_track": "0.90", "slightly_behind": "0.50"}
    plan.save()
    api.set_value(
        indicator=Indicator.objects.get(measure__plan=plan, measure__number="3"),
        year=2025,
        value=Decimal(796),
        origin="typed",
        status="final",
        source="test",
        now=NOW,
    )
    api.turn_edition()
    page = _main(client, f"{POLICY}?q=P/3")
    assert re.search(r"評価 B\s*順調", page)
    assert "目安の90%以上を「順調」、50%以上を「やや遅れ」" in page
    assert "いちばん良い評価は A です" in page
    assert re.search(r"C\s*やや遅れ\s*やや遅れ", page)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/plan/no-such-plan/", "この計画は見つかりません"),
        (f"{POLICY}fields/nowhere/", "その分野はありません"),
        (f"{POLICY}viewpoints/nowhere/", "その視点はありません"),
        (f"{POLICY}years/2031/", "その年度のアクションプランはありません"),
        (f"{ENDED}years/2016/", "その年度のアクションプランはありません"),
        ("/plan/no-such-plan/years/2026/", "この計画は見つかりません"),
        ("/plan/no-such-plan/fields/study/", "この計画は見つかりません"),
        (f"{POLICY}99/", 'href="/plan/policy-2024-2028/">基本方針の取組をすべて見る'),
        ("/plan/evidence/none/", "公開されていないか、取り下げられました"),
    ],
)
def test_a_wrong_address_is_a_404_in_words(client: Client, address: str, words: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_whole_in_english(client: Client, address: str) -> None:
    page = _read(client, f"/en{address}")
    assert '<html lang="en"' in page
    assert "%(" not in page
    japanese = re.findall(r".{0,20}[ぁ-ん]{3,}.{0,20}", _main(client, f"/en{address}"))
    assert not japanese, japanese[:3]


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_ask_a_bounded_number_of_times_warm_and_cold(client: Client, language: str) -> None:
    for address in PAGES:
        api.turn_edition()
        with CaptureQueriesContext(connection) as cold:
            _read(client, f"{language}{address}")
        with CaptureQueriesContext(connection) as warm:
            _read(client, f"{language}{address}")
        assert len(warm) <= 12, (address, len(warm))
        assert len(cold) <= 30, (address, len(cold))


def test_a_plan_twice_as_large_asks_no_more(client: Client) -> None:
    def cold(address: str) -> int:
        api.turn_edition()
        with CaptureQueriesContext(connection) as asked:
            _read(client, address)
        return len(asked)

    addresses = (ENDED, "/plan/measures/", "/plan/compare/", f"{ENDED}fields/others/")
    before = [cold(address) for address in addresses]
    plan = Plan.objects.get(code=THIRD)
    for measure in list(Measure.objects.filter(plan=plan)):
        indicators = list(measure.indicators.all())
        measure.pk, measure.number = None, f"X{measure.number}"
        measure.public_id = f"x{measure.public_id}"[:22]
        measure.order += 100
        measure.save()
        for indicator in indicators:
            indicator.pk, indicator.measure = None, measure
            indicator.public_id = f"x{indicator.public_id}"[:22]
            indicator.save()
    assert [cold(address) for address in addresses] == before
    assert len(_numbers(client, ENDED, ENDED)) == 60


def test_a_list_of_indicators_and_stages_shows_both(client: Client) -> None:
    first = Measure.objects.get(plan__code=CODE, number="1")
    Measure.objects.filter(plan__code=CODE, number="20").update(section=first.section)
    api.turn_edition()
    page = _read(client, f"{POLICY}fields/{first.section.code}/")
    rows = {
        number: row
        for row in re.findall(r"<tr role=\"row\">.*?</tr>", page, re.DOTALL)
        for number in re.findall(rf'href="{POLICY}(\d+)/"', row)
    }
    assert "ts-bullet" in rows["1"]
    assert "plan-stage__cell" in rows["20"]
    assert "必要に応じて行います" not in rows["20"]
    assert "必要に応じて行います" in rows["17"]


def test_no_bar_is_drawn_where_there_is_no_way_to_go(client: Client) -> None:
    page = _read(client, f"{POLICY}?q=P/4")
    assert _numbers(client, f"{POLICY}?q=P/4") == ["4"]
    assert "ts-bullet" not in page.split('id="about"')[0]
    assert re.search(r"R5</small> 170件.*→.*R10.*170件", page, re.DOTALL)


def test_late_and_worsening_are_told_apart_in_the_bar() -> None:
    swatches = [api.mark(code).swatch for code in ("achieved", "on_track", "slightly_behind")]
    swatches += [api.mark(code).swatch for code in ("behind", "worsening", "pending")]
    assert len(set(swatches)) == len(swatches)
