"""The made-up past of an invented town: what its meters counted, what was loaded, which figures changed,
and how its plan's years went (history_years.py)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from tsunagari.city.history_years import Deed, HistoryRefused, deeds_of_years, morning
from tsunagari.city.view_shape import Page, Shape, spread
from tsunagari.engines.plan import api as plan
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day, next_month
from tsunagari.kernel.i18n.mapping_file import mapping_in
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.declare import Loaded


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a run added: page views, loadings of monthly figures, changes of targets and values, and deeds of
    the plan's years."""

    views: int
    loadings: int
    changes: int
    deeds: int


def is_invented(pack: Path) -> bool:
    """Whether the pack says that its town does not exist (`invented: true` in city.yaml)."""
    file = pack / "city.yaml"
    if not file.is_file():
        return False
    return mapping_in(file).get("invented") is True


@transaction.atomic
def write_history(pack: Path, *, clock: Clock) -> Written:
    """Write what `history.yaml` tells and does not stand yet; a second time adds nothing.

    Only what is over is written: whole days before today. Raises HistoryRefused for a town that is not
    invented, a pack without a past, or a past that does not fit; then nothing has changed.
    """
    file = pack / "history.yaml"
    if not is_invented(pack):
        raise HistoryRefused(
            f"{pack / 'city.yaml'} does not say `invented: true`: only an invented town may have a made-up past. A real city's figures come from its own files and from counting."
        )
    if not file.is_file():
        raise HistoryRefused(
            f"{file} is missing: this pack tells no past; leave `city history` out."
        )
    said = mapping_in(file)
    try:
        views = _views(said["seed"], said["views"], clock)
        loadings = sum(_loaded(entry, clock) for entry in said["loaded"])
        changes = list(_changes(said["changes"], where=str(file)))
    except KeyError as missing:
        raise HistoryRefused(
            f"{file}: {missing.args[0]!r} is missing or not known; write it as in cities/sample/history.yaml."
        ) from missing
    except (metering.Refused, TypeError, ValueError) as wrong:
        raise HistoryRefused(f"{file}: {wrong}; correct it there.") from wrong
    lived = _lived([*changes, *deeds_of_years(pack)], clock)
    return Written(views=views, loadings=loadings, changes=lived["change"], deeds=lived["deed"])


def _views(seed: int, said: Mapping[str, Any], clock: Clock) -> int:
    """Each month that is over or running, as a batch of its own name; of the running one whole days."""
    today = day_start(japan_day(clock())).astimezone(UTC)
    shape = Shape(
        seed=seed,
        hours=said["hours"],
        weekdays=said["weekdays"],
        pages=[Page(**page) for page in said["pages"]],
        finer_from=said["finer_from"],
    )
    written = 0
    for month, total in _months(said["months"]):
        if day_start(month) < today:
            cells = spread(shape, month, total)
            written += metering.take_past_views(
                name=f"past-{month:%Y-%m}",
                views={cell: count for cell, count in cells.items() if cell[0] < today},
                since=day_start(month),
                clock=clock,
            )
    return written


def _loaded(said: Mapping[str, Any], clock: Clock) -> int:
    """The monthly files that a division would have loaded on the tenth of the next month."""
    meter = metering.declared_meter(said["meter"])
    if not isinstance(meter, Loaded):
        raise HistoryRefused(f"{meter.id} counts by itself; only loaded figures can be given.")
    giver = metering.Giver(
        actor=identity.demo_actor(said["given_by"]), division=said["division"], way="file"
    )
    loadings = 0
    for month, value in _months(said["months"]):
        moment = morning(next_month(month) + timedelta(days=9))
        name = said["name"].format(year=month.year, month=f"{month:%m}")
        if moment <= clock():
            loadings += _load(meter, month, value, giver=giver, name=name, moment=moment)
    return loadings


def _load(
    meter: Loaded, month: date, value: int, *, giver: metering.Giver, name: str, moment: datetime
) -> bool:
    """One month's file; False where it was loaded before, even if a clerk has loaded another since."""
    figures = [metering.MonthFigure(month=month, value=Decimal(value))]

    def then() -> datetime:
        return moment

    seen = metering.preview_figures(meter=meter, figures=figures, giver=giver, clock=then)
    if seen.seen_before:
        return False
    loaded = metering.load_figures(meter=meter, figures=figures, giver=giver, name=name, clock=then)
    return bool(loaded.changes)


def _lived(deeds: list[Deed], clock: Clock) -> Counter[str]:
    """Do in the order of their days what is over today, so that each deed finds the town as it was then."""
    done: Counter[str] = Counter()
    for deed in sorted(deeds, key=lambda each: each.moment):
        if deed.moment <= clock():
            done[deed.kind] += _done(deed)
    return done


def _done(deed: Deed) -> bool:
    try:
        return deed.do() is not False
    except (LookupError, PermissionError, RuntimeError, ValueError) as wrong:
        raise HistoryRefused(f"{deed.where}: {wrong}; correct it there.") from wrong


def _changes(said: list[Mapping[str, Any]], *, where: str) -> Iterator[Deed]:
    for entry in said:
        figure = "target" if "target" in entry else "value"
        moment = morning(entry["day"])
        change = plan.PastChange(
            plan=entry["plan"],
            number=entry["number"],
            indicator=entry["indicator"],
            figure="target" if figure == "target" else "value",
            year=entry["year"],
            value=Decimal(str(entry[figure])),
            moment=moment,
            actor=identity.demo_actor(entry["by"]),
            reason=entry["reason"],
        )
        do = partial(plan.replay_change, change)
        yield Deed(moment=moment, do=do, where=where, kind="change")


def _months(years: Mapping[int, list[int]]) -> Iterator[tuple[date, int]]:
    for year, figures in sorted(years.items()):
        yield from zip(FiscalYear(year).months, figures, strict=True)
