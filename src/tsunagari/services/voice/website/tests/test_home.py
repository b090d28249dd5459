"""The home page as a resident meets it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tsunagari.engines.content import api as content
from tsunagari.engines.plan import api as plan
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.tasks import add_up_views

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db: None) -> None:
    """The city pack of Nishitokyo."""
    call_command("city", "load", pack=Path(settings.ROOT) / "cities" / "nishitokyo", verbosity=0)


def _home(client: Client, language: str = "") -> str:
    response = client.get(f"{language}/")
    assert response.status_code == 200
    return response.content.decode()


def test_she_finds_the_plan_with_its_true_counts(client: Client, city: None) -> None:
    page = _home(client)
    assert "基本方針の30取組：成果指標あり16" in page
    assert 'href="/plan/policy-2024-2028/"' in page
    assert 'href="/plan/policy-2024-2028/?status=staged#list"' in page


def test_text_and_bar_count_the_same_after_a_measure_has_ended(client: Client, city: None) -> None:
    now = system_clock()
    board = plan.newest_board(now=now, language="ja")
    assert board is not None
    waited = dict(plan.counts(board.measures).by_status)["no_result"]
    ended = next(each for each in board.measures if each.status == "no_result")
    plan.end_measure(
        measure=ended.public_id,
        year=2024,
        reason="ほかの取組と一体で進めるため。",
        by=plan.Editor(actor=new_public_id(), division="joho-suishin", reason="見直し", now=now),
    )
    page = _home(client)
    assert "基本方針の29取組：成果指標あり15" in page
    assert "このほかに、終了した取組が1あります。" in page
    assert "29取組を見る" in page
    numbers = re.findall(r"<span>([^<]+) <b>(\d+)</b></span>", page)
    assert ("実績の登録待ち", str(waited - 1)) in numbers
    assert sum(int(number) for _, number in numbers) == 29


TOWN = """
topics:
  - {code: living, title: {ja: くらし・手続き, en: Daily life}, summary: {ja: 引っ越しと証明書}, icon: home}
life_events:
  - {code: moving, title: {ja: 引っ越し, en: Moving}, icon: home}
"""
NEWS = """
title: 市役所の窓口を土曜日も開けます
summary: 12月から第1土曜日の午前に開けます。
division: shimin
from: 2026-04-02
urgent: true
body: [{text: 12月から始めます。}]
"""


def test_it_leads_to_topics_news_and_what_is_urgent(
    client: Client, city: None, tmp_path: Path
) -> None:
    for name, text in (("site.yaml", TOWN), ("news/saturday.yaml", NEWS)):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    content.load_site(tmp_path, clock=system_clock)
    page = _home(client)
    assert 'href="/living/"' in page
    assert page.count("市役所の窓口を土曜日も開けます") == 2
    assert 'href="/divisions/shimin/"' in page
    assert "Daily life" in _home(client, "/en")


def test_what_was_read_this_week_comes_from_the_meter(client: Client, city: None) -> None:
    for _ in range(3):
        metering.count_view(service="plan", page="measure", language="ja")
    metering.count_view(service="nothing", page="gone", language="ja")
    metering.flush_views()
    add_up_views()
    page = _home(client)
    assert "計画と成果指標" in page
    assert "3件" in page
    assert '<span class="website-figure__value">4</span>' in page


def test_divisions_lead_to_their_pages(client: Client, city: None) -> None:
    assert 'href="/divisions/kominkan/">公民館</a>' in _home(client)


def test_a_city_without_a_plan_still_has_a_home(client: Client, db: None) -> None:
    assert "ホームページ" in _home(client)


def test_it_is_there_in_english(client: Client, city: None) -> None:
    page = _home(client, "/en")
    assert "How the plans are going" in page
    assert "Community Learning Center" in page


def test_it_asks_the_database_a_bounded_number_of_times(client: Client, city: None) -> None:
    for language in ("", "/en"):
        _home(client, language)  # the plan is read once and kept until somebody writes to it
        with CaptureQueriesContext(connection) as asked:
            _home(client, language)
        assert len(asked) <= 12, len(asked)
