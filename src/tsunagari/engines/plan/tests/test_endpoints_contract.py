"""The API keeps what its own description promises, whatever it is asked: requests drawn by schemathesis."""

from io import BytesIO
from typing import Any

import pytest
import requests
import schemathesis
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from urllib3 import HTTPResponse

from tsunagari.engines.plan.tests.conftest import CODE, THIRD
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans"), pytest.mark.slow]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
REAL = [
    {"code": CODE, "number": "8", "order": 1},
    {"code": CODE, "number": "15", "order": 2},
    {"code": THIRD, "number": "S1", "order": 1},
]
"""Measures of 健康課, of an indicator that is one of two, and of a ratio."""


def described() -> dict[str, Any]:
    """The description of the plans' API, as it is served."""
    whole: dict[str, Any] = Client().get("/api/openapi.json").json()
    whole["paths"] = {path: at for path, at in whole["paths"].items() if "/plans" in path}
    return whole


def answered(case: Any, headers: dict[str, str]) -> requests.Response:
    """What Django's test client is answered to a drawn request."""
    asked = case.as_transport_kwargs(base_url="http://testserver", headers=headers)
    wanted = ("method", "url", "headers", "params", "data", "json", "cookies")
    sent = requests.Request(**{key: asked[key] for key in wanted if key in asked}).prepare()
    body = sent.body or b""
    got: Any = Client().generic(
        sent.method or "GET",
        sent.path_url,
        body if isinstance(body, bytes) else str(body).encode(),
        content_type=str(sent.headers.get("Content-Type", "application/octet-stream")),
        headers=headers,
    )
    raw = HTTPResponse(
        body=BytesIO(got.content),
        headers=dict(got.headers),
        status=got.status_code,
        preload_content=False,
    )
    answer = HTTPAdapter().build_response(sent, raw)
    assert answer.content == got.content
    return answer


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/api/plans/", "GET"),
        ("/api/plans/measures", "GET"),
        ("/api/plans/lineage", "GET"),
        ("/api/plans/drivers", "GET"),
        ("/api/plans/assets", "GET"),
        ("/api/plans/series", "GET"),
        ("/api/plans/series/{code}", "GET"),
        ("/api/plans/{code}", "GET"),
        ("/api/plans/{code}/measures", "GET"),
        ("/api/plans/{code}/measures/{number}", "GET"),
        ("/api/plans/{code}/measures/{number}/history", "GET"),
        ("/api/plans/{code}/measures/{number}/indicators/{order}/values", "GET"),
        ("/api/plans/{code}/measures/{number}/indicators/{order}/values", "POST"),
    ],
)
def test_every_answer_is_as_described(path: str, method: str) -> None:
    key = identity.make_key(
        division="kenko", purpose="年次集計", scopes=["figures:load"], now=system_clock()
    )[1]
    schema = schemathesis.openapi.from_dict(described())
    operation = schema[path][method]

    @settings(
        max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(
        case=operation.as_strategy(), real=st.sampled_from([None, *REAL]), with_key=st.booleans()
    )
    def ask(case: Any, real: dict[str, Any] | None, *, with_key: bool) -> None:
        cache.clear()
        if real is not None:
            case.path_parameters = {
                name: real[name] for name in (case.path_parameters or {}) if name in real
            }
        headers = {"Authorization": f"Bearer {key}"} if with_key or method == "GET" else {}
        case.validate_response(answered(case, headers), checks=CHECKS)

    ask()
