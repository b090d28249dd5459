"""A resident reads the plan as it was on the evening of a past day."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.plan import api
from tsunagari.engines.plan.actions.add_thing import add_thing
from tsunagari.engines.plan.actions.attach_evidence import NewEvidence, attach_evidence
from tsunagari.engines.plan.actions.edit_things import Editor, Root, Wanted, edit_things
from tsunagari.engines.plan.actions.withdraw_evidence import withdraw_evidence
from tsunagari.engines.plan.models import Action, Edit, Indicator, Measure, Plan, Target, Value
from tsunagari.engines.plan.queries.snapshot import snapshot
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.tests.conftest import CODE, NISHITOKYO, THIRD, load_all
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.service.declare import VIEW_HEADER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plans_of_2025")]
LOADED = datetime(2025, 4, 10, 3, tzinfo=UTC)
JUNE = datetime(2025, 6, 30, 14, 59, 59, tzinfo=UTC)
"""One second before midnight of 30 June in Japan."""
JULY = JUNE + timedelta(seconds=1)
PLAN = f"/plan/{CODE}/"
SECRETARIAT = Hand(actor="a" * 22, division="joho-suishin", secretariat=True)


@pytest.fixture(scope="module")
def plans_of_2025(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans, loaded in April 2025."""
    with module_rows(django_db_blocker) as rows:
        divisions = (NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8")
        identity.load_divisions(yaml.safe_load(divisions))
        load_all(now=LOADED)
        rows.written()
        yield


def _by(moment: datetime) -> Editor:
    return Editor(actor="a" * 22, division="joho-suishin", reason="見直しのため", now=moment)


def _measure(number: str) -> Measure:
    return Measure.objects.get(plan__code=CODE, number=number)


def _edit(number: str, moment: datetime, **texts: str) -> None:
    row = _measure(number)
    edit_things(
        root=Root(kind="measure", public_id=row.public_id, version=row.version),
        wanted=[
            Wanted(
                kind="measure",
                thing=row.public_id,
                texts={key.replace("_en", ".en"): text for key, text in texts.items()},
            )
        ],
        by=_by(moment),
    )


def _target(number: str, moment: datetime, value: int | None, year: int = 2028) -> None:
    api.set_target(
        indicator=Indicator.objects.get(measure=_measure(number)),
        year=year,
        value=None if value is None else Decimal(value),
        now=moment,
        reason="試験",
    )


def _value(number: str, moment: datetime, value: int, year: int = 2024) -> None:
    api.set_value(
        indicator=Indicator.objects.get(measure=_measure(number)),
        year=year,
        value=Decimal(value),
        origin="typed",
        status="final",
        source="窓口受付簿の集計",
        now=moment,
    )


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_text_reads_as_before_the_edits_made_later_in_both_languages(client: Client) -> None:
    old, english = _measure("2").name, _page(client, f"/en{PLAN}2/?on=2025-06-29")
    _edit("2", JUNE, name="六月の名前", name_en="The name of June")
    _edit("2", JULY, name="七月の名前", name_en="")
    for day, name in (("29", old), ("30", "六月の名前")):
        assert name in _title(_page(client, f"{PLAN}2/?on=2025-06-{day}"))
    assert "七月の名前" in _title(_page(client, f"{PLAN}2/?on=2025-07-01"))
    assert "七月の名前" in _title(_page(client, f"{PLAN}2/"))
    assert _title(_page(client, f"/en{PLAN}2/?on=2025-06-29")) == _title(english)
    assert "The name of June" in _title(_page(client, f"/en{PLAN}2/?on=2025-06-30"))
    assert "七月の名前" in _title(_page(client, f"/en{PLAN}2/?on=2025-07-01"))


def _title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.S)
    assert found
    return html.unescape(found[1])


def test_a_page_of_a_past_day_says_so_keeps_the_day_in_its_links_and_is_left_out_of_counts(
    client: Client,
) -> None:
    answer = client.get(f"{PLAN}?on=2025-06-30")
    page = answer.content.decode()
    assert "2025年6月30日（月）時点の内容です" in page
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert VIEW_HEADER not in answer.headers
    assert VIEW_HEADER in client.get(PLAN).headers


@pytest.mark.parametrize(
    "address",
    ["/plan/", PLAN, f"{PLAN}fields/study/", f"{PLAN}viewpoints/technology/", f"{PLAN}years/2025/",
     f"{PLAN}2/", f"/plan/{THIRD}/S1/", f"/en{PLAN}", f"{PLAN}?status=pending"],
)  # fmt: skip
def test_links_between_the_pages_of_a_day_stay_in_that_day(client: Client, address: str) -> None:
    joint = "&" if "?" in address else "?"
    page = _page(client, f"{address}{joint}on=2025-06-30")
    inside = re.compile(
        rf"^(/en)?/plan/(|({CODE}|{THIRD})/(|fields/.*|viewpoints/.*|years/.*|[A-Z]?\d+/(1\.csv|1\.svg)?))([?#].*)?$"
    )
    main = page[page.index('<main id="main"') : page.index("</main>")]
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', main)]
    own = [link for link in links if inside.match(link) or link.startswith("?")]
    present = address.partition("?")[0]
    assert len(own) > 3
    assert [link for link in own if "on=2025-06-30" not in link] == [present]


def test_a_target_that_was_withdrawn_later_stands_again_and_a_later_value_is_not_there(
    client: Client,
) -> None:
    _target("6", JUNE, 901)
    _value("6", JUNE, 877)
    _target("6", JULY, None)
    _value("6", JULY, 878)
    past = _page(client, f"{PLAN}6/?on=2025-06-30")
    assert "901" in past
    assert "877" in past
    assert "878" not in past
    now = _page(client, f"{PLAN}6/")
    assert "878" in now
    before = api.measure_page(CODE, "6", now=JULY, language="ja", on=date(2025, 6, 29))
    assert before is not None
    assert before.measure.indicators[0].latest is None
    history = api.history(CODE, "6", language="ja", on=date(2025, 6, 30))
    assert history is not None
    assert {each.figure for each in history.figures} == {"target"}
    assert all(each.until is None or each.until < JULY for each in history.figures)


def test_a_measure_added_later_is_not_there_and_the_page_says_since_when(client: Client) -> None:
    plan = Plan.objects.get(code=CODE)
    texts = {
        "number": "31",
        "name": "七月の取組",
        "kind": "as_needed",
        "section": "study",
        "divisions": "shimin",
    }
    add_thing(kind="measure", parent=plan, texts=texts, by=_by(JULY))
    assert "七月の取組" in _page(client, f"{PLAN}?on=2025-07-01")
    assert "七月の取組" not in _page(client, f"{PLAN}?on=2025-06-30")
    page = _page(client, f"{PLAN}31/?on=2025-06-30", 404)
    assert (
        "2025年6月30日（月）には、まだ登録されていません。2025年7月1日（火）からの内容を見られます。"
        in page
    )
    assert f'href="{PLAN}31/?on=2025-07-01"' in page
    _page(client, f"{PLAN}99/?on=2025-06-30", 404)


def test_what_a_year_does_was_not_there_before_it_was_written(client: Client) -> None:
    row = _measure("4")
    edit_things(
        root=Root(kind="measure", public_id=row.public_id, version=row.version),
        wanted=[
            Wanted(kind="action", thing="", year=2025, texts={"planned": "窓口を一つにします"})
        ],
        by=_by(JULY),
    )
    assert Action.objects.filter(measure=row, planned="窓口を一つにします").exists()
    pages = [f"{PLAN}4/", f"{PLAN}years/2025/"]
    for page in pages:
        assert "窓口を一つにします" in _page(client, f"{page}?on=2025-07-01")
        assert "窓口を一つにします" not in _page(client, f"{page}?on=2025-06-30")


def test_lineage_drivers_stages_and_viewpoints_are_those_of_the_day() -> None:
    day = date(2025, 6, 30)
    before = api.measure_page(CODE, "5", now=JULY, language="en", on=day)
    plan = Plan.objects.get(code=CODE)
    origin = {"origin": f"{plan.letter}/6", "kind": "merged", "note": "七月の読み取り"}
    add_thing(kind="lineage", parent=_measure("5"), texts=origin, by=_by(JULY))
    driver = {
        "kind": "town",
        "name": "七月の課題",
        "source": "試験",
        "measures": f"{plan.letter}/5",
    }
    add_thing(kind="driver", parent=None, texts=driver, by=_by(JULY))
    seen = {
        "code": "july",
        "name": "七月の視点",
        "name.en": "July",
        "outline": "",
        "outline.en": "",
    }
    add_thing(kind="viewpoint", parent=plan, texts=seen, by=_by(JULY))
    _edit("5", JULY + timedelta(hours=1), viewpoints="july")
    after = api.measure_page(CODE, "5", now=JULY + timedelta(days=1), language="en")
    assert after is not None
    assert [each.code for each in after.measure.viewpoints] == ["july"]
    assert any(way.note == "七月の読み取り" for way in after.river.ways)
    assert [each.name for each in after.drivers][-1:] == ["七月の課題"]
    api.turn_edition()
    again = api.measure_page(CODE, "5", now=JULY, language="en", on=day)
    assert before
    assert again
    assert replace(again, measure=replace(again.measure, version=before.measure.version)) == before


def test_evidence_comes_with_its_day_and_withdrawn_evidence_stays_away(client: Client) -> None:
    _value("6", JUNE, 877)
    value = Value.objects.get(value=877)
    given = NewEvidence(title="六月の受付簿", address="https://www.example.jp/a", public=True)
    attached = attach_evidence(
        value=value.public_id, given=given, hand=SECRETARIAT, clock=lambda: JULY
    )
    assert "六月の受付簿" not in _page(client, f"{PLAN}6/?on=2025-06-30")
    assert "六月の受付簿" in _page(client, f"{PLAN}6/?on=2025-07-01")
    withdraw_evidence(evidence=attached, reason="氏名があった", hand=SECRETARIAT, clock=lambda: JULY + timedelta(days=3))  # fmt: skip
    assert "六月の受付簿" not in _page(client, f"{PLAN}6/?on=2025-07-01")


@pytest.mark.parametrize("address", ["/plan/", PLAN, f"{PLAN}2/", f"{PLAN}2/1.csv"])
def test_before_the_plan_was_loaded_the_page_names_the_first_day(
    client: Client, address: str
) -> None:
    page = _page(client, f"{address}?on=2025-04-09", 404)
    assert "2025年4月9日（水）には、まだ登録されていません。2025年4月10日（木）からの内容" in page
    _page(client, f"{address}?on=2025-04-10")


@pytest.mark.parametrize("address", [PLAN, f"{PLAN}2/", "/plan/?on=2999-01-01"])
def test_the_day_that_is_shown_as_an_example_can_be_asked_for(client: Client, address: str) -> None:
    status = 400 if "?" in address else 200
    example = re.search(r"例：(\d{4}-\d\d-\d\d)", _page(client, address, status))
    assert example
    _page(client, f"{address.partition('?')[0]}?on={example[1]}")


@pytest.mark.parametrize("address", [PLAN, f"{PLAN}2/"])
def test_on_the_first_day_no_day_is_shown_as_an_example(client: Client, address: str) -> None:
    today = system_clock()
    for table, field in ((Target, "set_at"), (Value, "recorded_at"), (Edit, "made_at")):
        table.objects.update(**{field: today})
    api.turn_edition()
    assert "例：" not in _page(client, address)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("きのう", "日付として読めません"),
        ("2025-02-30", "という日付はありません"),
        ("2999-01-01", "まだ来ていません"),
        ("平成40年1月1日", "ではありませんか"),
    ],
)
def test_a_day_that_cannot_be_is_answered_in_a_sentence(
    client: Client, asked: str, says: str
) -> None:
    answer = client.get(PLAN, {"on": asked})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert 'name="on"' in answer.content.decode()


@pytest.mark.parametrize("asked", ["2025/6/30", "令和7年6月30日", "２０２５-０６-３０", "20250630"])
def test_a_day_may_be_written_in_other_ways(client: Client, asked: str) -> None:
    page = client.get(PLAN, {"on": asked}).content.decode()
    assert "2025年6月30日（月）時点の内容です" in page


def test_today_is_the_present_page(client: Client) -> None:
    answer = client.get(PLAN, {"on": japan_day(system_clock()).isoformat()})
    assert "時点の内容です" not in answer.content.decode()
    assert VIEW_HEADER in answer.headers


def test_a_newer_file_of_the_pack_is_owned_up_to(client: Client) -> None:
    assert "読み込み直して" not in _page(client, f"{PLAN}?on=2025-06-30")
    Measure.objects.filter(plan__code=CODE, number="2").update(told={"name": "古い資料"})
    load_all(now=JULY)
    assert "読み込み直して" in _page(client, f"{PLAN}?on=2025-06-30")


def test_a_past_day_costs_a_bounded_number_of_queries_and_then_as_many_as_today(
    client: Client,
) -> None:
    def cost(day: date) -> int:
        with CaptureQueriesContext(connection) as asked:
            snapshot("en", day)
        return len(asked)

    first = cost(date(2025, 6, 30))
    for number in ("2", "3", "4"):
        _edit(number, JULY, name="七月の名前")
    _value("6", JULY, 878)
    assert cost(date(2025, 6, 30)) == first
    assert first <= 24
    assert cost(date(2025, 6, 30)) == 1


def test_many_past_days_do_not_push_the_present_out_of_memory() -> None:
    snapshot("ja")
    for day in range(1, 20):
        snapshot("ja", date(2025, 6, day))
    with CaptureQueriesContext(connection) as asked:
        snapshot("ja")
    assert len(asked) == 1


def test_the_file_of_a_past_day_holds_its_figures_and_its_name(client: Client) -> None:
    _value("6", JULY, 878)
    past = client.get(f"{PLAN}measures.csv?on=2025-06-30")
    assert "878" not in past.content.decode("utf-8-sig")
    assert f"{CODE}_2025-06-30.csv" in past.headers["Content-Disposition"]
    assert "878" in client.get(f"{PLAN}measures.csv").content.decode("utf-8-sig")


API = f"/api/plans/{CODE}"


def test_the_api_tells_what_was_known_on_that_evening(client: Client) -> None:
    old = _measure("6").name
    _edit("6", JULY, name="七月の名前")
    _value("6", JULY, 878)
    past = client.get(f"{API}/measures/6", {"on": "2025-06-30"}).json()
    assert (past["name"], past["indicators"][0]["progress"]["actual"]) == (old, None)
    listed = client.get(f"{API}/measures", {"on": "2025-07-01"}).json()
    assert [each["name"] for each in listed if each["number"] == "6"] == ["七月の名前"]
    assert client.get(API, {"on": "2025-06-30"}).json()["on"] == "2025-06-30"
    assert client.get(API).json()["on"] is None
    history = client.get(f"{API}/measures/6/history", {"on": "2025-06-30"}).json()
    assert history["edits"] == []
    for rest in ("lineage", "drivers", "assets", "series", "measures", ""):
        assert client.get(f"/api/plans/{rest}", {"on": "2025-06-30"}).status_code == 200


@pytest.mark.parametrize(
    ("on", "status", "says"),
    [
        ("2025-02-30", 400, "実際にある日付"),
        ("yesterday", 400, "2026-06-30 のように"),
        ("2999-01-01", 400, "まだ来ていません"),
        ("2025-04-09", 404, "2025-04-09 には、まだ登録されていません。2025-04-10 からの内容"),
        ("0001-01-01", 404, "2025-04-10 からの内容"),
    ],
)
@pytest.mark.parametrize("address", [API, f"{API}/measures", f"{API}/measures/2"])
def test_the_api_refuses_a_day_in_a_sentence(
    client: Client, address: str, on: str, status: int, says: str
) -> None:
    answer = client.get(address, {"on": on, "lang": "ja"})
    assert answer.status_code == status
    if on != "0001-01-01":
        assert says in answer.json()["detail"]


def test_the_api_describes_the_day(client: Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    asked = paths["/api/plans/{code}/measures/{number}"]["get"]
    (on,) = [each for each in asked["parameters"] if each["name"] == "on"]
    assert {"type": "string", "format": "date"} in on["schema"]["anyOf"]
    assert "400" in asked["responses"]
