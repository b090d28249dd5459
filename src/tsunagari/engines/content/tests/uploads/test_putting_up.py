"""A clerk puts up a picture or a file in the console, and readers take it."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tsunagari.engines.content.actions.keep_file import keep_picture
from tsunagari.engines.content.actions.make_sizes import make_sizes
from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import Attachment, Picture, TopicPage
from tsunagari.engines.content.tests.conftest import published
from tsunagari.engines.content.tests.uploads import samples
from tsunagari.kernel.jobs.api import run_due
from tsunagari.kernel.ledger import api as ledger


@pytest.fixture(autouse=True)
def store(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def put_up(client: Client, kind: str, name: str, data: bytes) -> Any:
    answer = client.post(
        f"/console/{kind}/multiple/add/",
        {"title": "正面入口", "files[]": SimpleUploadedFile(name, data)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.django_db
def test_a_picture_is_kept_clean_under_a_random_name(
    site: Prepared, clerk_client: Client, client: Client
) -> None:
    assert put_up(clerk_client, "images", "市役所 正面.JPEG", samples.photograph())["success"]
    picture = Picture.objects.get()
    assert picture.file.name.isascii()
    assert picture.file.name.startswith("pictures/")
    answer = client.get(picture.file.url)
    body = b"".join(answer)
    assert b"SECRET" not in body
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "immutable" in answer["Cache-Control"]
    assert (
        client.get(picture.file.url, headers={"if-none-match": answer["ETag"]}).status_code == 304
    )


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["", "あ" * 300])
def test_a_picture_without_a_fitting_title_is_clean_too(
    site: Prepared, clerk_client: Client, title: str, settings: Any
) -> None:
    clerk_client.post(
        "/console/images/multiple/add/",
        {"title": title, "files[]": SimpleUploadedFile("a.jpg", samples.photograph())},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    kept = [each for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()]
    assert kept
    assert not any(b"SECRET" in each.read_bytes() for each in kept)


@pytest.mark.django_db
def test_a_page_of_the_web_with_a_pictures_name_is_refused(
    site: Prepared, clerk_client: Client
) -> None:
    answer = put_up(clerk_client, "images", "a.jpg", b"<html><script>1</script></html>")
    assert not answer["success"]
    assert "画像として読めません" in answer["error_message"]
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_the_chooser_asks_for_words_in_place_of_the_picture(
    site: Prepared, clerk_client: Client
) -> None:
    shown = clerk_client.get("/console/images/chooser/").json()["html"]
    assert "代替テキスト" in shown
    upload = SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    answer = clerk_client.post(
        "/console/images/chooser/create/",
        {"image-chooser-upload-title": "図", "image-chooser-upload-file": upload},
    )
    assert "SVGの画像は登録できません" in str(answer.json())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [("image", "市役所 正面.jpg", samples.photograph()), ("document", "申請書.pdf", samples.pdf())],
)
def test_a_file_put_up_before_anything_was_typed_is_not_lost(
    site: Prepared, clerk_client: Client, kind: str, name: str, data: bytes
) -> None:
    begin = f"{kind}-chooser-upload"
    given = {f"{begin}-title": " ", f"{begin}-file": SimpleUploadedFile(name, data)}
    clerk_client.post(f"/console/{kind}s/chooser/create/", given)
    kept = (Picture if kind == "image" else Attachment).objects.get()
    assert kept.title == name.partition(".")[0]
    refused = clerk_client.post(
        f"/console/{kind}s/{'edit/' if kind == 'document' else ''}{kept.pk}/", {"title": ""}
    )
    assert "この項目は必須です" in refused.content.decode()
    kept.refresh_from_db()
    assert kept.title


@pytest.mark.django_db
def test_a_scanned_pdf_is_kept_and_told(
    site: Prepared, clerk_client: Client, client: Client
) -> None:
    scan = samples.pdf(drawing=b"/Im0 Do", tagged=False)
    answer = put_up(clerk_client, "documents", "書類.pdf", scan)
    assert answer["success"]
    assert "紙を写した画像のPDFです" in answer["form"]
    kept = Attachment.objects.get()
    assert (kept.pages, kept.tagged, kept.has_text) == (1, False, False)
    assert (
        "紙を写した画像" in clerk_client.get("/console/documents/chooser/results/").content.decode()
    )
    given = client.get(kept.url)
    assert b"".join(given) == scan
    assert given["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    kept.delete()
    assert client.get(kept.url).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/media/keys/0001.key", "/media/pictures/none.jpg", "/media/pictures/a.html", "/media/documents/x.pdf", "/media/uploaded_files/a.jpg"],
)  # fmt: skip
def test_nothing_else_of_the_store_is_given_out(
    client: Client, address: str, settings: Any
) -> None:
    for name in ("keys/0001.key", "pictures/a.html", "documents/x.pdf", "uploaded_files/a.jpg"):
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_no_reader_waits_for_a_picture_to_be_made(topic: TopicPage, client: Client) -> None:
    data = samples.picture("JPEG", (1200, 800))
    picture = Picture.objects.get(pk=keep_picture(data, title="入口", alt="市役所の入口"))
    chosen = {"image": picture.pk, "decorative": False, "alt_text": "右にスロープがある入口"}
    body = [{"type": "picture", "value": {"image": chosen, "caption": ""}, "id": "1"}]
    page = published(topic, title="市役所", slug="shiyakusho", body=body)
    shown = client.get(page.url).content.decode()
    assert f'src="{picture.file.url}"' in shown
    assert 'alt="右にスロープがある入口"' in shown
    assert not picture.renditions.exists()
    while ledger.catch_up():
        pass
    run_due()
    assert picture.renditions.count() == 6
    shown = client.get(page.url).content.decode()
    assert shown.count("<source") == 2
    assert 'type="image/avif"' in shown
    smallest = picture.renditions.get(filter_spec="format-avif|width-480")
    assert Image.open(BytesIO(b"".join(client.get(smallest.url)))).size == (480, 320)
    assert make_sizes(page=page.public_id) == 0
