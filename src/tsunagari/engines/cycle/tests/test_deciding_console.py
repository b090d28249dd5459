"""The secretariat's screens of 見直し: nothing typed is lost, nobody overwrites another, and what is confirmed is
what was shown."""

import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tsunagari.engines.cycle.models import Cycle, Decision
from tsunagari.engines.cycle.rules.decisions import WantedRevision
from tsunagari.engines.cycle.tests.deciding_years import (  # noqa: F401 - a fixture is used by its name
    acting_year,
    decided,
    head,
    heir,
    reviewed,
    staged,
    state,
    with_target,
)
from tsunagari.engines.cycle.tests.years import PLAN, YEAR, opened, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]
HERE = f"/console/year/{PLAN}/{YEAR}/decisions/"


def form(page: str) -> dict[str, Any]:
    """What the decision's form on a screen holds, as a browser would send it."""
    start = page.index("decision-form")
    text = page[start : page.index("</form>", start)]
    held: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'\bname="([^"]*)"', tag), re.search(r'\bvalue="([^"]*)"', tag)
        kind = re.search(r'\btype="([^"]*)"', tag)
        if name is None:
            continue
        key, said = html.unescape(name[1]), html.unescape(value[1]) if value else ""
        if kind and kind[1] in ("checkbox", "radio"):
            if re.search(r"\bchecked\b", tag):
                held.setdefault(key, []).append(said or "on")
        else:
            held[key] = said
    for name_, words in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', text, re.S):
        held[name_] = html.unescape(words).strip()
    for name_, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        held[name_] = chosen[1] if chosen else ""
    return held


def get(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_every_measure_stands_in_the_list_and_filters_narrow_it(secretariat_client: Client) -> None:
    cycle = acting_year()
    decided(cycle, "abolish", "2")
    page = get(secretariat_client, HERE)
    assert "決めていない取組 29件" in page
    assert "全30件のうち 30件" in page
    assert "全30件のうち 1件" in get(secretariat_client, f"{HERE}?decision=abolish")
    assert "全30件のうち 29件" in get(secretariat_client, f"{HERE}?decision=none")
    assert "全30件のうち 1件" in get(secretariat_client, f"{HERE}?q={head('3').name}")
    assert "あてはまる取組はありません" in get(secretariat_client, f"{HERE}?q=zzz")


def test_the_list_costs_a_bounded_number_of_queries(
    secretariat_client: Client, django_assert_max_num_queries: Any
) -> None:
    acting_year()
    secretariat_client.get(HERE)
    with django_assert_max_num_queries(45):
        secretariat_client.get(HERE)


def test_only_the_secretariat_gets_in(everybody: dict[str, Client]) -> None:
    cycle = acting_year()
    made = decided(cycle, "abolish", "2")
    addresses = ("", "measures/3/", "measures/3/split/", "merge/", "new/", f"kept/{made}/", f"kept/{made}/withdraw/", "carry-out/")  # fmt: skip
    for name, client in everybody.items():
        for address in addresses:
            status = client.get(f"{HERE}{address}").status_code
            assert (status == 200) is (name == "secretariat"), (name, address, status)


def test_a_decision_is_written_read_back_changed_and_withdrawn(secretariat_client: Client) -> None:
    acting_year()
    held = form(get(secretariat_client, f"{HERE}measures/2/"))
    answer = secretariat_client.post(
        f"{HERE}measures/2/", {**held, "kind": "expand", "reason": "対象を広げる"}, follow=True
    )
    assert "決定を保存しました" in answer.content.decode()
    row = Decision.objects.get()
    back = secretariat_client.get(f"{HERE}measures/2/")
    assert back.headers["Location"].endswith(f"kept/{row.public_id}/")
    again = form(get(secretariat_client, f"{HERE}kept/{row.public_id}/"))
    assert (again["kind"], again["reason"]) == (["expand"], "対象を広げる")
    secretariat_client.post(f"{HERE}kept/{row.public_id}/", {**again, "kind": "improve"})
    row.refresh_from_db()
    assert (row.kind, row.version) == ("improve", 2)
    asked = get(secretariat_client, f"{HERE}kept/{row.public_id}/withdraw/")
    assert "決めていない」に戻ります" in asked
    secretariat_client.post(f"{HERE}kept/{row.public_id}/withdraw/", {"seen": "2"})
    assert not Decision.objects.exists()


def test_what_was_typed_stays_when_something_is_wrong(secretariat_client: Client) -> None:
    cycle = acting_year()
    number, _sheet = staged(cycle, "効果がある\n費用が分かる")
    address = f"{HERE}measures/{number}/"
    held = form(get(secretariat_client, address))
    typed = {
        **held,
        "kind": "continue",
        "reason": "書いた理由",
        "stage_to": "evaluate",
        "met-0": "on",
    }
    page = secretariat_client.post(address, typed).content.decode()
    assert "満たしていない基準があります" in page
    kept = form(page)
    assert (kept["reason"], kept["stage_to"], kept["met-0"]) == ("書いた理由", ["evaluate"], ["on"])
    assert "met-1" not in kept
    secretariat_client.post(address, {**kept, "against": "国の期限があるため"})
    row = Decision.objects.get()
    assert [each["met"] for each in row.criteria] == [True, False]
    assert row.against == "国の期限があるため"


def test_a_target_is_revised_and_a_figure_that_cannot_be_read_is_told(
    secretariat_client: Client,
) -> None:
    acting_year()
    number, indicator, old = with_target()
    address, key = f"{HERE}measures/{number}/", f"target-{indicator.public_id}-2028"
    held = {**form(get(secretariat_client, address)), "kind": "improve", "reason": "見直す"}
    page = secretariat_client.post(address, {**held, key: "たくさん"}).content.decode()
    assert "たくさん" in page
    assert "入力内容を確認してください" in page
    page = secretariat_client.post(address, {**held, key: "９９９"}).content.decode()
    assert "目標値を変える理由を入力してください" in page
    secretariat_client.post(
        address, {**held, key: "９９９", f"why-{indicator.public_id}": "実績から"}
    )
    made = Decision.objects.get().revisions.get()
    assert (made.old, made.new) == (old, Decimal(999))


def test_a_target_of_another_is_told_with_indicator_unit_and_comma(
    secretariat_client: Client,
) -> None:
    cycle = acting_year()
    number, indicator, old = with_target()
    address = f"{HERE}measures/{number}/"
    mine = {**form(get(secretariat_client, address)), "kind": "improve", "reason": "私の理由"}
    theirs = WantedRevision(
        indicator=indicator.public_id, fiscal_year=2028, old=old, new=Decimal(98765), reason="実績"
    )
    decided(cycle, "improve", number, revisions=(theirs,))
    page = html.unescape(secretariat_client.post(address, mine).content.decode())
    assert f"「{indicator.name}」の令和10年度の目標が、" in page
    assert f"→ 98,765{indicator.unit}" in page


def test_labels_of_targets_are_in_the_readers_language(secretariat_client: Client) -> None:
    acting_year()
    number, _indicator, _old = with_target()
    secretariat_client.cookies["django_language"] = "en"
    page = get(secretariat_client, f"{HERE}measures/{number}/")
    assert "FY2028" in page
    assert "令和10年度の" not in page


def test_of_two_new_measures_each_fault_says_of_which_it_is(secretariat_client: Client) -> None:
    acting_year()
    address = f"{HERE}measures/2/split/"
    held = form(get(secretariat_client, address))
    page = secretariat_client.post(address, {**held, "reason": "分ける"}).content.decode()
    summary = page.split('id="error-summary"')[1].split("</ul>")[0]
    assert "新しい取組 1：" in summary
    assert "新しい取組 2：" in summary
    told = re.findall(r">([^<]+)</a>", summary)
    assert len(told) == len(set(told))


def test_a_closed_year_explains_that_nothing_is_merged(secretariat_client: Client) -> None:
    Cycle.objects.filter(pk=acting_year().pk).update(phase="frozen")
    page = get(secretariat_client, f"{HERE}merge/")
    assert "見直しの決定は、点検・評価から見直しまでの段階で書きます。" in page
    assert 'name="measure"' not in page


def test_a_merger_is_chosen_then_named(secretariat_client: Client) -> None:
    acting_year()
    page = get(secretariat_client, f"{HERE}merge/?choose=1&measure=2")
    assert "2つ以上選んでください" in page
    address = f"{HERE}merge/?measure=2&measure=3"
    held = form(get(secretariat_client, address))
    names = {each.public_id for one in ("2", "3") for each in head(one).indicators}
    assert set(held.get("heir-0-indicators", [])) == names
    page = secretariat_client.post(address, {**held, "reason": "一体で"}).content.decode()
    assert "番号は、半角の英数字" in page
    named = {**form(page), "heir-0-number": "90", "heir-0-name": "まとめた取組"}
    answer = secretariat_client.post(address, named)
    assert answer.status_code == 302, answer.content.decode()
    row = Decision.objects.get()
    assert (row.kind, row.sheets.count(), row.heirs.get().name) == ("merge", 2, "まとめた取組")


def test_a_split_has_as_many_heirs_as_one_asks_for(secretariat_client: Client) -> None:
    acting_year()
    address = f"{HERE}measures/2/split/"
    held = form(get(secretariat_client, address))
    page = secretariat_client.post(
        address, {**held, "heir-0-name": "一つ目", "more": "1"}
    ).content.decode()
    kept = form(page)
    assert (kept["heirs"], kept["heir-0-name"], kept["heir-2-name"]) == ("3", "一つ目", "")
    names = {f"heir-{at}-name": f"取組その{at}" for at in range(3)}
    numbers = {f"heir-{at}-number": f"9{at}" for at in range(3)}
    answer = secretariat_client.post(address, {**kept, **names, **numbers, "reason": "分ける"})
    assert answer.status_code == 302, answer.content.decode()
    assert Decision.objects.get().heirs.count() == 3


def test_two_secretaries_at_once_see_each_other(secretariat_client: Client) -> None:
    cycle = acting_year()
    address = f"{HERE}measures/2/"
    mine = {**form(get(secretariat_client, address)), "kind": "abolish", "reason": "私の理由"}
    decided(cycle, "expand", "2", reason="相手の理由")
    answer = secretariat_client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "相手の理由" in page
    again = form(page)
    assert (again["reason"], again["kind"]) == ("私の理由", ["abolish"])
    assert Decision.objects.get().kind == "expand"
    assert secretariat_client.post(address, again).status_code == 302
    assert Decision.objects.get().kind == "abolish"


@pytest.mark.parametrize(
    ("kind", "numbers", "heirs"),
    [("improve", ("2",), 0), ("merge", ("2", "3"), 1), ("split", ("2",), 2), ("new", (), 1)],
)
def test_what_was_typed_stays_when_the_decision_was_withdrawn_meanwhile(
    secretariat_client: Client, kind: str, numbers: tuple[str, ...], heirs: int
) -> None:
    cycle = acting_year()
    made = tuple(heir(f"9{at}", *numbers, indicators=() if at else None) for at in range(heirs))
    address = f"{HERE}kept/{decided(cycle, kind, *numbers, heirs=made)}/"
    mine = {**form(get(secretariat_client, address)), "reason": "書きかけの理由"}
    mine |= {"of": [sheet_of(cycle, number).public_id for number in numbers]}
    Decision.objects.get().delete()
    answer = secretariat_client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "この決定は、ほかの人が取り下げました" in page
    assert form(page)["reason"] == "書きかけの理由"
    again = {**form(page), "of": mine["of"]}
    answer = secretariat_client.post(address, again)
    assert answer.status_code == 302, answer.content.decode()
    row = Decision.objects.get()
    assert (row.kind, row.reason) == (kind, "書きかけの理由")
    assert (row.sheets.count(), row.heirs.count()) == (len(numbers), heirs)


def test_whoever_withdraws_what_another_withdrew_is_told(secretariat_client: Client) -> None:
    made = decided(acting_year(), "abolish", "2")
    Decision.objects.get().delete()
    answer = secretariat_client.post(f"{HERE}kept/{made}/withdraw/", {"seen": "1"}, follow=True)
    assert "この決定は、ほかの人が先に取り下げました" in answer.content.decode()


def test_whoever_ticks_nothing_is_told_beside_the_button(secretariat_client: Client) -> None:
    acting_year()
    page = secretariat_client.post(f"{HERE}continue/", follow=True).content.decode()
    assert page.count("取組を選んでから、押してください。") == 2
    assert 'id="error-summary"' in page
    assert "取組を選んでから" not in get(secretariat_client, HERE)


def test_many_are_continued_at_once_and_what_others_decided_stays(
    secretariat_client: Client,
) -> None:
    cycle = acting_year()
    decided(cycle, "abolish", "3")
    sheets = [sheet_of(cycle, number).public_id for number in ("2", "3", "4")]
    answer = secretariat_client.post(f"{HERE}continue/", {"sheet": sheets}, follow=True)
    page = answer.content.decode()
    assert "2件の取組を「継続」にしました" in page
    assert "ほかの人が先に決めた取組は、そのままにしました" in page
    assert cycle.decisions.filter(kind="abolish").count() == 1


def test_what_is_confirmed_is_what_was_shown(secretariat_client: Client) -> None:
    cycle = acting_year()
    decided(cycle, "merge", "2", "3", heirs=(heir("90", "2", "3", name="まとめた取組"),))
    page = get(secretariat_client, f"{HERE}carry-out/")
    assert "「P/90 まとめた取組」が、令和8年度から始まります" in page
    assert "P/2" in page
    assert "令和7年度で終わります" in page
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    decided(cycle, "abolish", "5")
    sent = {"seen": seen[1], "from_year": str(YEAR + 1)}
    late = secretariat_client.post(f"{HERE}carry-out/", sent)
    assert late.status_code == 409
    assert "ほかの人が決定を変えました" in late.content.decode()
    fresh = re.search(r'name="seen" value="([^"]*)"', late.content.decode())
    assert fresh
    done = secretariat_client.post(f"{HERE}carry-out/", {**sent, "seen": fresh[1]}, follow=True)
    assert "令和8年度からの計画に反映しました" in done.content.decode()
    assert state("5").until_year == YEAR
    kept = Decision.objects.get(kind="abolish")
    assert "もう変えられません" in get(secretariat_client, f"{HERE}kept/{kept.public_id}/")
    again = secretariat_client.post(f"{HERE}carry-out/", sent, follow=True)
    assert "反映する決定は、もうありません" in again.content.decode()


def test_what_only_goes_on_is_folded_below_what_changes(secretariat_client: Client) -> None:
    cycle = acting_year()
    for number in ("2", "4"):
        decided(cycle, "continue", number)
    decided(cycle, "abolish", "3")
    page = get(secretariat_client, f"{HERE}carry-out/")
    changes, folded = page.split("<details", 1)
    assert "令和7年度で終わります" in changes
    assert "そのまま続きます" not in changes.split("<ol", 1)[1]
    assert "そのまま続く取組（2件）" in folded
    assert folded.count("」は、そのまま続きます") == 2


def test_where_nothing_changes_it_says_so(secretariat_client: Client) -> None:
    decided(acting_year(), "continue", "2")
    page = get(secretariat_client, f"{HERE}carry-out/")
    assert "内容が変わる取組はありません" in page
    assert "次のように変わります" not in page
    assert "計画に反映する</button>" in page


def test_a_measure_that_is_given_up_with_its_plan_is_not_said_to_go_on(
    secretariat_client: Client,
) -> None:
    decided(acting_year(), "abolish", "3")
    page = get(secretariat_client, f"{HERE}carry-out/?from_year=2030")
    assert "令和10年度で終わります" in page
    assert "そのまま続く取組" not in page


def test_before_the_review_it_says_when(secretariat_client: Client) -> None:
    opened(YEAR + 1)
    here = HERE.replace(str(YEAR), str(YEAR + 1))
    page = get(secretariat_client, f"{here}measures/2/")
    assert "点検・評価から見直しまでの段階で書きます" in page
    assert "「見直し」の段階です" in get(secretariat_client, f"{here}carry-out/")


@pytest.mark.parametrize(
    "address",
    ["measures/999/", "measures/999/split/", "kept/nobody/", "kept/%00/", "kept/nobody/withdraw/"],
)
def test_what_is_not_there_is_404(secretariat_client: Client, address: str) -> None:
    acting_year()
    get(secretariat_client, f"{HERE}{address}", 404)
    assert Cycle.objects.count() == 1
