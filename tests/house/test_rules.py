"""The house keeps its rules, as it stands now."""

from pathlib import Path

import pytest

from tests.house.rules import RULES, Rule

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: Rule) -> None:
    broken = list(rule(ROOT))
    assert not broken, "\n" + "\n".join(broken)
