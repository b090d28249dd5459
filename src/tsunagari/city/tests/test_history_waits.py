"""Years of an invented town that are not told: of tomorrow, of a year that people opened, of a broken file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from tsunagari.city.history import write_history
from tsunagari.city.history_years import HistoryRefused
from tsunagari.city.tests.quiet_town import quiet_pack
from tsunagari.engines.cycle import api as cycle
from tsunagari.engines.cycle.models import Cycle

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PLAN = "policy-2022-2026"


def _clock() -> datetime:
    return NOW


@pytest.fixture
def pack(tmp_path: Path, db: None) -> Path:
    """The pack, loaded without its past."""
    pack = quiet_pack(tmp_path)
    call_command("city", "load", pack=pack, verbosity=0)
    return pack


def test_a_year_that_people_have_opened_is_theirs(pack: Path) -> None:
    hand = cycle.Hand(actor="", division="joho-suishin", role="secretariat")
    cycle.open_year(plan=PLAN, year=2025, hand=hand, clock=_clock)
    assert write_history(pack, clock=_clock).deeds == 0
    assert Cycle.objects.count() == 1


def test_what_is_not_over_waits(pack: Path) -> None:
    def then() -> datetime:
        return datetime(2022, 5, 14, tzinfo=UTC)

    write_history(pack, clock=then)
    only = Cycle.objects.get()
    assert (only.fiscal_year, only.phase) == (2022, "planning")
    assert set(only.sheets.values_list("plan_state", flat=True)) == {"accepted"}


def test_a_year_that_does_not_fit_is_refused_with_its_reason(pack: Path) -> None:
    file = pack / "years" / "2022.yaml"
    said: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    said["sheets"]["1"]["check"]["grade"] = "Z"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    with pytest.raises(HistoryRefused, match=r"years/2022.yaml, 2023-06-"):
        write_history(pack, clock=_clock)
    assert not Cycle.objects.exists()
