"""The editor: what a clerk is asked, what she is shown while she writes, and who may ask."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.cast import make_clerk, signed_in

from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import ArticlePage, NewsPage, TopicPage
from tsunagari.engines.content.tests.conftest import the_list, write
from tsunagari.kernel.identity.models import Account

pytestmark = pytest.mark.django_db

SCREENS = ("check", "mend", "paste")
TEXT = "3f7a2c1e-0000-4000-8000-000000000001"
TABLE = "3f7a2c1e-0000-4000-8000-000000000002"
CLICK = '<p>申込みは<a href="https://example.jp/">こちら</a>です。</p>'
SHEET = {
    "data": [["区分", "金額"], ["住民票", "３００円"]],
    "cell": [],
    "mergeCells": [],
    "table_caption": "手数料",
    "table_header_choice": "neither",
}


def raw(html: str) -> str:
    """Stored text as Draftail posts it."""
    from wagtail.admin.rich_text.converters.contentstate import (  # noqa: PLC0415 - Wagtail's, for the test's data
        ContentstateConverter,
    )

    return str(ContentstateConverter(["h2", "bold", "link", "ul", "ol"]).from_database_format(html))


def form(html: str, sheet: dict[str, Any] | None = None, /, **more: str) -> dict[str, str]:
    """What the editor posts for a page with a text, and with a table where one is given."""
    posted = {
        "title": "住民票の写し",
        "summary": "だれが、どこで取れるかをまとめました。",
        "slug": "juminhyo-2",
        "division": "shimin",
        "body-count": "2" if sheet else "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": TEXT,
        "body-0-value": raw(html),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    if sheet:
        posted |= {
            "body-1-deleted": "",
            "body-1-order": "1",
            "body-1-type": "table",
            "body-1-id": TABLE,
            "body-1-value": json.dumps(sheet),
        }
    return posted | more


@pytest.fixture
def stranger_client(divisions: None) -> Client:
    """A clerk of 情報推進課, which answers for no page here."""
    return signed_in(make_clerk("joho", "柳沢 実", "joho-suishin"))


@pytest.fixture
def draft(topic: TopicPage) -> ArticlePage:
    """A draft of 市民課."""
    found: ArticlePage = write(topic, title="住民票の写し", slug="juminhyo-2")
    return found


def checked(client: Client, page: ArticlePage, posted: dict[str, str]) -> Any:
    """What the checker says of a form."""
    answer = client.post(f"/console/content/check/?edit={page.pk}", posted)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.json()


def mended(client: Client, page: ArticlePage, posted: dict[str, str], **asked: str) -> Any:
    """The new values of one or all mends."""
    words = "&".join(f"{key}={value}" for key, value in asked.items())
    return client.post(f"/console/content/mend/?edit={page.pk}&{words}", posted)


def test_faults_are_told_with_their_place_and_letters(
    clerk_client: Client, draft: ArticlePage
) -> None:
    said = checked(clerk_client, draft, form(f"<p>😀</p>{CLICK}"))
    (fault,) = [each for each in said["faults"] if "こちら" in each["letters"]]
    assert (fault["level"], fault["part"], fault["field"]) == ("A", TEXT, "")
    assert (fault["start"], fault["end"]) == (7, 10)  # 😀 is two units in a browser
    assert "開く先が分かりません" in fault["said"]
    assert said["counted"]["stops"] == 1
    assert "公開できない問題 1" in said["counted"]["said"]


def test_nothing_is_saved_by_checking(clerk_client: Client, draft: ArticlePage) -> None:
    checked(clerk_client, draft, form(CLICK))
    draft.refresh_from_db()
    assert "こちら" not in draft.body.raw_data[0]["value"]
    assert draft.revisions.count() == 1


def test_a_table_is_mended_through_its_own_fields(clerk_client: Client, draft: ArticlePage) -> None:
    posted = form("<p>本文です。</p>", SHEET)
    faults = checked(clerk_client, draft, posted)["faults"]
    (fault,) = [each for each in faults if each["mends"][:1] == ["1行目を見出しにする"]]
    answer = mended(clerk_client, draft, posted, fault=fault["key"], number="0")
    assert answer.json()["values"] == [
        {"part": TABLE, "field": "header_row", "value": True, "rich": False}
    ]


def test_all_first_mends_come_together_and_texts_as_the_editor_keeps_them(
    clerk_client: Client, draft: ArticlePage
) -> None:
    posted = form("<p>令和８年４月１日から<b>ﾏｲﾅﾝﾊﾞｰ</b>の窓口を開きます。</p>", SHEET)
    values = mended(clerk_client, draft, posted, fault="all").json()["values"]
    (text,) = [each for each in values if each["part"] == TEXT]
    assert text["rich"]
    (block,) = text["value"]["blocks"]
    assert "マイナンバー" in block["text"]
    assert "令和8年4月1日" in block["text"]
    assert block["inlineStyleRanges"][0]["style"] == "BOLD"
    cells = {each["field"]: each["value"] for each in values if each["part"] == TABLE}
    assert cells["rows.1.1"] == "300円"
    assert cells["header_row"] is True


def test_a_mend_for_a_text_that_changed_meanwhile_is_refused_in_words(
    clerk_client: Client, draft: ArticlePage
) -> None:
    answer = mended(
        clerk_client, draft, form("<p>本文です。</p>"), fault="0:gone:x::0:0", number="0"
    )
    assert answer.status_code == 409
    assert "文章が変わった" in answer.json()["refused"]


def test_a_clerk_of_another_division_learns_nothing(
    stranger_client: Client, draft: ArticlePage
) -> None:
    for screen in SCREENS:
        answer = stranger_client.post(f"/console/content/{screen}/?edit={draft.pk}", form(CLICK))
        assert answer.status_code == 403
        assert "担当の課とサイトを運営する課" in answer.json()["refused"]


def test_what_is_no_page_is_not_found(clerk_client: Client, site: Prepared) -> None:
    for query in ("", "?edit=", "?edit=999999", "?edit=１", "?edit=1", "?kind=page&parent=1"):
        for screen in SCREENS:
            answer = clerk_client.post(f"/console/content/{screen}/{query}", {})
            assert answer.status_code in (403, 404), (screen, query)


def test_residents_and_strangers_reach_nothing(
    resident_client: Client, outsider_client: Client, draft: ArticlePage
) -> None:
    for client in (resident_client, outsider_client):
        assert client.post(f"/console/content/check/?edit={draft.pk}", {}).status_code in (302, 404)


def test_a_form_that_cannot_be_read_is_refused_in_words(
    clerk_client: Client, draft: ArticlePage
) -> None:
    for broken in (
        {"body-count": "many"},
        {"body-0-value": "{"},
        {"body-0-value": '{"blocks": 3}'},
        {"body-0-order": "first"},
    ):
        posted = form("<p>本文です。</p>") | broken
        answer = clerk_client.post(f"/console/content/check/?edit={draft.pk}", posted)
        assert answer.status_code == 400, broken
        assert answer.json() == {"refused": "入力の内容を読み取れませんでした。"}


def test_a_new_page_is_checked_before_it_is_saved(clerk_client: Client, topic: TopicPage) -> None:
    answer = clerk_client.post(
        f"/console/content/check/?kind=articlepage&parent={topic.pk}", form(CLICK)
    )
    assert answer.json()["counted"]["stops"] == 1
    assert answer.json()["slug"] == "juuminhyou-no-utsushi"
    assert ArticlePage.objects.count() == 0


def test_checking_a_page_asks_the_database_little(
    clerk_client: Client, draft: ArticlePage, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    checked(clerk_client, draft, form(CLICK))
    with django_assert_max_num_queries(30):
        checked(clerk_client, draft, form(CLICK, SHEET))


def test_she_is_offered_the_divisions_for_which_she_writes(
    clerk_client: Client, other_clerk_client: Client, topic: TopicPage
) -> None:
    address = f"/console/pages/add/content/articlepage/{topic.pk}/"
    hers = clerk_client.get(address).content.decode()
    assert '<option value="shimin" selected>' in hers
    assert 'value="joho-suishin"' not in hers
    assert 'value="joho-suishin"' in other_clerk_client.get(address).content.decode()


def test_fields_that_we_do_not_use_are_not_asked(
    clerk_client: Client, draft: ArticlePage, settings: Any, tmp_path: Path
) -> None:
    settings.CITY_PACK = tmp_path
    shown = clerk_client.get(f"/console/pages/{draft.pk}/edit/").content.decode()
    for name in ("seo_title", "search_description", "show_in_menus"):
        assert f'name="{name}"' not in shown
    assert 'name="life_events"' not in shown, "this city has named none"


def test_an_address_that_nobody_typed_follows_the_title_until_it_is_published(
    clerk_client: Client, topic: TopicPage
) -> None:
    add = f"/console/pages/add/content/articlepage/{topic.pk}/"
    clerk_client.post(add, form("<p>本文です。</p>", title="住", slug=""))
    page = ArticlePage.objects.get()
    assert page.slug == "juu"
    clerk_client.post(
        f"/console/pages/{page.pk}/edit/", form("<p>本文です。</p>", title="住民票", slug="juu")
    )
    page.refresh_from_db()
    assert page.slug == "juuminhyou"
    clerk_client.post(
        f"/console/pages/{page.pk}/edit/", form("<p>本文です。</p>", title="転出", slug="juminhyo")
    )
    page.refresh_from_db()
    assert page.slug == "juminhyo"
    clerk_client.post(add, form("<p>本文です。</p>", title="住民票", slug=""))
    clerk_client.post(add, form("<p>本文です。</p>", title="住民票", slug=""))
    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {
        "juminhyo",
        "juuminhyou",
        "juuminhyou-2",
    }


def test_a_clerk_writes_news(clerk_client: Client, site: Prepared) -> None:
    news = the_list(site, "news")
    posted = form("<p>窓口を開きます。</p>", title="窓口", slug="mado", day="2026-11-22")
    answer = clerk_client.post(f"/console/pages/add/content/newspage/{news.pk}/", posted)
    assert answer.status_code == 302
    page = NewsPage.objects.get()
    assert (str(page.day), page.division, page.live) == ("2026-11-22", "shimin", False)


def test_a_division_that_is_not_hers_is_refused(clerk_client: Client, draft: ArticlePage) -> None:
    answer = clerk_client.post(
        f"/console/pages/{draft.pk}/edit/",
        form("<p>本文です。</p>", division="joho-suishin"),
    )
    assert answer.status_code == 200
    assert draft.revisions.count() == 1


def test_the_office_reads_the_same_form_in_english(
    other_clerk: Account, draft: ArticlePage
) -> None:
    client = signed_in(other_clerk)
    client.cookies["django_language"] = "en"
    said = client.post(f"/console/content/check/?edit={draft.pk}", form(CLICK)).json()
    assert said["faults"]


def test_a_browser_without_scripts_changes_the_title_and_keeps_the_text(
    clerk_client: Client, draft: ArticlePage
) -> None:
    body = draft.get_latest_revision_as_object().body.raw_data[0]["value"]
    typed = form("", title="住民票の写しの取り方")
    sent = {name: value for name, value in typed.items() if not name.startswith("body-")}
    assert clerk_client.post(f"/console/pages/{draft.pk}/edit/", sent).status_code == 302
    draft.refresh_from_db()
    kept = draft.get_latest_revision_as_object()
    assert kept.title == "住民票の写しの取り方"
    assert kept.body.raw_data[0]["value"] == body
