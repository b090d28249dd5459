"""The list of clerks goes out as a workbook and comes back, shown first and taken in as shown."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from tsunagari.kernel.i18n.workbook import write_workbook
from tsunagari.kernel.identity.actions.end_post import end_post
from tsunagari.kernel.identity.models import Account, Post
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db
Sheet = list[list[Any]]
LAST_DAY = date(2027, 3, 31)


def _written(client: Client, query: str = "") -> Sheet:
    answer = client.get(f"/console/clerks/file/{query}")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def _row(sheet: Sheet, login: str) -> list[Any]:
    return next(row for row in sheet if row[0] == login)


def _set(sheet: Sheet, login: str, header: str, value: Any) -> None:
    _row(sheet, login)[sheet[0].index(header)] = value


def _add(sheet: Sheet, **cells: Any) -> None:
    sheet.append([cells.get(header) for header in sheet[0]])


def _shown(client: Client, sheet: Sheet) -> Any:
    rows = [
        [value.date() if hasattr(value, "date") else value for value in row] for row in sheet[1:]
    ]
    data = write_workbook(sheet[0], rows, title="職員")
    return client.post("/console/clerks/load/", {"file": SimpleUploadedFile("職員.xlsx", data)})


def _take_in(client: Client, sheet: Sheet) -> Any:
    page: Any = _shown(client, sheet)
    assert page.context["faults"] == []
    return client.post("/console/clerks/load/", {"previewed": page.context["previewed"]})


def _faults(client: Client, sheet: Sheet) -> list[tuple[int, str]]:
    page: Any = _shown(client, sheet)
    assert page.context["previewed"] == ""
    found: list[tuple[int, str]] = page.context["faults"]
    return found


def test_the_list_goes_out_as_it_is_filtered_and_stands_in_the_ledger(
    administrator_client: Client, clerk: Account, other_clerk: Account
) -> None:
    sheet = _written(administrator_client, "?division=shimin")
    assert [row[0] for row in sheet] == ["ログイン名", "shimin"]
    assert _row(sheet, "shimin")[4:9] == ["使える", "市民課", "主事", "担当者", None]
    assert len(_written(administrator_client)) == 4
    assert happened("identity.clerks_written")[-1].data["rows"] == 3


def test_no_secret_goes_out(administrator_client: Client, clerk: Account) -> None:
    sheet = _written(administrator_client)
    assert clerk.password not in str(sheet)
    assert not any("パスワード" in str(header) for header in sheet[0])


def test_what_went_out_changes_nothing_when_it_comes_back(
    administrator_client: Client, clerk: Account
) -> None:
    page: Any = _shown(administrator_client, _written(administrator_client))
    outcome = page.context["outcome"]
    assert (outcome.changes, outcome.same, page.context["faults"]) == ((), 2, [])
    assert page.context["previewed"] == ""


def test_a_move_in_april_is_shown_first_and_then_taken_in(
    administrator_client: Client, clerk: Account
) -> None:
    sheet = _written(administrator_client)
    _set(sheet, "shimin", "終わりの日", LAST_DAY)
    _add(
        sheet, ログイン名="shimin", お名前=clerk.name, 職場のメールアドレス=clerk.work_email,
        課="秘書広報課", 職名="主任", 役割="担当者", はじめの日=date(2027, 4, 1),
    )  # fmt: skip
    page: Any = _shown(administrator_client, sheet)
    words = page.content.decode()
    assert "終わりの日：なし → 2027-03-31" in words
    assert "職を付けます：秘書広報課 主任（担当者）2027-04-01〜" in words
    assert (clerk.posts.count(), clerk.posts.get().ends) == (1, None)
    administrator_client.post(
        "/console/clerks/load/", {"previewed": page.context["previewed"]}, follow=True
    )
    assert [(post.division.code, post.begins, post.ends) for post in clerk.posts.all()] == [
        ("shimin", date(2020, 4, 1), LAST_DAY),
        ("hisho-koho", date(2027, 4, 1), None),
    ]
    loaded = happened("identity.clerks_loaded")[-1]
    assert (loaded.data["added"], loaded.data["changed"]) == (1, 1)
    again: Any = _shown(administrator_client, sheet)
    assert (again.context["outcome"].changes, again.context["faults"]) == ((), [])


def test_a_new_clerk_comes_with_her_post_and_chooses_her_own_password(
    administrator_client: Client,
) -> None:
    sheet = _written(administrator_client)
    _add(
        sheet, ログイン名="Nishi-Hanako", お名前="西 花子", 職場のメールアドレス="nishi@city.example.jp",
        課="shimin", 職名="主事", 役割="課長", はじめの日="R8.4.1",
    )  # fmt: skip
    _take_in(administrator_client, sheet)
    made = Account.objects.get(login_name="nishi-hanako")
    assert not made.has_usable_password()
    assert (made.posts.get().role, made.posts.get().begins) == ("head", date(2026, 4, 1))
    again: Any = _shown(administrator_client, sheet)
    assert (again.context["outcome"].changes, again.context["faults"]) == ((), [])


def test_a_new_name_and_address_are_written(administrator_client: Client, clerk: Account) -> None:
    sheet = _written(administrator_client)
    _set(sheet, "shimin", "お名前", "谷戸 一郎")
    _set(sheet, "shimin", "職場のメールアドレス", "Yato@city.example.jp")
    _take_in(administrator_client, sheet)
    clerk.refresh_from_db()
    assert (clerk.name, clerk.work_email) == ("谷戸 一郎", "yato@city.example.jp")
    assert happened("identity.account_changed")[-1].subject == clerk.public_id


def test_an_old_file_that_nobody_edited_leaves_the_newer_values(
    administrator_client: Client, clerk: Account
) -> None:
    sheet = _written(administrator_client)
    Account.objects.filter(pk=clerk.pk).update(name="谷戸 一郎")
    end_post(clerk.posts.get(), last_day=LAST_DAY, today=date(2026, 11, 20))
    page: Any = _shown(administrator_client, sheet)
    assert (page.context["outcome"].changes, page.context["outcome"].kept) == ((), 1)
    clerk.refresh_from_db()
    assert (clerk.name, clerk.posts.get().ends) == ("谷戸 一郎", LAST_DAY)


@pytest.mark.parametrize(
    ("header", "value"), [("お名前", "ほか の人"), ("終わりの日", date(2026, 12, 31))]
)
def test_an_old_file_that_somebody_edited_is_refused(
    administrator_client: Client, clerk: Account, header: str, value: object
) -> None:
    sheet = _written(administrator_client)
    _set(sheet, "shimin", header, value)
    Account.objects.filter(pk=clerk.pk).update(name="谷戸 一郎")
    end_post(clerk.posts.get(), last_day=LAST_DAY, today=date(2026, 11, 20))
    ((_line, sentence),) = _faults(administrator_client, sheet)
    assert "書き出したあとに変わった" in sentence


def test_a_change_between_showing_and_taking_in_stops_it(
    administrator_client: Client, clerk: Account
) -> None:
    sheet = _written(administrator_client)
    _set(sheet, "shimin", "終わりの日", LAST_DAY)
    page: Any = _shown(administrator_client, sheet)
    end_post(clerk.posts.get(), last_day=date(2026, 12, 31), today=date(2026, 11, 20))
    answer = administrator_client.post(
        "/console/clerks/load/", {"previewed": page.context["previewed"]}, follow=True
    )
    assert "確認の画面を開いたあとに、職員の登録が変わりました" in answer.content.decode()
    assert clerk.posts.get().ends == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("header", "value", "sentence"),
    [
        ("課", "ない課", "「ない課」という課はありません"),
        ("役割", "社長", "次のどれかにしてください：担当者、課長"),
        ("はじめの日", "あした", "「はじめの日」"),
        ("職名", "課長補佐", "付けてある職の中身は書き換えません"),
        ("終わりの日", date(2019, 1, 1), "はじめの日より前"),
        ("状態", "閉じてある", "状態はファイルでは変えられません"),
        ("職の番号", "aaaaaaaaaaaaaaaaaaaaaa", "この職員の職ではありません"),
        ("職場のメールアドレス", "kanri@city.example.jp", "別の職員が使っています"),
        ("職場のメールアドレス", "shimin@", "メールアドレスの形ではありません"),
        ("お名前", "", "お名前（100文字まで）を入力してください"),
        ("ログイン名", "", "ログイン名を入力してください"),
    ],
)
def test_each_fault_is_named_by_its_row_and_nothing_is_written(
    administrator_client: Client, clerk: Account, header: str, value: object, sentence: str
) -> None:
    sheet = _written(administrator_client)
    line = sheet.index(_row(sheet, "shimin")) + 1
    _set(sheet, "shimin", header, value)
    ((where, said),) = _faults(administrator_client, sheet)
    assert (where, sentence in said) == (line, True), said
    assert Post.objects.get(account=clerk).ends is None


def test_she_does_not_end_her_own_post(
    administrator_client: Client, administrator: Account
) -> None:
    sheet = _written(administrator_client)
    _set(sheet, "kanri", "終わりの日", LAST_DAY)
    assert "自分の職は変えられません" in _faults(administrator_client, sheet)[0][1]


def test_a_preview_works_for_the_clerk_who_saw_it_only(
    administrator_client: Client, clerk: Account, secretariat: Account
) -> None:
    from tests.cast import make_clerk, signed_in  # noqa: PLC0415 - one more administrator, for this test

    sheet = _written(administrator_client)
    _set(sheet, "shimin", "お名前", "谷戸 一郎")
    page: Any = _shown(administrator_client, sheet)
    other = signed_in(make_clerk("kanri2", "富士町 翼", "joho-suishin", "administrator"))
    other.post("/console/clerks/load/", {"previewed": page.context["previewed"]})
    clerk.refresh_from_db()
    assert clerk.name == "田無 一郎"


@pytest.mark.usefixtures("compiled_texts")
def test_a_file_written_in_english_is_read_in_japanese(
    administrator_client: Client, administrator: Account, clerk: Account
) -> None:
    Account.objects.filter(pk=administrator.pk).update(language="en")
    sheet = _written(administrator_client)
    assert (sheet[0][0], _row(sheet, "shimin")[5:8]) == (
        "Login name",
        ["Citizens Division", "主事", "Officer in charge"],
    )
    _set(sheet, "shimin", "Last day", LAST_DAY)
    Account.objects.filter(pk=administrator.pk).update(language="ja")
    _take_in(administrator_client, sheet)
    assert clerk.posts.get().ends == LAST_DAY


def test_a_file_that_is_none_is_refused_beside_the_field(administrator_client: Client) -> None:
    page = administrator_client.post(
        "/console/clerks/load/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}
    )
    assert "Excelのファイルとして読み取れません" in page.content.decode()
    page = administrator_client.post("/console/clerks/load/", {})
    assert "職員のファイルを選んでください。" in page.content.decode()


def test_nobody_else_takes_the_list_out_or_in(everybody: dict[str, Client]) -> None:
    for address in ("/console/clerks/file/", "/console/clerks/load/"):
        answers = {name: client.get(address).status_code for name, client in everybody.items()}
        assert answers.pop("administrator") == 200
        assert set(answers.values()) == {302, 403}


@pytest.mark.parametrize(
    ("query", "logins"),
    [
        ("?q=ほうや", []),
        ("?q=保谷", ["koho"]),
        ("?division=shimin", ["shimin"]),
        ("?state=closed", ["shimin"]),
        ("?state=no_post", ["mada"]),
        ("?state=open&division=hisho-koho", ["koho"]),
    ],
)
def test_the_list_is_searched_and_filtered(
    administrator_client: Client,
    clerk: Account,
    other_clerk: Account,
    query: str,
    logins: list[str],
) -> None:
    Account.objects.create(kind="staff", login_name="mada", name="まだ")
    Account.objects.filter(pk=clerk.pk).update(is_active=False)
    rows: Any = administrator_client.get(f"/console/clerks/{query}").context["rows"]
    assert [account.login_name for account, _posts in rows] == logins


def test_the_file_costs_the_same_for_many(
    administrator_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        Account.objects.create(kind="staff", login_name=f"c{number:02}", name="職員")
    with django_assert_max_num_queries(20):
        assert administrator_client.get("/console/clerks/file/").status_code == 200
