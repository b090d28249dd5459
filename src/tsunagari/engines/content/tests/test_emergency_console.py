"""緊急のお知らせ on the console: who may, two steps, and what happens when two clerks write at once."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.cast import make_clerk, signed_in

from tsunagari.engines.content.actions.begin_emergency import begin_emergency
from tsunagari.engines.content.models import Emergency
from tsunagari.engines.content.tests.emergencies import NOBODY, TEXTS, announcement
from tsunagari.kernel.design import banner
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.actions.load_divisions import load_divisions

pytestmark = pytest.mark.django_db

DESK = "/console/emergency/"


@pytest.fixture(autouse=True)
def _nothing_told_before() -> Iterator[None]:
    banner._LAST.clear()
    yield
    banner._LAST.clear()


def typed(**other: str) -> dict[str, str]:
    fields = {
        f"{part}_{code}": text for code, parts in TEXTS.items() for part, text in parts.items()
    }
    return {"earnest": "yes", "address": "", **fields, **other}


def test_it_is_released_in_two_steps(other_clerk_client: Client) -> None:
    checked = other_clerk_client.post(DESK, typed(light="on"))
    page = checked.content.decode()
    assert not Emergency.objects.exists()
    assert "本番として出します" in page
    for parts in TEXTS.values():
        assert parts["title"] in page
    answer = other_clerk_client.post(DESK, typed(light="on", release="1"))
    assert answer.status_code == 302
    row = Emergency.objects.get()
    assert (row.light, row.drill, row.ended_at) == (True, False, None)
    assert row.texts["en"] == TEXTS["en"]
    assert row.begun_by
    assert "保谷 さくら" in other_clerk_client.get(DESK).content.decode()


def test_going_back_loses_nothing(other_clerk_client: Client) -> None:
    page = other_clerk_client.post(DESK, typed(back="1", text_ja="書きかけです")).content.decode()
    assert "書きかけです" in page
    assert TEXTS["easy"]["todo"] in page


def test_a_drill_is_checked_and_released_as_one(other_clerk_client: Client) -> None:
    assert (
        "訓練として出します"
        in other_clerk_client.post(DESK, typed(earnest="drill")).content.decode()
    )
    other_clerk_client.post(DESK, typed(earnest="drill", release="1"))
    assert Emergency.objects.get().drill


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"earnest": ""}, "本番か訓練かを選んでください。"),
        ({"title_ja": ""}, "日本語の題名を書いてください。"),
        ({"text_ja": "  "}, "「起きていること」を書いてください。"),
        ({"title_en": ""}, "題名のないことばがあります。"),
        ({"address": "javascript:alert(1)"}, "https:// で始まるもの"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    other_clerk_client: Client, fields: dict[str, str], said: str
) -> None:
    page = other_clerk_client.post(DESK, typed(release="1", **fields)).content.decode()
    assert said in page
    assert TEXTS["ja"]["todo"] in page
    assert not Emergency.objects.exists()


def test_a_missing_language_is_told_before_it_goes_out(other_clerk_client: Client) -> None:
    without = typed(title_easy="", text_easy="", todo_easy="")
    page = other_clerk_client.post(DESK, without).content.decode()
    assert "まだ書いていないことばがあります" in page


def test_the_light_page_can_be_seen_before(other_clerk_client: Client) -> None:
    answer = other_clerk_client.post(f"{DESK}light/", typed(light="on", language="en"))
    page = answer.content.decode()
    assert TEXTS["en"]["todo"] in page
    assert 'href="/static/design/light' in page
    assert not Emergency.objects.exists()


def test_it_is_reworded_and_ended_by_whoever_sees_what_stands(other_clerk_client: Client) -> None:
    first = begin_emergency(announcement(), by=NOBODY, clock=system_clock)
    page = other_clerk_client.get(DESK).content.decode()
    assert "いま、緊急のお知らせを出しています" in page
    assert "コマンド" in page
    new = typed(seen=first, title_ja="避難指示を広げました", release="1")
    other_clerk_client.post(DESK, new)
    now = Emergency.objects.get(ended_at__isnull=True)
    assert (now.texts["ja"]["title"], now.supersedes) == ("避難指示を広げました", first)
    other_clerk_client.post(f"{DESK}{now.public_id}/end/")
    assert not Emergency.objects.filter(ended_at__isnull=True).exists()


def test_whoever_saw_something_else_is_told_and_changes_nothing(
    other_clerk_client: Client,
) -> None:
    begin_emergency(announcement(), by=NOBODY, clock=system_clock)
    for seen in ("", "x" * 22):
        answer = other_clerk_client.post(DESK, typed(seen=seen, release="1"), follow=True)
        assert "ほかの職員が、先に" in answer.content.decode()
    answer = other_clerk_client.post(f"{DESK}{'x' * 22}/end/", follow=True)
    assert "ほかの職員が、先に" in answer.content.decode()
    assert Emergency.objects.get().ended_at is None


def test_nobody_else_may(everybody: dict[str, Client]) -> None:
    for name, client in everybody.items():
        if name != "other_clerk":
            answer = client.post(DESK, typed(release="1"))
            assert answer.status_code in (302, 403, 404), name
    assert not Emergency.objects.exists()
    shut = everybody["clerk"].get(DESK)
    assert shut.status_code == 403
    assert "サイトを運営する課" in shut.content.decode()


def test_the_head_of_the_division_for_disasters_may_and_her_clerk_may_not(divisions: None) -> None:
    load_divisions(
        {
            "divisions": [
                {"code": "bosai", "terms": [{"from": 2014, "name": "危機管理課"}]},
            ]
        }
    )
    head = signed_in(make_clerk("bosai-kacho", "新町 守", "bosai", "head"))
    clerk = signed_in(make_clerk("bosai", "北町 進", "bosai"))
    assert clerk.get(DESK).status_code == 403
    assert head.post(DESK, typed(release="1")).status_code == 302
    assert Emergency.objects.count() == 1


def test_every_clerk_sees_first_what_residents_see(clerk_client: Client) -> None:
    begin_emergency(announcement(), by=NOBODY, clock=system_clock)
    page = clerk_client.get("/console/").content.decode()
    assert "緊急のお知らせを出しています" in page
    assert TEXTS["ja"]["title"] in page


def _told(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command("emergency", *words, stdout=out, **options)
    return out.getvalue()


def test_by_command_it_is_announced_reworded_told_and_ended(client: Client) -> None:
    assert "Nothing" in _told("status")
    said = _told("on", "--title", "停電しています", "--text", "市役所も停電です。", "--light")
    assert said.startswith("EMERGENCY since")
    assert "停電しています" in client.get("/").content.decode()
    _told("on", "--title", "停電はなおりました", "--text", "電気がつきました。")
    assert Emergency.objects.count() == 2
    assert "停電はなおりました" in _told("status")
    assert "Nothing" in _told("off")


def test_the_command_refuses_in_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="Nothing is announced"):
        _told("off")
    with pytest.raises(CommandError, match="--title"):
        _told("on")
    with pytest.raises(CommandError, match="no template 'kaiju'"):
        _told("on", "--template", "kaiju")
    _told("on", "--title", "避難", "--text", "雨")
    with pytest.raises(CommandError, match="status"):
        _told("on", "--title", "訓練", "--text", "雨", "--drill")
