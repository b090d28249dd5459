"""An old site comes over as drafts: with its files and links, never published, and a second time changes nothing of a clerk's."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from tsunagari.engines.content import api
from tsunagari.engines.content.models import (
    ArticlePage,
    Attachment,
    ImportedPage,
    Picture,
    TopicPage,
)
from tsunagari.engines.content.tests.old_pages.test_shirasagi import PAGE, export
from tsunagari.kernel.i18n.clock import system_clock


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA = tmp_path / "data"


def bring(source: Path, **said: Any) -> api.Brought:
    return api.import_site(
        source=source,
        below="kurashi/",
        division="shimin",
        language="ja",
        address=said.pop("address", ""),
        saved=said.pop("saved", None),
        clock=system_clock,
        tell=lambda *_: None,
    )


def draft(title: str) -> ArticlePage:
    found: ArticlePage = ArticlePage.objects.get(title=title)
    return found


@pytest.mark.django_db
def test_pages_become_drafts_with_their_pictures_files_and_links(
    topic: TopicPage, old_site: Path, client: Client
) -> None:
    brought = bring(old_site)
    assert (brought.drafts, brought.unchanged) == (3, 0)
    assert not ArticlePage.objects.filter(live=True).exists()
    rubbish, bulky = draft("ごみの出し方"), draft("粗大ごみ")
    assert rubbish.get_parent().pk == topic.pk
    assert bulky.get_parent().pk == rubbish.pk
    assert (rubbish.slug, bulky.slug, rubbish.division) == ("gomi", "sodai", "shimin")
    raw = rubbish.get_latest_revision_as_object().body.raw_data
    assert [block["type"] for block in raw] == ["text", "picture", "text"]
    assert f'<a linktype="page" id="{bulky.pk}">こちら</a>' in raw[0]["value"]
    assert f'<a linktype="page" id="{bulky.pk}">粗大ごみ</a>' in raw[2]["value"]
    form, photograph = Attachment.objects.get(), Picture.objects.get()
    assert f'<a linktype="document" id="{form.pk}">' in raw[2]["value"]
    assert (form.title, form.tagged) == ("申請書（PDF）", False)
    assert photograph.description == "置き場所の写真"
    assert b"SECRET" not in photograph.file.read()
    table = next(block for block in bulky.body.raw_data if block["type"] == "table")["value"]
    assert table["data"] == [["品物", "料金"], ["机", "500円"]]
    assert client.get(rubbish.url).status_code == 404


@pytest.mark.django_db
def test_old_addresses_lead_on_when_their_page_is_published(
    topic: TopicPage, old_site: Path, client: Client
) -> None:
    bring(old_site)
    page = draft("日本語の名前のページ")
    assert client.get("/gomi/日本語.html").status_code == 404
    page.get_latest_revision().publish()
    page.refresh_from_db()
    answer = client.get("/gomi/日本語.html")
    assert (answer.status_code, answer["Location"]) == (301, page.url)
    rubbish = draft("ごみの出し方")
    rubbish.body = [("text", "<p>ごみは、朝8時までに出してください。</p>")]
    rubbish.save_revision().publish()
    for old in ("/gomi/index.html", "/gomi/"):
        assert client.get(old).status_code == 301, old


@pytest.mark.django_db
def test_the_report_says_what_is_to_be_mended_and_what_did_not_come(
    topic: TopicPage, old_site: Path
) -> None:
    book = load_workbook(BytesIO(bring(old_site).report))
    assert book.sheetnames[:3] == ["まとめ", "取り込んだページ", "直す所"]
    faults = [[cell.value for cell in row] for row in book["直す所"].iter_rows(min_row=2)]
    assert any(row[0] == "ごみの出し方" and "こちら" in str(row) for row in faults)
    pages = {row[0].value: row for row in book["取り込んだページ"].iter_rows(min_row=2)}
    said = str(pages["https://www.city.example.jp/gomi/index.html"][4].value)
    assert "https://www.city.example.jp/kieta/page.html" in said
    assert "古いOffice形式" in said
    assert "本文が見つかりません" in str(pages["https://www.city.example.jp/index.html"][4].value)


@pytest.mark.django_db
def test_a_second_time_adds_what_is_new_and_touches_nothing_of_a_clerks(
    topic: TopicPage, old_site: Path
) -> None:
    bring(old_site)
    bulky, gone = draft("粗大ごみ"), draft("日本語の名前のページ")
    bulky.summary = "課の職員が書きました。"
    bulky.save_revision()
    gone.delete()
    gomi = old_site / "www.city.example.jp" / "gomi"
    for name in ("sodai.htm", "index.html"):
        text = (gomi / name).read_bytes().decode("cp932")
        (gomi / name).write_bytes(text.replace("ください。", "くださいませ。").encode("cp932"))
    (gomi / "shigen.html").write_bytes((gomi / "日本語.html").read_bytes().replace("日本語の名前のページ".encode("cp932"), "資源ごみ".encode("cp932")))  # fmt: skip
    again = bring(old_site)
    assert again.drafts == 2  # the new one, and the one that changed untouched
    assert draft("資源ごみ").get_parent().slug == "gomi"
    assert "くださいませ" in str(
        draft("ごみの出し方").get_latest_revision_as_object().body.raw_data
    )
    kept = draft("粗大ごみ").get_latest_revision_as_object()
    assert kept.summary == "課の職員が書きました。"
    assert "くださいませ" not in str(kept.body.raw_data)
    assert not ArticlePage.objects.filter(title="日本語の名前のページ").exists()
    assert Attachment.objects.count() == Picture.objects.count() == 1
    assert bring(old_site).drafts == 0


@pytest.mark.django_db
def test_what_was_stopped_in_the_middle_goes_on(
    topic: TopicPage, old_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tsunagari.engines.content.actions import bring_site  # noqa: PLC0415 - broken on purpose

    def breaks(*_args: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(bring_site._Bringing, "write", breaks)
        with pytest.raises(MemoryError):
            bring(old_site)
    assert ImportedPage.objects.filter(written=False).count() == 3
    bring(old_site)
    assert ArticlePage.objects.count() == 3
    assert not ImportedPage.objects.filter(written=False).exists()
    assert 'linktype="page"' in str(
        draft("ごみの出し方").get_latest_revision_as_object().body.raw_data
    )


@pytest.mark.django_db
def test_an_export_of_shirasagi_comes_over_too(topic: TopicPage, tmp_path: Path) -> None:
    file = tmp_path / "pages.csv"
    strange = {"ファイル名": "x.html", "タイトル": "＜b＞&<script>" * 40, "URL": "http://[", "本文": "<p>あ</p>"}  # fmt: skip
    file.write_bytes(export(PAGE, strange))
    assert bring(file).drafts == 2
    page = draft("児童手当")
    assert (page.slug, page.keywords, page.summary) == (
        "page1",
        "子育て、手当",
        "児童手当の案内です。",
    )


@pytest.mark.django_db
def test_a_list_of_addresses_takes_the_saved_pages_and_says_which_are_missing(
    topic: TopicPage, old_site: Path, tmp_path: Path
) -> None:
    names = tmp_path / "addresses.txt"
    names.write_text(
        "https://www.city.example.jp/gomi/\nhttps://www.city.example.jp/nai.html\n"
        "https://www.city.example.jp/../../../etc/passwd\n"
    )
    brought = bring(names, saved=old_site)
    assert brought.drafts == 1
    summary = load_workbook(BytesIO(brought.report))["まとめ"]
    assert "nai.html" in str([[cell.value for cell in row] for row in summary.iter_rows()])


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["--below=nowhere/", "--division=nobody", "--language=en"])
def test_the_command_says_what_is_wrong_before_anything_is_written(
    topic: TopicPage, old_site: Path, wrong: str, tmp_path: Path
) -> None:
    said = ["--below=kurashi/", "--division=shimin", f"--report={tmp_path / 'r.xlsx'}", wrong]
    with pytest.raises(CommandError, match="Nothing was brought over"):
        call_command("content", "import", str(old_site), *said)
    with pytest.raises(CommandError, match="holds no saved pages"):
        call_command("content", "import", str(tmp_path / "saved" / "www.city.example.jp" / "img"), *said[:3])  # fmt: skip
    assert not ImportedPage.objects.exists()
    call_command("content", "import", str(old_site), *said[:3])
    assert ArticlePage.objects.count() == 3
    assert (tmp_path / "r.xlsx").stat().st_size > 1000
