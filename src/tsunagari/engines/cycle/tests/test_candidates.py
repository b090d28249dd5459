"""Candidates for the next action plan: drawn from drivers, taken up or not, and always with the reason."""

import html
import re

import pytest
from django.test import Client

from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.actions.weigh_candidate import (
    CandidateOvertaken,
    CandidateRefused,
    weigh_candidate,
)
from tsunagari.engines.cycle.console.candidates import brief
from tsunagari.engines.cycle.models import Candidate, Cycle
from tsunagari.engines.cycle.queries.candidates import candidates_for_new, weighed_drivers
from tsunagari.engines.cycle.rules.candidates import Weighed
from tsunagari.engines.cycle.tests.deciding_years import (  # noqa: F401 - a fixture is used by its name
    acting_year,
    carried,
    decided,
    head,
    heir,
    reviewed,
)
from tsunagari.engines.cycle.tests.years import PLAN, SECRETARIAT, SHIMIN, YEAR, at
from tsunagari.engines.plan import api as plan_api

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]
HERE = f"/console/year/{PLAN}/{YEAR}/candidates/"


def driver(kind: str = "technology") -> plan_api.DriverState:
    return next(each for each in plan_api.drivers("ja") if each.kind == kind)


def weighed(
    state: str = "taken", *, measure: str = "", reason: str = "市民の役に立つため"
) -> Weighed:
    return Weighed(text="窓口で試す", measure=measure, state=state, reason=reason)


def drawn(cycle: Cycle, told: Weighed | None = None) -> Candidate:
    made = weigh_candidate(
        cycle=cycle.public_id,
        driver=driver().public_id,
        weighed=told or weighed(),
        hand=SECRETARIAT,
        clock=at(),
    )
    return Candidate.objects.get(public_id=made)


def test_a_candidate_keeps_what_its_driver_said() -> None:
    row = drawn(acting_year())
    said = driver()
    assert (row.driver_name, row.driver_source, row.driver_kind) == (
        said.name,
        said.source,
        said.kind,
    )
    assert (row.state, row.decided_by) == ("taken", SECRETARIAT.actor)


@pytest.mark.parametrize("state", ["taken", "not_taken"])
def test_taking_up_and_not_taking_up_both_need_a_reason(state: str) -> None:
    with pytest.raises(CandidateRefused, match="取り上げる理由、または"):
        drawn(acting_year(), weighed(state, reason=""))


def test_what_is_still_open_needs_none() -> None:
    assert drawn(acting_year(), weighed("open", reason="")).decided_at is None


def test_only_the_secretariat_weighs() -> None:
    cycle = acting_year()
    with pytest.raises(NotSecretariat):
        weigh_candidate(cycle=cycle.public_id, driver=driver().public_id, weighed=weighed(), hand=SHIMIN, clock=at())  # fmt: skip


def test_of_two_who_weigh_one_candidate_the_second_is_told() -> None:
    cycle = acting_year()
    row = drawn(cycle, weighed("open", reason=""))
    given = {"cycle": cycle.public_id, "driver": row.driver, "candidate": row.public_id, "hand": SECRETARIAT, "clock": at()}  # fmt: skip
    seen = weighed("open", reason="").seen
    weigh_candidate(weighed=weighed(), seen=seen, **given)  # type: ignore[arg-type]
    with pytest.raises(CandidateOvertaken):
        weigh_candidate(weighed=weighed("not_taken"), seen=seen, **given)  # type: ignore[arg-type]


def test_drivers_that_nobody_looked_at_come_first() -> None:
    cycle = acting_year()
    before = weighed_drivers(cycle, "ja")
    assert set(before) == {"state_and_tokyo", "technology", "town"}
    row = drawn(cycle)
    after = weighed_drivers(cycle, "ja")["technology"]
    assert after[-1].candidates[0].row == row
    assert [each.rank for each in after] == sorted(each.rank for each in after)


def test_a_taken_candidate_becomes_a_new_measure_and_knows_it() -> None:
    cycle = acting_year()
    row = drawn(cycle)
    assert candidates_for_new(cycle) == [row]
    decided(cycle, "new", heirs=(heir("95"),), candidate=row.public_id)
    assert candidates_for_new(cycle) == []
    with pytest.raises(CandidateRefused, match="先に、その決定を取り下げて"):
        weigh_candidate(
            cycle=cycle.public_id,
            driver=row.driver,
            weighed=weighed("not_taken"),
            candidate=row.public_id,
            seen=weighed().seen,
            hand=SECRETARIAT,
            clock=at(),
        )
    carried(cycle)
    row.refresh_from_db()
    assert row.measure == head("95").public_id


def test_the_screen_draws_and_weighs(secretariat_client: Client) -> None:
    cycle = acting_year()
    page = secretariat_client.get(HERE).content.decode()
    for words in ("国・都の情報政策", "技術動向", "まちづくり", "未検討"):
        assert words in page, words
    address = f"{HERE}drivers/{driver().public_id}/"
    wrong = secretariat_client.post(
        address, {"text": "窓口で試す", "state": "taken", "measure": "new", "reason": ""}
    ).content.decode()
    assert "取り上げる理由、または" in wrong
    assert "窓口で試す" in wrong
    sent = {"text": "窓口で試す", "state": "taken", "measure": "new", "reason": "役に立つ"}
    assert secretariat_client.post(address, sent).status_code == 302
    row = cycle.candidates.get()
    page = secretariat_client.get(f"/console/year/{PLAN}/{YEAR}/decisions/").content.decode()
    assert f"new/?candidate={row.public_id}" in page
    form = secretariat_client.get(f"/console/year/{PLAN}/{YEAR}/decisions/new/?candidate={row.public_id}").content.decode()  # fmt: skip
    assert "もとになった候補" in form
    assert "窓口で試す" in form


def test_a_drawn_candidate_names_its_driver_in_the_readers_language(
    secretariat_client: Client,
) -> None:
    row = drawn(acting_year(), weighed("open", reason=""))
    told = next(e for e in plan_api.drivers("en") if e.public_id == row.driver)
    assert told.name != row.driver_name
    secretariat_client.cookies["django_language"] = "en"
    for address in (f"{HERE}{row.public_id}/", f"/console/year/{PLAN}/{YEAR}/for/mayor/"):
        page = html.unescape(secretariat_client.get(address).content.decode())
        assert told.name in page, address
        assert row.driver_name not in page, address


def test_an_outline_is_not_cut_within_a_word() -> None:
    told = brief(f"{'a' * 150} {'b' * 50}")
    assert told == f"{'a' * 150}…"
    assert brief("あ" * 161) == f"{'あ' * 159}…"
    assert brief("short") == "short"


def test_two_secretaries_on_one_candidate_see_each_other(secretariat_client: Client) -> None:
    cycle = acting_year()
    row = drawn(cycle, weighed("open", reason=""))
    address = f"{HERE}{row.public_id}/"
    page = secretariat_client.get(address).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    weigh_candidate(cycle=cycle.public_id, driver=row.driver, weighed=weighed("not_taken", reason="相手の理由"), candidate=row.public_id, seen=seen[1], hand=SECRETARIAT, clock=at())  # fmt: skip
    sent = {
        "text": "私の案",
        "state": "taken",
        "measure": "new",
        "reason": "私の理由",
        "seen": seen[1],
    }
    answer = secretariat_client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("相手の理由", "私の案", "私の理由"):
        assert words in page, words
    fresh = re.search(r'name="seen" value="([^"]*)"', page)
    assert fresh
    assert secretariat_client.post(address, {**sent, "seen": fresh[1]}).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.state) == ("私の案", "taken")


def test_only_the_secretariat_sees_candidates(everybody: dict[str, Client]) -> None:
    row = drawn(acting_year())
    for name, client in everybody.items():
        for address in (HERE, f"{HERE}{row.public_id}/", f"{HERE}drivers/{driver().public_id}/"):
            status = client.get(address).status_code
            assert (status == 200) is (name == "secretariat"), (name, address)
