"""Brings an indicator's targets and values to what the pack says, where the pack itself changed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from tsunagari.engines.plan.actions.keep_rows import Keeper
from tsunagari.engines.plan.actions.supersede import Basis, set_target, set_value
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.rules.pack import PackIndicator, PackValue
from tsunagari.kernel.i18n.days import FiscalYear, next_month


def keep_figures(indicator: Indicator, pack: PackIndicator, *, keeper: Keeper, source: str) -> None:
    """Follow the pack where it says something else than the last time; what people set since stands.

    `source` is the plan's own, for figures that name none.
    """
    _targets(indicator, pack, keeper)
    _values(indicator, pack, keeper, source)


def _targets(indicator: Indicator, pack: PackIndicator, keeper: Keeper) -> None:
    told = {target.year: target for target in pack.targets}
    known = {
        target.fiscal_year: None if target.superseded_at and not target.superseded_by_id else target
        for target in indicator.targets.filter(from_pack=True).order_by("set_at", "id")
    }
    for year in sorted(told | known):
        wanted, last = told.get(year), known.get(year)
        if (wanted and _said(wanted)) == (last and _said(last)):
            continue
        standing = indicator.targets.filter(fiscal_year=year, superseded_at=None).first()
        if standing and not standing.from_pack and _later(standing.set_at, keeper):
            continue
        keeper.changed += set_target(
            indicator=indicator,
            year=year,
            value=wanted.value if wanted else None,
            basis=Basis.of(wanted),
            now=keeper.when(FiscalYear(indicator.measure.plan.first_year).first_day),
            from_pack=True,
        )


def _said(target: object) -> tuple[object, ...]:
    return tuple(
        getattr(target, name) for name in ("value", "basis", "change", "numerator", "denominator")
    )


def _values(indicator: Indicator, pack: PackIndicator, keeper: Keeper, source: str) -> None:
    known = {
        (value.fiscal_year, value.month): value
        for value in indicator.values.filter(from_pack=True).order_by("recorded_at", "id")
    }
    for value in _told(pack):
        first = pack.baseline is not None and (value.year, value.month) == (
            pack.baseline.year,
            None,
        )
        last = known.get((value.year, value.month))
        if last and _counted(last) == _counted(value):
            continue
        if _stands(indicator, value, keeper, alike=_figure if first else _counted):
            continue
        keeper.changed += set_value(
            indicator=indicator,
            year=value.year,
            month=value.month,
            value=value.value,
            numerator=value.numerator,
            denominator=value.denominator,
            origin=value.origin,
            status=value.status,
            source=value.source or source,
            reason=value.reason,
            now=keeper.when(_known_on(value)),
            from_pack=True,
        )


def _later(moment: datetime, keeper: Keeper) -> bool:
    return keeper.since is not None and moment > keeper.since


def _stands(
    indicator: Indicator,
    value: PackValue,
    keeper: Keeper,
    *,
    alike: Callable[[object], tuple[object, ...]],
) -> bool:
    """Whether people entered a figure after the pack was written out of these tables, or this one before
    it. A baseline is written without how it was come by: there the figure alone is `alike`."""
    standing = indicator.values.filter(
        fiscal_year=value.year, month=value.month, superseded_at=None
    ).first()
    if keeper.since is None or standing is None or standing.from_pack:
        return False
    same = not value.source and alike(standing) == alike(value)
    return same or _later(standing.recorded_at, keeper)


def _figure(value: object) -> tuple[object, ...]:
    return tuple(getattr(value, name) for name in ("value", "numerator", "denominator"))


def _told(pack: PackIndicator) -> Iterator[PackValue]:
    if pack.baseline:
        estimated = pack.baseline.estimated
        yield PackValue(
            year=pack.baseline.year,
            month=None,
            value=pack.baseline.value,
            numerator=pack.baseline.numerator,
            denominator=pack.baseline.denominator,
            origin="estimated" if estimated else "loaded",
            status="provisional" if estimated else "final",
            source="",
            reason="",
        )
    yield from pack.values


def _known_on(value: PackValue) -> date:
    """The day on which an office knows a figure: ten days after its month, forty-five after its year."""
    if value.month is None:
        return FiscalYear(value.year).last_day + timedelta(days=45)
    return next_month(date(value.year + (value.month < 4), value.month, 1)) + timedelta(days=10)


def _counted(value: object) -> tuple[object, ...]:
    names = ("value", "numerator", "denominator", "origin", "status")
    return tuple(getattr(value, name) for name in names)
