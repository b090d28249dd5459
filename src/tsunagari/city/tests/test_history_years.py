"""The invented town's years: closed ones are published and sealed, one is decided on, one runs."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.city.history import Written, write_history
from tsunagari.city.tests.quiet_town import quiet_pack
from tsunagari.engines.cycle.models import Change, Cycle, Decision, Frozen, Move, Opinion, Sheet
from tsunagari.engines.plan import api as plan
from tsunagari.kernel.ledger import api as ledger

SAMPLE = Path(settings.ROOT) / "cities" / "sample"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PLAN = "policy-2022-2026"
FROZEN = (2022, 2023, 2024)
FILES = sorted((SAMPLE / "years").glob("*.yaml"))


def _clock() -> datetime:
    return NOW


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack that the module's tests tell the past from."""
    return quiet_pack(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, pack: Path
) -> Iterator[Written]:
    """The town with its whole past, written once for the module."""
    with module_rows(django_db_blocker) as rows:
        call_command("city", "load", pack=pack, verbosity=0)
        written = write_history(pack, clock=_clock)
        rows.written()
        yield written


@pytest.fixture
def town(db: None, lived: Written) -> Written:
    """The past, and what writing it added."""
    return lived


def _counts() -> list[int]:
    rows = (Cycle, Sheet, Change, Move, Opinion, Decision, Frozen)
    return [each.objects.count() for each in rows]


def _words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_each_year_stands_in_its_phase(town: Written) -> None:
    phases = dict(Cycle.objects.filter(plan=PLAN).values_list("fiscal_year", "phase"))
    assert phases == {**dict.fromkeys(FROZEN, "frozen"), 2025: "acting", 2026: "running"}
    assert town.deeds > 800


def test_the_closed_years_are_listed_and_the_others_are_not(town: Written, client: Client) -> None:
    page = _words(client, "/reports/")
    for year in FROZEN:
        assert f"/reports/{PLAN}/{year}/" in page
    for year in (2025, 2026):
        assert f"/reports/{PLAN}/{year}/" not in page
    assert page.count("正誤あり") == 1


def test_every_seal_holds_and_the_ledger_is_whole(town: Written, client: Client) -> None:
    told = {each.data["sha256"] for each in ledger.told("cycle.year_frozen")}
    kept = Frozen.objects.select_related("cycle")
    assert {each.sha256 for each in kept} == told
    for each in kept:
        assert sha256(each.content.encode()).hexdigest() == each.sha256
    given = client.get(f"/reports/{PLAN}/2024/v1/data.json").content
    assert sha256(given).hexdigest() in told
    ledger.catch_up()
    ledger.seal()
    assert ledger.verify().broken == ""


def test_one_year_has_one_erratum_which_the_plan_repeats(town: Written) -> None:
    assert list(Frozen.objects.filter(version__gt=1).values_list("cycle__fiscal_year", flat=True)) == [2023]  # fmt: skip
    second = Frozen.objects.get(version=2)
    assert [(c["measure"], c["before"], c["after"]) for c in second.corrections] == [
        ("8", "17236", "16944")
    ]
    page = plan.measure_page(PLAN, "8", now=NOW, language="ja")
    assert page is not None
    results = {each.year: each for each in page.measure.indicators[0].results}
    assert (int(results[2023].value), results[2023].status) == (16944, "revised")


def test_a_report_holds_what_was_known_when_it_was_published(town: Written) -> None:
    """The target of no. 3 was raised in May 2024, between the reports of 2022 and of 2023."""
    for year, target in ((2022, 6000), (2023, 12000)):
        content = Frozen.objects.get(cycle__fiscal_year=year, version=1).content
        third = next(m for m in json.loads(content)["ja"]["measures"] if m["number"] == "3")
        assert float(third["indicators"][0]["target"]) == target


def test_every_kind_of_mark_and_decision_stands_somewhere(town: Written) -> None:
    assert set(Sheet.objects.exclude(grade="").values_list("grade", flat=True)) == set("ABCD")
    kinds = set(Decision.objects.values_list("kind", flat=True))
    assert kinds == {"continue", "expand", "improve", "split", "abolish"}
    closed = Sheet.objects.filter(cycle__phase__in=("frozen", "acting"))
    for name in ("done", "comment", "q1_note", "q4_note"):
        assert not closed.filter(**{name: ""}).exists(), name
    assert not closed.filter(settled=None).exists()
    assert not closed.filter(staff_years=None).exists()
    assert Opinion.objects.filter(answer="").exists()
    assert Opinion.objects.exclude(answer="").filter(sheet=None).exists()


def test_a_divided_measure_and_an_ended_one_leave_the_running_year(town: Written) -> None:
    numbers = {each.number for each in plan.measures_of_year(PLAN, 2026, "ja")}
    assert {"21", "22"} <= numbers
    assert not {"4", "20"} & numbers
    river = plan.whole_river("ja")
    names = {each.public_id: each.quoted for each in river.measures}
    ways = {(names[way.origin], names[way.heir], way.kind) for way in river.ways}
    assert {("P/4", "P/21", "split"), ("P/4", "P/22", "split")} <= ways


def test_the_running_year_shows_who_has_planned_and_who_is_late(
    town: Written, secretariat_client: Client
) -> None:
    page = _words(secretariat_client, f"/console/year/{PLAN}/2026/")
    rows = _rows(page)
    assert rows["市民課"].startswith("済み 3／3件 済み 3／3件 済み 3／3件")
    assert rows["障害福祉課"].startswith("確認待ち 0／1件 済み 1／1件 遅れ 0／1件")
    assert rows["生涯学習課"].startswith("遅れ 1／2件 遅れ 1／2件 遅れ 1／2件")
    assert rows["情報推進課"].startswith("遅れ 6／7件 差し戻し1 済み 7／7件 遅れ 6／7件")
    assert rows["図書館"].startswith("済み 1／1件 済み 1／1件 遅れ 0／1件")


def _rows(page: str) -> dict[str, str]:
    """The matrix by division, as words; it is the table with that caption."""
    begun = page[page.rindex("課ごとの進み具合") :]
    rows = begun[: begun.index("</table>")].split("<tr")[1:]
    words = (" ".join(re.sub(r"<[^>]+>", " ", f"<tr{row}").split()) for row in rows)
    return {head: rest for head, _, rest in (each.partition(" ") for each in words)}


def test_a_second_time_adds_nothing(town: Written, pack: Path) -> None:
    before = _counts()
    again = write_history(pack, clock=_clock)
    assert again == Written(views=0, loadings=0, changes=0, deeds=0)
    assert _counts() == before


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_a_file_tells_no_half_things(file: Path) -> None:
    """A comma that cut a text in two leaves a key without a value."""

    def keys_without_value(thing: Any) -> Iterator[str]:
        if isinstance(thing, dict):
            yield from (key for key, value in thing.items() if value is None)
        for each in thing.values() if isinstance(thing, dict) else thing:
            if isinstance(each, dict | list):
                yield from keys_without_value(each)

    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert list(keys_without_value(said)) == []
    assert f"{said['year']}.yaml" == file.name
