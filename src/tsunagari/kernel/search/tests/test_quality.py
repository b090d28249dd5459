"""What people type, and what they mean: the right entry stands among the first three."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tsunagari.kernel.search import api

NOW = datetime(2027, 1, 15, 3, tzinfo=UTC)
SHARE = 0.95
CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
def test_what_people_mean_stands_among_the_first_three() -> None:
    failing = []
    for case in CASES:
        hits = api.find(case["q"], language="ja", at=NOW).hits
        first = [hit.public_id for hit in hits[:3]]
        if case["want"] not in first:
            failing.append(f"{case['q']} ({case['why']}): wanted {case['want']}, got {first}")
    right = 1 - len(failing) / len(CASES)
    assert right >= SHARE, f"{right:.0%} of {len(CASES)} cases\n" + "\n".join(failing)
