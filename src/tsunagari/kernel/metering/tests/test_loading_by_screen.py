"""A clerk loads figures in the console: preview first, and nobody of another division."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tsunagari.kernel.ledger.api import happened
from tsunagari.kernel.metering.models import LoadedFigure

pytestmark = pytest.mark.django_db
ADDRESS = "/console/figures/mynumber_card.issued/"
FILE = '年月,交付枚数(累計)\n2026年9月,"165,000枚"\n2026年10月,165300\n'


def _upload(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("交付.csv", data, content_type="text/csv")}


def _previewed(answer: object) -> str:
    return str(answer.context["previewed"])  # type: ignore[attr-defined] # the test client's


def test_a_clerk_sees_what_would_change_before_anything_is_written(clerk_client: Client) -> None:
    shown = clerk_client.post(ADDRESS, _upload(FILE.encode("cp932")))
    assert "2か月分が変わります" in shown.content.decode()
    assert not LoadedFigure.objects.exists()
    done = clerk_client.post(ADDRESS, {"previewed": _previewed(shown)}, follow=True)
    assert "2か月分を取り込みました" in done.content.decode()
    assert LoadedFigure.objects.get(month=date(2026, 9, 1)).value == 165_000
    (event,) = happened("metering.figures_loaded")
    assert (event.data["months"], event.data["way"]) == (2, "file")


def test_the_same_file_again_is_told_to_change_nothing(clerk_client: Client) -> None:
    for _ in range(2):
        shown = clerk_client.post(ADDRESS, _upload(FILE.encode()))
        if "previewed" in shown.context:
            clerk_client.post(ADDRESS, {"previewed": _previewed(shown)})
    assert "すでに取り込まれています" in shown.content.decode()
    assert LoadedFigure.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空です"),
        ("年月,交付枚数(累計)\n2026年9月,多い\n".encode(), "2行目「交付枚数(累計)」"),
        ("年月,交付枚数(累計)\n2099年9月,1\n".encode(), "まだ来ていません"),
        (b"PK\x03\x04rest", "Excel形式"),
    ],
)
def test_a_wrong_file_is_refused_beside_the_field(
    clerk_client: Client, data: bytes, says: str
) -> None:
    shown = clerk_client.post(ADDRESS, _upload(data))
    assert says in " ".join(shown.context["form"].errors["file"])
    assert not LoadedFigure.objects.exists()


def test_a_preview_of_another_clerk_cannot_be_confirmed(
    clerk_client: Client, head_client: Client
) -> None:
    shown = clerk_client.post(ADDRESS, _upload(FILE.encode()))
    answer = head_client.post(ADDRESS, {"previewed": _previewed(shown)}, follow=True)
    assert answer.status_code in (200, 403)
    assert not LoadedFigure.objects.exists()


def test_a_forged_preview_is_refused(clerk_client: Client) -> None:
    answer = clerk_client.post(ADDRESS, {"previewed": "forged"}, follow=True)
    assert "もう一度ファイルを選んでください" in answer.content.decode()


def test_a_clerk_of_another_division_is_refused(other_clerk_client: Client) -> None:
    assert other_clerk_client.get(ADDRESS).status_code == 403
    assert other_clerk_client.post(ADDRESS, _upload(FILE.encode())).status_code == 403


def test_a_resident_does_not_find_the_screen(resident_client: Client) -> None:
    assert resident_client.get(ADDRESS).status_code in (302, 404)


def test_the_start_page_tells_the_division_what_is_missing(
    clerk_client: Client, other_clerk_client: Client
) -> None:
    needed = "取り込んでください"
    assert needed in clerk_client.get("/console/").content.decode()
    assert needed not in other_clerk_client.get("/console/").content.decode()
