"""Which divisions do a measure's work today: those that the plan names, or their heirs."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tsunagari.engines.plan.models import Measure
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity


def working_today(codes: Iterable[str], now: datetime) -> dict[str, tuple[str, ...]]:
    """By code, the codes of the divisions that do its work now."""
    return identity.heirs(codes, FiscalYear.at(now))


def working_of(measure: Measure, working: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The codes of the divisions that do a measure's work, of what working_today told."""
    return {heir for code in measure.divisions for heir in working[code]}
