"""Files of a test go into a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """No test finds what another has kept."""
    settings.DATA = tmp_path
