"""Publishing from the editor: a page with a fault of level A stays a draft, and she is told why; nobody's text is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from tests.cast import signed_in

from tsunagari.engines.content.models import ArticlePage, TopicPage
from tsunagari.engines.content.tests.conftest import text
from tsunagari.engines.content.tests.test_editor import CLICK, draft, form
from tsunagari.kernel.identity.models import Account

__all__ = ["draft"]

pytestmark = pytest.mark.django_db


def told(answer: Any) -> str:
    """What the console says after an action."""
    return " ".join(str(each) for each in get_messages(answer.wsgi_request))


def post(client: Client, page: ArticlePage, html: str, **more: str) -> Any:
    """Post the editor's form."""
    answer = client.post(f"/console/pages/{page.pk}/edit/", form(html, **more))
    page.refresh_from_db()
    return answer


def newest(page: ArticlePage) -> str:
    """The text of the newest version."""
    return str(page.get_latest_revision_as_object().body.raw_data[0]["value"])


def test_publishing_with_a_fault_keeps_a_draft_and_says_why(
    other_clerk_client: Client, draft: ArticlePage
) -> None:
    answer = post(other_clerk_client, draft, CLICK, **{"action-publish": "1"})
    assert answer.headers["Location"] == f"/console/pages/{draft.pk}/edit/"
    assert "下書きとして保存しました" in told(answer)
    assert "開く先が分かりません" in told(answer)
    assert "こちら" in newest(draft)
    assert not draft.live


def test_publishing_on_a_later_day_is_refused_alike(
    other_clerk_client: Client, draft: ArticlePage
) -> None:
    later = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    asked = {"action-publish": "1", "go_live_at": later}
    answer = post(other_clerk_client, draft, CLICK, **asked)
    assert "公開の前に直すところ" in told(answer)
    waiting = draft.revisions.filter(approved_go_live_at__isnull=False)
    assert not waiting.exists()
    post(other_clerk_client, draft, "<p>窓口で取れます。</p>", **asked)
    assert waiting.exists()


def test_a_page_without_such_faults_is_published(
    other_clerk_client: Client, draft: ArticlePage
) -> None:
    post(other_clerk_client, draft, "<p>窓口で取れます。</p>", **{"action-publish": "1"})
    assert draft.live


def test_a_new_page_with_a_fault_is_never_live(
    other_clerk_client: Client, topic: TopicPage
) -> None:
    add = f"/console/pages/add/content/articlepage/{topic.pk}/"
    answer = other_clerk_client.post(add, form(CLICK) | {"action-publish": "1"})
    page = ArticlePage.objects.get()
    assert answer.headers["Location"] == f"/console/pages/{page.pk}/edit/"
    assert "公開の前に直すところ" in told(answer)
    assert not page.live
    clean = form("<p>窓口で取れます。</p>", slug="other") | {"action-publish": "1"}
    other_clerk_client.post(add, clean)
    assert ArticlePage.objects.get(slug="other").live


def test_submitting_with_a_fault_keeps_a_draft(clerk_client: Client, draft: ArticlePage) -> None:
    answer = post(clerk_client, draft, CLICK, **{"action-submit": "1"})
    assert "公開の前に直すところ" in told(answer)
    assert draft.current_workflow_state is None
    assert "こちら" in newest(draft)
    post(clerk_client, draft, "<p>窓口で取れます。</p>", **{"action-submit": "1"})
    assert draft.current_workflow_state is not None


def test_whoever_approves_with_a_fault_of_her_own_approves_nothing(
    clerk_client: Client, head_client: Client, draft: ArticlePage
) -> None:
    post(clerk_client, draft, "<p>窓口で取れます。</p>", **{"action-submit": "1"})
    step = draft.current_workflow_task_state.pk
    asked = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = post(head_client, draft, CLICK, **asked)
    assert answer.status_code == 302
    assert "公開の前に直すところ" in told(answer)
    assert draft.current_workflow_task_state.pk == step
    reject = asked | {"workflow-action-name": "reject"}
    assert post(head_client, draft, CLICK, **reject).status_code == 302
    assert draft.current_workflow_state.status == "needs_changes"


def test_many_pages_are_published_together_or_not_at_all(
    other_clerk_client: Client, draft: ArticlePage, topic: TopicPage
) -> None:
    draft.body = draft.body.stream_block.to_python(text(CLICK))
    draft.save_revision()
    address = f"/console/bulk/wagtailcore/page/publish/?id={draft.pk}&id={topic.pk}&next=/console/"
    answer = other_clerk_client.post(address, {"include_descendants": "on"})
    draft.refresh_from_db()
    assert answer.status_code == 302
    assert "「住民票の写し」に公開できない問題" in told(answer)
    assert not draft.live


def opened(client: Client, page: ArticlePage) -> dict[str, str]:
    """What the form remembers of the version that it was opened with."""
    revision = page.get_latest_revision()
    assert client.get(f"/console/pages/{page.pk}/edit/").status_code == 200
    return {
        "loaded_revision_id": str(revision.pk),
        "loaded_revision_created_at": revision.created_at.isoformat(),
    }


def test_two_who_write_at_once_see_both_texts_and_lose_none(
    clerk_client: Client, head_client: Client, head: Account, draft: ArticlePage
) -> None:
    mine = opened(clerk_client, draft)
    post(head_client, draft, "<p>課長の文章です。</p>", **opened(head_client, draft))
    answer = post(clerk_client, draft, "<p>係の文章です。</p>", **mine)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "課長の文章です。" in said
    assert "係の文章です。" in said
    assert head.get_full_name() in said
    assert "課長の文章です" in newest(draft)
    knowing = {"content-knowing": str(draft.latest_revision_id)}
    again = post(clerk_client, draft, "<p>係の文章です。</p>", **mine, **knowing)
    assert again.status_code == 302
    assert "係の文章です" in newest(draft)
    kept = [each.as_object().body.raw_data[0]["value"] for each in draft.revisions.all()]
    assert any("課長の文章です" in each for each in kept)


def test_saving_by_itself_never_overwrites_what_somebody_else_saved(
    clerk_client: Client, head_client: Client, draft: ArticlePage
) -> None:
    mine = opened(clerk_client, draft)
    post(head_client, draft, "<p>課長の文章です。</p>", **opened(head_client, draft))
    answer = clerk_client.post(
        f"/console/pages/{draft.pk}/edit/",
        form("<p>係の文章です。</p>", **mine),
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert "課長の文章です" in newest(draft)


def test_her_own_automatic_savings_are_nobody_elses(
    clerk_client: Client, draft: ArticlePage
) -> None:
    mine = opened(clerk_client, draft)
    saved = clerk_client.post(
        f"/console/pages/{draft.pk}/edit/",
        form("<p>書きかけです。</p>", **mine),
        headers={"accept": "application/json"},
    )
    assert saved.json()["success"]
    assert post(clerk_client, draft, "<p>書き終えました。</p>", **mine).status_code == 302


def test_what_was_saved_by_itself_is_there_after_the_session_has_ended(
    clerk_client: Client, clerk: Account, draft: ArticlePage
) -> None:
    address = f"/console/pages/{draft.pk}/edit/"
    wants = {"accept": "application/json"}
    typed = form("<p>書きかけです。</p>", title="書きかけ", **opened(clerk_client, draft))
    assert clerk_client.post(address, typed, headers=wants).json()["success"]
    clerk_client.logout()
    refused = clerk_client.post(address, form("<p>もっと書きました。</p>"), headers=wants)
    assert refused.status_code in (302, 401, 403)
    assert 'value="書きかけ"' in signed_in(clerk).get(address).content.decode()
    draft.refresh_from_db()
    assert "書きかけです" in newest(draft)


def test_ten_thousand_versions_do_not_slow_the_editor(
    clerk_client: Client, draft: ArticlePage, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    first = draft.get_latest_revision()
    many = []
    for _number in range(1_000):
        first.pk = None
        many.append(
            type(first)(
                **{
                    f.attname: getattr(first, f.attname)
                    for f in first._meta.concrete_fields
                    if f.name != "id"
                }
            )
        )
    type(first).objects.bulk_create(many)
    for address in (f"/console/pages/{draft.pk}/edit/", f"/console/pages/{draft.pk}/history/"):
        clerk_client.get(address)
        with django_assert_max_num_queries(110):
            assert clerk_client.get(address).status_code == 200
