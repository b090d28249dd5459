"""The secretariat edits what the plan says: the public page changes, the history tells, and puts back."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Action, Driver, Edit, Indicator, Lineage, Measure, Plan
from tsunagari.engines.plan.queries.desk_list import Asked, listed_plans, narrowed
from tsunagari.engines.plan.tests.conftest import CODE, NOW, load_all
from tsunagari.kernel.i18n.models import Translation
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.models import Entry

MEASURE = f"/console/plan/{CODE}/measures/2/"
SETTINGS = f"/console/plan/{CODE}/settings/"
pytestmark = pytest.mark.django_db


def typed(page: str) -> dict[str, Any]:
    """What the form on a screen holds, as a browser would send it."""
    form = page[page.rindex("<form", 0, page.index('name="base"')) :]
    form = form[: form.index("</form>")]
    held: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'\bname="([^"]*)"', tag)
        value = re.search(r'\bvalue="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            held[html.unescape(name[1])] = html.unescape(value[1]) if value else ""
        elif name and re.search(r"\bchecked\b", tag):
            held.setdefault(html.unescape(name[1]), []).append(value[1] if value else "on")
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        held[html.unescape(name)] = html.unescape(text).removeprefix("\r\n").removeprefix("\n")
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        held[html.unescape(name)] = html.unescape(chosen[1]) if chosen else ""
    return held


def screen(client: Client, address: str = MEASURE) -> dict[str, Any]:
    return typed(client.get(address).content.decode())


def second() -> Measure:
    return Measure.objects.get(plan__code=CODE, number="2")


def test_a_screen_that_is_saved_untouched_changes_nothing(
    secretariat_client: Client, both_plans: None
) -> None:
    number = second().version
    assert secretariat_client.post(MEASURE, screen(secretariat_client)).status_code == 302
    assert not Edit.objects.exists()
    assert second().version == number


def test_divisions_are_called_by_their_names_in_public_history_and_beside_another_edit(
    secretariat_client: Client, both_plans: None
) -> None:
    held = screen(secretariat_client)
    key = f"{second().public_id}-divisions"
    stale = {**held, f"{second().public_id}-outline": "別の人の概要"}
    held[key] = [*held[key], "somu"]
    held["reason"] = "総務課が加わったため"
    assert secretariat_client.post(MEASURE, held).status_code == 302
    public = Client().get(f"/plan/{CODE}/2/").content.decode()
    assert "<ins>秘書広報課、総務課</ins>" in public
    assert "hisho-koho" not in public
    beside = secretariat_client.post(MEASURE, stale).content.decode()
    assert re.search(r"いま保存されている内容：</strong> <span>秘書広報課[^<]*、総務課", beside)


def test_a_new_name_is_on_the_public_page_at_once_and_in_the_history_with_who_and_why(
    secretariat_client: Client, secretariat: Account, both_plans: None
) -> None:
    held = screen(secretariat_client)
    held[f"{second().public_id}-name"] = "新しい名前の取組"
    held["reason"] = "名称を改めたため"
    answer = secretariat_client.post(MEASURE, held, follow=True)
    assert "1か所を直しました" in answer.content.decode()
    assert "新しい名前の取組" in Client().get(f"/plan/{CODE}/2/").content.decode()
    edit = Edit.objects.get()
    assert (edit.before[:8], edit.after) == ("情報発信力の強化", "新しい名前の取組")
    assert (edit.actor, edit.reason) == (secretariat.public_id, "名称を改めたため")
    page = answer.content.decode()
    assert "柳沢 恵" in page
    assert "名称を改めたため" in page
    ledger.catch_up()
    told = Entry.objects.get(name="plan.edited")
    assert told.data == {"kind": "measure", "fields": "name"}
    assert (told.subject, told.division) == (second().public_id, "joho-suishin")


def test_english_is_marked_when_the_japanese_has_changed_since_until_somebody_looked(
    secretariat_client: Client, both_plans: None
) -> None:
    held = screen(secretariat_client)
    held[f"{second().public_id}-name"] = "別の名前"
    secretariat_client.post(MEASURE, held)
    page = secretariat_client.get(MEASURE).content.decode()
    assert "日本語が、この英語のあとに変わっています" in page
    home = secretariat_client.get("/console/").content.decode()
    assert "英語が古くなった取組が1件あります" in home
    listed = secretariat_client.get(f"/console/plan/{CODE}/?waits=outdated").content.decode()
    assert "全30件のうち 1件" in listed
    held = typed(page)
    held[f"{second().public_id}-name.ok"] = "on"
    secretariat_client.post(MEASURE, held)
    assert "日本語が、この英語のあとに" not in secretariat_client.get(MEASURE).content.decode()
    assert Edit.objects.count() == 1


def test_english_is_edited_beside_the_japanese(
    secretariat_client: Client, both_plans: None
) -> None:
    held = screen(secretariat_client)
    held[f"{second().public_id}-name.en"] = "A stronger website"
    secretariat_client.post(MEASURE, held)
    assert "A stronger website" in Client().get(f"/en/plan/{CODE}/2/").content.decode()
    kept = Translation.objects.get(public_id=second().public_id, field="name", language="en")
    assert kept.text == "A stronger website"
    assert Edit.objects.get().language == "en"


def test_another_meter_asks_for_a_reason_because_the_figures_change_their_meaning(
    secretariat_client: Client, both_plans: None
) -> None:
    indicator = second().indicators.get()
    held = screen(secretariat_client)
    held[f"{indicator.public_id}-meter"] = ""
    answer = secretariat_client.post(MEASURE, held)
    assert answer.status_code == 200
    assert "公表している数値の意味や判定が変わる修正です" in answer.content.decode()
    assert second().indicators.get().meter == indicator.meter
    held["reason"] = "数え方を見直すため"
    assert secretariat_client.post(MEASURE, held).status_code == 302
    assert second().indicators.get().meter == ""


def test_an_edit_is_put_back_as_a_new_edit(secretariat_client: Client, both_plans: None) -> None:
    before = second().name
    held = screen(secretariat_client)
    held[f"{second().public_id}-name"] = "まちがえた名前"
    secretariat_client.post(MEASURE, held)
    back = f"{MEASURE}put-back/{Edit.objects.get().public_id}/"
    secretariat_client.post(back, {"version": second().version})
    assert second().name == before
    assert Edit.objects.count() == 2
    stale = secretariat_client.post(back, {"version": 1}, follow=True)
    assert "ほかの人が直しました" in stale.content.decode()
    assert secretariat_client.post(f"{MEASURE}put-back/nothing/", {"version": 1}).status_code == 404


def test_two_who_edit_one_measure_lose_nothing(
    secretariat_client: Client, both_plans: None
) -> None:
    mine, theirs = screen(secretariat_client), screen(secretariat_client)
    key = second().public_id
    theirs |= {f"{key}-name": "相手の名前", f"{key}-note": "相手の備考"}
    secretariat_client.post(MEASURE, theirs)
    mine |= {f"{key}-name": "わたしの名前", f"{key}-purpose": "わたしの目的"}
    answer = secretariat_client.post(MEASURE, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert second().name == "相手の名前"
    assert "先に、ほかの人が保存しました" in page
    assert "相手の名前" in page
    held = typed(page)
    assert held[f"{key}-name"] == "わたしの名前"
    assert held[f"{key}-purpose"] == "わたしの目的"
    assert held[f"{key}-note"] == "相手の備考"
    assert secretariat_client.post(MEASURE, held).status_code == 302
    done = second()
    assert (done.name, done.purpose, done.note) == ("わたしの名前", "わたしの目的", "相手の備考")


def test_what_was_edited_stays_when_the_city_loads_its_files_again(
    secretariat_client: Client, both_plans: None
) -> None:
    held = screen(secretariat_client)
    held[f"{second().public_id}-outline"] = "画面で書いた概要"
    secretariat_client.post(MEASURE, held)
    secretariat_client.post(
        f"{MEASURE}add/stage/", {"text": "本格運用", "word": "introduce", "column": "2027"}
    )
    load_all(now=NOW + timedelta(days=1))
    assert second().outline == "画面で書いた概要"
    assert second().stages.get().text == "本格運用"


def test_a_published_number_cannot_be_changed_and_the_screen_says_what_to_do(
    secretariat_client: Client, both_plans: None
) -> None:
    held = screen(secretariat_client) | {"reason": "番号を改める"}
    held[f"{second().public_id}-number"] = "99"
    page = secretariat_client.post(MEASURE, held).content.decode()
    assert "新しい取組を加え" in page
    assert second().number == "2"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "", "取組の名前を入力してください"),
        ("name", "あ" * 201, "200文字まで"),
        ("purpose", "あ" * 5001, "5000文字まで"),
        ("name", "見えない\x00文字", "制御文字"),
        ("note", "ベル\x07", "制御文字"),
        ("section", "no-such", "選び直してください"),
        ("kind", "elsewhere", "公表した指標がある取組です"),
        ("viewpoints", ["no-such"], "視点を選び直してください"),
        ("divisions", ["no-such"], "課を選び直してください"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_what_was_typed_is_kept(
    secretariat_client: Client, both_plans: None, field: str, text: Any, said: str
) -> None:
    held = screen(secretariat_client) | {"reason": "試し"}
    held[f"{second().public_id}-{field}"] = text
    held[f"{second().public_id}-managed_in"] = "別の計画"
    held[f"{second().public_id}-mended"] = "ここは残る"
    answer = secretariat_client.post(MEASURE, held)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "ここは残る" in answer.content.decode()
    assert not Edit.objects.exists()


def test_texts_are_shown_as_texts_whatever_they_hold(
    secretariat_client: Client, both_plans: None
) -> None:
    held = screen(secretariat_client)
    evil = "<script>alert(1)</script>\"'&"
    held |= {f"{second().public_id}-{field}": evil for field in ("name", "note", "purpose")}
    secretariat_client.post(MEASURE, held)
    for address in (MEASURE, f"/console/plan/{CODE}/", "/console/plan/", f"/plan/{CODE}/2/"):
        page = secretariat_client.get(address).content.decode()
        assert "<script>alert" not in page, address
    assert second().name == evil


MERGER = {
    "divisions": [
        {
            "code": "hisho-koho",
            "terms": [{"from": 2014, "to": 2025, "name": "秘書広報課", "en": "Public Relations"}],
        },
        {"code": "koho-joho", "terms": [{"from": 2026, "name": "広報情報課", "en": "Information"}]},
    ],
    "successions": [{"year": 2026, "before": ["hisho-koho"], "after": ["koho-joho"]}],
}


def test_a_division_merged_in_april_keeps_its_name_and_its_successor_finds_the_measure_first(
    secretariat_client: Client, both_plans: None
) -> None:
    identity.load_divisions(MERGER)
    assert "秘書広報課（いまは広報情報課）" in secretariat_client.get(MEASURE).content.decode()
    plans = listed_plans(division="koho-joho", now=NOW)
    policy_list = next(each for each in plans if each.board.head.code == CODE)
    assert narrowed(policy_list, Asked())[0].measure.number == "2"
    before = listed_plans(division="hisho-koho", now=NOW)
    assert not any(each.mine for plan in before for each in plan.measures)


def test_a_year_gets_its_texts(secretariat_client: Client, both_plans: None) -> None:
    held = screen(secretariat_client)
    held["year-2026-planned"] = "検索を速くする。"
    assert secretariat_client.post(MEASURE, held).status_code == 302
    action = Action.objects.get(measure=second())
    assert (action.action_plan.fiscal_year, action.planned) == (2026, "検索を速くする。")
    assert "検索を速くする。" in Client().get(f"/plan/{CODE}/2/").content.decode()


def test_new_things_are_added_and_refused_in_words(
    secretariat_client: Client, both_plans: None
) -> None:
    section = second().section.code
    new = {"number": "31", "name": "新しい取組", "section": section, "kind": "indicator"}
    add = f"/console/plan/{CODE}/add/measure/"
    assert "課を一つ以上" in secretariat_client.post(add, new).content.decode()
    assert secretariat_client.post(add, new | {"divisions": ["shimin"]}).status_code == 302
    taken = secretariat_client.post(add, new | {"divisions": ["shimin"]}).content.decode()
    assert "ほかの取組が使っています" in taken
    base = f"/console/plan/{CODE}/measures/31/"
    indicator = {
        "name": "窓口の件数",
        "unit": "件",
        "accumulate": "flow",
        "direction": "range",
        "factor": "1",
        "digits": "0",
        "phase": "use",
    }
    assert (
        "幅の両端" in secretariat_client.post(f"{base}add/indicator/", indicator).content.decode()
    )
    good = indicator | {"low": "１０", "high": "20"}
    assert secretariat_client.post(f"{base}add/indicator/", good).status_code == 302
    way = {"origin": "P/2", "kind": "split"}
    assert secretariat_client.post(f"{base}add/lineage/", way).status_code == 302
    again = secretariat_client.post(f"{base}add/lineage/", way).content.decode()
    assert "もう登録してあります" in again
    itself = secretariat_client.post(f"{base}add/lineage/", way | {"origin": "P/31"})
    assert "自分自身から" in itself.content.decode()
    page = Client().get(f"/plan/{CODE}/31/").content.decode()
    assert "新しい取組" in page
    assert "窓口の件数" in page
    assert Lineage.objects.filter(heir__number="31", origin__number="2").exists()
    load_all(now=NOW + timedelta(days=1))
    assert Indicator.objects.filter(measure__number="31").count() == 1


def test_a_new_plan_is_made_with_its_fields_viewpoints_and_years(
    secretariat_client: Client, both_plans: None
) -> None:
    new = {
        "code": "plan-2029",
        "letter": "Q",
        "kind": "policy",
        "name": "次の方針",
        "short_name": "次の方針",
        "source": "策定中",
        "list_name": "一覧",
        "first_year": "2029",
        "last_year": "2033",
        "predecessor": CODE,
    }
    add = "/console/plan/add/plan/"
    assert secretariat_client.post(add, new | {"code": "compare"}).status_code == 200
    backwards = secretariat_client.post(add, new | {"last_year": "2028"}).content.decode()
    assert "はじめの年度より前" in backwards
    assert secretariat_client.post(add, new).status_code == 302
    base = "/console/plan/plan-2029/"
    for kind, given in (
        ("section", {"code": "life", "name": "くらし", "kind": "field"}),
        ("viewpoint", {"code": "people", "name": "人"}),
        ("action_plan", {"fiscal_year": "2029", "name": "令和11年度"}),
    ):
        assert secretariat_client.post(f"{base}add/{kind}/", given).status_code == 302, kind
        assert secretariat_client.post(f"{base}add/{kind}/", given).status_code == 200, kind
    plan = Plan.objects.get(code="plan-2029")
    assert plan.labels["target"]["ja"] == "目標値(KPI)"
    assert plan.predecessor == Plan.objects.get(code=CODE)
    assert plan.viewpoints[0]["name"] == {"ja": "人"}
    for address in (base, f"{base}settings/", f"{base}scale/"):
        assert secretariat_client.get(address).status_code == 200, address
    assert Client().get("/plan/").status_code == 200


def test_a_central_issue_is_added_edited_and_put_back_with_history(
    secretariat_client: Client, clerk_client: Client, both_plans: None
) -> None:
    add = f"/console/plan/{CODE}/add/issue/"
    new = {"code": "people", "name": "使いこなす人を育てる", "outline": "相談の場をつくる。"}
    assert clerk_client.post(add, new).status_code == 403
    assert "記号を入力" in secretariat_client.post(add, new | {"code": ""}).content.decode()
    given = new | {"reason": "方針の見直し", "name.en": "Skilled people"}
    assert secretariat_client.post(add, given).status_code == 302
    assert "もう使われて" in secretariat_client.post(add, new).content.decode()
    plan = Plan.objects.get(code=CODE)
    assert [(each["code"], each["name"]) for each in plan.issues] == [
        ("people", {"ja": "使いこなす人を育てる", "en": "Skilled people"})
    ]
    assert "使いこなす人を育てる" in Client().get(f"/plan/{CODE}/").content.decode()
    page = secretariat_client.get(SETTINGS).content.decode()
    assert "中心課題「使いこなす人を育てる」" in page
    assert "方針の見直し" in page
    held = screen(secretariat_client, SETTINGS)
    held[f"{plan.public_id}-issues.people.name"] = "だれもが使える"
    assert secretariat_client.post(SETTINGS, held).status_code == 302
    edit = Edit.objects.get(field="issues.people.name")
    plan.refresh_from_db()
    back = {"version": plan.version}
    secretariat_client.post(f"{SETTINGS}put-back/{edit.public_id}/", back)
    plan.refresh_from_db()
    assert plan.issues[0]["name"]["ja"] == "使いこなす人を育てる"


def test_the_plans_own_words_are_set_and_a_scale_that_does_not_hold_is_refused(
    secretariat_client: Client, both_plans: None
) -> None:
    plan = Plan.objects.get(code=CODE)
    held = screen(secretariat_client, SETTINGS)
    held[f"{plan.public_id}-labels.divisions"] = "担当の課"
    held[f"{plan.public_id}-viewpoints.town.name"] = "まちの課題"
    assert secretariat_client.post(SETTINGS, held).status_code == 302
    plan.refresh_from_db()
    assert plan.labels["divisions"] == {"ja": "担当の課", "en": "Division in charge"}
    assert [each["name"]["ja"] for each in plan.viewpoints][2] == "まちの課題"
    scale = f"/console/plan/{CODE}/scale/"
    given = {
        "version": plan.version,
        "preset": "abcd",
        "on_track": "0.5",
        "slightly_behind": "0.9",
        "best": "first",
        "reason": "他市に合わせる",
    }
    assert "小さくしてください" in secretariat_client.post(scale, given).content.decode()
    given |= {"on_track": "0.9", "slightly_behind": "0.5", "preset": "own"}
    assert "下の表に" in secretariat_client.post(scale, given).content.decode()
    own = given | {"code_0": "◎", "ja_0": "よい", "statuses_0": ["achieved"]}
    assert "どの記号にも入っていない" in secretariat_client.post(scale, own).content.decode()
    without = {**given, "preset": "abcd", "reason": ""}
    assert "理由" in secretariat_client.post(scale, without).content.decode()
    assert secretariat_client.post(scale, given | {"preset": "abcd"}).status_code == 302
    head = next(each for each in api.plan_heads("ja", now=NOW) if each.code == CODE)
    assert [each.code for each in head.scale.grades] == ["A", "B", "C", "D"]
    late = secretariat_client.post(scale, given | {"preset": "words"})
    assert late.status_code == 409
    load_all(now=NOW + timedelta(days=1))
    plan.refresh_from_db()
    assert plan.scale["preset"] == "abcd"


def test_a_background_is_tied_to_measures_and_keeps_its_history(
    secretariat_client: Client, both_plans: None
) -> None:
    new = {"name": "新しい法律", "kind": "state_and_tokyo", "source": "官報", "measures": ["P/2"]}
    bad = secretariat_client.post("/console/plan/add/driver/", new | {"address": "javascript:1"})
    assert "https://" in bad.content.decode()
    made = secretariat_client.post("/console/plan/add/driver/", new)
    driver = Driver.objects.get()
    assert made["Location"].endswith(f"/driver/{driver.public_id}/")
    assert "新しい法律" in Client().get(f"/plan/{CODE}/2/").content.decode()
    held = screen(secretariat_client, made["Location"])
    held[f"{driver.public_id}-measures"] = ["P/1"]
    assert secretariat_client.post(made["Location"], held).status_code == 302
    assert [each.number for each in driver.measures.all()] == ["1"]
    edit = Edit.objects.exclude(field="added").get()
    assert (edit.before, edit.after) == ("P/2", "P/1")


def test_only_the_secretariat_writes_and_every_clerk_reads(
    everybody: dict[str, Client], both_plans: None
) -> None:
    held = screen(everybody["secretariat"])
    for name, client in everybody.items():
        staff = name not in ("resident", "neighbour", "outsider")
        answer = client.get(MEASURE)
        assert (answer.status_code == 200) is staff, name
        if name == "secretariat":
            continue
        for address in (
            MEASURE,
            SETTINGS,
            f"/console/plan/{CODE}/scale/",
            f"/console/plan/{CODE}/add/measure/",
            f"/console/plan/{CODE}/texts/",
            f"{MEASURE}put-back/x/",
        ):
            refused = client.post(address, held)
            if staff:
                assert refused.status_code == 403, (name, address)
                assert "計画の事務局です" in refused.content.decode()
            else:
                assert refused.status_code in (302, 404), (name, address)
        if staff:
            assert "<textarea" not in answer.content.decode()
    assert not Edit.objects.exists()


def test_clerks_see_their_divisions_measures_first(
    other_clerk_client: Client, both_plans: None
) -> None:
    page = other_clerk_client.get(f"/console/plan/{CODE}/").content.decode()
    mine = page.index("情報発信力の強化【ホームページ】")
    assert mine < page.index("自分の課") < page.index("マイナンバーカードの普及促進")


@pytest.mark.parametrize(
    "address",
    [
        "/console/plan/no-such/",
        "/console/plan/no-such/settings/",
        "/console/plan/no-such/scale/",
        "/console/plan/no-such/texts/",
        "/console/plan/no-such/measures/2/",
        f"/console/plan/{CODE}/measures/999/",
        f"/console/plan/{CODE}/add/indicator/",
        "/console/plan/add/measure/",
        f"{MEASURE}add/plan/",
        "/console/plan/around/driver/nobody/",
        "/console/plan/around/plan/nobody/",
    ],
)
def test_what_is_not_there_is_not_found(
    secretariat_client: Client, both_plans: None, address: str
) -> None:
    assert secretariat_client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/console/plan/", f"/console/plan/{CODE}/", MEASURE, SETTINGS, "/console/plan/around/"],
)
def test_a_screen_costs_few_queries(
    secretariat_client: Client,
    both_plans: None,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    secretariat_client.get(address)
    # Ten of them are the sign-in's and Wagtail's own, on every screen of the console.
    with django_assert_max_num_queries(22):
        secretariat_client.get(address)
