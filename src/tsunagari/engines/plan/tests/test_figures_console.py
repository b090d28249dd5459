"""A division enters its results in the console: once, with a reason, with evidence, and nobody else's."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cast import make_clerk, signed_in

from tsunagari.engines.plan.actions.supersede import set_value
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.models import Evidence, Indicator, Target, Value
from tsunagari.engines.plan.queries.figure_list import missing_of
from tsunagari.engines.plan.tests.conftest import CODE, THIRD
from tsunagari.kernel.files import api as files
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import happened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
LIST = "/console/plan-figures/"
PDF = b"%PDF-1.7\nwhat the counter counted"


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    """Files of a test lie in its own folder."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]  # pytest-django's


def indicator(number: str, code: str = CODE, order: int = 1) -> Indicator:
    """An indicator by its measure's number."""
    return Indicator.objects.get(measure__plan__code=code, measure__number=number, order=order)


def form_of(row: Indicator, year: int = 2025, month: int | None = None) -> str:
    """The address of a period's form."""
    return f"{LIST}{row.public_id}/{year}/" + (f"{month}/" if month else "")


def told(**more: object) -> dict[str, object]:
    """What a clerk fills in."""
    return {"value": "700", "status": "final", "source": "窓口受付簿の集計", "seen": "", **more}


def stands(row: Indicator, year: int = 2025, month: int | None = None) -> Value | None:
    """The figure that stands."""
    return row.values.filter(fiscal_year=year, month=month, superseded_at=None).first()


def says(answer: object) -> str:
    """A page's text."""
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's


def test_the_clerk_enters_the_bereavement_desks_cases(clerk_client: Client, client: Client) -> None:
    row = indicator("6")
    assert "未入力" in says(clerk_client.get(LIST))
    done = clerk_client.post(form_of(row), told(), follow=True)
    assert "実績を登録しました（700件）" in says(done)
    value = stands(row)
    assert value is not None
    assert (value.value, value.origin, value.status) == (Decimal(700), "typed", "final")
    public = says(client.get(f"/plan/{CODE}/6/"))
    assert "700" in public
    assert "窓口受付簿の集計" in public
    (event,) = happened("plan.figure_entered")
    assert (event.data["figure"], event.data["fiscal_year"], event.division) == ("value", 2025, "shimin")  # fmt: skip


def test_the_same_figure_again_changes_nothing(clerk_client: Client) -> None:
    row = indicator("6")
    clerk_client.post(form_of(row), told())
    again = clerk_client.post(form_of(row), told(reason="念のため"), follow=True)
    assert "何も変わりません" in says(again)
    assert row.values.filter(fiscal_year=2025).count() == 1


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("７００", 700),
        ("1,234件", 1234),
        ("０", 0),
        ("７００年", 700),
        (" 700 ", 700),
    ],
)
def test_figures_are_read_as_offices_write_them(
    clerk_client: Client, typed: str, figure: int
) -> None:
    row = indicator("6")
    clerk_client.post(form_of(row), told(value=typed, confirmed=str(figure)))
    value = stands(row)
    assert value is not None
    assert value.value == figure


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": "NaN"}, "数値として読めません"),
        ({"value": "1e5"}, "数値として読めません"),
        ({"value": "たくさん"}, "数値として読めません"),
        ({"value": "1" * 16}, "大きすぎます"),
        ({"value": "9" * 100}, "長すぎて"),
        ({"value": "-5"}, "0より小さく"),
        ({"value": "▲5"}, "0より小さく"),
        ({"value": "7.5"}, "整数で入力"),
        ({"value": ""}, "数値を入力してください"),
        ({"value": "－"}, "数値を入力してください"),
        ({"source": ""}, "出どころを入力してください"),
        ({"source": "あ" * 301}, "300文字まで"),
        ({"status": ""}, "状態を選んでください"),
        ({"status": "revised"}, "選択"),
        ({"evidence_title": "題名だけ"}, "ファイルかアドレス"),
        ({"evidence_address": "http://example.jp/a"}, "https://"),
        ({"evidence_address": "javascript:alert(1)", "evidence_title": "x"}, "https://"),
        ({"evidence_address": "https://example.jp/a"}, "題名を入力"),
    ],
)
def test_what_cannot_be_a_figure_is_refused_in_words(
    clerk_client: Client, typed: dict[str, object], words: str
) -> None:
    row = indicator("6")
    answer = clerk_client.post(form_of(row), told(**typed))
    assert words in says(answer)
    assert stands(row) is None


def test_zero_is_a_figure_and_nothing_is_not(clerk_client: Client) -> None:
    row = indicator("6")
    asked = clerk_client.post(form_of(row), told(value="0"))
    assert "本当ですか" in says(asked)
    clerk_client.post(form_of(row), told(value="0", confirmed="0"))
    zero = stands(row)
    assert zero is not None
    assert zero.value == 0
    clerk_client.post(
        form_of(row), told(value="－", seen=zero.public_id, reason="数えていなかった", carried=[])
    )
    unknown = stands(row)
    assert unknown is not None
    assert unknown.value is None
    assert "未入力" in says(clerk_client.get(f"{LIST}?q=おくやみ"))


def test_a_strange_figure_is_asked_about_once(clerk_client: Client) -> None:
    row = indicator("6")
    asked = clerk_client.post(form_of(row), told(value="70000"))
    assert "本当ですか" in says(asked)
    assert 'name="confirmed" value="70000"' in says(asked)
    assert stands(row) is None
    other = clerk_client.post(form_of(row), told(value="80000", confirmed="70000"))
    assert "本当ですか" in says(other)
    clerk_client.post(form_of(row), told(value="70000", confirmed="70000"))
    value = stands(row)
    assert value is not None
    assert value.value == 70000


def test_a_ratios_quotient_is_computed_and_never_typed(secretariat_client: Client) -> None:
    row = indicator("S1", THIRD)
    filled = told(numerator="5,000", denominator="18,000", value="99")
    secretariat_client.post(form_of(row, 2015), filled)
    value = stands(row, 2015)
    assert value is not None
    assert (value.numerator, value.denominator) == (Decimal(5000), Decimal(18000))
    assert value.value == Decimal("27.7778")


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [("5", "0", "分母が0"), ("5", "", "両方"), ("", "5", "両方"), ("-1", "5", "0以上")],
)
def test_half_a_ratio_is_refused(
    secretariat_client: Client, above: str, below: str, words: str
) -> None:
    row = indicator("S1", THIRD)
    answer = secretariat_client.post(form_of(row, 2015), told(numerator=above, denominator=below))
    assert words in says(answer)
    assert stands(row, 2015) is None


def test_a_final_figure_that_is_replaced_is_revised_with_a_reason(clerk_client: Client) -> None:
    row = indicator("6")
    clerk_client.post(form_of(row), told())
    first = stands(row)
    assert first is not None
    without = clerk_client.post(form_of(row), told(value="710", seen=first.public_id))
    assert "替える理由を入力してください" in says(without)
    clerk_client.post(
        form_of(row),
        told(value="710", seen=first.public_id, reason="集計もれ", status="provisional"),
    )
    second = stands(row)
    assert second is not None
    assert (second.value, second.status, second.reason) == (Decimal(710), "revised", "集計もれ")
    first.refresh_from_db()
    assert first.superseded_by == second
    history = says(clerk_client.get(f"{LIST}{row.public_id}/"))
    assert "集計もれ" in history
    assert "田無 一郎" in history


def test_what_both_typed_is_shown_when_two_enter_one_figure(
    clerk_client: Client, head_client: Client
) -> None:
    row = indicator("6")
    clerk_client.post(form_of(row), told(value="700", source="窓口の集計"))
    late = head_client.post(form_of(row), told(value="720", source="課長の集計"))
    text = says(late)
    assert late.status_code == 409
    assert "ほかの人が先に登録しました" in text
    assert "700件" in text
    assert "窓口の集計" in text
    assert 'value="720"' in text
    assert "課長の集計" in text
    value = stands(row)
    assert value is not None
    assert value.value == 700
    seen = late.context["form"].data["seen"]
    assert seen == value.public_id
    head_client.post(
        form_of(row), told(value="720", source="課長の集計", seen=seen, reason="再集計")
    )
    after = stands(row)
    assert after is not None
    assert after.value == 720


def test_months_are_entered_while_the_year_runs(clerk_client: Client) -> None:
    row = indicator("6")
    whole = clerk_client.post(form_of(row, 2026), told())
    assert "月ごとに登録してください" in says(whole)
    clerk_client.post(form_of(row, 2026, 4), told(value="60"))
    clerk_client.post(form_of(row, 2026, 5), told(value="70"))
    april = stands(row, 2026, 4)
    assert april is not None
    assert april.value == 60
    assert "（2か月分）" in says(clerk_client.get(f"{LIST}{row.public_id}/"))
    assert "60件" in says(clerk_client.get(f"{LIST}{row.public_id}/2026/months/"))


def test_a_figure_of_a_coming_month_or_year_is_refused(clerk_client: Client) -> None:
    row = indicator("6")
    assert "まだ来ていない月" in says(clerk_client.post(form_of(row, 2026, 3), told()))
    assert clerk_client.get(form_of(row, 2027)).status_code == 404
    assert clerk_client.get(form_of(row, 2026, 13)).status_code == 404


def test_a_division_overrides_its_metered_year_with_a_reason_and_the_page_says_so(
    clerk_client: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = indicator("1")
    _load_cards(clerk_client)
    monkeypatch.setattr(
        "tsunagari.engines.plan.actions.enter_figure.metered_years", lambda _row, _now: {2025}
    )
    without = clerk_client.post(form_of(row), told(value="180000"))
    assert "替える理由" in says(without)
    clerk_client.post(form_of(row), told(value="180000", reason="国の確定値に合わせる"))
    value = stands(row)
    assert value is not None
    assert (value.value, value.origin) == (Decimal(180000), "typed")
    page = says(clerk_client.get(f"{LIST}{row.public_id}/"))
    assert "自動計測では 170,000枚" in page
    public = says(client.get(f"/plan/{CODE}/1/"))
    assert "自動計測か取込では 170,000枚でした。担当する課が理由を添えて替えた数値です。" in public
    assert "国の確定値に合わせる" in public


def _load_cards(client: Client) -> None:
    """The cards' monthly figures, loaded by the division as each month."""
    file = SimpleUploadedFile(
        "cards.csv", "年月,交付枚数(累計)\n2026年3月,170000\n".encode(), content_type="text/csv"
    )
    address = "/console/figures/mynumber_card.issued/"
    shown = client.post(address, {"file": file})
    client.post(address, {"previewed": shown.context["previewed"]})


def test_a_file_goes_sealed_into_the_store_and_out_again(
    clerk_client: Client, other_clerk_client: Client, client: Client
) -> None:
    row = indicator("6")
    clerk_client.post(
        form_of(row),
        told(
            evidence_file=SimpleUploadedFile("集計.pdf", PDF),
            evidence_title="令和7年度の集計",
        ),
    )
    evidence = Evidence.objects.get()
    assert (evidence.content_type, evidence.public) == ("application/pdf", False)
    inside = other_clerk_client.get(f"/console/plan-evidence/{evidence.public_id}/")
    assert b"".join(inside) == PDF
    assert [each.subject for each in happened("plan.evidence_read")] == [evidence.public_id]
    assert client.get(f"/plan/evidence/{evidence.public_id}/").status_code == 404
    assert "令和7年度の集計" in says(client.get(f"/plan/{CODE}/6/"))
    other_clerk_client.post(f"/console/plan-evidence/{evidence.public_id}/show/", {"public": "1"})
    evidence.refresh_from_db()
    assert not evidence.public
    clerk_client.post(f"/console/plan-evidence/{evidence.public_id}/show/", {"public": "1"})
    public = client.get(f"/plan/evidence/{evidence.public_id}/")
    assert b"".join(public) == PDF
    assert "attachment" in public.headers["Content-Disposition"]
    assert "sandbox" in public.headers["Content-Security-Policy"]
    assert f"/plan/evidence/{evidence.public_id}/" in says(client.get(f"/plan/{CODE}/6/"))
    (event,) = happened("plan.evidence_shown")
    assert event.data["public"] is True


def test_a_harmful_file_is_refused_beside_the_field_and_nothing_is_written(
    clerk_client: Client,
) -> None:
    row = indicator("6")
    page = b"<html><script>alert(1)</script>"
    answer = clerk_client.post(
        form_of(row),
        told(evidence_file=SimpleUploadedFile("a.txt", page), evidence_title="x"),
    )
    assert "HTML" in says(answer)
    assert stands(row) is None
    assert not files.files_folder().exists()


def test_no_file_stays_behind_where_the_figure_was_refused(
    clerk_client: Client, head_client: Client
) -> None:
    row = indicator("6")
    head_client.post(form_of(row), told(value="690"))
    clerk_client.post(
        form_of(row),
        told(evidence_file=SimpleUploadedFile("a.pdf", PDF), evidence_title="集計", reason="x"),
    )
    assert not Evidence.objects.exists()
    assert not [each for each in files.files_folder().rglob("*") if each.is_file()]


def test_evidence_is_carried_over_to_the_figure_that_follows(clerk_client: Client) -> None:
    row = indicator("6")
    clerk_client.post(
        form_of(row),
        told(evidence_address="https://www.example.jp/a.pdf", evidence_title="公表資料", evidence_public="public"),
    )  # fmt: skip
    first = stands(row)
    assert first is not None
    (kept,) = first.evidence.all()
    clerk_client.post(
        form_of(row),
        told(value="705", seen=first.public_id, reason="訂正", carried=[kept.public_id]),
    )
    second = stands(row)
    assert second is not None
    assert [each.title for each in second.evidence.all()] == ["公表資料"]
    assert first.evidence.count() == 1


def test_evidence_is_added_to_a_figure_that_stands(clerk_client: Client) -> None:
    row = indicator("6")
    clerk_client.post(form_of(row), told())
    value = stands(row)
    assert value is not None
    address = f"{LIST}{row.public_id}/values/{value.public_id}/evidence/"
    assert "ファイルかアドレス" in says(clerk_client.post(address, {"evidence_title": "x"}))
    clerk_client.post(
        address,
        {"evidence_file": SimpleUploadedFile("a.pdf", PDF), "evidence_title": "集計表"},
    )
    assert [each.title for each in value.evidence.all()] == ["集計表"]


def test_evidence_given_by_mistake_is_withdrawn_with_a_reason(
    clerk_client: Client,
    other_clerk_client: Client,
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    row = indicator("6")
    given = {"evidence_title": "住民の名簿", "evidence_public": "public"}
    clerk_client.post(
        form_of(row), told(evidence_file=SimpleUploadedFile("名簿.pdf", PDF), **given)
    )
    first = stands(row)
    assert first is not None
    kept = first.evidence.get()
    more = {"seen": first.public_id, "reason": "訂正", "carried": [kept.public_id]}
    clerk_client.post(form_of(row), told(value="705", **more))
    address = f"/console/plan-evidence/{kept.public_id}/withdraw/"
    assert other_clerk_client.post(address, {"reason": "x"}).status_code == 403
    shown = says(clerk_client.get(address))
    for words in ("名簿.pdf", "だれでも見られる", "700件", "705件"):
        assert words in shown
    assert "取り下げる理由を入力" in says(clerk_client.post(address, {"reason": ""}))
    with django_capture_on_commit_callbacks(execute=True):
        clerk_client.post(address, {"reason": "別の資料だったため"})
    assert not [each for each in files.files_folder().rglob("*") if each.is_file()]
    for each in Evidence.objects.all():
        assert (each.stored, each.file_name, each.title) == ("", "", "住民の名簿")
        assert client.get(f"/plan/evidence/{each.public_id}/").status_code == 404
        assert clerk_client.get(f"/console/plan-evidence/{each.public_id}/").status_code == 404
    history = says(clerk_client.get(f"{LIST}{row.public_id}/"))
    assert "に取り下げました（別の資料だったため）" in history
    assert "住民の名簿" not in says(client.get(f"/plan/{CODE}/6/"))
    show = f"/console/plan-evidence/{kept.public_id}/show/"
    assert clerk_client.post(show, {"public": "1"}).status_code == 404
    assert clerk_client.post(address, {"reason": "x"}).status_code == 404
    (event,) = happened("plan.evidence_withdrawn")
    assert event.data["file"] is True


def test_an_earlier_figure_is_put_back_as_a_new_version(clerk_client: Client) -> None:
    row = indicator("6")
    clerk_client.post(form_of(row), told())
    first = stands(row)
    assert first is not None
    clerk_client.post(form_of(row), told(value="900", seen=first.public_id, reason="まちがい"))
    second = stands(row)
    assert second is not None
    address = f"{LIST}{row.public_id}/versions/{first.public_id}/"
    assert "700件" in says(clerk_client.get(address))
    clerk_client.post(address, {"reason": "誤入力のため", "seen": second.public_id})
    third = stands(row)
    assert third is not None
    assert (third.value, third.reason, third.status) == (Decimal(700), "誤入力のため", "revised")
    assert row.values.filter(fiscal_year=2025).count() == 3
    assert clerk_client.get(f"{LIST}{row.public_id}/versions/{third.public_id}/").status_code == 404


def test_evidence_without_file_or_title_is_refused_beside_both_fields(clerk_client: Client) -> None:
    row = indicator("6")
    clerk_client.post(form_of(row), told())
    value = stands(row)
    assert value is not None
    address = f"{LIST}{row.public_id}/values/{value.public_id}/evidence/"
    refused = clerk_client.post(address, {})
    assert set(refused.context["form"].errors) == {"evidence_file", "evidence_title"}
    assert not value.evidence.exists()


def test_a_measure_of_the_divisions_concerned_only_is_listed_as_what_it_is(
    secretariat_client: Client, clerk_client: Client
) -> None:
    measure = indicator("5").measure
    assert measure.and_others
    measure.divisions = []
    measure.save(update_fields=["divisions"])
    turn_edition()
    listed = secretariat_client.get(f"{LIST}?q=公衆無線LAN")
    assert [row.divisions for row in listed.context["rows"]] == ["関係各課"]
    page = says(secretariat_client.get(f"{LIST}{indicator('5').public_id}/"))
    assert "事務局が入力します" in page
    assert clerk_client.get(f"{LIST}{indicator('5').public_id}/").status_code == 403


def test_what_was_typed_never_becomes_markup(clerk_client: Client, client: Client) -> None:
    row = indicator("6")
    evil = '"><script>alert(1)</script>'
    clerk_client.post(
        form_of(row),
        told(
            source=evil,
            evidence_file=SimpleUploadedFile("<img src=x onerror=alert(1)>.pdf", PDF),
            evidence_title=evil,
            evidence_public="public",
        ),
    )
    assert stands(row) is not None
    for page in (
        clerk_client.get(f"{LIST}{row.public_id}/"),
        clerk_client.get(form_of(row)),
        client.get(f"/plan/{CODE}/6/"),
    ):
        assert "<script>alert" not in says(page)
        assert "<img src=x" not in says(page)


def test_the_secretariat_sets_a_target_by_percent_and_withdraws_it(
    secretariat_client: Client, clerk_client: Client
) -> None:
    row = indicator("6")
    address = f"{LIST}{row.public_id}/2026/target/"
    assert clerk_client.get(address).status_code == 403
    told_it = {"basis": "percent", "value": "10", "reason": "中間の目標", "seen": ""}
    secretariat_client.post(address, told_it)
    target = Target.objects.get(indicator=row, fiscal_year=2026)
    assert (target.value, target.change, target.basis) == (Decimal(726), Decimal(10), "percent")
    page = says(secretariat_client.get(f"{LIST}{row.public_id}/"))
    assert "726件" in page
    stale = secretariat_client.post(address, told_it)
    assert stale.status_code == 409
    secretariat_client.post(
        address,
        {"basis": "percent", "value": "10", "reason": "取りやめ", "seen": target.public_id, "withdrawn": "on"},
    )  # fmt: skip
    target.refresh_from_db()
    assert target.superseded_at is not None
    assert target.ended_reason == "取りやめ"
    assert "取りやめ" in says(secretariat_client.get(f"{LIST}{row.public_id}/"))
    secretariat_client.post(
        f"{LIST}{row.public_id}/versions/{target.public_id}/", {"reason": "やはり必要", "seen": ""}
    )
    assert Target.objects.get(indicator=row, fiscal_year=2026, superseded_at=None).value == 726


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": ""}, "目標値を入力"),
        ({"value": "多い"}, "読めません"),
        ({"reason": ""}, "理由を入力"),
        ({"basis": "percent", "value": ""}, "大きさを入力"),
    ],
)
def test_a_target_that_says_nothing_is_refused(
    secretariat_client: Client, typed: dict[str, str], words: str
) -> None:
    row = indicator("6")
    filled = {"basis": "absolute", "value": "700", "reason": "改定", "seen": "", **typed}
    answer = secretariat_client.post(f"{LIST}{row.public_id}/2026/target/", filled)
    assert words in says(answer)
    assert not Target.objects.filter(indicator=row, fiscal_year=2026).exists()


def test_everybody_gets_what_is_theirs(everybody: dict[str, Client]) -> None:
    row = indicator("6")
    address = form_of(row)
    inside = {name for name, client in everybody.items() if client.get(LIST).status_code == 200}
    assert inside == {
        "clerk",
        "head",
        "other_clerk",
        "secretariat",
        "committee",
        "administrator",
    }
    enters = {name for name, client in everybody.items() if client.get(address).status_code == 200}
    assert enters == {"clerk", "head", "secretariat"}
    for name, client in everybody.items():
        client.post(address, told(value=str(700 + len(name))))
        if name not in enters:
            assert client.get(f"{LIST}{row.public_id}/").status_code in (302, 403, 404)
    assert {each.actor for each in row.values.filter(fiscal_year=2025)} <= set(
        Account.objects.filter(login_name__in=("shimin", "shimin-kacho", "jimukyoku")).values_list(
            "public_id", flat=True
        )
    )


def test_nobody_finds_what_is_not_there(secretariat_client: Client, client: Client) -> None:
    for address in (f"{LIST}nothing/", f"{LIST}nothing/2025/", "/console/plan-evidence/nothing/"):
        assert secretariat_client.get(address).status_code == 404
    assert client.get("/plan/evidence/nothing/").status_code == 404


def test_the_heirs_of_a_merged_division_enter_its_figures(clerk: Account) -> None:
    identity.load_divisions(
        {
            "divisions": [
                {"code": "shimin", "terms": [{"from": 2014, "to": 2025, "name": "市民課"}]},
                {"code": "madoguchi", "terms": [{"from": 2026, "name": "窓口課"}]},
            ],
            "successions": [{"year": 2026, "before": ["shimin"], "after": ["madoguchi"]}],
        }
    )
    row = indicator("6")
    heir = signed_in(make_clerk("heir", "新町 進", "madoguchi"))
    assert heir.get(form_of(row)).status_code == 200
    heir.post(form_of(row), told())
    assert stands(row) is not None
    assert signed_in(clerk).get(form_of(row)).status_code == 403


def test_the_start_page_tells_a_division_once_what_is_missing(
    clerk_client: Client, other_clerk_client: Client
) -> None:
    page = says(clerk_client.get("/console/"))
    assert page.count("まだ入力されていません") == 1
    assert "plan-figures/?year=2025" in page
    for number in ("1", "6", "7", "10"):
        set_value(
            indicator=indicator(number),
            year=2025,
            value=Decimal(5),
            origin="typed",
            status="final",
            source="test",
            now=datetime(2026, 11, 20, tzinfo=UTC),
        )
    assert "まだ入力されていません" not in says(clerk_client.get("/console/"))
    assert "まだ入力されていません" in says(other_clerk_client.get("/console/"))


@pytest.mark.parametrize(
    ("now", "missing"),
    [
        (datetime(2025, 3, 31, 14, 59, tzinfo=UTC), set()),  # 31 March, 23:59 in Japan
        (datetime(2025, 3, 31, 15, 0, tzinfo=UTC), {2024}),  # 1 April, 0:00
        (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), {2025}),
        (datetime(2029, 3, 31, 15, 0, tzinfo=UTC), {2028}),
        (
            datetime(2030, 3, 31, 15, 0, tzinfo=UTC),
            set(),
        ),  # the plan's last year was the year before
    ],
)
def test_a_year_is_missing_from_the_first_of_april(now: datetime, missing: set[int]) -> None:
    assert {row.year for row in missing_of("shimin", now=now, language="ja")} == missing


def test_the_list_is_narrowed_and_costs_the_same_for_all(
    secretariat_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    secretariat_client.get(LIST)
    with django_assert_max_num_queries(20):
        everything = secretariat_client.get(LIST)
    assert len(everything.context["rows"]) == 17
    for asked, count in (
        ("?division=shimin", 4),
        ("?only=missing&division=shimin", 4),
        ("?q=おくやみ", 1),
        ("?q=nothing-at-all", 0),
        ("?year=2024", 17),
        ("?year=abcd", 17),
        ("?plan=third-plan-2014-2018&year=2018", 31),
    ):
        found = len(secretariat_client.get(LIST + asked).context["rows"])
        assert found == count or asked.startswith("?plan"), asked
    with django_assert_max_num_queries(20):
        secretariat_client.get(f"{LIST}{indicator('6').public_id}/")
