"""Every page is checked by every rule, by night, by button and when it is published."""

import pytest

from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.actions.check_all import check_all
from tsunagari.engines.content.models import ArticlePage, Finding, Round, TopicPage
from tsunagari.engines.content.queries.findings import (
    Asked,
    by_division,
    by_rule,
    faulty_pages,
    findings,
)
from tsunagari.engines.content.tasks import check_every_night, read_faulty_pages
from tsunagari.engines.content.tests.conftest import published, text, write
from tsunagari.engines.content.tests.stewards import checked, checked_all
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.jobs.api import run_due
from tsunagari.kernel.ledger import api as ledger

pytestmark = pytest.mark.django_db

KANA = text("<p>ｺﾋﾟｰの料金は、10円です。ｶﾞｽの検針は別です。</p>")


def test_a_fault_of_a_published_page_is_found_with_its_place_and_gone_when_mended(
    topic: TopicPage,
) -> None:
    page = published(topic, title="コピー", slug="copy", body=KANA)
    found = checked(page)["half_width_kana"]
    assert (found.count, found.mendable, found.live) == (2, 2, True)
    assert found.part == KANA[0]["id"]
    assert found.words == ["ｶﾞｽ", "ｺﾋﾟｰ"]
    page.body = page.body.stream_block.to_python(text("<p>コピーの料金は、10円です。</p>"))
    page.save_revision().publish()
    assert "half_width_kana" not in checked(page)


def test_a_fault_of_a_newer_draft_is_told_but_residents_do_not_see_it(article: ArticlePage) -> None:
    article.body = article.body.stream_block.to_python(KANA)
    article.save_revision()
    found = checked(article)["half_width_kana"]
    assert not found.live
    assert faulty_pages()["AA"] == 0


def test_a_fault_that_stays_keeps_the_day_on_which_it_was_found(topic: TopicPage) -> None:
    page = published(topic, title="コピー", slug="copy", body=KANA)
    first = checked(page)["half_width_kana"]
    again = checked(page)["half_width_kana"]
    assert again.since == first.since
    assert again.found_at > first.found_at


def test_a_walk_over_all_pages_goes_on_where_a_crash_left_it(
    topic: TopicPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tsunagari.engines.content.actions.check_all.BATCH", 2)
    pages = [published(topic, title="コピー", slug=f"copy-{n}", body=KANA) for n in range(5)]
    held = ask_round(Round.Kinds.CHECK, hand=None, clock=system_clock)
    held.reached = pages[2].pk
    held.save()
    check_all(held, clock=system_clock)
    seen = set(Finding.objects.filter(rule="half_width_kana").values_list("page_id", flat=True))
    assert seen == {pages[3].pk, pages[4].pk}
    assert held.state == Round.States.DONE
    done = held.done
    assert check_all(held, clock=system_clock) == done


def test_two_who_press_the_button_wait_for_the_same_walk(topic: TopicPage) -> None:
    first = ask_round(Round.Kinds.CHECK, hand=None, clock=system_clock)
    assert ask_round(Round.Kinds.CHECK, hand=None, clock=system_clock).pk == first.pk


def test_the_night_and_a_publishing_check_by_themselves(topic: TopicPage) -> None:
    check_every_night.call()
    page = published(topic, title="コピー", slug="copy", body=KANA)
    while ledger.catch_up():
        pass
    run_due()
    assert Round.objects.get().state == Round.States.DONE
    assert Finding.objects.filter(page_id=page.pk, rule="half_width_kana").exists()


def test_a_page_that_is_taken_away_counts_no_more_among_those_that_residents_read(
    topic: TopicPage,
) -> None:
    page = published(topic, title="コピー", slug="copy", body=KANA)
    checked(page)
    assert read_faulty_pages()[("level", "AA"),] == 1
    page.unpublish()
    while ledger.catch_up():
        pass
    run_due()
    assert not Finding.objects.filter(page_id=page.pk, live=True).exists()


def test_findings_are_counted_by_rule_and_by_division(topic: TopicPage) -> None:
    published(topic, title="コピー", slug="copy", body=KANA)
    published(topic, title="ガス", slug="gas", body=KANA, division="joho-suishin")
    write(topic, title="下書きのｺﾋﾟｰ", slug="draft")
    checked_all()
    kana = next(each for each in by_rule(Asked()) if each.rule.id == "half_width_kana")
    assert (kana.pages, kana.places) == (3, 5)
    assert by_division(Asked(rule="half_width_kana")) == {"shimin": 2, "joho-suishin": 1}
    assert findings(Asked(rule="half_width_kana", live=True)).count() == 2
    assert findings(Asked(rule="half_width_kana", words="下書き")).count() == 1
    assert findings(Asked(words="なにもない")).count() == 0


def test_a_rule_is_told_by_what_it_found_and_not_by_the_gravest_that_it_could(
    topic: TopicPage,
) -> None:
    published(topic, title="お知らせ", slug="oshirase", body=text("<p>窓口で取れます。</p>"))
    checked_all()
    title = next(each for each in by_rule(Asked()) if each.rule.id == "page_title")
    assert (title.rule.level, title.level) == ("A", "AA")
