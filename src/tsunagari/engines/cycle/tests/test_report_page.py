"""Residents read a closed year: what was done, how far it went, what changed since, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.models import Cycle, Frozen
from tsunagari.engines.cycle.rules.corrections import Correction
from tsunagari.engines.cycle.tests.closing_years import (
    CODE,
    SECRETARIAT,
    YEAR,
    acting_year,
    add_voices,
    clock,
    enter,
    freeze,
    load_city,
)

pytestmark = pytest.mark.django_db
PLACE = f"/reports/{CODE}/{YEAR}/"
PAGES = ["/reports/", PLACE, f"{PLACE}8/", f"/reports/{CODE}/compare/"]


@pytest.fixture(scope="module", autouse=True)
def closed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A year of the policy, closed."""
    with module_rows(django_db_blocker) as rows:
        load_city()
        enter("8", YEAR, "41.5")
        cycle = acting_year()
        add_voices(cycle, "8")
        freeze(cycle)
        rows.written()
        yield


def _read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _correct(text: str = "別のことをした。") -> None:
    correct_year(
        cycle=Cycle.objects.get().public_id,
        corrections=[Correction(measure="8", place="done", text=text)],
        reason="転記の誤り",
        seen=Frozen.objects.count(),
        hand=SECRETARIAT,
        clock=clock,
    )


def test_the_report_tells_true_counts_money_opinions_and_the_seal(client: Client) -> None:
    page = _read(client, PLACE)
    assert "30取組の令和7年度" in page
    assert "決算額の合計は30,000,000円です（記入のあった30取組の合計）" in page
    assert "全体に進みがよい。" in page
    assert Frozen.objects.get().sha256 in page
    assert "正誤はありません" in page
    assert f'href="{PLACE}v1/report.pdf"' in page


def test_a_measures_year_tells_all_of_it(client: Client) -> None:
    page = _read(client, f"{PLACE}8/")
    for words in ("準備した。", "600,000円", "0.5", "41.5", "高齢者への案内を増やしてはどうか。", "窓口での案内を増やします。", "「継続」", "<svg"):  # fmt: skip
        assert words in page
    assert f'href="{PLACE}9/"' in page


@pytest.mark.parametrize("address", PAGES)
def test_every_page_speaks_english(client: Client, address: str) -> None:
    page = _read(client, f"/en{address}")
    assert '<html lang="en"' in page
    assert "Annual report" in page


def test_an_erratum_stands_beside_and_the_old_version_stays(client: Client) -> None:
    _correct()
    page = _read(client, PLACE)
    assert "第2版" in page
    assert "転記の誤り" in page
    assert "別のことをした。" in _read(client, f"{PLACE}8/")
    old = _read(client, f"{PLACE}8/?version=1")
    assert "別のことをした。" not in old
    assert "古い版（第1版）です" in old
    assert f'href="{PLACE}9/?version=1"' in old
    assert "古い版（第1版）です" in _read(client, f"{PLACE}?version=1")


def test_a_corrected_amount_is_marked_and_the_old_one_stands_beside_it(client: Client) -> None:
    correct_year(
        cycle=Cycle.objects.get().public_id,
        corrections=[Correction(measure="8", place="settled", text="1,234,567")],
        reason="転記の誤り",
        seen=1,
        hand=SECRETARIAT,
        clock=clock,
    )
    page = _read(client, f"{PLACE}8/")
    told = page.split('aria-labelledby="errata"')[1].split("</section>")[0]
    for words in ("決算額", "1,000,000円", "1,234,567円", "転記の誤り", "令和8年10月5日"):
        assert words in told
    assert page.count('class="report-mended"') == 1
    assert "report-mended" not in _read(client, f"{PLACE}9/")
    assert "1,234,567円" not in _read(client, f"{PLACE}8/?version=1")


def test_what_a_clerk_typed_is_text_and_never_markup(client: Client) -> None:
    _correct("<script>alert(1)</script>")
    page = _read(client, f"{PLACE}8/") + _read(client, PLACE)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "address",
    [
        f"{PLACE}?version=9",
        f"{PLACE}?version=x",
        f"{PLACE}99/",
        f"/reports/{CODE}/2024/",
        "/reports/none/2025/",
        "/reports/none/compare/",
        "/reports/none/",
    ],
)
def test_what_is_not_there_is_said_in_words(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "年次報告" in answer.content.decode()


def test_the_years_stand_side_by_side(client: Client) -> None:
    enter("8", 2024, "38")
    freeze(acting_year(2024))
    page = _read(client, f"/reports/{CODE}/compare/")
    assert page.index("令和6年度") < page.index("令和7年度")
    assert "38" in page
    assert "41.5" in page
    assert f'href="/reports/{CODE}/compare/"' in _read(client, "/reports/")


def test_nothing_published_yet_is_said(client: Client) -> None:
    Frozen.objects.all().delete()
    page = _read(client, "/reports/")
    assert "まだ公表されていません" in page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_the_database_a_bounded_number_of_times(
    client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    client.get(address)
    with django_assert_max_num_queries(8):
        client.get(address)


def test_the_plans_pages_lead_to_the_report(client: Client) -> None:
    assert f'href="{PLACE}"' in _read(client, f"/plan/{CODE}/years/{YEAR}/")
    assert f'href="{PLACE}"' in _read(client, f"/plan/{CODE}/")
    assert "/reports/" not in _read(client, f"/plan/{CODE}/years/2026/")
