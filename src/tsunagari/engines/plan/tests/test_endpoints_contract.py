"""The API keeps what its own description promises, whatever it is asked: requests drawn by schemathesis."""

from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.described_api import CHECKS, answered, drawn

from tsunagari.engines.plan.tests.conftest import CODE, THIRD
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans"), pytest.mark.slow]
REAL = [
    {"code": CODE, "number": "8", "order": 1},
    {"code": CODE, "number": "15", "order": 2},
    {"code": THIRD, "number": "S1", "order": 1},
]
"""Measures of 健康課, of an indicator that is one of two, and of a ratio."""


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
    operation = drawn("/plans", path, method)

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
