"""Requests drawn from the API's own description, and what it answers to them (schemathesis)."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import requests
import schemathesis
from django.test import Client
from requests.adapters import HTTPAdapter
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from urllib3 import HTTPResponse

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def drawn(part: str, path: str, method: str) -> Any:
    """The operation at `path`, of a description in which only addresses with `part` are left."""
    whole: dict[str, Any] = Client().get("/api/openapi.json").json()
    whole["paths"] = {each: at for each, at in whole["paths"].items() if part in each}
    return schemathesis.openapi.from_dict(whole)[path][method]


def answered(case: Any, headers: Mapping[str, str] | None = None) -> requests.Response:
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
