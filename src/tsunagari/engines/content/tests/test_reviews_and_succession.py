"""Pages are looked at once a year; the pages of a division that ended go to its heir."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.actions.confirm_page import NotYours, confirm_page
from tsunagari.engines.content.actions.hand_over import hand_over
from tsunagari.engines.content.models import ArticlePage, PageReview, Published, TopicPage
from tsunagari.engines.content.queries.reviews import reviewed_in, to_review, waiting_by_division
from tsunagari.engines.content.queries.succession import counted
from tsunagari.engines.content.tests.conftest import published, text
from tsunagari.engines.content.tests.stewards import OFFICE, hand_of
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.models import Arrival

pytestmark = pytest.mark.django_db

NOW = datetime(2028, 3, 1, 3, tzinfo=UTC)


def test_a_page_waits_a_year_after_its_publishing_or_its_last_check(
    article: ArticlePage, clerk: Account
) -> None:
    row = Published.objects.get(page_id=article.pk)
    row.changed_at = NOW - timedelta(days=360)
    row.save()
    assert waiting_by_division(NOW) == {OFFICE: 1}
    row.changed_at = NOW - timedelta(days=400)
    row.save()
    assert waiting_by_division(NOW) == {OFFICE: 1, "shimin": 1}
    assert confirm_page(article, hand=hand_of(clerk, "shimin"), clock=lambda: NOW)
    assert not to_review(NOW, "shimin").exists()
    assert to_review(NOW + timedelta(days=366), "shimin").exists()
    assert reviewed_in(FiscalYear.at(NOW)) == {"shimin": 1}


def test_finding_a_page_right_makes_no_version_and_no_older_draft_takes_it_back(
    article: ArticlePage, clerk: Account
) -> None:
    versions = article.revisions.count()
    assert confirm_page(article, hand=hand_of(clerk, "shimin"), clock=lambda: NOW)
    assert not confirm_page(article, hand=hand_of(clerk, "shimin"), clock=lambda: NOW)
    assert article.revisions.count() == versions
    assert PageReview.objects.count() == Arrival.objects.filter(name="content.page_confirmed").count() == 1  # fmt: skip
    fresh = ArticlePage.objects.get(pk=article.pk)
    fresh.get_latest_revision().publish()
    assert ArticlePage.objects.get(pk=article.pk).checked_on == NOW.date()


def test_another_divisions_page_is_not_mine_to_confirm(
    article: ArticlePage, administrator: Account
) -> None:
    with pytest.raises(NotYours):
        confirm_page(article, hand=hand_of(administrator, "joho-suishin"), clock=lambda: NOW)


def test_the_button_records_it_and_a_stranger_gets_404(
    article: ArticlePage, clerk_client: Client, secretariat_client: Client
) -> None:
    address = f"/console/page-reviews/{article.public_id}/right/"
    assert secretariat_client.post(address).status_code == 404
    answer = clerk_client.post(address, {"back": "https://evil.example/"})
    assert answer["Location"] == "/console/page-reviews/"
    assert PageReview.objects.count() == 1


CONTACT = [
    *text("<p>本文です。</p>"),
    {
        "type": "contact",
        "id": "3f7a2c1e-0000-4000-8000-000000000009",
        "value": {"division": "shimin", "about": "", "place": "", "telephone": "", "mail": ""},
    },
]


def test_all_pages_of_a_division_go_to_its_heir_with_drafts_and_contacts(
    topic: TopicPage, other_clerk: Account
) -> None:
    own = published(topic, title="住民票", slug="juminhyo", body=CONTACT)
    foreign = published(topic, title="案内", slug="annai", division=OFFICE, body=CONTACT)
    own.title = "住民票の写し"
    own.save_revision()
    rows = {(each.kind, each.language): (each.own, each.contacts) for each in counted("shimin")}
    assert rows == {("page", "ja"): (1, 2)}
    held = ask_round(
        "hand_over",
        hand=hand_of(other_clerk, OFFICE),
        clock=system_clock,
        account=other_clerk,
        before="shimin",
        after="joho-suishin",
    )
    versions = own.revisions.count()
    assert hand_over(held, clock=system_clock) == 1
    held.refresh_from_db()
    assert hand_over(held, clock=system_clock) == 0
    own = ArticlePage.objects.get(pk=own.pk)
    draft = own.get_latest_revision_as_object()
    assert (own.division, draft.division, draft.title) == (
        "joho-suishin",
        "joho-suishin",
        "住民票の写し",
    )
    for page in (own, draft, ArticlePage.objects.get(pk=foreign.pk)):
        assert page.body.raw_data[1]["value"]["division"] == "joho-suishin"
    assert ArticlePage.objects.get(pk=foreign.pk).division == OFFICE
    assert own.revisions.count() == versions
    assert Published.objects.get(page_id=own.pk).division == "joho-suishin"
    assert Arrival.objects.get(name="content.handed_over").data["pages"] == 1
    assert counted("shimin") == ()
