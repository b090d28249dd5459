"""The office hands in an old site, looks at what it would become, has it brought over, and takes the report away."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tsunagari.engines.content.models import ArticlePage, SiteImport, TopicPage
from tsunagari.engines.content.tests.old_pages.test_shirasagi import PAGE, export
from tsunagari.engines.content.tests.uploads.samples import packed
from tsunagari.kernel.jobs.api import run_due
from tsunagari.kernel.ledger import api as ledger

ADDRESS = "/console/content/import/"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA = tmp_path / "data"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tsunagari.engines.content.models.permission.office", lambda: "hisho-koho")


def hand_in(client: Client, topic: TopicPage, name: str, data: bytes, **said: str) -> Any:
    upload = SimpleUploadedFile(name, data)
    said = {"address": "", "below": str(topic.pk), "division": "shimin"} | said
    return client.post(ADDRESS, {"file": upload, **said})


def zipped(folder: Path, *more: tuple[str, bytes]) -> bytes:
    files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}  # fmt: skip
    return packed(files | dict(more))


@pytest.mark.django_db
def test_the_office_brings_a_site_over(
    topic: TopicPage, office: None, other_clerk_client: Client, old_site: Path, settings: Any
) -> None:
    outside = ("../../outside.html", b"<p>out</p>")
    answer = hand_in(other_clerk_client, topic, "旧サイト.zip", zipped(old_site, outside))
    assert answer.status_code == 302
    shown = other_clerk_client.get(answer["Location"]).content.decode()
    assert "粗大ごみ" in shown
    assert "うち公開できないもの" in shown
    assert not ArticlePage.objects.exists()
    assert not list(Path(settings.DATA).parent.glob("outside.html"))
    begin = f"{answer['Location']}begin/"
    for _ in range(2):
        assert other_clerk_client.post(begin).status_code == 302
    assert "順番を待っています" in other_clerk_client.get(answer["Location"]).content.decode()
    while ledger.catch_up():
        pass
    assert run_due()
    assert ArticlePage.objects.filter(live=False).count() == 3
    assert "3件を下書きとして" in other_clerk_client.get(answer["Location"]).content.decode()
    report = other_clerk_client.get(f"{answer['Location']}report/")
    assert "取り込んだページ" in load_workbook(BytesIO(report.content)).sheetnames
    assert not list((Path(settings.DATA) / "imports").glob("*"))


@pytest.mark.django_db
def test_an_export_is_handed_in_as_it_is(
    topic: TopicPage, office: None, other_clerk_client: Client
) -> None:
    answer = hand_in(other_clerk_client, topic, "pages.csv", export(PAGE))
    assert "児童手当" in other_clerk_client.get(answer["Location"]).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 no zip", b"\x00\x01", packed({"a.txt": b"x"}), "名前\r\n".encode("cp932")]
)
def test_what_holds_no_site_is_refused_in_a_sentence(
    topic: TopicPage, office: None, other_clerk_client: Client, data: bytes
) -> None:
    answer = hand_in(other_clerk_client, topic, "a.zip", data)
    assert "取り込めるページがありません" in answer.content.decode()
    assert not SiteImport.objects.exists()


@pytest.mark.django_db
def test_other_clerks_are_told_who_does_it(
    topic: TopicPage, office: None, clerk_client: Client, resident_client: Client
) -> None:
    answer = clerk_client.get(ADDRESS)
    assert answer.status_code == 403
    assert "サイトを運営する課が行います" in answer.content.decode()
    assert "content/import" not in clerk_client.get("/console/").content.decode()
    assert resident_client.get(ADDRESS).status_code in (302, 404)
