"""What the plan's tests share: the city's divisions and the policy, loaded from the real pack."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.plan import api
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering

CODE = "policy-2024-2028"
THIRD = "third-plan-2014-2018"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
NISHITOKYO = Path(settings.ROOT) / "cities" / "nishitokyo"


def load(path: Path = NISHITOKYO / "plan" / f"{CODE}.yaml", now: datetime = NOW) -> api.Loaded:
    """Load a plan file with the city's divisions and the declared meters."""
    return load_all([path], now=now)[-1]


def load_all(
    paths: Sequence[Path] = tuple(sorted((NISHITOKYO / "plan").glob("*.yaml"))),
    now: datetime = NOW,
) -> tuple[api.Loaded, ...]:
    """Load plan files, without `paths` those of both plans."""
    entries = yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
    return api.load_plans(
        paths,
        divisions={entry["code"] for entry in entries["divisions"]},
        meters={meter.id for meter in metering.declared()},
        clock=lambda: now,
    )


@pytest.fixture
def policy(db: None) -> None:
    """Both plans of Nishitokyo and its divisions, loaded for one test."""
    _load_city()


@pytest.fixture(scope="module")
def both_plans(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both plans of Nishitokyo and its divisions, loaded once for a module whose every test wants them."""
    with module_rows(django_db_blocker) as rows:
        _load_city()
        rows.written()
        yield


def _load_city() -> None:
    identity.load_divisions(
        yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
    )
    load_all()
