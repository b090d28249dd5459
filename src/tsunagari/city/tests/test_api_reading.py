"""What the API lets read: by anyone, in the reader's language, and once only to who has it already."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
METERS = "/api/meters/"


def _every_address(client: Client) -> list[str]:
    """Every address of the API that can be asked without knowing a name."""
    paths: dict[str, Any] = client.get("/api/openapi.json").json()["paths"]
    return [path for path, methods in paths.items() if "get" in methods and "{" not in path]


def test_every_address_knows_what_its_reader_has(client: Client) -> None:
    addresses = _every_address(client)
    assert len(addresses) > 5
    for address in addresses:
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["ETag"] == first["ETag"]
        other = client.get(address, headers={"If-None-Match": '"another"'})
        assert (other.status_code, other.content) == (200, first.content), address


def test_another_language_is_another_answer(client: Client) -> None:
    first = client.get(METERS)
    english = client.get(METERS, {"lang": "en"}, headers={"If-None-Match": first["ETag"]})
    assert (english.status_code, english["Content-Language"]) == (200, "en")
    assert english.json()[0]["title"] != first.json()[0]["title"]


def test_japanese_stands_as_it_is_written(client: Client) -> None:
    assert "ページ" in client.get(METERS).content.decode()
    assert "確かめて" in client.get("/api/nothing").content.decode()


def test_headers_may_be_asked_for_alone(client: Client) -> None:
    whole = client.get(METERS)
    head = client.head(METERS)
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (whole["ETag"], str(len(whole.content)))
    assert client.head(METERS, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert client.head("/api/nothing").status_code == 404
