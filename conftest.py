"""What all tests share: the cast, and a language that no test leaves behind."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

pytest_plugins = ["tests.cast"]


@pytest.fixture(autouse=True)
def _in_japanese() -> Iterator[None]:
    """Each test begins in Japanese: a page asked for in English would leave its language to the next."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
