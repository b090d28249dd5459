"""How a new measure is managed is chosen with the decision; decisions of before keep their old way."""

from dataclasses import replace

import pytest
from django.test import Client

from tsunagari.engines.cycle.actions.decide import DecisionRefused
from tsunagari.engines.cycle.models import Decision, Heir, Sheet
from tsunagari.engines.cycle.tests.deciding_years import (  # noqa: F401 - a fixture is used by its name
    acting_year,
    carried,
    decided,
    head,
    heir,
    reviewed,
    state,
)
from tsunagari.engines.cycle.tests.test_deciding_console import HERE, form, get
from tsunagari.engines.cycle.tests.years import sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]
FILLED = "調書の「次の年度に取り組むこと」が入っています。"
NAMED = {"heir-0-number": "90", "heir-0-name": "新しい取組", "reason": "必要なため"}


def test_something_new_is_managed_by_indicators_unless_one_chooses(
    secretariat_client: Client,
) -> None:
    cycle = acting_year()
    held = form(get(secretariat_client, f"{HERE}new/"))
    assert held["heir-0-kind"] == "indicator"
    held |= {"heir-0-section": head("2").section, "heir-0-divisions": "joho-suishin", **NAMED}
    assert secretariat_client.post(f"{HERE}new/", held).status_code == 302
    assert Heir.objects.get().kind == "indicator"
    carried(cycle)
    assert state("90").kind == "indicator"
    page = Client().get("/plan/policy-2024-2028/90/").content.decode()
    assert "成果指標は検討中です" in page
    assert "「随時対応」とされています" not in page


def test_both_halves_of_a_split_are_managed_as_the_origin(secretariat_client: Client) -> None:
    acting_year()
    held = form(get(secretariat_client, f"{HERE}measures/8/split/"))
    assert (held["heir-0-kind"], held["heir-1-kind"]) == ("indicator", "indicator")
    page = secretariat_client.post(f"{HERE}measures/8/split/", {**held, "more": "1"})
    assert form(page.content.decode())["heir-2-kind"] == "indicator"
    held = form(get(secretariat_client, f"{HERE}measures/17/split/"))
    assert held["heir-1-kind"] == "as_needed"


def test_a_choice_that_cannot_be_is_told_beside_its_field() -> None:
    cycle = acting_year()
    two = heir("92", "8", indicators=())

    def faults(first: object) -> dict[str, str]:
        with pytest.raises(DecisionRefused) as refused:
            decided(cycle, "split", "8", heirs=(first, two))
        return dict(refused.value.faults)

    one = heir("91", "8")
    assert "成果指標で管理" in faults(replace(one, kind="as_needed"))["heir-0-kind"]
    assert "heir-0-kind" in faults(replace(one, kind="whatever"))
    bare = replace(one, indicators=(), kind="elsewhere")
    assert "計画の名前" in faults(bare)["heir-0-managed_in"]
    decided(cycle, "split", "8", heirs=(replace(bare, managed_in="環境基本計画"), two))
    carried(cycle)
    assert (state("91").kind, state("91").managed_in) == ("elsewhere", "環境基本計画")


def test_a_decision_of_before_goes_on_as_it_was_and_can_be_chosen_anew(
    secretariat_client: Client,
) -> None:
    cycle = acting_year()
    made = decided(cycle, "new", heirs=(heir("93"),))
    assert Heir.objects.get().kind == ""
    held = form(get(secretariat_client, f"{HERE}kept/{made}/"))
    assert held["heir-0-kind"] == "indicator"
    carried(cycle)
    assert state("93").kind == "as_needed"
    page = get(secretariat_client, f"{HERE}kept/{made}/")
    assert "93 取組93" in page


def test_the_chosen_way_is_read_back(secretariat_client: Client) -> None:
    cycle = acting_year()
    made = decided(cycle, "new", heirs=(replace(heir("93"), kind="staged"),))
    held = form(get(secretariat_client, f"{HERE}kept/{made}/"))
    assert held["heir-0-kind"] == "staged"
    asked = get(secretariat_client, f"{HERE}kept/{made}/withdraw/")
    assert "93 取組93（段階で管理）" in asked
    assert Decision.objects.get().public_id == made
    carried(cycle)
    assert state("93").kind == "staged"


def test_the_hint_about_the_sheet_stands_only_where_something_was_filled_in(
    secretariat_client: Client,
) -> None:
    cycle = acting_year()
    assert FILLED not in get(secretariat_client, f"{HERE}new/")
    assert FILLED not in get(secretariat_client, f"{HERE}measures/8/split/")
    sheet = sheet_of(cycle, "8")
    Sheet.objects.filter(pk=sheet.pk).update(next_planned="窓口を広げる")
    page = get(secretariat_client, f"{HERE}measures/8/split/")
    assert page.count(FILLED) == 1
    assert form(page)["heir-0-planned"] == "窓口を広げる"
