"""What the tests of identity share."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation import trans_real

LOCALE = Path(__file__).resolve().parents[1] / "locale/en/LC_MESSAGES"


@pytest.fixture
def compiled_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """English as it stands in the catalogue, whether or not anybody compiled it."""
    with (LOCALE / "django.po").open("rb") as source:
        catalogue = read_po(source, locale="en")
    with (LOCALE / "django.mo").open("wb") as target:
        write_mo(target, catalogue)
    monkeypatch.setattr(trans_real, "_translations", {})
