"""What docs/guide/api.md shows is what the API answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
PAGE = (Path(settings.ROOT) / "docs/guide/api.md").read_text(encoding="utf-8")
EXAMPLES: list[dict[str, Any]] = [
    json.loads(part) for part in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
]


def _holds(answer: dict[str, Any], example: dict[str, Any]) -> bool:
    return {key: answer[key] for key in example} == example


def test_the_example_of_a_measure_is_true(client: Client) -> None:
    measure = client.get(_address("GET")).json()
    assert _holds(measure, EXAMPLES[0])
    assert _holds(measure["indicators"][0], EXAMPLES[1])


def test_the_example_of_a_figure_is_taken_in(client: Client) -> None:
    cache.clear()
    _, key = identity.make_key(
        division="kenko", purpose="年次集計", scopes=["figures:load"], now=system_clock()
    )
    answer = client.post(
        _address("POST"),
        EXAMPLES[2],
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert _holds(answer.json(), EXAMPLES[3])


def test_every_address_of_the_plans_is_on_the_page(client: Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    missing = [path for path in paths if "/plans" in path and f"`{path}`" not in PAGE]
    assert not missing


def _address(method: str) -> str:
    found = re.search(rf"`{method} (/api/[^`]+)`", PAGE)
    assert found
    return found[1]
