"""What all tests share: the cast, and a language that no test leaves behind."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

pytest_plugins = ["tests.cast", "tests.migrated"]

# The same examples on every machine, and none refused because the machine was busy.
hypothesis.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("house")


@pytest.fixture(autouse=True)
def _in_japanese() -> Iterator[None]:
    """Each test begins in Japanese: a page asked for in English would leave its language to the next."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
