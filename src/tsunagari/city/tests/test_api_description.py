"""Whoever reads /api/openapi.json without knowing the platform finds every word explained."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
Operation = tuple[str, dict[str, Any]]


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    """The description as it is served."""
    whole: dict[str, Any] = client.get("/api/openapi.json").json()
    return whole


def _operations(described: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_it_begins_with_what_all_addresses_share(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    for word in ("ETag", "detail", "Authorization: Bearer", "Accept-Language", "fiscal years"):
        assert word in described["info"]["description"]
    told = {tag["name"] for tag in described["tags"] if tag["description"]}
    assert told == {tag for _, operation in _operations(described) for tag in operation["tags"]}


def test_every_address_and_parameter_says_what_it_is(described: dict[str, Any]) -> None:
    operations = dict(_operations(described))
    assert len(operations) >= 17
    bare = [name for name, one in operations.items() if not (one["summary"] and one["description"])]
    bare += [
        f"{name}: {parameter['name']}"
        for name, operation in operations.items()
        for parameter in operation["parameters"]
        if "description" not in parameter
    ]
    assert not bare


def test_every_field_says_what_it_is(described: dict[str, Any]) -> None:
    shapes = described["components"]["schemas"]
    assert len(shapes) > 30
    bare = [name for name, shape in shapes.items() if "description" not in shape]
    bare += [
        f"{name}.{field}"
        for name, shape in shapes.items()
        for field, about in shape.get("properties", {}).items()
        if "description" not in about
    ]
    assert not bare


def test_every_refusal_is_named_and_has_one_shape(described: dict[str, Any]) -> None:
    for name, operation in _operations(described):
        refused = {code: one for code, one in operation["responses"].items() if code > "400"}
        wanted = {"422"} | ({"404"} if "{" in name else set())
        wanted |= {"401", "403", "413", "429"} if "security" in operation else set()
        assert wanted <= set(refused), name
        shapes = {
            one["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            for code, one in refused.items()
            if code != "409"  # which tells beside it what stands
        }
        assert shapes == {"RefusedOut"}, name
